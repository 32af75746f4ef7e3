"""The weather keeps its means and its moments."""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.files.days import DayMap
from laag.adapters.files.layout import Layout
from laag.adapters.weather import read_sun, read_temperature
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid

DAY = PtuGrid.day(date(2025, 6, 2), AMSTERDAM)
HOURS = [DAY[i] for i in range(0, 96, 4)]


def hourly(values, name, shift=0):
    later = [DAY.window(4 * (i + shift), 4 * (i + shift) + 1).start for i in range(24)]
    return [f"time,{name}", *[f"{t:%Y-%m-%dT%H:%MZ},{v}" for t, v in zip(later, values, strict=True)]]


@given(st.lists(st.floats(0, 1000), min_size=24, max_size=24))
def test_every_hour_keeps_its_mean_radiation_and_none_is_negative(means):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sun.csv"
        path.write_text("\n".join(hourly(means, "ghi_w_m2")))
        sun = read_sun(path, DAY).profile.values
    np.testing.assert_allclose(sun.reshape(24, 4).mean(axis=1), means, rtol=1e-9, atol=1e-9)
    assert sun.min() >= 0


def test_radiation_stamped_at_the_end_of_the_hour_lies_in_the_hour_before(write):
    means = [0.0] * 12 + [400.0] + [0.0] * 11
    path = write(hourly(means, "shortwave_radiation (W/m²)", shift=1))
    sun = read_sun(path, DAY, Layout(stamps="end")).profile.values
    assert np.flatnonzero(sun).tolist() == [48, 49, 50, 51]


def test_temperature_runs_straight_from_moment_to_moment(write):
    read = read_temperature(write(hourly(range(24), "temperature_2m (°C)")), DAY)
    np.testing.assert_allclose(read.profile.values[:-4], np.arange(92) / 4 + 0.125)
    assert set(read.profile.values[-4:]) == {23.0}
    assert read.findings == ()


def test_a_temperature_measured_at_the_end_of_its_hour_is_moved_there(write):
    path = write(hourly(range(24), "temperature_c"))
    late = read_temperature(path, DAY, lag_min=60).profile.values
    np.testing.assert_allclose(late[4:], read_temperature(path, DAY).profile.values[:-4])


def test_knmis_own_file_is_read_in_its_own_units(write):
    rows = ["# KNMI, De Bilt", "# STN,YYYYMMDD,   HH,    T,    Q"]
    rows += [f"  260,20250602,{hour:5},{100 + hour:5},{18 * hour:5}" for hour in range(1, 25)]
    path = write(["# SOURCE: hourly", *rows], "uurgeg.txt")
    morning = DAY.window(12, 96)
    warm, sun = read_temperature(path, morning), read_sun(path, morning)
    np.testing.assert_allclose(warm.profile.values[:4], 10.1 + 0.1 * (np.arange(4) + 0.5) / 4)
    np.testing.assert_allclose(sun.profile.values.reshape(-1, 4).mean(axis=1), 50.0 * np.arange(2, 23))


def test_an_open_meteo_export_is_read_below_its_preamble(write):
    rows = [
        "latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation",
        "52.1,5.2,4.0,0,GMT,GMT",
        "",
    ]
    path = write([*rows, *hourly([15.5] * 24, "temperature_2m (°C)")])
    assert set(read_temperature(path, DAY).profile.values) == {15.5}


def test_direct_radiation_alone_is_taken_for_the_whole_and_said(write):
    read = read_sun(write(hourly([100.0] * 24, "direct_radiation_w_m2")), DAY)
    assert read.findings == (
        Finding(
            "export.csv",
            "column 'direct_radiation_w_m2'",
            "direct radiation only, the diffuse part is missing",
            "direct taken for global",
        ),
    )


def test_a_missing_afternoon_is_yesterdays(write):
    rows = hourly([12.0] * 24, "temperature_c")
    before = [row.replace("2025-06-02", "2025-06-01").replace("12.0", "9.0") for row in rows[3:]]
    del rows[14:17]
    read = read_temperature(write([rows[0], *before, *rows[1:]]), DAY)
    assert {finding.repair for finding in read.findings} == {"same quarter a day earlier"}
    assert read.profile.values[14 * 4] == 9.0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("temperature_c", 215, "215 °C in column 'temperature_c' is beyond 60 °C"),
     ("temperature_c", "", "column 'temperature_c' has no numbers")],
)  # fmt: skip
def test_weather_that_cannot_be_is_refused(write, name, value, said):
    with pytest.raises(BadInput, match=said):
        read_temperature(write(hourly([value] * 24, name)), DAY)


@pytest.mark.real_data
def test_a_measured_dutch_year_has_its_radiation_and_its_mean_temperature(shared):
    year = PtuGrid.days(date(2000, 1, 2), 364, AMSTERDAM)
    path = shared / "weather/nl_debilt_knmi260_2000_hourly.csv.gz"
    sun, warm = read_sun(path, year), read_temperature(path, year, lag_min=60)
    assert sun.profile.values.sum() / 4000 == pytest.approx(938, abs=2)
    assert warm.profile.values.mean() == pytest.approx(10.9, abs=0.1)
    assert (sun.findings, warm.findings) == ((), ())


@pytest.mark.real_data
def test_the_hour_that_zwolle_lacks_is_interpolated(shared):
    grid = PtuGrid.days(date(2021, 11, 1), 180, AMSTERDAM)
    read = read_sun(shared / "weather/nl_zwolle_knmi_interpolated_2021-10_2022-05_hourly.csv.gz", grid)
    assert [(finding.where, finding.repair) for finding in read.findings] == [
        ("2022-03-27T02:00Z to 03:00Z", "linear interpolation")
    ]


@pytest.mark.real_data
def test_the_hague_of_2022_can_be_the_weather_of_2025(shared):
    grid = PtuGrid.days(date(2025, 6, 1), 30, AMSTERDAM)
    days = DayMap(date(2022, 1, 1), date(2022, 12, 31), weekday=False)
    read = read_temperature(
        shared / "weather/nl_thehague_openmeteo_2019_2023_hourly.csv.gz", grid, Layout(days=days)
    )
    assert "2025-06-01 from 2022-06-01" in read.source
    assert 12 < read.profile.values.mean() < 20


@pytest.mark.real_data
def test_the_beam_over_de_bilt_in_2025_is_read_from_the_end_of_its_hours(shared):
    grid = PtuGrid.days(date(2025, 6, 1), 30, AMSTERDAM)
    path = shared / "weather/nl_debilt_openmeteo_direct_radiation_2025-03_2026-02_hourly.csv.gz"
    read = read_sun(path, grid, Layout(stamps="end"))
    by_quarter = read.profile.values.reshape(30, 96).mean(axis=0)
    assert 46 <= np.average(np.arange(96), weights=by_quarter) <= 60
    assert [finding.repair for finding in read.findings] == ["direct taken for global"]
