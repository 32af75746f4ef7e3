"""A home asks for another position where its plan has become another, once, and in time."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from laag.adapters.neighbourhood.wire import Positions
from laag.apps.agent.amending import AHEAD_PTUS, Amending
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid

EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)
"""Ten at night on the wall."""
COUNT = 24


@dataclass
class Home:
    """As much of a life as amending looks at."""

    taken_wh: np.ndarray
    wh: list
    at: datetime = EVENING
    speed: float = 1.0
    away: object = None
    promises: tuple = ()
    zone: object = AMSTERDAM
    board: object = field(default_factory=lambda: SimpleNamespace(vat=1.21))

    @property
    def clock(self):
        return SimpleNamespace(now=lambda: self.at, speed=self.speed)

    @property
    def positions(self):
        return Positions(start=EVENING, wh=self.wh)

    @property
    def thought(self):
        flat = np.ones(COUNT)
        return SimpleNamespace(
            plan=SimpleNamespace(
                grid=PtuGrid(EVENING, COUNT),
                connection_kw=self.taken_wh / 250,
                above_eur_per_kwh=0.363 * flat,
                below_eur_per_kwh=0.121 * flat,
            )
        )


def home(**given):
    return Home(**({"taken_wh": 500 * np.ones(COUNT), "wh": [200] * COUNT} | given))


def test_it_asks_for_the_next_hours_from_the_first_quarter_hour_that_is_still_open():
    one, _ = Amending(home()).due(EVENING)
    midnight = PtuGrid.day(date(2026, 5, 4), AMSTERDAM).index(EVENING)
    assert one.day == date(2026, 5, 4)
    assert one.rows.ptu.tolist() == [midnight + 2 + n for n in range(6)]
    assert set(one.rows.quantity_wh.tolist()) == {300}
    assert set(one.rows.limit_ticks.tolist()) == {30_000}


def test_over_midnight_each_day_has_a_list_of_its_own():
    life = home(at=EVENING + 4 * PTU)
    first, second = Amending(life).due(life.at)
    assert (second.day - first.day).days == 1
    assert second.rows.ptu.tolist()[0] == 0
    assert len(first.rows) + len(second.rows) == AHEAD_PTUS


def test_what_was_asked_is_not_asked_again_and_what_is_no_longer_wanted_is_withdrawn():
    life = home(wh=[200] * 4 + [500] * (COUNT - 4))
    amending = Amending(life)
    (one,) = amending.due(EVENING)
    amending.done(one)
    assert len(one.rows) == 2
    assert amending.due(EVENING) == ()
    assert amending.due(EVENING + 2 * PTU) == ()
    life.wh = [500] * COUNT
    (again,) = amending.due(EVENING)
    assert len(again.rows) == 0


@pytest.mark.parametrize(
    "given", [{"away": "gone"}, {"board": None}, {"wh": [None] * COUNT}, {"wh": [480] * COUNT}]
)
def test_a_home_that_is_alone_has_no_position_or_keeps_to_it_asks_nothing(given):
    assert Amending(home(**given)).due(EVENING) == ()


def test_on_a_clock_that_runs_faster_it_leaves_more_time_for_the_way():
    later = EVENING + timedelta(minutes=1)
    slow, fast = (Amending(home(speed=speed)).due(later)[0] for speed in (1.0, 60.0))
    assert fast.rows.ptu[0] == slow.rows.ptu[0] + 1
