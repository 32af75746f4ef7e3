"""A meter's registers become what the home drew and fed in, and nothing is lost on the way."""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.files.layout import Imported
from laag.adapters.p1 import Registers, home_from, read_registers
from laag.adapters.profiles import read_pv
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit

SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)
DAY = PtuGrid.day(date(2025, 6, 2), AMSTERDAM)
WEEKS = PtuGrid.days(date(2025, 6, 2), 14, AMSTERDAM)
HEADER = "time,Import T1 kWh,Import T2 kWh,Export T1 kWh,Export T2 kWh,L1 max W,L2 max W,L3 max W"


def homewizard(grid, import_wh, export_wh, first_kwh=4940.09):
    """The export of a P1 meter: registers at instants in local time, drawn on T2 by day and T1 by night."""
    edges = [*list(grid), grid.end]
    totals = [np.concatenate(([0], np.cumsum(wh))) for wh in (import_wh, export_wh)]
    rows = [HEADER]
    for i, t in enumerate(edges):
        low = [total[i] // 3 for total in totals]
        cells = [f"{low[0] / 1000 + first_kwh:.3f}", f"{(totals[0][i] - low[0]) / 1000:.3f}"]
        cells += [f"{low[1] / 1000:.3f}", f"{(totals[1][i] - low[1]) / 1000 + 751:.3f}"]
        rows.append(f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M},{','.join(cells)},106,43,26")
    return rows


@given(st.sampled_from([SPRING, AUTUMN, date(2025, 6, 2)]), st.integers(0, 2**32 - 1))
def test_registers_give_back_every_watt_hour_on_every_kind_of_day(day, seed):
    grid = PtuGrid.day(day, AMSTERDAM)
    random = np.random.default_rng(seed)
    drawn, fed = random.integers(0, 4000, len(grid)), random.integers(0, 2000, len(grid))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p1e.csv"
        path.write_text("\n".join(homewizard(grid, drawn, fed)))
        read = read_registers(path, grid)
    np.testing.assert_array_equal(np.rint(read.import_kw.values * 250), drawn)
    np.testing.assert_array_equal(np.rint(read.export_kw.values * 250), fed)
    assert [finding.repair for finding in read.findings] == (
        ["told apart by their order"] if day == AUTUMN else []
    )


@given(st.integers(1, 90), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_a_gap_of_any_length_keeps_what_the_register_counted(first, count, seed):
    random = np.random.default_rng(seed)
    drawn, fed = random.integers(10, 1000, len(WEEKS)), np.zeros(len(WEEKS), int)
    rows = homewizard(WEEKS, drawn, fed)
    at = 7 * 96 + first
    del rows[1 + at : 1 + at + count]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p1e.csv"
        path.write_text("\n".join(rows))
        read = read_registers(path, WEEKS)
    assert read.import_kw.energy().total() * 1000 == pytest.approx(drawn.sum())
    gap = slice(at - 1, at + count)
    assert read.import_kw.energy().values[gap].sum() * 1000 == pytest.approx(drawn[gap].sum())
    assert len(read.findings) == (1 if count <= 4 else 2)


def test_two_missing_readings_are_spread_evenly_and_said(write):
    rows = homewizard(DAY, np.arange(96) * 10, np.zeros(96, int))
    del rows[21:23]
    read = read_registers(write(rows), DAY)
    np.testing.assert_allclose(read.import_kw.energy().values[19:22], [0.2, 0.2, 0.2])
    assert read.findings == (
        Finding(
            "export.csv",
            "2025-06-02T02:45Z to 2025-06-02T03:30Z",
            "no readings",
            "register's rise spread evenly",
        ),
    )


def test_a_replaced_meter_costs_one_interval(write):
    rows = homewizard(DAY, np.full(96, 100), np.zeros(96, int))
    other = homewizard(DAY, np.full(96, 100), np.zeros(96, int), first_kwh=0.0)
    rows[51:] = other[51:]
    read = read_registers(write(rows), DAY)
    np.testing.assert_allclose(read.import_kw.values, 0.4)
    assert read.findings == (
        Finding(
            "export.csv",
            "line 52, 2025-06-02T10:30Z",
            "register runs backwards (reset or replaced)",
            "interval estimated",
        ),
        Finding(
            "export.csv", "2025-06-02T10:15Z to 10:30Z", "1 quarter-hour missing", "linear interpolation"
        ),
    )


def test_a_leap_that_no_connection_carries_is_not_counted(write):
    rows = homewizard(DAY, np.full(96, 100), np.zeros(96, int))
    rows[51:] = homewizard(DAY, np.full(96, 100), np.zeros(96, int), first_kwh=9940.09)[51:]
    read = read_registers(write(rows), DAY)
    np.testing.assert_allclose(read.import_kw.values, 0.4)
    assert read.findings[0].what == "register leaps by 2e+04 kW, more than a connection carries"


def test_registers_in_watt_hours_are_divided_and_said(write):
    rows = homewizard(DAY, np.full(96, 100_000), np.zeros(96, int))
    read = read_registers(write(rows), DAY)
    np.testing.assert_allclose(read.import_kw.values, 0.4)
    assert read.findings == (
        Finding(
            "export.csv",
            "import registers",
            "values look like Wh, column says kWh: rises by 400 kW",
            "divided by 1000",
        ),
    )


def test_the_repeated_hour_that_the_export_has_once_is_spread_over_both(write):
    grid = PtuGrid.day(AUTUMN, AMSTERDAM)
    rows = homewizard(grid, np.full(100, 100), np.zeros(100, int))
    del rows[13:17]
    read = read_registers(write(rows), grid)
    np.testing.assert_allclose(read.import_kw.values, 0.4, atol=1e-9)
    assert read.import_kw.energy().total() == pytest.approx(10.0)
    assert read.findings[0].repair == "taken as the first, the second estimated"


def test_a_meter_without_export_is_a_home_without_panels(write):
    rows = [
        "time,Import kWh",
        *[f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M},{i * 0.1:.1f}" for i, t in enumerate(DAY)],
    ]
    home = home_from(read_registers(write(rows), DAY.window(0, 95)))
    assert home.pv_kw is None
    np.testing.assert_allclose(home.load_kw.values, 0.4)


def test_a_file_without_registers_names_what_it_has(write):
    with pytest.raises(
        BadInput, match="has the columns time, power; expected registers such as 'Import T1 kWh'"
    ):
        read_registers(write(["time,power", "2025-06-02 00:00,4", "2025-06-02 00:15,4"]), DAY)


def metered(drawn, fed, pv=None):
    profiles = [Profile(DAY, np.asarray(one, float), Unit.KW) for one in (drawn, fed)]
    return Registers(*profiles, pv, "meter", 900, ())


@given(st.integers(0, 2**32 - 1))
def test_load_is_import_minus_export_plus_panels(seed):
    random = np.random.default_rng(seed)
    load, sun = random.uniform(0, 3, 96), random.uniform(0, 4, 96)
    net = load - sun
    home = home_from(
        metered(np.maximum(net, 0), np.maximum(-net, 0)), Imported(Profile(DAY, sun, Unit.KW), "roof")
    )
    np.testing.assert_allclose(home.load_kw.values, load, atol=1e-12)
    assert home.findings == ()
    assert home.curtailable


@given(st.integers(0, 2**32 - 1))
def test_panels_logged_by_the_hour_keep_their_energy_and_cover_the_export(seed):
    random = np.random.default_rng(seed)
    load, sun = random.uniform(0, 3, 96), random.uniform(0, 4, 96)
    hourly = np.repeat(sun.reshape(-1, 4).mean(axis=1), 4)
    net = load - sun
    home = home_from(
        metered(np.maximum(net, 0), np.maximum(-net, 0)), Imported(Profile(DAY, hourly, Unit.KW), "roof")
    )
    np.testing.assert_allclose(home.pv_kw.values.reshape(-1, 4).mean(axis=1), hourly[::4])
    assert home.load_kw.energy().total() == pytest.approx(load.sum() / 4)
    assert home.findings == ()


def test_panels_that_explain_less_than_the_export_are_named(write):
    fed = np.where(np.arange(96) == 48, 2.0, 0.0)
    home = home_from(metered(np.zeros(96), fed), Imported(Profile(DAY, fed / 2, Unit.KW), "roof"))
    assert home.load_kw.values.min() == 0.0
    assert home.findings == (
        Finding(
            "meter",
            "2025-06-02T10:00Z",
            "1 quarter-hour in which export exceeds what import and panels give, 0.25 kWh in all, worst -1 kW",
            "load set to zero",
        ),
    )


def test_without_a_measurement_of_the_panels_the_export_cannot_be_curtailed():
    home = home_from(metered(np.full(96, 0.3), np.full(96, 0.7)))
    assert (home.load_kw.values[0], home.pv_kw.values[0], home.curtailable) == (0.3, 0.7, False)
    assert home.source == "meter; export taken for generation"


@pytest.mark.real_data
def test_the_real_p1_home_counts_what_its_meter_counted(shared):
    grid = PtuGrid.days(date(2024, 1, 1), 120, AMSTERDAM)
    read = read_registers(shared / "households/nl_p1_home_pv_ev_2024_jan-apr_15min_homewizard.csv.gz", grid)
    assert read.findings == ()
    assert read.import_kw.energy().total() == pytest.approx(566.6, abs=60)
    assert read.import_kw.values.max() < 17.25
    pv = read_pv(
        shared / "households/nl_p1_home_pv_2024_jan-apr_hourly_apsystems.csv.gz",
        grid,
        column="energy",
        unit="kWh",
    )
    home = home_from(read, pv)
    assert [finding.repair for finding in home.findings] == ["left out", "load set to zero"]
    drawn, fed, sun = (p.energy().total() for p in (read.import_kw, read.export_kw, pv.profile))
    assert home.load_kw.energy().total() == pytest.approx(drawn - fed + sun, abs=3.0)


@pytest.mark.real_data
def test_the_belgian_registers_pass_the_autumn_clock_change(shared):
    grid = PtuGrid.days(date(2022, 9, 17), 44, AMSTERDAM)
    read = read_registers(shared / "households/be_home_pv_2022-09_2022-10_hourly_registers.csv.gz", grid)
    assert read.findings == (
        Finding(
            "be_home_pv_2022-09_2022-10_hourly_registers.csv.gz",
            "2022-10-30 02:00 local time",
            "an hour that the clock change repeats, without an offset",
            "told apart by their order",
        ),
    )
    night = grid.index(PtuGrid.day(date(2022, 10, 30), AMSTERDAM).start)
    np.testing.assert_allclose(
        read.import_kw.values[night : night + 16].reshape(4, 4)[:, 0], [0.37, 0.39, 0.38, 0.37]
    )
    home = home_from(read)
    assert home.curtailable
    assert home.load_kw.energy().total() > read.import_kw.energy().total()
