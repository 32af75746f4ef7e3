"""One file describes a street; what cannot be read is left out by name or refused with the way out."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from laag.adapters.streetfile import load_street, read_plan
from laag.adapters.streetfile.schema import parse
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.devices import Battery, Building, HeatingCurve, HeatPump, Pv

EXAMPLE = Path(__file__).parents[2] / "examples" / "street.toml"
GRID = PtuGrid.days(date(2025, 5, 26), 14, AMSTERDAM)


def in_utc(t):
    return f"{t:%Y-%m-%dT%H:%M:%SZ}"


def local(t):
    return f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def csv(grid, header, *columns, clock=in_utc):
    rows = [",".join([clock(t), *(f"{column[i]:.4f}" for column in columns)]) for i, t in enumerate(grid)]
    return "\n".join([header, *rows]) + "\n"


@pytest.fixture
def folder(tmp_path):
    """Everything the example refers to."""
    quarter = np.arange(len(GRID))
    hours = [GRID[i] for i in range(0, len(GRID), 4)] + [GRID.end]
    sun = np.maximum(np.sin((np.arange(len(hours)) % 24 - 6) / 12 * np.pi), 0) * 600
    edges = GRID.window(0, len(GRID) + 1)
    counted = np.concatenate(([0.0], np.cumsum(np.full(len(GRID), 0.1))))
    year = PtuGrid.days(date(2020, 5, 1), 60, AMSTERDAM)
    shutil.copy(EXAMPLE, tmp_path / "street.toml")
    files = {
        "day_ahead_2025.csv": csv(GRID, "start_utc,price_eur_per_mwh", 80 + quarter % 96),
        "settlement_prices_2025.csv": csv(
            GRID, "start_utc,price_shortage,price_surplus", 90 + quarter % 96, 70 + quarter % 96
        ),
        "weather.csv": csv(hours, "time,temperature_2m,shortwave_radiation", 12 + sun / 100, sun),
        "p1e-12.csv": csv(edges, "time,Import T1 kWh,Export T1 kWh", counted, counted * 0, clock=local),
        "panels-12.csv": csv(hours[:-1], "date,energy", sun[:-1] / 1000, clock=local),
        "no-14.csv": csv(GRID, "start_utc,load_w", 300 + quarter % 96),
        "sessions-14.csv": "arrival,departure,energy_kwh\n2025-06-03 18:05,2025-06-04 07:20,8.0\n",
        "no-17-2020.csv": csv(year, "start_utc,load_kw", np.full(len(year), 0.25)),
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    table = pa.table(
        {"start_utc": pa.array(GRID.instants(), pa.timestamp("s", "UTC")), "consumption_wh": quarter % 96}
    )
    pq.write_table(table, tmp_path / "no-15.parquet")
    return tmp_path


def changed(folder, old, new):
    path = folder / "street.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_example_is_a_street_of_four_homes(folder):
    street = load_street(folder / "street.toml")
    assert street.grid == GRID
    assert [home.house.name for home in street.homes] == ["no-12", "no-14", "no-15", "no-17"]
    assert street.findings == ()
    first, second, third, fourth = street.homes
    assert first.house.battery == Battery(10, 5, 5)
    assert first.house.pv == Pv(first.pv_kw.values.max())
    np.testing.assert_allclose(first.load_kw.values, 0.4 + first.pv_kw.values)
    assert [(s.arrives, s.departs) for s in second.sessions] == [(8 * 96 + 72, 9 * 96 + 30)]
    assert (third.house.heat_pump, third.house.building) == (HeatPump(3), Building(0.15, 6))
    assert set(fourth.load_kw.values) == {0.25}
    assert "2025-05-26 from 2020-05-25" in fourth.source
    assert (street.import_max_kw, [feeder.name for feeder in street.feeders]) == (160, ["even"])
    assert not np.isnan(street.sun_w_m2.values).any()


def test_the_same_file_gives_the_same_street_twice(folder):
    one, two = (load_street(folder / "street.toml") for _ in range(2))
    for left, right in zip(one.homes, two.homes, strict=True):
        np.testing.assert_array_equal(left.load_kw.values, right.load_kw.values)
        assert (left.house, left.sessions, left.source) == (right.house, right.sessions, right.source)
    np.testing.assert_array_equal(one.nation.day_ahead.values, two.nation.day_ahead.values)


def test_other_days_can_be_asked_for_than_the_file_says(folder):
    street = load_street(folder / "street.toml", date(2025, 6, 4), 2)
    assert street.grid == PtuGrid.days(date(2025, 5, 28), 9, AMSTERDAM)
    plan = read_plan(folder / "street.toml", days=3)
    assert (plan.first_day, plan.days, plan.grid()) == (
        date(2025, 6, 2),
        3,
        PtuGrid.days(date(2025, 5, 26), 10, AMSTERDAM),
    )


def test_one_home_that_cannot_be_read_does_not_stop_the_street(folder):
    (folder / "no-14.csv").write_bytes(b"\0\0\0")
    street = load_street(folder / "street.toml")
    assert [home.house.name for home in street.homes] == ["no-12", "no-15", "no-17"]
    assert [str(finding) for finding in street.findings] == [
        "home no-14, no-14.csv: left out: no-14.csv is binary, neither CSV nor Parquet; export it as one of these (refused)"
    ]


def test_a_street_without_a_readable_home_is_refused(folder):
    for name in ("p1e-12.csv", "no-14.csv", "no-15.parquet", "no-17-2020.csv"):
        (folder / name).unlink()
    with pytest.raises(BadInput, match=r"street\.toml: none of its homes can be read; home no-12"):
        load_street(folder / "street.toml")


@pytest.mark.parametrize("name", ["day_ahead_2025.csv", "settlement_prices_2025.csv", "weather.csv"])
def test_without_prices_or_weather_there_is_no_street(folder, name):
    (folder / name).unlink()
    with pytest.raises(BadInput, match=f"{name} cannot be read .* check its path"):
        load_street(folder / "street.toml")


def test_what_was_mended_in_a_home_is_reported_with_the_street(folder):
    rows = (folder / "no-14.csv").read_text().splitlines()
    del rows[500:503]
    (folder / "no-14.csv").write_text("\n".join(rows))
    assert [str(finding) for finding in load_street(folder / "street.toml").findings] == [
        "no-14.csv, 2025-05-31T02:45Z to 03:30Z: 3 quarter-hours missing (repaired: linear interpolation)"
    ]


def test_weather_may_be_the_same_all_the_time(folder):
    path = changed(folder, "[weather.sun]\nfile", "[weather.sun]\nconstant = 0.0 #")
    path = changed(folder, 'column = "shortwave_radiation"\nzone = "UTC"\nstamps = "end" ', "#")
    street = load_street(path)
    assert set(street.sun_w_m2.values) == {0.0}


def test_a_car_in_the_load_is_taken_out_of_it(folder):
    rows = (folder / "no-14.csv").read_text().splitlines()
    at = 1 + 8 * 96 + 72
    rows[at : at + 4] = [row.rsplit(",", 1)[0] + ",8300.0" for row in rows[at : at + 4]]
    (folder / "no-14.csv").write_text("\n".join(rows))
    path = changed(folder, "charger = { max_kw = 11", "load_includes_car = true\ncharger = { max_kw = 11")
    home = load_street(path).homes[1]
    whole = np.concatenate([[float(row.rsplit(",", 1)[1]) for row in rows[1:]]]) / 4000
    assert home.load_kw.energy().total() == pytest.approx(whole.sum() - 8.0)
    assert home.load_kw.values.min() >= 0


def test_everything_is_scaled_together(folder):
    path = changed(folder, 'file = "no-14.csv", column', 'file = "no-14.csv", scale = 2, column')
    assert load_street(path).homes[1].load_kw.values[1] == pytest.approx(0.602)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("days = 7\n", "days = 0\n", "days: Input should be greater than or equal to 1"),
        ("days = 7\n", "days = 7\ndurations = 3\n", "durations is not a setting; remove it"),
        ("days = 7\n", "", r"street\.toml: days is missing"),
        ("days = 7\n", "days = seven\n", r"street\.toml is not TOML"),
        (
            'zone = "Europe/Amsterdam"',
            'zone = "Amsterdam"',
            "'Amsterdam' is no time zone; write Europe/Amsterdam",
        ),
        ('name = "no-14"', 'name = "no-12"', "homes share the name no-12"),
        ('feeder = "even"', 'feeder = "odd"', r"homes hang on odd, which \[\[grid.feeders\]\] does not have"),
        ('column = "load_w"', 'colum = "load_w"', "homes no. 2, load.colum is not a setting"),
        ("building = {", "# building = {", r"a heat pump needs a \[homes.building\] to heat"),
        ("charger = {", "# charger = {", r"sessions need a \[homes.charger\] to charge at"),
        ('group = "owner, car"', 'connection = "3x24A"', "connection '3x24A' is none of 1x25A"),
    ],
)
def test_what_a_street_file_cannot_mean_is_refused_where_it_stands(folder, old, new, said):
    with pytest.raises(BadInput, match=said):
        load_street(changed(folder, old, new))


def test_a_device_with_a_setting_that_it_does_not_have_leaves_its_home_out(folder):
    street = load_street(changed(folder, "battery = { capacity_kwh = 10", "battery = { capacity = 10"))
    (finding,) = street.findings
    assert finding.what == (
        "left out: home no-12: battery has no capacity; it has capacity_kwh, charge_max_kw, discharge_max_kw, "
        "charge_efficiency, discharge_efficiency, wear_eur_per_kwh, standby_kw, charge_taper_from, charge_at_full, "
        "discharge_taper_below, discharge_at_empty"
    )


def test_a_heating_curve_and_hours_of_comfort_are_tables_of_their_own(folder):
    curve = "heat_pump = { curve = { at_minus_10_c = 50, at_15_c = 30 }, "
    street = load_street(changed(folder, "heat_pump = { ", curve))
    (pump,) = [home.house.heat_pump for home in street.homes if home.house.heat_pump]
    assert pump.curve == HeatingCurve(50, 30)


def test_the_example_parses_as_it_stands():
    assert parse(EXAMPLE).first_day - timedelta(days=7) == date(2025, 5, 26)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("grid", "homes", "rated_kw", "first"),
    [("rural1", 13, 160, date(2025, 1, 13)), ("semiurb4", 41, 400, date(2025, 6, 23)), ("rural1", 13, 160, date(2025, 3, 24))],
)  # fmt: skip
def test_real_homes_on_a_real_grid_under_real_prices(shared, tmp_path, grid, homes, rated_kw, first):
    path = tmp_path / "street.toml"
    path.write_text(REAL.format(shared=shared.resolve().as_posix(), grid=grid, first=first), "utf-8")
    street = load_street(path)
    assert len(street.homes) == homes + 3
    assert (street.import_max_kw, street.export_max_kw) == (rated_kw, rated_kw)
    assert all(finding.repair for finding in street.findings)
    names = {feeder.name for feeder in street.feeders} | {""}
    for home in street.homes:
        assert home.feeder in names
        assert home.load_kw.grid == street.grid
        assert home.load_kw.values.min() >= 0
        assert not home.load_kw.missing().any()
        assert home.pv_kw is None or home.pv_kw.values.min() >= 0


@pytest.mark.real_data
def test_a_home_on_a_cable_that_the_grid_does_not_have_is_refused(shared, tmp_path):
    path = tmp_path / "street.toml"
    text = REAL.format(shared=shared.resolve().as_posix(), grid="rural1", first=date(2025, 1, 13))
    path.write_text(text.replace('name = "p1"', 'name = "p1"\nfeeder = "Line 3"'), "utf-8")
    with pytest.raises(BadInput, match=r"homes hang on Line 3; the feeders are LV1\.101-Line-3"):
        load_street(path)


REAL = """
name = "Real"
first_day = {first}
days = 7
warmup_days = 0
prices.day_ahead.file = "{shared}/prices/nl_day_ahead_2025_15min.csv.gz"
prices.imbalance.file = "{shared}/prices/nl_tennet_imbalance_2025_15min.csv.gz"
weather.temperature = {{ file = "{shared}/weather/nl_thehague_openmeteo_2019_2023_hourly.csv.gz", map_days = {{ first = 2022-01-01, last = 2022-12-31, weekday = false }} }}
weather.sun = {{ file = "{shared}/weather/nl_debilt_knmi260_2000_hourly.csv.gz", map_days = {{ first = 2000-01-01, last = 2000-12-31, weekday = false }} }}

[simbench]
grid = "{shared}/grids/simbench_1-LV-{grid}--2-sw.pp.json.gz"
profiles = {{ file = "{shared}/grids/simbench_1-LV-{grid}--2-sw_profiles_3weeks_15min.parquet", zone = "Europe/Berlin", map_days = {{ first = 2016-01-01, last = 2016-12-31 }} }}

[[homes]]
name = "p1"
load = {{ file = "{shared}/households/nl_p1_home_pv_ev_2024_jan-apr_15min_homewizard.csv.gz", format = "registers", map_days = {{ first = 2024-01-01, last = 2024-04-29, within_days = 183 }} }}
pv = {{ file = "{shared}/households/nl_p1_home_pv_2024_jan-apr_hourly_apsystems.csv.gz", column = "energy", unit = "kWh", map_days = {{ first = 2024-01-01, last = 2024-04-29, within_days = 183 }} }}

[[homes]]
name = "amsterdam"
load = {{ file = "{shared}/households/nl_amsterdam_heatpump_homes_2020_5min.parquet", where = {{ home = "ams_a" }}, map_days = {{ first = 2020-01-01, last = 2020-03-10, within_days = 183 }} }}

[[homes]]
name = "car"
load = {{ file = "{shared}/households/us_citylearn2022_homes01-09_hourly.parquet", where = {{ home = "cl_02" }}, column = "load_kwh", scale = 0.4, zone = "Etc/GMT+8", map_days = {{ first = 2016-08-01, last = 2017-07-31 }} }}
charger = {{ max_kw = 11 }}
sessions = {{ file = "{shared}/ev/no_trondheim_apartment_ev_sessions_2018-2020.csv.gz", zone = "Europe/Oslo", where = {{ user_id = "AdO3-4" }}, map_days = {{ first = 2019-01-01, last = 2019-12-31 }} }}
"""
