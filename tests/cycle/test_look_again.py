"""VALIDATE looks at the evening before, and once more at what homes are going to do: told by homes that do as the test says."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import replay
from laag.cycle.agent import Intent
from laag.cycle.day import apply, prepare, start
from laag.cycle.events import STEPPED, Validated, from_event, to_event
from laag.cycle.validate import Validation
from laag.cycle.validated import validated
from laag.foundation.contracts import NO_LIMIT_WH
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Node
from laag.settlement import books
from laag.settlement.delivered import Sold
from laag.study.population import street as built_in

pytest.importorskip("power_grid_model")

FIRST, HOMES, CAPACITY_KW = date(2026, 1, 14), 12, 30.0
CAPACITY_WH = int(250 * CAPACITY_KW)
EVENING, DAY = 48, 96
FLOOR_WH = 300
LIMITS = Validation(flexibility=False, limits=True, floor_wh=FLOOR_WH)


@cache
def run_of(validation):
    made = built_in(FIRST, 2, homes=HOMES, warmup_days=8)
    free = float("inf")
    street = replace(
        made,
        feeders=(),
        import_max_kw=free,
        export_max_kw=free,
        homes=tuple(replace(one, feeder="") for one in made.homes),
    )
    network, findings = grow(
        "one cable",
        [Node("house", 0.4), Node("street", 0.4)],
        [Cable("cable", "house", "street", 0.02, 0.01, CAPACITY_KW / (3**0.5 * 0.4))],
        [Feed("house")],
        [Connection(one.house.name, "street") for one in street.homes],
    )
    assert findings == ()
    return prepare(street, terms_of(Options()), FIRST, 2, network, validation)


@cache
def steps():
    run = run_of(Validation(flexibility=False))
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        return [from_event(event) for event in log.events(STEPPED)]


def after(run, count, agreed_wh):
    """The state in which so many steps were taken and everybody agreed on this of the day cleared last."""
    state = start(run)
    for step in steps()[:count]:
        state = apply(run, state, step)
    day = run.first_day + timedelta(days=count - 1)
    market = replace(state.markets[day], cleared_wh=np.full((HOMES, DAY), agreed_wh))
    return replace(state, markets={**state.markets, day: market})


class Stubborn:
    """Homes that are going to do this, whatever they are told, but for their limits where they keep them."""

    def __init__(self, wh, *, heeds) -> None:
        self.wh, self.heeds, self.heard = wh, heeds, 0

    def offers(self, _state, _due, _asked):
        return []

    def intends(self, _state, due):
        self.heard += 1
        said = due.bulletin.grid.limited_kw[:, :, : self.wh.shape[1]] * 250
        now = np.minimum(self.wh, np.floor(said[0])) if self.heeds else self.wh
        return Intent(now.astype(np.int64), None)


def going_to(wh=100, at=None, much=1500):
    planned = np.full((HOMES, EVENING + DAY), wh)
    if at is not None:
        planned[:, at] = much
    return planned


def test_a_night_that_begins_before_midnight_is_limited_before_midnight():
    half_past_eleven = EVENING - 2
    run = run_of(LIMITS)
    homes = Stubborn(going_to(at=half_past_eleven), heeds=True)
    said = validated(run, after(run, 1, 100), homes)
    limited = said.made.limited_wh[0]
    assert limited.shape == (HOMES, EVENING + DAY)
    assert limited[:, half_past_eleven].sum() <= CAPACITY_WH
    assert limited[:, half_past_eleven].min() >= FLOOR_WH
    assert (limited[:, EVENING + LIMITS.around_ptus :] == NO_LIMIT_WH).all()


def test_what_was_agreed_may_fit_and_what_homes_are_going_to_do_is_looked_at_all_the_same():
    run = run_of(LIMITS)
    assert validated(run, after(run, 1, 100), Stubborn(going_to(), heeds=True)) is None
    assert validated(run, after(run, 1, 100), Stubborn(going_to(at=90), heeds=True)) is not None


def test_load_that_a_limit_sends_elsewhere_is_followed_there():
    run = run_of(LIMITS)

    class Fleeing(Stubborn):
        """To the hour three hours after the limits, once."""

        def intends(self, _state, due):
            limited = np.isfinite(due.bulletin.grid.limited_kw[0]).any(axis=0)[: EVENING + DAY]
            self.wh = going_to(at=np.flatnonzero(limited)[-1] + 12 if limited.any() else 60)
            return super().intends(_state, due)

    said = validated(run, after(run, 1, 100), Fleeing(going_to(), heeds=True))
    hours = np.flatnonzero((said.made.limited_wh[0] < NO_LIMIT_WH).all(axis=0))
    assert (hours > 60 + 8 + 8).any()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, EVENING + DAY - 1), min_size=1, max_size=4),
    st.integers(0, 2500),
    st.integers(0, 1500),
    st.booleans(),
    st.integers(1, 4),
)
def test_whatever_homes_do_limits_fit_leave_the_floor_and_end(at, much, agreed_wh, heeds, looks):
    run = run_of(replace(LIMITS, looks=looks))
    homes = Stubborn(going_to(at=at, much=much), heeds=heeds)
    said = validated(run, after(run, 1, agreed_wh), homes)
    assert homes.heard <= looks
    if said is None:
        return
    limited = said.made.limited_wh[0]
    there = limited < NO_LIMIT_WH
    assert (there.all(axis=0) == there.any(axis=0)).all()
    assert (limited[:, there.any(axis=0)].sum(axis=0) <= CAPACITY_WH).all()
    assert (limited[there] >= FLOOR_WH).all()


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 400), st.integers(0, 3000))
def test_an_evening_that_is_limited_already_is_tightened_and_never_loosened(limit_wh, much):
    run = run_of(LIMITS)
    state = after(run, 2, 100)
    nothing = np.zeros((HOMES, DAY), np.int64)
    old = np.full((2, HOMES, DAY), NO_LIMIT_WH)
    old[0] = limit_wh
    before = Validated(Sold(nothing, nothing, nothing), old, 0, 0, 0.0)
    state = replace(state, validated={FIRST: before})
    said = validated(run, state, Stubborn(going_to(at=EVENING + 4, much=much), heeds=True))
    if said is not None:
        assert (said.made.limited_wh[0, :, :EVENING] <= limit_wh).all()
        assert (said.made.evening(DAY).limited_wh[0] <= limit_wh).all()


def test_what_was_agreed_comes_first_where_the_charter_says_so():
    kept = replace(LIMITS, agreed_first=True)
    run = run_of(kept)
    state = after(run, 1, 200)
    market = state.markets[FIRST]
    bought = market.cleared_wh.copy()
    bought[0] = 2500
    state = replace(state, markets={FIRST: replace(market, cleared_wh=bought)})
    homes = Stubborn(going_to(at=EVENING + 40, much=1500), heeds=True)
    said = validated(run, state, homes)
    limited = said.made.limited_wh[0, :, EVENING + 40]
    assert limited[0] > 2 * limited[1:].max()
    assert (limited >= FLOOR_WH).all()


def test_a_look_that_bought_says_in_the_log_what_had_been_announced_and_an_old_log_says_nothing():
    step = steps()[1]
    width = EVENING + DAY
    sold = Sold(*np.ones((3, HOMES, width), np.int64))
    limited = np.full((2, HOMES, width), NO_LIMIT_WH)
    for baseline in (None, np.full((HOMES, width), 7)):
        made = Validated(sold, limited, 1, 2, 3.0, baseline)
        again = from_event(to_event(replace(step, validated=made), FIRST)).validated
        assert (again.baseline_wh is None) == (baseline is None)
        assert again.last(DAY).sold.bought_wh.shape == (HOMES, DAY)
        assert again.evening(DAY).limited_wh.shape == (2, HOMES, EVENING)


def test_what_was_sold_of_an_evening_a_day_later_is_settled_with_the_day_of_that_evening():
    run = run_of(Validation())
    sold = Sold(*np.zeros((3, HOMES, EVENING + DAY), np.int64))
    sold.bought_wh[0, EVENING - 4] = sold.bought_wh[0, EVENING + 4] = 90
    sold.comes_back_wh[0, EVENING - 2] = 80
    sold.paid_units[0, EVENING - 4] = 9_000_000
    baseline = np.full((HOMES, EVENING + DAY), 10_000)
    limited = np.full((2, HOMES, EVENING + DAY), NO_LIMIT_WH)
    told = [*steps()]
    told[2] = replace(told[2], validated=Validated(sold, limited, 0, 1, 0.0, baseline))
    first, second = replay.days(run, told)
    assert first.flex.sold.bought_wh.sum() == first.flex.sold.bought_wh[0, DAY - 4] == 90
    assert first.flex.sold.comes_back_wh[0, DAY - 2] == 80
    assert second.flex.sold.bought_wh.sum() == second.flex.sold.bought_wh[0, 4] == 90
    assert first.flex.given_wh.sum() == 90
    assert books.totals(replay.accounts(run), first.postings)["dso"][0] == 9_000_000
    for day in (first, second):
        books.check(day.postings)
