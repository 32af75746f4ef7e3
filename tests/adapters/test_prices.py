"""Prices arrive as published, in every quarter-hour, or not at all."""

import gzip
import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.files.layout import Layout
from laag.adapters.prices import first_day, load_nation, read_day_ahead, read_imbalance
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid

SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)
DAY = PtuGrid.day(date(2025, 6, 2), AMSTERDAM)

WEEK = PtuGrid.days(date(2025, 6, 2), 7, AMSTERDAM)

days = st.sampled_from([SPRING, AUTUMN, date(2025, 6, 2), date(2024, 12, 31)])
prices = st.integers(-50000, 400000).map(lambda ticks: ticks / 100)


def simple(grid, values, keep=lambda _: True):
    rows = [
        f"{t:%Y-%m-%dT%H:%M:%SZ},{v}" for i, (t, v) in enumerate(zip(grid, values, strict=True)) if keep(i)
    ]
    return ["start_utc,price_eur_per_mwh", *rows]


def entsoe(grid, values, minutes, mark):
    """The transparency platform's table, one row per market time unit."""
    step = minutes // 15
    rows = ["MTU (CET/CEST),Area,Sequence,Day-ahead Price (EUR/MWh)"]
    for i in range(0, len(grid), step):
        ends = [grid[i].astimezone(AMSTERDAM), (grid[i] + timedelta(minutes=minutes)).astimezone(AMSTERDAM)]
        said = [f"{t:%d/%m/%Y %H:%M:%S}" + (f" ({t:%Z})" if mark else "") for t in ends]
        rows.append(f"{said[0]} - {said[1]},BZN|NL,Without Sequence,{values[i]}")
    return rows


@given(days, st.sampled_from([15, 60]), st.booleans(), st.data())
def test_an_entso_e_export_reads_back_exactly_on_every_kind_of_day(day, minutes, mark, data):
    grid = PtuGrid.day(day, AMSTERDAM)
    each = data.draw(st.lists(prices, min_size=len(grid) * 15 // minutes, max_size=len(grid) * 15 // minutes))
    values = np.repeat(each, minutes // 15)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entsoe.csv"
        path.write_text("\n".join(entsoe(grid, values, minutes, mark)))
        read = read_day_ahead(path, grid)
    assert read.profile.values.tolist() == values.tolist()
    assert {finding.repair for finding in read.findings} <= {"told apart by their order"}


@given(days, st.randoms())
def test_the_order_of_rows_does_not_matter_to_utc_prices(day, random):
    grid = PtuGrid.day(day, AMSTERDAM)
    values = np.round(np.arange(len(grid)) * 1.25 - 20, 2)
    rows = simple(grid, values)
    shuffled = rows[1:]
    random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shuffled.csv"
        path.write_text("\n".join([rows[0], *shuffled]))
        assert read_day_ahead(path, grid).profile.values.tolist() == values.tolist()


def test_hours_and_quarter_hours_in_one_file_are_each_held_for_their_own_time(write):
    grid = PtuGrid.days(date(2025, 9, 30), 2, AMSTERDAM)
    values = np.where(np.arange(192) < 96, np.arange(192) // 4, np.arange(192))
    path = write(simple(grid, values, keep=lambda i: i >= 96 or i % 4 == 0))
    read = read_day_ahead(path, grid)
    assert read.profile.values.tolist() == values.tolist()
    assert read.source == "export.csv (quarter-hourly and hourly prices)"
    assert read.findings == ()


def test_a_price_per_kwh_becomes_a_price_per_mwh(write):
    rows = [row.replace("per_mwh", "per_kwh") for row in simple(DAY, np.full(96, 0.125))]
    assert read_day_ahead(write(rows), DAY).profile.values.tolist() == [125.0] * 96


def test_decimal_commas_and_semicolons_are_a_format(write):
    rows = [row.replace(",", ";").replace(".", ",") for row in simple(DAY, np.full(96, -12.5))]
    assert read_day_ahead(write(rows), DAY).profile.values.tolist() == [-12.5] * 96


def test_a_gzipped_file_is_read_like_a_plain_one(write):
    packed = gzip.compress("\n".join(simple(DAY, np.full(96, 80.0))).encode())
    assert read_day_ahead(write(packed, "prices.csv.gz"), DAY).profile.values.tolist() == [80.0] * 96


def test_a_missing_hour_is_interpolated(write):
    values = np.arange(96.0)
    path = write(simple(DAY, values, keep=lambda i: not 20 <= i < 24))
    read = read_day_ahead(path, DAY)
    assert read.profile.values.tolist() == pytest.approx(values.tolist())
    gap = Finding(
        "export.csv", "2025-06-02T03:00Z to 04:00Z", "4 quarter-hours missing", "linear interpolation"
    )
    assert read.findings == (gap,)


def test_a_missing_morning_is_yesterdays(write):
    two = PtuGrid.days(date(2025, 6, 1), 2, AMSTERDAM)
    path = write(simple(two, np.arange(192.0), keep=lambda i: not 96 + 20 <= i < 96 + 32))
    read = read_day_ahead(path, two)
    assert read.profile.values[116:128].tolist() == list(range(20, 32))
    assert read.findings == (
        Finding(
            "export.csv",
            "2025-06-02T03:00Z to 06:00Z",
            "12 quarter-hours missing",
            "same quarter a day earlier",
        ),
    )


def test_a_missing_day_in_a_short_file_is_refused(write):
    three = PtuGrid.days(date(2025, 6, 1), 3, AMSTERDAM)
    path = write(simple(three, np.zeros(288) + 50, keep=lambda i: not 96 <= i < 192))
    with pytest.raises(BadInput, match="lacks 96 of the 288 quarter-hours"):
        read_day_ahead(path, three)


def test_prices_of_another_year_are_refused_with_what_the_file_covers(write):
    path = write(simple(DAY, np.full(96, 50.0)))
    with pytest.raises(BadInput, match="covers 2025-06-01T22:00Z to 2025-06-02T21:45Z"):
        read_day_ahead(path, PtuGrid.day(date(2024, 6, 2), AMSTERDAM))


def test_identical_rows_are_dropped_and_of_contradicting_rows_the_first_is_kept(write):
    rows = simple(DAY, np.arange(96) + 50.0)
    rows += [rows[5], rows[6].rsplit(",", 1)[0] + ",999"]
    read = read_day_ahead(write(rows), DAY)
    assert read.profile.values.tolist() == (np.arange(96) + 50.0).tolist()
    assert read.findings == (
        Finding("export.csv", "line 98", "rows out of order", "sorted by time"),
        Finding(
            "export.csv",
            "line 98",
            "1 row repeats an earlier one of the same instant, such as 2025-06-01T23:00Z",
            "dropped duplicate",
        ),
        Finding(
            "export.csv",
            "line 99",
            "1 row contradicts an earlier one of the same instant, such as 2025-06-01T23:15Z",
            "kept the first",
        ),
    )


def test_an_unreadable_price_is_named_by_line_and_estimated(write):
    rows = simple(DAY, np.full(96, 50.0))
    rows[11] = rows[11].replace("50.0", "fifty")
    read = read_day_ahead(write(rows), DAY)
    assert read.profile.values.tolist() == [50.0] * 96
    assert read.findings == (
        Finding("export.csv", "line 12", "'price_eur_per_mwh' is no number in 1 row, such as 'fifty'"),
        Finding(
            "export.csv", "2025-06-02T00:30Z to 00:45Z", "1 quarter-hour missing", "linear interpolation"
        ),
    )


def test_an_hour_that_the_clock_repeats_but_the_file_does_not_is_estimated(write):
    grid = PtuGrid.day(AUTUMN, AMSTERDAM)
    rows = ["time,price_eur_per_mwh"]
    rows += [
        f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M},{i}.0" for i, t in enumerate(grid) if not 12 <= i < 16
    ]
    read = read_day_ahead(write(rows), grid)
    assert read.profile.values.tolist() == pytest.approx(list(range(100)))
    assert read.findings == (
        Finding(
            "export.csv",
            "2025-10-26 02:00 local time",
            "an hour that the clock change repeats is in the file once",
            "taken as the first, the second estimated",
        ),
        Finding(
            "export.csv", "2025-10-26T01:00Z to 02:00Z", "4 quarter-hours missing", "linear interpolation"
        ),
    )


def test_a_newest_first_file_tells_the_repeated_hour_apart_too(write):
    grid = PtuGrid.day(AUTUMN, AMSTERDAM)
    rows = [f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M},{i}.0" for i, t in enumerate(grid)]
    read = read_day_ahead(write(["time,price_eur_per_mwh", *reversed(rows)]), grid)
    assert read.profile.values.tolist() == list(range(100))


def test_an_hour_that_does_not_exist_is_left_out(write):
    grid = PtuGrid.day(SPRING, AMSTERDAM)
    rows = ["time,price_eur_per_mwh"]
    rows += [f"2025-03-30 {q // 4:02}:{q % 4 * 15:02},{q}.0" for q in range(96)]
    read = read_day_ahead(write(rows), grid)
    assert read.profile.values.tolist() == [q for q in range(96) if not 8 <= q < 12]
    assert read.findings == (
        Finding("export.csv", "lines 10-13", "local time 2025-03-30 02:00 does not exist", "left out"),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"start_utc,price_eur_per_mwh\n", "has a header and no rows"),
        (b"\x89HDF\r\n\x1a\n\0\0\0\0", "is binary"),
        (b"PK\x03\x04 and so on", "is a spreadsheet or zip archive"),
        (b"\x1f\x8b\x08 broken", "is a damaged gzip file"),
        (b"start_utc,load_kw\n2025-06-01T22:00:00Z,1\n", "has the columns start_utc, load_kw; expected one price"),
        (b"when,price_eur_per_mwh\n2025-06-01T22:00:00Z,1\n", "has the columns when, price_eur_per_mwh; expected"),
        (b"start_utc,price_eur_per_mwh\nsoon,1\nlater,2\n", "no stamp of column 'start_utc' can be read"),
        (b"start_utc,price_eur_per_mwh\n2025-06-01T22:00:00Z,1,5\n2025-06-01T22:15:00Z,2,5\n", "separate the columns"),
    ],
)  # fmt: skip
def test_what_is_no_price_file_is_refused_with_the_way_out(write, content, said):
    with pytest.raises(BadInput, match=said):
        read_day_ahead(write(content), DAY)


def test_prices_that_look_like_euros_per_kwh_are_refused(write):
    with pytest.raises(BadInput, match="look like EUR/kWh"):
        read_day_ahead(write(simple(WEEK, np.full(len(WEEK), 0.09))), WEEK)


def test_a_day_of_prices_around_zero_is_an_ordinary_sunday(write):
    assert read_day_ahead(write(simple(DAY, np.full(96, 0.01))), DAY).profile.values.tolist() == [0.01] * 96


def test_prices_in_another_currency_are_refused(write):
    rows = [
        f"{row},{'Currency' if i == 0 else 'GBP'}" for i, row in enumerate(simple(DAY, np.full(96, 70.0)))
    ]
    with pytest.raises(BadInput, match="holds prices in GBP"):
        read_day_ahead(write(rows), DAY)


def test_two_zones_in_one_file_need_a_choice_and_get_it(write):
    rows = ["start_utc,price_eur_per_mwh,area"]
    rows += [f"{t:%Y-%m-%dT%H:%MZ},{v},{area}" for t in DAY for v, area in ((70.0, "NL"), (90.0, "BE"))]
    path = write(rows)
    with pytest.raises(BadInput, match="several kinds"):
        read_day_ahead(path, DAY)
    assert set(read_day_ahead(path, DAY, Layout(where={"area": "NL"})).profile.values) == {70.0}


def test_a_latin_1_file_is_read_and_said_to_be(write):
    rows = [
        row.replace("price_eur_per_mwh", "prijs [€/MWh]").replace("€", "EUR")
        for row in simple(DAY, np.full(96, 70.0))
    ]
    path = write("\n".join([rows[0] + ",opmerking", *[row + ",één" for row in rows[1:]]]).encode("latin-1"))
    read = read_day_ahead(path, DAY)
    assert read.findings == (Finding("export.csv", "line 2", "not UTF-8", "read as Latin-1"),)


def test_a_byte_order_mark_is_no_part_of_the_first_column(write):
    path = write(b"\xef\xbb\xbf" + "\n".join(simple(DAY, np.full(96, 70.0))).encode())
    assert read_day_ahead(path, DAY).findings == ()


def tennet(grid, shortage, surplus, stamp="%Y-%m-%dT%H:%M:%S"):
    """The settlement prices as TenneT's site exports them: local stamps without an offset, and an ISP number."""
    rows = ["Timeinterval Start Loc,Timeinterval End Loc,Isp,Price Shortage,Price Surplus,Regulation State"]
    for i, t in enumerate(grid):
        rows.append(f"{t.astimezone(AMSTERDAM):{stamp}},,{i + 1},{shortage[i]},{surplus[i]},2")
    return rows


@given(days, st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"]), st.data())
def test_tennets_isp_numbers_survive_every_clock_change(day, stamp, data):
    grid = PtuGrid.day(day, AMSTERDAM)
    shortage = data.draw(st.lists(prices, min_size=len(grid), max_size=len(grid)))
    surplus = data.draw(st.lists(prices, min_size=len(grid), max_size=len(grid)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settlement.csv"
        path.write_text("\n".join(tennet(grid, shortage, surplus, stamp)))
        short, long = read_imbalance(path, grid)
    assert (short.profile.values.tolist(), long.profile.values.tolist()) == (shortage, surplus)
    assert short.findings == ()


def test_an_isp_that_its_day_does_not_have_is_refused_by_line(write):
    grid = PtuGrid.day(SPRING, AMSTERDAM)
    rows = tennet(grid, np.arange(92.0), np.arange(92.0))
    rows[92] = rows[92].replace(",92,", ",93,")
    short, _ = read_imbalance(write(rows), grid.window(0, 91))
    assert short.findings == (
        Finding("export.csv", "line 93", "1 row with an ISP that their day does not have"),
    )


def test_tennets_api_answer_is_read_as_saved(write):
    points = [
        {
            "timeInterval_start": f"{t.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M}",
            "isp": str(i + 1),
            "shortage": "80.5",
            "surplus": "-3",
            "regulation_state": "2",
        }
        for i, t in enumerate(DAY)
    ]
    path = write(
        json.dumps({"Response": {"TimeSeries": [{"Period": {"Points": points}}]}}), "settlement.json"
    )
    short, long = read_imbalance(path, DAY)
    assert (set(short.profile.values), set(long.profile.values)) == ({80.5}, {-3.0})


def test_imbalance_volumes_are_not_taken_for_prices(write):
    points = [
        {
            "timeInterval_start": "2025-06-02T00:00",
            "isp": "1",
            "shortage": "80",
            "surplus": "9",
            "absolute": "1",
        }
    ]
    path = write(json.dumps({"Response": {"TimeSeries": [{"Period": {"Points": points}}]}}), "volumes.json")
    with pytest.raises(BadInput, match="holds imbalance volumes, not prices"):
        read_imbalance(path, DAY)


def test_without_an_imbalance_file_the_day_ahead_price_settles_and_the_source_says_so(write):
    nation, findings = load_nation(write(simple(DAY, np.full(96, 42.0))), None, DAY)
    assert set(nation.shortage.values) == set(nation.surplus.values) == {42.0}
    assert nation.source.endswith("imbalance settled at the day-ahead price")
    assert findings == ()


@pytest.mark.real_data
def test_the_prices_of_2025_fill_every_quarter_hour(shared):
    year = PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM)
    nation, findings = load_nation(
        shared / "prices/nl_day_ahead_2025_15min.csv.gz",
        shared / "prices/nl_tennet_imbalance_2025_15min.csv.gz",
        year,
    )
    assert len(nation.day_ahead.values) == 35040
    assert findings == ()
    assert int((nation.day_ahead.values < 0).sum()) == 2257
    assert nation.shortage.values.max() == 5500.0
    assert nation.surplus.values.min() == -1378.81
    assert (nation.shortage.values >= nation.surplus.values).all()
    last = nation.day_ahead.on(PtuGrid.between(datetime(2025, 12, 31, 22, 45, tzinfo=UTC), year.end))
    assert not np.isnan(last.values).any()


@pytest.mark.real_data
def test_five_years_of_hourly_prices_are_held_for_their_quarter_hours(shared):
    years = PtuGrid.days(date(2019, 1, 1), 1826, AMSTERDAM)
    read = read_day_ahead(shared / "prices/nl_day_ahead_2019_2023_hourly.csv.gz", years)
    assert read.findings == ()
    assert (read.profile.values.min(), read.profile.values.max()) == (-500.0, 871.0)
    assert (read.profile.values.reshape(-1, 4).std(axis=1) == 0).all()


def test_regulation_states_come_along_and_two_prices_without_reason_are_named(write):
    day = PtuGrid.day(date(2025, 3, 30), AMSTERDAM)
    rows = "".join(
        f"{t:%Y-%m-%dT%H:%M:%SZ},{2 if i == 5 else 1},{100 + (i in {5, 9})},100\n" for i, t in enumerate(day)
    )
    flat = "".join(f"{t:%Y-%m-%dT%H:%M:%SZ},50\n" for t in day)
    spot = write("start_utc,price_eur_per_mwh\n" + flat, "spot.csv")
    settled = write("start_utc,regulation_state,price_shortage,price_surplus\n" + rows, "imbalance.csv")
    nation, findings = load_nation(spot, settled, day)
    assert nation.state is not None
    assert [int(s) for s in nation.state.values] == [2 if i == 5 else 1 for i in range(92)]
    assert [f.where for f in findings] == [f"{day[9]:%Y-%m-%dT%H:%MZ}"]


def test_a_file_says_on_which_local_day_it_begins(tmp_path):
    """One that begins within a day begins with the next, for of the first something is missing."""
    path = tmp_path / "prices.csv"
    rows = [f"2025-01-01T{hour:02d}:00Z,80.0" for hour in range(24)]
    path.write_text("\n".join(["start_utc,eur_per_mwh", *rows]))
    assert first_day(path, AMSTERDAM) == date(2025, 1, 2)
    path.write_text("\n".join(["start_utc,eur_per_mwh", "2024-12-31T23:00Z,80.0", *rows]))
    assert first_day(path, AMSTERDAM) == date(2025, 1, 1)
