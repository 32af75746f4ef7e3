"""The backtest's own claims: nothing beats foresight, nothing is known early, the same sum for everyone."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.study.backtest_homes import made_up

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile
from laag.home.devices import EvSession
from laag.home.plan.solver import Solver
from laag.study.backtest import (
    MIXES,
    Course,
    Mix,
    Outcome,
    Score,
    Sight,
    Way,
    Worth,
    by_mix,
    errors,
    foreseen,
    habit_of,
    lived,
    outcome,
    picture,
    rule_of_thumb,
    score,
    uncontrolled,
)
from laag.study.backtest.known import outlook, published_until

SOLVER = Solver()
TRUTH = Sight(load=1.0, pv=1.0, weather=1.0, prices=True, stays=True)
mixes = st.sampled_from(MIXES)


@given(mixes, st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_no_way_of_running_a_home_costs_less_than_foresight(mix, seed):
    case = made_up(mix, seed)
    best = foreseen(case)
    least = score(case, best.course, best.worth).cost_eur
    for course in (uncontrolled(case), rule_of_thumb(case), lived(case, Way(every_ptus=16), SOLVER)):
        assert score(case, course, best.worth).cost_eur >= least - 1e-6


def after(case, now, rng):
    """The same case with another future: what happens from ``now`` on, and prices that are not published by then."""
    future = np.arange(len(case.grid)) >= now
    unpublished = np.arange(len(case.grid)) >= published_until(case, now)

    def other(values, where=future):
        return np.where(where, rng.uniform(0, 10, len(values)), values)

    return replace(
        case,
        load_kw=other(case.load_kw),
        pv_kw=other(case.pv_kw),
        outdoor_c=other(case.outdoor_c),
        sun_w_m2=other(case.sun_w_m2),
        day_ahead=Profile(case.grid, other(case.day_ahead.values, unpublished), case.day_ahead.unit),
        sessions=tuple(s for s in case.sessions if s.arrives <= now),
    )


@given(mixes, st.integers(0, 1000), st.integers(0, 95))
@settings(max_examples=40, deadline=None)
def test_what_comes_later_changes_nothing_that_is_expected_now(mix, seed, ptu):
    case = made_up(mix, seed)
    now = case.start + ptu
    begun = tuple(s for s in case.sessions if s.arrives <= now)
    here = outlook(case, now, begun, Sight())
    there = outlook(after(case, now, np.random.default_rng(seed)), now, begun, Sight())
    for name in ("load_kw", "pv_kw", "outdoor_c", "heat_gain_kw", "buy_eur_per_kwh", "sell_eur_per_kwh"):
        assert np.array_equal(getattr(here, name), getattr(there, name)), name
    assert here.sessions == there.sessions


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_a_home_that_is_told_the_truth_gains_nearly_all(mix):
    case = made_up(mix, seed=3, days=2)
    told = outcome(case, mix.name, "now", SOLVER, Way(TRUTH))
    assert told.gained_eur(told.laag) >= 0.97 * told.gain_eur - 0.01


def test_prices_are_published_at_one_by_the_clock_on_the_wall():
    case = made_up(MIXES[0])
    noon = case.start + 48
    assert [published_until(case, noon + by) - case.start for by in (0, 3, 4, 47, 48)] == [
        96,
        96,
        192,
        192,
        192,
    ]


def test_what_is_left_counts_the_same_for_everyone():
    case = made_up(Mix("battery", battery=True))
    flat = np.zeros(case.stop - case.start)
    full, empty = (
        score(case, Course(flat, flat, flat + kwh, flat), Worth(stored_eur_per_kwh=0.2))
        for kwh in (10.0, 0.0)
    )
    assert empty.cost_eur - full.cost_eur == pytest.approx(2.0)


def test_a_kwh_in_the_battery_is_worth_what_it_saves_later():
    """Between what it would earn now and the dearest purchase of the two days after the window."""
    case = made_up(Mix("battery", battery=True), seed=2)
    later = case.prices(case.day_ahead.values)[0][case.stop :]
    assert 0 < foreseen(case).worth.stored_eur_per_kwh < later.max()


def test_a_night_car_is_learnt_from_its_stays():
    grid = PtuGrid.days(date(2025, 1, 6), 21, AMSTERDAM)
    stays = tuple(EvSession(96 * d + 72, 96 * d + 126, 30.0, 39.0) for d in range(20) if d % 7 < 5)
    habit = habit_of(stays, grid, AMSTERDAM)
    assert (habit.arrives_quarter, habit.departs_quarter, habit.used_kwh) == (72, 30, 9.0)
    assert habit.days == (0, 1, 2, 3, 4)


def test_errors_of_what_is_known_are_zero():
    """Prices of the next hour are always published."""
    found = {(one.series, one.ahead): one for one in errors(made_up(MIXES[2], days=4))}
    assert found["buy_eur_per_kwh", (0, 1)].mean_absolute == 0.0
    assert found["load_kw", (0, 1)].mean_absolute > 0.0


def of(gain, laag, mix="PV"):
    """An outcome with this much to gain, of which laag gains so much."""
    return Outcome(
        mix,
        "home",
        "week",
        28.0,
        *(Score(gain - way, 0.0, 0.0, 0.0, 0.0) for way in (0.0, gain / 2, laag, gain)),
        1,
    )


def test_euros_are_added_up_before_they_are_shared():
    row, other = by_mix([of(10.0, 9.0), of(0.1, 0.0), of(30.0, 30.0, "battery")])
    assert row.laag_share == pytest.approx(9.0 / 10.1)
    assert (row.cases, row.lowest_share, other.laag_share) == (2, pytest.approx(0.9), 1.0)


def test_the_picture_has_a_row_per_mix_and_is_well_formed():
    outcomes = [of(10.0, 9.0, "PV & <car>"), of(10.0, -1.0, "battery")]
    drawn = ET.fromstring(picture(by_mix(outcomes), outcomes, "Shares"))
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"PV & <car>", "battery", "90 %"} <= set(words)
    assert all(float(bar.get("width")) >= 0 for bar in drawn.iter("{http://www.w3.org/2000/svg}rect"))


def test_what_is_left_in_battery_car_and_rooms_is_added_up():
    case = made_up(MIXES[-1])
    flat = np.zeros(case.stop - case.start)
    course = Course(flat, flat, flat + 3.0, flat + 20.0, in_car_kwh=10.0)
    assert score(case, course, Worth(0.2, 0.5, 0.1)).left_eur == pytest.approx(0.6 + 10.0 + 1.0)
