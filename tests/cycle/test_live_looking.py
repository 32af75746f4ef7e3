"""When a living street is limited: by chance a day before, by measurement at once, and until it has been calm."""

from datetime import timedelta

import numpy as np
import pytest
from tests.cycle.limited_street import DAY, EVE, FREE, HOMES, NAMES, PLACES, SAYS, cleared, network, told

from laag.cycle import live
from laag.cycle.live.limiting import in_force
from laag.cycle.live.looking import Grid, foreseen, measured, returned, seen_last
from laag.cycle.live.views.likely import likely
from laag.foundation.contracts import NO_LIMIT_WH

pytest.importorskip("power_grid_model")

GRID = Grid(SAYS)
EVENING = 74


def metered(day, number, wh, ptus):
    return [live.Metered(name, day, number, np.array(ptus), np.array(wh[row])) for row, name in enumerate(NAMES)]  # fmt: skip


def after(state, day, number, factor, until=96):
    """As agreed, times so much."""
    wh = np.rint(state.day(day).market.cleared_wh[:, :until] * factor).astype(int)
    return told(metered(day, number, wh, range(until)), state)


def at(day, ptu, minutes=1):
    return FREE.grid(day)[ptu] + timedelta(minutes=minutes)


def test_as_long_as_nothing_is_known_of_days_before_what_is_agreed_is_taken_for_certain():
    state = cleared(EVE)
    found = likely(state, network(35.0, 25.0), PLACES, EVE)
    assert set(np.unique(found.chance)) <= {0.0, 1.0}
    assert np.array_equal(found.chance == 1, np.abs(found.agreed_kw) > found.bears_kw)


WEEK = [EVE + timedelta(days=n) for n in range(4)]
LAST = WEEK[-1]


def history(factor, most_wh=900):
    """Three days that went so, and a fourth that is agreed."""
    state = cleared(*WEEK, most_wh=most_wh)
    for number, day in enumerate(WEEK[:-1]):
        state = after(state, day, 100 + number, factor, until=len(FREE.grid(day)))
    return state


def test_the_chance_is_what_homes_together_departed_by_about_that_time_on_days_before():
    net = network(35.0, 25.0)
    found = [likely(history(factor), net, PLACES, LAST) for factor in (1.0, 1.2, 1.6)]
    assert found[0].chance[0].max() <= found[1].chance[0].max() <= found[2].chance[0].max()
    assert found[0].chance[0].max() < 0.1
    assert found[2].chance[0].max() > 0.4
    assert ((found[2].chance > 0.02) & (found[2].chance < 0.98)).any(), "not all of it is certain"


def test_two_days_are_too_few_to_say_how_far_homes_depart():
    state = after(cleared(EVE, DAY), EVE, 30, 2.0)
    assert set(np.unique(likely(state, network(35.0, 25.0), PLACES, DAY).chance)) <= {0.0, 1.0}


def test_who_often_takes_more_than_agreed_is_limited_where_the_agreed_would_just_fit():
    fits = cleared(*WEEK, most_wh=900)
    agreed_kw = fits.day(LAST).market.cleared_wh.sum(axis=0).max() / 250
    net = network(1.1 * agreed_kw, 1.1 * agreed_kw)
    now = at(WEEK[-2], 60)
    assert foreseen(fits, net, PLACES, LAST, now, GRID) == ()
    more = history(1.25)
    said = foreseen(more, net, PLACES, LAST, now, GRID)
    assert [one.cause for one in said if one.day == LAST] == ["likely"]
    most = in_force(told(said, more).day(LAST), len(FREE.grid(LAST)))[0]
    whole = (most < NO_LIMIT_WH).all(axis=0)
    assert whole.any()
    assert most[:, whole].sum(axis=0).max() <= 1.1 * agreed_kw * 250


def test_what_is_told_twice_is_told_once():
    state = cleared(EVE, DAY)
    said = foreseen(state, network(30.0, 20.0), PLACES, DAY, at(EVE, 60), GRID)
    assert said
    again = foreseen(told(said, state), network(30.0, 20.0), PLACES, DAY, at(EVE, 61), GRID)
    assert again == ()


def emergency(factor, ptu=EVENING, most_wh=900):
    state = after(cleared(EVE, DAY, most_wh=most_wh), EVE, 30, factor, until=ptu)
    now = at(EVE, ptu)
    return state, seen_last(state, now, SAYS.most_wh), now


def test_what_is_measured_too_full_is_limited_now_and_in_the_quarter_hour_after():
    state, seen, now = emergency(3.0)
    (one,) = measured(state, network(20.0, 15.0), PLACES, seen, now, GRID)
    assert (one.day, one.cause) == (EVE, "measured")
    assert int(one.runs.first.min()) == EVENING
    assert int(one.runs.stop.max()) == EVENING + 2
    assert set(one.runs.home.tolist()) == set(range(HOMES))
    most = in_force(told([one], state).day(EVE), 96)[0, :, EVENING]
    assert most.sum() <= 20 * 250
    assert (most >= SAYS.floor_wh).all()


def test_it_goes_on_until_a_quarter_hour_was_calm_and_no_longer():
    net = network(20.0, 15.0)
    state, seen, now = emergency(3.0)
    state = told(measured(state, net, PLACES, seen, now, GRID), state)
    total = seen.wh.sum()
    for step, (full, goes_on) in enumerate([(1.3, True), (0.95, True), (0.7, False)], 1):
        ptu = EVENING + step
        wh = np.rint(seen.wh * full * 20 * 250 / total).astype(int)
        state = told(metered(EVE, 40 + step, wh[:, None], [ptu - 1]), state)
        now = at(EVE, ptu)
        newest = seen_last(state, now, SAYS.most_wh)
        assert newest.ptu == ptu - 1
        said = measured(state, net, PLACES, newest, now, GRID)
        assert bool(said) == goes_on, full
        state = told(said, state)
    assert max(int(one.runs.stop.max()) for one in state.day(EVE).limited) == EVENING + 4


def test_a_meter_that_tells_of_a_megawatt_counts_for_its_fuse():
    state = cleared(EVE, DAY, most_wh=100)
    state = after(state, EVE, 30, 1.0, until=EVENING)
    wh = np.full((HOMES, 1), 100)
    wh[3] = 250_000
    state = told(metered(EVE, 40, wh, [EVENING]), state)
    seen = seen_last(state, at(EVE, EVENING + 1), SAYS.most_wh)
    assert int(seen.wh.max()) == SAYS.most_wh
    assert measured(state, network(40.0, 25.0), PLACES, seen, at(EVE, EVENING + 1), GRID) == ()


def test_old_measurements_and_half_of_the_meters_say_nothing():
    state, _, now = emergency(3.0)
    assert seen_last(state, now + timedelta(hours=2), SAYS.most_wh) is None
    few = [one for row, one in enumerate(metered(EVE, 30, np.full((HOMES, 1), 4_000), [EVENING])) if row % 2]
    assert seen_last(told(few, cleared(EVE)), at(EVE, EVENING + 1), SAYS.most_wh) is None


def test_over_midnight_both_days_are_limited():
    state, seen, now = emergency(3.0, ptu=95)
    said = measured(state, network(20.0, 15.0), PLACES, seen, now, GRID)
    assert [one.day for one in said] == [EVE, DAY]
    assert [(int(one.runs.first.min()), int(one.runs.stop.max())) for one in said] == [(95, 96), (0, 1)]


def test_a_street_that_is_calm_is_left_alone():
    state, seen, now = emergency(1.0, most_wh=200)
    assert measured(state, network(40.0, 25.0), PLACES, seen, now, GRID) == ()


def test_after_a_power_cut_each_takes_its_share_and_is_let_go_in_waves():
    net = network(40.0, 30.0)
    state = after(cleared(EVE, DAY, most_wh=200), EVE, 30, 1.0, until=60)
    again = told(metered(EVE, 40, np.full((HOMES, 1), 50), [EVENING]), state)
    now = at(EVE, EVENING + 1)
    (one,) = returned(again, net, PLACES, seen_last(again, now, SAYS.most_wh), now, GRID)
    assert one.cause == "outage"
    assert len(set(one.runs.wait_s.tolist())) > 3, "not all let go at once"
    most = in_force(told([one], again).day(EVE), 96)[0, :, EVENING + 1]
    assert most.sum() <= 40 * 250
    assert (most >= SAYS.floor_wh).all()


def test_a_street_that_was_never_silent_has_no_power_cut():
    state, seen, now = emergency(1.0, most_wh=200)
    assert returned(state, network(40.0, 30.0), PLACES, seen, now, GRID) == ()
