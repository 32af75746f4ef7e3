"""A measured load reads back as it was, whatever the step, the unit, the clock and the hand that wrote it."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.files.days import DayMap
from laag.adapters.files.layout import Layout
from laag.adapters.files.mend import HABITS, mend
from laag.adapters.profiles import read_load, read_pv
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit

SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)
DAY = PtuGrid.day(date(2025, 6, 2), AMSTERDAM)
WEEKS = PtuGrid.days(date(2025, 6, 2), 14, AMSTERDAM)

CLOCKS = {
    "time_utc": lambda t: f"{t:%Y-%m-%dT%H:%M:%SZ}",
    "time_local": lambda t: t.astimezone(AMSTERDAM).isoformat(),
    "time": lambda t: f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}",
    "Datum": lambda t: f"{t.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}",
}
FACTORS = {"w": 1000.0, "kw": 1.0, "wh": 1000.0, "kwh": 1.0}


def written(grid, kw, minutes, clock, unit, *, comma=False):
    """``kw`` per PTU as a file of that step; longer steps take the mean, shorter ones repeat."""
    hours = minutes / 60 if unit.endswith("h") else 1.0
    step = max(minutes // 15, 1)
    parts = max(15 // minutes, 1)
    means = np.repeat(kw.reshape(-1, step).mean(axis=1), parts)
    instants = [grid.start.timestamp() + i * minutes * 60 for i in range(len(means))]
    rows = [f"{clock},load_{unit}"]
    rows += [
        f"{CLOCKS[clock](_utc(t))},{v * FACTORS[unit] * hours!r}"
        for t, v in zip(instants, means.tolist(), strict=True)
    ]
    return "\n".join(row.replace(",", ";").replace(".", ",") if comma else row for row in rows)


def _utc(second):
    return datetime.fromtimestamp(second, UTC)


@given(
    st.sampled_from([SPRING, AUTUMN, date(2025, 6, 2)]),
    st.sampled_from([5, 15, 30, 60]),
    st.sampled_from(sorted(CLOCKS)),
    st.sampled_from(sorted(FACTORS)),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_a_profile_reads_back_in_any_step_unit_and_clock(day, minutes, clock, unit, comma, seed):
    grid = PtuGrid.day(day, AMSTERDAM)
    kw = np.round(np.random.default_rng(seed).uniform(0.05, 9.0, len(grid)), 3)
    held = np.repeat(kw.reshape(-1, max(minutes // 15, 1)).mean(axis=1), max(minutes // 15, 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.csv"
        path.write_text(written(grid, kw, minutes, clock, unit, comma=comma))
        read = read_load(path, grid)
    np.testing.assert_allclose(read.profile.values, held, rtol=1e-12)
    assert {finding.repair for finding in read.findings} <= {"told apart by their order"}


@given(st.integers(0, 2**32 - 1), st.sampled_from([5, 15, 60]))
def test_energy_is_the_same_in_file_and_profile(seed, minutes):
    kwh = np.round(np.random.default_rng(seed).uniform(0.05, 0.5, 24 * 60 // minutes), 3)
    rows = ["time_utc,load_kwh"]
    rows += [
        f"{CLOCKS['time_utc'](_utc(DAY.start.timestamp() + i * minutes * 60))},{v}" for i, v in enumerate(kwh)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.csv"
        path.write_text("\n".join(rows))
        read = read_load(path, DAY)
    assert read.profile.energy().total() == pytest.approx(kwh.sum(), rel=1e-12)


def test_stamps_at_the_end_of_their_interval_lie_one_step_earlier(write):
    rows = [
        "time_utc,load_kw",
        *[f"{CLOCKS['time_utc'](t)},{i / 10}" for i, t in enumerate(DAY.window(1, 97))],
    ]
    read = read_load(write(rows), DAY, Layout(stamps="end"))
    assert read.profile.values.tolist() == [i / 10 for i in range(96)]


def test_parquet_with_instants_and_several_homes_is_read_by_home(tmp_path):
    stamps = np.tile(DAY.instants(), 2)
    table = pa.table(
        {
            "start_utc": pa.array(stamps, pa.timestamp("s", tz="UTC")),
            "home": ["a"] * 96 + ["b"] * 96,
            "load_w": np.repeat([400.0, 900.0], 96),
        }
    )
    pq.write_table(table, tmp_path / "homes.parquet")
    read = read_load(tmp_path / "homes.parquet", DAY, Layout(where={"home": "b"}))
    assert set(read.profile.values) == {0.9}
    with pytest.raises(BadInput, match="no row where home is 'c'; it has a, b"):
        read_load(tmp_path / "homes.parquet", DAY, Layout(where={"home": "c"}))


def rows_of(grid, value, keep=lambda _: True, name="load_kw"):
    said = [f"{CLOCKS['time_utc'](t)},{value(i)}" for i, t in enumerate(grid) if keep(i)]
    return [f"time_utc,{name}", *said]


def test_a_missing_hour_is_a_straight_line_and_a_missing_morning_is_last_weeks(write):
    gone = {20, 21, 22, 23} | set(range(7 * 96 + 30, 7 * 96 + 50))
    path = write(rows_of(WEEKS, lambda i: i % 96 / 10 + 1, keep=lambda i: i not in gone))
    read = read_load(path, WEEKS)
    np.testing.assert_allclose(read.profile.values, np.arange(len(WEEKS)) % 96 / 10 + 1)
    assert read.findings == (
        Finding(
            "export.csv", "2025-06-02T03:00Z to 04:00Z", "4 quarter-hours missing", "linear interpolation"
        ),
        Finding(
            "export.csv",
            "2025-06-09T05:30Z to 10:30Z",
            "20 quarter-hours missing",
            "same quarter a week earlier",
        ),
    )


def test_too_much_missing_is_refused(write):
    path = write(rows_of(WEEKS, lambda _: 0.4, keep=lambda i: i % 10 > 2))
    with pytest.raises(BadInput, match=r"lacks 405 of the 1344 quarter-hours .* choose days that it covers"):
        read_load(path, WEEKS)


def test_watts_under_a_header_of_kilowatts_are_divided_and_said(write):
    read = read_load(write(rows_of(DAY, lambda i: 300 + i)), DAY)
    np.testing.assert_allclose(read.profile.values, (300 + np.arange(96)) / 1000)
    assert read.findings == (
        Finding(
            "export.csv",
            "column 'load_kw'",
            "values look like W, column says kW: a mean of 348 kW",
            "divided by 1000",
        ),
    )


def test_kilowatts_under_a_header_of_watts_are_multiplied_and_said(write):
    read = read_load(write(rows_of(DAY, lambda i: 5 if i == 40 else 0.3, name="load_w")), DAY)
    assert read.profile.values.max() == pytest.approx(5.0)
    assert [finding.repair for finding in read.findings] == ["multiplied by 1000"]


def test_a_level_that_fits_no_unit_is_refused(write):
    path = write(rows_of(DAY, lambda _: 35))
    with pytest.raises(BadInput, match="a mean of 35 kW, 307 MWh a year, no household's"):
        read_load(path, DAY)
    assert read_load(path, DAY, household=False).profile.values[0] == 35.0


def test_a_household_on_holiday_is_not_mistaken_for_another_unit(write):
    read = read_load(write(rows_of(DAY, lambda _: 0.012)), DAY)
    assert set(read.profile.values) == {0.012}
    assert read.findings == ()


def test_a_net_flow_is_not_taken_for_a_load(write):
    with pytest.raises(BadInput, match="offtake minus feed-in"):
        read_load(write(rows_of(DAY, lambda i: -2 if 40 < i < 60 else 0.5)), DAY)


def test_night_consumption_of_an_inverter_is_no_generation(write):
    read = read_pv(write(rows_of(DAY, lambda i: 3.0 if 40 < i < 60 else -0.005, name="pv_kw")), DAY)
    assert (read.profile.values.min(), read.findings) == (0.0, ())


def test_one_negative_spike_of_pv_is_set_to_zero_and_said(write):
    read = read_pv(write(rows_of(DAY, lambda i: -1.5 if i == 4 else 2.0, name="pv_kw")), DAY)
    assert read.findings == (
        Finding(
            "export.csv", "2025-06-01T23:00Z", "1 quarter-hour below zero, lowest -1.5 kW", "set to zero"
        ),
    )


def test_generation_counted_negative_is_turned(write):
    read = read_pv(write(rows_of(DAY, lambda _: -2.0, name="pv_kw")), DAY)
    assert set(read.profile.values) == {2.0}
    assert read.findings == (Finding("export.csv", "all", "generation counted negative", "sign turned"),)


def test_panels_logged_as_blank_at_night_give_zero_when_told(write):
    path = write(rows_of(DAY, lambda i: 2.0 if 30 < i < 70 else "", name="pv_kw"))
    with pytest.raises(BadInput, match="too many to estimate"):
        read_pv(path, DAY)
    read = read_pv(path, DAY, Layout(blank_is_zero=True))
    assert read.profile.values.sum() == 78.0
    assert read.findings == (Finding("export.csv", "lines 2-32, 72-97", "57 blanks", "taken for zero"),)


def test_a_column_without_a_unit_asks_for_one(write):
    path = write(rows_of(DAY, lambda _: 0.4, name="energy"))
    with pytest.raises(BadInput, match="end its name in _w, _kw, _wh or _kwh, or give unit"):
        read_load(path, DAY, column="energy")
    assert read_load(path, DAY, column="energy", unit="kWh").profile.values[0] == 1.6


def test_a_wrong_header_names_what_is_there_and_what_was_expected(write):
    with pytest.raises(
        BadInput, match=r"has the columns time_utc, gas_m3; expected one that begins with load"
    ):
        read_load(write(rows_of(DAY, lambda _: 0.4, name="gas_m3")), DAY)


def test_steps_that_fit_no_quarter_hour_are_refused(write):
    rows = [
        "time_utc,load_kw",
        *[f"{CLOCKS['time_utc'](_utc(DAY.start.timestamp() + 420 * i))},1" for i in range(200)],
    ]
    with pytest.raises(
        BadInput, match="line 2: an interval of 7 min from 2025-06-01T22:00Z fits no quarter-hours"
    ):
        read_load(write(rows), DAY)


def test_a_quarter_hour_with_two_of_three_samples_is_their_mean(write):
    rows = ["time_utc,load_kw"]
    rows += [
        f"{CLOCKS['time_utc'](_utc(DAY.start.timestamp() + 300 * i))},{i % 3}" for i in range(288) if i != 31
    ]
    read = read_load(write(rows), DAY)
    assert read.profile.values[10] == 1.0
    assert read.findings == (
        Finding(
            "export.csv",
            "2025-06-02T00:30Z",
            "1 quarter-hour measured in part",
            "mean of the samples present",
        ),
    )


def test_a_cut_off_last_line_costs_that_line_only(write):
    path = write("\n".join(rows_of(WEEKS, lambda _: 0.5)) + "\n2025-06")
    read = read_load(path, WEEKS)
    assert read.findings == (Finding("export.csv", "line 1346", "1 row without the header's 2 cells"),)


@given(st.sets(st.integers(96, 96 * 8 - 1), max_size=120), st.integers(0, 2**32 - 1))
def test_mending_touches_only_what_is_missing_and_leaves_nothing_missing(gone, seed):
    values = np.random.default_rng(seed).uniform(0.1, 2.0, len(WEEKS))
    holed = values.copy()
    holed[sorted(gone)] = np.nan
    series = Profile(WEEKS, holed, Unit.KW)
    whole, findings = mend(series, WEEKS, "x", AMSTERDAM, HABITS)
    kept = ~np.isnan(holed)
    assert (whole.values[kept] == values[kept]).all()
    assert not whole.missing().any()
    assert whole.values.max() <= values.max()
    told = sum(int(finding.what.split()[0]) for finding in findings)
    assert told == len(gone)


@given(st.dates(date(2025, 1, 1), date(2025, 12, 28)), st.integers(1, 4))
def test_a_mapped_day_has_the_weekday_and_the_season_of_its_source(day, count):
    grid = PtuGrid.days(day, count, AMSTERDAM)
    days = DayMap(date(2016, 8, 1), date(2017, 7, 31))
    whole = days.window(AMSTERDAM)
    raw = Profile.flat(whole, 1.0, Unit.KW)
    pairs = days.pairs(raw, grid, AMSTERDAM, AMSTERDAM)
    assert list(pairs) == [d for d, _ in grid.local_days(AMSTERDAM)]
    for run, source in pairs.items():
        assert run.weekday() == source.weekday()
        assert abs((run.replace(year=2000) - source.replace(year=2000)).days + 183) % 366 - 183 <= 6


def test_mapped_values_keep_their_hour_of_the_local_day_through_both_clock_changes():
    days = DayMap(date(2016, 1, 1), date(2016, 12, 31))
    whole = days.window(AMSTERDAM)
    raw = Profile(whole, whole.quarter_of_day(AMSTERDAM).astype(float), Unit.KW)
    for day in (SPRING, AUTUMN):
        grid = PtuGrid.day(day, AMSTERDAM)
        pairs = days.pairs(raw, grid, AMSTERDAM, AMSTERDAM)
        moved = days.onto(raw, grid, pairs, AMSTERDAM, AMSTERDAM).values
        assert moved.tolist() == grid.quarter_of_day(AMSTERDAM).tolist()


def test_a_day_without_a_season_to_read_it_from_is_refused():
    days = DayMap(date(2020, 1, 1), date(2020, 3, 10))
    raw = Profile.flat(days.window(AMSTERDAM), 1.0, Unit.KW)
    with pytest.raises(BadInput, match="none of its weekday lies within 31 days of it in the year"):
        days.pairs(raw, DAY, AMSTERDAM, AMSTERDAM)


@pytest.mark.real_data
@pytest.mark.parametrize(("home", "mean_kw", "gaps"), [("ams_a", 1.14, 2), ("ams_b", 1.75, 3)])
def test_the_amsterdam_homes_are_whole_but_for_what_is_named(shared, home, mean_kw, gaps):
    grid = PtuGrid.days(date(2020, 1, 1), 70, AMSTERDAM)
    path = shared / "households/nl_amsterdam_heatpump_homes_2020_5min.parquet"
    read = read_load(path, grid, Layout(where={"home": home}))
    assert read.profile.values.mean() == pytest.approx(mean_kw, abs=0.01)
    assert len(read.findings) == gaps
    assert all(finding.repair for finding in read.findings)


@pytest.mark.real_data
def test_a_californian_home_lives_a_dutch_year(shared):
    grid = PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM)
    path = shared / "households/us_citylearn2022_homes01-09_hourly.parquet"
    days = DayMap(date(2016, 8, 1), date(2017, 7, 31))
    layout = Layout(where={"home": "cl_01"}, zone=ZoneInfo("Etc/GMT+8"), days=days)
    load, sun = read_load(path, grid, layout), read_pv(path, grid, layout)
    assert 8000 < load.profile.energy().total() < 13000
    noon = grid.quarter_of_day(AMSTERDAM)
    assert sun.profile.values[(noon > 44) & (noon < 56)].mean() > 1.0
    assert sun.profile.values[noon < 12].max() == 0.0
    assert "2025-01-01 from 2017-01-04" in load.source


@pytest.mark.real_data
def test_the_french_home_has_its_long_gaps_filled_by_name(shared):
    grid = PtuGrid.days(date(2024, 3, 1), 360, AMSTERDAM)
    path = shared / "households/fr_home_emhass_load_pv_2024-2025_30min.csv.gz"
    load = read_load(path, grid)
    assert {finding.repair for finding in load.findings} == {
        "linear interpolation",
        "same quarter a week earlier",
        "same quarter a day earlier",
        "same quarter a week later",
    }
    sun = read_pv(path, grid, Layout(blank_is_zero=True), column="pv_w")
    assert 1000 < sun.profile.energy().total() < 20000
