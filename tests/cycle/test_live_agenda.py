"""Gates close at noon on the wall, days are settled once all is known, and a stop of days is made up for in order."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.live.agenda import due, gate, next_at, settled_at

FIRST = date(2026, 3, 28)
STREET = live.Neighbourhood("Kade", terms_of(Options(policy="layered", rule="layered")), FIRST)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(state, *messages):
    for message in messages:
        state, effects = live.apply(state, message)
        assert not any(isinstance(one, live.Refused) for one in effects)
    return state


def priced(day):
    ticks = np.full(len(STREET.grid(day)), 8_000)
    return live.Priced(day, ticks, "exchange"), live.Imbalanced(day, ticks, ticks, "operator")


def test_a_gate_closes_at_noon_on_the_wall_whatever_the_clock_did():
    for day in (FIRST, FIRST + DAY, FIRST + 2 * DAY):
        assert gate(STREET, day).astimezone(STREET.zone).hour == 12
    assert gate(STREET, FIRST + 2 * DAY) - gate(STREET, FIRST + DAY) == 23 * HOUR


def test_nothing_is_said_too_early_nor_twice():
    state = live.begin(STREET)
    at = gate(STREET, FIRST)
    assert due(state, at - timedelta(seconds=1)) == ()
    assert next_at(state, at - HOUR) == at
    (closed,) = due(state, at)
    state = told(state, closed)
    assert due(state, at) == ()
    assert next_at(state, at) == gate(STREET, FIRST + DAY)


def test_a_day_is_settled_when_it_is_over_and_its_prices_are_known():
    state = told(live.begin(STREET), *due(live.begin(STREET), gate(STREET, FIRST)))
    over = settled_at(STREET, FIRST)
    assert live.Settle(FIRST) not in due(state, over)
    state = told(state, *priced(FIRST))
    assert live.Settle(FIRST) not in due(state, over - timedelta(seconds=1))
    assert live.Settle(FIRST) in due(state, over)
    state = told(state, *due(state, over))
    assert live.Settle(FIRST) not in due(state, over + DAY)


def test_what_comes_after_the_settlement_is_corrected_with_the_next_day_and_not_before():
    state = told(live.begin(STREET), live.Joined("ann", FIRST), *due(live.begin(STREET), gate(STREET, FIRST)))
    state = told(state, *priced(FIRST))
    over, next_over = settled_at(STREET, FIRST), settled_at(STREET, FIRST + DAY)
    state = told(state, *due(state, over))
    reading = live.Metered("ann", FIRST, 1, np.array([3]), np.array([250]))
    state = told(state, reading)
    assert due(state, over + HOUR) == ()
    state = told(state, *due(state, gate(STREET, FIRST + 2 * DAY)), *priced(FIRST + DAY))
    said = due(state, next_over)
    assert live.Settle(FIRST) in said
    assert live.Settle(FIRST + DAY) in said
    state = told(state, *said)
    assert state.day(FIRST).revision == 2
    again = told(state, replace(reading, number=2))
    assert not again.day(FIRST).late, "the same once more is nothing new"


@given(st.integers(0, 20 * 24), st.lists(st.integers(1, 60), max_size=8))
def test_however_often_the_clock_is_asked_the_same_is_said_in_the_same_order(hours, naps):
    def lived(moments):
        state, said = live.begin(STREET), []
        for now in moments:
            for _ in range(40):
                more = due(state, now)
                if not more:
                    break
                said += more
                state = told(state, *more)
                state = told(
                    state, *(m for one in more if isinstance(one, live.Closed) for m in priced(one.day))
                )
        return said

    start = gate(STREET, FIRST)
    end = start + hours * HOUR
    naps = [start + sum(naps[: n + 1]) * HOUR for n in range(len(naps))]
    once = lived([end])
    often = lived([*(nap for nap in naps if nap < end), end])
    assert sorted(once, key=repr) == sorted(often, key=repr)
    gates = [one.day for one in once if isinstance(one, live.Closed)]
    assert gates == [FIRST + n * DAY for n in range(len(gates))]
    assert all(gate(STREET, day) <= end for day in gates)
