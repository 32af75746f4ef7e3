"""Limits in a living street: shared within what the wires bear, nobody under the floor, each with an end, and replayed alike."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.cycle.limited_street import (
    BOUNDS,
    DAY,
    EVE,
    FREE,
    HOMES,
    NAMES,
    SAYS,
    cleared,
    limited,
    messages,
    network,
    told,
)

from laag.adapters.stores.codec import decode, encode
from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live.condensed import condensed, expanded
from laag.cycle.live.judge_limited import RULES
from laag.cycle.live.limiting import Stretch, in_force, made, told_of
from laag.cycle.validate import Wires
from laag.foundation.contracts import NO_LIMIT_WH
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.limits import Rule, Way

pytest.importorskip("power_grid_model")

TAKES, GIVES = 0, 1
seeds = st.integers(0, 2**20)
kws = st.integers(3, 60)
"""Of a cable: from far too little for all floors to more than enough."""
some = settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))


def of(seed, street_kw, cable_kw, most_wh=1_500):
    """The street once its evening before is cleared and limited, and what it was limited by."""
    state = cleared(EVE, seed=seed, most_wh=most_wh)
    said = limited(state, network(float(street_kw), float(cable_kw)))
    return told(said, state), said


@given(seeds, kws, kws)
@some
def test_all_limits_behind_a_cable_together_are_no_more_than_it_bears(seed, street_kw, cable_kw):
    state, _ = of(seed, street_kw, cable_kw)
    most = in_force(state.day(EVE), 96)[TAKES]
    whole = (most < NO_LIMIT_WH).all(axis=0)
    net = network(float(street_kw), float(cable_kw))
    # Had everybody taken all that its limit allows, in the quarter-hours in which all are limited:
    seen = flow(net, np.where(whole, most, 0).T / 250)
    assert seen.loading[whole & ~seen.unsolved].max(initial=0) <= 1.02
    assert not seen.unsolved[whole].any()


@given(seeds, kws, kws)
@some
def test_nobody_is_below_the_floor_unless_all_floors_do_not_fit(seed, street_kw, cable_kw):
    state, said = of(seed, street_kw, cable_kw)
    most = in_force(state.day(EVE), 96)[TAKES]
    fits = min(street_kw * 250 / HOMES, cable_kw * 250 / (HOMES / 2))
    if fits > 1.1 * SAYS.floor_wh:
        assert (most >= SAYS.floor_wh).all()
    for one in said:
        low = (one.runs.wh < one.floor_wh) & (one.runs.way == Way.TAKES)
        assert (one.runs.rule[low] == RULES.index(Rule.BELOW_FLOOR)).all()


@given(seeds, kws)
@some
def test_a_limit_never_outlives_its_end(seed, kw):
    state, said = of(seed, kw, kw)
    grid, known = FREE.grid(EVE), state.day(EVE)
    for name in NAMES:
        for record, begins, ends in told_of(known, grid, name, grid.start - timedelta(days=2)):
            assert record.begins == begins < ends == record.ends
            assert ends - begins <= BOUNDS.longest
            assert not [end for _, _, end in told_of(known, grid, name, ends) if end <= ends]
    last = max((int(one.runs.stop.max()) for one in said), default=0)
    waited = max((int(one.runs.wait_s.max()) for one in said), default=0)
    over = grid.start + last * timedelta(minutes=15) + timedelta(seconds=waited)
    assert not [name for name in NAMES if told_of(known, grid, name, over)]


@given(seeds, kws)
@some
def test_a_replay_gives_the_same_limits(seed, kw):
    state, said = of(seed, kw, kw + 5)
    events = [encode(live.to_event(one)) for one in [*messages(EVE, seed=seed), *said]]
    kinds = [live.to_event(one) for one in [*messages(EVE, seed=seed), *said]]
    again = told(
        live.from_event(decode(one.kind, one.key, data)) for one, data in zip(kinds, events, strict=True)
    )
    assert fingerprint(again.day(EVE).limited) == fingerprint(state.day(EVE).limited)
    laid = condensed(state, {})
    back = expanded(laid.tree, laid.pieces.__getitem__, FREE)
    assert fingerprint(back.day(EVE).limited) == fingerprint(state.day(EVE).limited)
    assert np.array_equal(in_force(back.day(EVE), 96), in_force(state.day(EVE), 96))


@given(seeds, st.integers(8, 30))
@some
def test_no_wave_moves_more_than_its_share_of_the_street_or_one_home(seed, kw):
    _, said = of(seed, kw, kw)
    for one in said:
        least = {}
        for home, wh, wait in zip(one.runs.home.tolist(), one.runs.wh.tolist(), one.runs.wait_s.tolist(), strict=True):  # fmt: skip
            least[home] = min(least.get(home, (NO_LIMIT_WH, wait)), (wh, wait))
        total = len(least) * SAYS.most_wh
        for wave in {wait for _, wait in least.values()}:
            moved = [SAYS.most_wh - wh for wh, wait in least.values() if wait == wave]
            assert len(moved) == 1 or sum(moved) <= BOUNDS.share_at_once * total + len(moved)
        assert {wait % BOUNDS.wave_s for _, wait in least.values()} <= {0.0}


def test_who_comes_first_is_another_home_with_every_limit():
    firsts = set()
    for seed in range(8):
        _, (one, *_) = of(seed, 20, 20)
        firsts.add(int(one.runs.home[one.runs.wait_s == 0][0]))
        state = cleared(EVE, seed=seed)
        again = limited(state, network(20.0, 20.0))[0]
        assert np.array_equal(again.runs.wait_s, one.runs.wait_s), "drawn alike for the same limits"
    other = [limited(cleared(EVE, DAY), network(20.0, 20.0), day=day)[0] for day in (EVE, DAY)]
    assert [int(one.runs.home[one.runs.wait_s == 0][0]) for one in other] != [0, 0] or len(firsts) > 1
    assert not np.array_equal(_wait_of(other[0]), _wait_of(other[1]))


def _wait_of(one):
    return [int(one.runs.wait_s[one.runs.home == home][0]) for home in range(HOMES)]


def test_where_the_wires_bear_it_nobody_is_limited():
    assert limited(cleared(EVE), network(400.0, 400.0)) == ()


def test_too_much_sun_is_given_less_by_each_in_the_same_share():
    state = told(
        [
            *(live.Joined(name, EVE) for name in NAMES),
            *(_sells(name, 40, 800 + 100 * (row % 3)) for row, name in enumerate(NAMES)),
            live.Closed(EVE),
            live.Priced(EVE, np.full(96, 8_000), "exchange"),
        ]
    )
    net = network(20.0, 60.0)
    (one,) = limited(state, net)
    most = in_force(told([one], state).day(EVE), 96)[GIVES][:, 40]
    gave = -state.day(EVE).market.cleared_wh[:, 40]
    assert set(one.runs.way.tolist()) == {Way.GIVES}
    assert RULES[int(one.runs.rule[0])] is Rule.SUN
    assert most.sum() <= 20 * 250 * 1.05
    assert np.ptp(most / gave) < 0.01


def _sells(name, ptu, wh):
    rows = live.Rows(*(np.array([value]) for value in (0, ptu, 0, wh, -50_000)))
    return live.Ordered(name, EVE, 0, rows)


def test_limits_of_a_day_reach_into_the_evening_before_within_what_was_promised_then():
    state = cleared(EVE, DAY)
    net = network(30.0, 20.0)
    state = told(limited(state, net), state)
    before = in_force(state.day(EVE), 96)
    stretch = Stretch.of(state, [(EVE, 64, 96), (DAY, 0, len(FREE.grid(DAY)))])
    each = stretch.wh(state, {day: state.day(day).market.cleared_wh for day in (EVE, DAY)})
    now = FREE.grid(EVE).start + timedelta(hours=14)
    said = made(state, stretch, Wires.of(net, stretch.members), [each], "likely", now, SAYS, BOUNDS)
    after = told(said, state)
    assert {one.day for one in said} >= {DAY}
    assert (in_force(after.day(EVE), 96) <= before).all(), "only tighter"
    assert (in_force(after.day(EVE), 96)[TAKES] >= SAYS.floor_wh).all()
    assert all(one.runs.first.min() >= 64 for one in said if one.day == EVE)


def test_what_has_begun_is_not_limited_any_more():
    now = FREE.grid(EVE).start + timedelta(hours=18)
    (one,) = limited(cleared(EVE), network(20.0, 20.0), now)
    assert int(one.runs.first.min()) >= 72


WRONG = {
    "more than the cable bears": lambda one: replace(one, runs=replace(one.runs, wh=one.runs.wh + 400)),
    "below the floor": lambda one: replace(
        one, runs=replace(one.runs, wh=np.where(one.runs.home == 3, 10, one.runs.wh))
    ),
    "a limit below zero": lambda one: replace(one, runs=replace(one.runs, wh=one.runs.wh - 2_000)),
    "no end after its begin": lambda one: replace(one, runs=replace(one.runs, stop=one.runs.first)),
    "another day's number": lambda one: replace(one, number=5),
    "a stranger": lambda one: replace(one, runs=replace(one.runs, home=one.runs.home + HOMES)),
    "a day that is not cleared": lambda one: replace(one, day=DAY),
    "a wait of a day": lambda one: replace(one, runs=replace(one.runs, wait_s=one.runs.wait_s + 86_400)),
    "when it is over": lambda one: replace(one, made=one.made + timedelta(days=3)),
    "columns of another length": lambda one: replace(one, runs=replace(one.runs, wh=one.runs.wh[1:])),
    "twice": lambda one: replace(
        one, runs=live.Runs(*(np.tile(getattr(one.runs, name), 2) for name in live.Runs.__slots__))
    ),
    "no cause": lambda one: replace(one, cause="because"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_forged_limits_are_refused_with_a_reason_and_change_nothing(wrong):
    state = cleared(EVE)
    (one,) = limited(state, network(20.0, 20.0))
    after, (effect,) = live.apply(state, WRONG[wrong](one))
    assert isinstance(effect, live.Refused)
    assert effect.why.nl != effect.why.en
    assert after is state
