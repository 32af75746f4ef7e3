"""A street tells how cold coming days will be where neighbours agreed something for cold days, and asks nobody else."""

import asyncio
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.apps.access.hands import Hands
from tests.cycle.any_street import PLACE
from tests.cycle.test_live_agreements import FIRST
from tests.cycle.test_live_agreements import place as agreed_place

from laag.adapters.openmeteo import Newest, Weather
from laag.adapters.stores import open_log
from laag.apps.street.cold import Cold
from laag.apps.street.keeper import Keeper
from laag.cycle.live.agreeing import held_on
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid

DAY = timedelta(days=1)
NOW = datetime(FIRST.year, FIRST.month, FIRST.day, 8, tzinfo=UTC) - DAY


class Forecast:
    """So many degrees all the time, for four days from midnight."""

    def __init__(self, degrees=-3.0) -> None:
        self.degrees, self.asked = degrees, 0

    async def forecast(self, _lat, _lon):
        self.asked += 1
        if self.degrees is None:
            return Finding("forecast", "now", "nobody answers")
        grid = PtuGrid(NOW.replace(hour=0), 4 * 96)
        return Weather.made(grid, np.full(len(grid), self.degrees), np.zeros(len(grid)), NOW, "a forecast")


def looked(tmp_path, place, forecast, *hours):
    async def looks():
        clock = Hands(NOW)
        async with Keeper(lambda: open_log(str(tmp_path / "street.sqlite")), place, clock) as keeper:
            cold = Cold(keeper, Newest(forecast, 52.0, 5.0, 0))
            for hour in (0, *hours):
                clock.at = NOW + timedelta(hours=hour)
                await cold.look(clock.now())
            return keeper.live

    return asyncio.run(looks())


def test_a_cold_day_is_told_before_its_gate_and_the_agreement_holds(tmp_path):
    state = looked(tmp_path, agreed_place(), Forecast())
    assert {day: one.tenths_c for day, one in state.expected.items()} == {
        FIRST: -30,
        FIRST + DAY: -30,
        FIRST + 2 * DAY: -30,
    }
    assert [one.agreement.name for one in held_on(state, FIRST)] == ["No car at dinner"]


def test_a_day_that_is_not_forecast_whole_is_not_told(tmp_path):
    late = Forecast()
    state = looked(tmp_path, agreed_place(), late)
    assert FIRST + 3 * DAY not in state.expected


def test_nobody_is_asked_where_nothing_was_agreed_for_cold_days(tmp_path):
    forecast = Forecast()
    assert not looked(tmp_path, PLACE, forecast).expected
    assert forecast.asked == 0


@pytest.mark.parametrize(("later", "told"), [(-3.3, -30), (-2.0, -20)])
def test_it_is_told_again_only_where_it_has_become_otherwise(tmp_path, later, told):
    class Other(Forecast):
        async def forecast(self, lat, lon):
            if self.asked:
                self.degrees = later
            return await super().forecast(lat, lon)

    assert looked(tmp_path, agreed_place(), Other(), 2).expected[FIRST].tenths_c == told


def test_without_a_forecast_nothing_is_told_and_nobody_is_bound(tmp_path):
    state = looked(tmp_path, agreed_place(), Forecast(None))
    assert not state.expected
    assert held_on(state, FIRST) == ()
