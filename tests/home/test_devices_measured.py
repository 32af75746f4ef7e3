"""Devices as others have measured them."""

from pathlib import Path

import numpy as np
import pytest

from laag.cycle.street import Habit
from laag.home.devices import HeatPump

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize(("flow_c", "within"), [(35.0, 0.3), (55.0, 0.4)])
def test_the_cop_line_lies_along_a_published_regression(flow_c, within):
    """Ruhnau, Hirth and Praktiknjo 2019, air source, times their 0.85 for real homes."""
    outdoor = np.arange(-10.0, 15.1, 0.5)
    lift = flow_c - outdoor
    published = 0.85 * (6.08 - 0.0941 * lift + 0.000464 * lift**2)
    assert np.abs(HeatPump(2.0).cop(outdoor, flow_c) - published).max() <= within


def amsterdam(home):
    """Daily use (kWh) and mean outside temperature, whole days only."""
    pandas = pytest.importorskip("pandas")
    file = DATA / "households" / "nl_amsterdam_heatpump_homes_2020_5min.parquet"
    if not file.exists():
        pytest.skip("the measured homes are not beside the project")
    weather = pandas.read_csv(DATA / "weather" / "nl_thehague_openmeteo_2019_2023_hourly.csv.gz")
    outdoor = weather.set_index(pandas.to_datetime(weather.start_utc, utc=True)).temperature_2m_c
    used = pandas.read_parquet(file).query("home == @home").set_index("start_utc").consumption_wh
    daily = used.resample("1D").sum(min_count=280).dropna() / 1000
    return daily.to_numpy(), outdoor.resample("1D").mean().reindex(daily.index).to_numpy()


@pytest.mark.real_data
def test_a_measured_home_uses_what_its_loss_and_the_cop_say():
    """Fitted on 40 days, the rest is predicted from the weather to within a tenth."""
    used, outdoor = amsterdam("ams_a")
    pump, fitted = HeatPump(3.0), slice(40)
    heat = np.maximum(15.0 - outdoor, 0.0) * 24 / pump.cop(outdoor)
    columns = np.stack([heat, np.ones(len(used))], axis=1)
    answer = np.linalg.lstsq(columns[fitted], used[fitted], rcond=None)[0]
    off = columns[40:] @ answer - used[40:]
    assert 0.05 < answer[0] < 0.3, "kW per kelvin"
    assert np.abs(off).mean() < 0.1 * used[40:].mean()


@pytest.mark.real_data
def test_a_car_that_says_nothing_does_what_cars_do():
    pandas = pytest.importorskip("pandas")
    file = DATA / "ev" / "no_trondheim_apartment_ev_sessions_2018-2020.csv.gz"
    if not file.exists():
        pytest.skip("the measured sessions are not beside the project")
    sessions = pandas.read_csv(file, parse_dates=["plug_in_local", "plug_out_local"])
    mine = sessions[sessions.user_type == "Private"]
    span = mine.groupby("user_id").agg(
        kwh=("energy_kwh", "sum"), first=("plug_in_local", "min"), last=("plug_out_local", "max")
    )
    days = (span["last"] - span["first"]).dt.days
    daily = (span.kwh / days)[days > 60]
    assert daily.quantile(0.25) <= Habit().used_kwh <= daily.quantile(0.75)
    arrivals = pandas.read_csv(DATA / "ev" / "nl_elaad_distribution-of-arrival.csv", encoding="utf-8-sig")
    half = int((arrivals.private.cumsum() >= 50).idxmax())
    assert abs(half - Habit().arrives_quarter) <= 4
