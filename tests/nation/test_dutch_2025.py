"""How closely the price models resemble the Dutch prices of 2025."""

import csv
import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.nation.imbalance import Activation, settlement
from laag.study.population.days import Days
from laag.study.population.prices import modelled_nation
from laag.study.population.weather import weather

PRICES = Path(__file__).resolve().parents[3] / "shared" / "data" / "prices"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not PRICES.is_dir(), reason="the measured prices are not beside the project"),
]


def column(rows, name):
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def table(name):
    with gzip.open(PRICES / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tennet():
    return table("nl_tennet_imbalance_2025_15min.csv.gz")


@pytest.fixture(scope="module")
def measured():
    return column(table("nl_day_ahead_2025_15min.csv.gz"), "price_eur_per_mwh")


@pytest.fixture(scope="module")
def days():
    return Days(PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM))


@pytest.fixture(scope="module")
def modelled(days):
    return [modelled_nation(days, weather(days, seed), seed) for seed in (1, 2, 3)]


def test_mean_spread_and_negative_quarters_are_near_2025(measured, modelled):
    for nation in modelled:
        prices = nation.day_ahead.values
        assert prices.mean() == pytest.approx(measured.mean(), rel=0.12)
        assert prices.std() == pytest.approx(measured.std(), rel=0.25)
        assert np.mean(prices < 0) == pytest.approx(np.mean(measured < 0), abs=0.04)


@pytest.mark.parametrize("months", [(5, 6, 7, 8), (11, 12, 1, 2)], ids=["summer", "winter"])
def test_the_day_has_the_shape_of_2025(measured, modelled, days, months):
    """Mean price by hour of the local day: the same valleys and hills, on average within 15 EUR/MWh."""
    month = np.array([date.fromordinal(int(day)).month for day in days.ordinal])
    hour = days.quarter // 4

    def shape(prices):
        return np.array([prices[np.isin(month, months) & (hour == h)].mean() for h in range(24)])

    ours = np.mean([shape(nation.day_ahead.values) for nation in modelled], axis=0)
    theirs = shape(measured)
    assert np.corrcoef(ours, theirs)[0, 1] > 0.93
    assert np.abs(ours - theirs).mean() < 15


def test_imbalance_prices_are_near_2025(tennet, modelled):
    for name, ours in (
        ("price_shortage_eur_per_mwh", [nation.shortage.values for nation in modelled]),
        ("price_surplus_eur_per_mwh", [nation.surplus.values for nation in modelled]),
    ):
        theirs = column(tennet, name)
        assert np.mean(ours) == pytest.approx(theirs.mean(), abs=15)
        assert np.quantile(ours, [0.1, 0.5, 0.9]) == pytest.approx(
            np.quantile(theirs, [0.1, 0.5, 0.9]), abs=30
        )
    both = np.mean(column(tennet, "regulation_state") == 2)
    dual = np.mean([nation.shortage.values != nation.surplus.values for nation in modelled])
    assert dual == pytest.approx(both, abs=0.05)


def test_settlement_gives_tennets_columns_from_tennets_activations(tennet):
    """Single-sided states settle at their dispatch price; in state 2 nobody does better than it."""
    state = column(tennet, "regulation_state").astype(np.int64)
    up, down = (
        column(tennet, "price_dispatch_up_eur_per_mwh"),
        column(tennet, "price_dispatch_down_eur_per_mwh"),
    )
    shortage, surplus = (
        column(tennet, "price_shortage_eur_per_mwh"),
        column(tennet, "price_surplus_eur_per_mwh"),
    )
    middle = np.where(state == 0, shortage, (up + down) / 2)
    ours = settlement(Activation(state, up, down, middle))
    single = (state != 2) & np.isfinite(ours.shortage)  # 130 quarters of state -1 have no dispatch price
    assert single.sum() > 25_000
    assert np.array_equal(ours.shortage[single], shortage[single])
    assert np.array_equal(ours.surplus[single], surplus[single])
    both = (state == 2) & np.isfinite(up) & np.isfinite(down)
    assert both.sum() > 9_000
    assert np.all(shortage[both] >= up[both] - 0.005)
    assert np.all(surplus[both] <= down[both] + 0.005)
