"""Whatever is sent to a home: how fast, how deep, how long and how often it answers is its own affair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.home.devices import Battery, Charger, Device
from laag.home.house import HomeState, House
from laag.home.ladder import Guarantee, Limit, On, Rung
from laag.home.operate import Caution, Heard, Live, Memory, Reading, Signal, Why, bounded, instructions, say
from laag.home.operate.bounds import bounds_at
from laag.home.operate.caution import Budget, drawn, heeded
from laag.home.operate.row import Following, Row
from laag.home.physics import Wish

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
CAUTION = Caution()
HOUSE = House("h", battery=Battery(10, 5, 5), charger=Charger.of_current(16, phases=3))
STATE = HomeState(5.0, 20.0, 20.0)
STEP_S = 10
limits = st.builds(
    Limit,
    st.sampled_from(list(Rung)),
    st.sampled_from(list(On)),
    st.integers(-20, 20),
    st.integers(21, 9999),
    st.floats(0, 20),
    st.just("dso:1"),
)


@given(st.lists(limits, max_size=5))
def test_nothing_from_outside_goes_below_the_minimum_or_lasts_for_ever(claims):
    for was, one in zip(claims, bounded(claims, CAUTION), strict=True):
        if one.rung not in {Rung.EMERGENCY, Rung.GRID_MARGIN, Rung.AGREEMENT}:
            assert one is was
            continue
        assert one.stop - one.first <= 16
        assert one.on is not On.IMPORT or one.max_kw >= CAUTION.least_import_kw
        assert one.max_kw >= was.max_kw


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_of_any_day_no_more_hours_are_an_emergency_than_caution_allows(asks):
    claim = Limit(Rung.EMERGENCY, On.IMPORT, 0, 4, 3.0, "dso:1")
    limited, pressed = (), []
    for quarter, asked in enumerate(asks):
        now = NOON + quarter * timedelta(minutes=15)
        found, limited = heeded([claim] if asked else [], 0, now, limited, CAUTION)
        if any(one.rung is Rung.EMERGENCY for one in found):
            pressed.append(quarter)
        assert len(found) == asked
    for first in pressed:
        assert sum(first <= one < first + 96 for one in pressed) <= 4 * CAUTION.most_h_a_day


def test_beyond_its_hours_an_emergency_is_a_request():
    claim = Limit(Rung.EMERGENCY, On.IMPORT, 0, 4, 3.0, "dso:1")
    limited = tuple(NOON - timedelta(minutes=15 * i) for i in range(1, 25))
    (asked,), after = heeded([claim], 0, NOON, limited, CAUTION)
    assert asked.rung is Rung.GRID_MARGIN
    assert after == limited
    none, _ = heeded([claim], 0, NOON, limited, replace(CAUTION, veto=frozenset({Signal.REQUESTS})))
    assert none == ()


def test_a_household_may_refuse_requests_and_prices_but_not_an_emergency():
    asked = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 4, 3.0, "dso:1")
    law = Guarantee(2.5, 2.5, "law")
    assert bounded([asked, law], Caution(veto=frozenset({Signal.REQUESTS}))) == (law,)
    with pytest.raises(BadInput, match="pause the home"):
        Caution(veto=frozenset({Signal.EMERGENCIES}))


def test_what_a_household_sold_it_keeps_below_its_minimum_and_for_as_long_as_it_said():
    sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 30, -1.0, "dso:flexibility", promised=True)
    assert bounded([sold], CAUTION) == (sold,)
    assert bounds_at([sold, Guarantee(4.2, 4.2, "law")], 5).import_kw == -1.0
    assert bounded([sold], Caution(veto=frozenset({Signal.REQUESTS}))) == ()


@given(st.floats(0, 1), st.text(max_size=5), st.integers(0, 10**6))
def test_moments_are_drawn_from_zero_up_to_one_and_always_the_same(secret, what, second):
    at = NOON + timedelta(seconds=second)
    assert 0 <= drawn(secret, what, at) < 1
    assert drawn(secret, what, at) == drawn(secret, what, at)


def test_moments_of_a_street_are_spread_evenly_and_tell_nothing_of_the_next():
    homes = np.random.default_rng(1).random(2000)
    first = np.array([drawn(secret, "row", NOON) for secret in homes])
    then = np.array([drawn(secret, "row", NOON + timedelta(seconds=1)) for secret in homes])
    assert np.abs(np.sort(first) - np.linspace(0, 1, 2000)).max() < 0.04
    assert abs(np.corrcoef(first, then)[0, 1]) < 0.08
    assert abs(np.corrcoef(first, homes)[0, 1]) < 0.08


moves = st.lists(st.floats(-20, 20), min_size=1, max_size=5)


@given(moves, st.floats(-10, 10), st.floats(0, 900), st.floats(0.1, 30))
def test_together_devices_move_no_faster_than_the_home_allows(moves_kw, owed, gone_s, kw_per_min):
    caution = Caution(kw_per_min=kw_per_min)
    governed, left = Budget(owed).governed(moves_kw, gone_s, caution)
    step = kw_per_min * gone_s / 60
    assert -step - max(owed, 0) - 1e-9 <= sum(governed) <= step + max(-owed, 0) + 1e-9
    for asked, got in zip(moves_kw, governed, strict=True):
        assert got == asked or abs(got) <= abs(asked) + 1e-9
        assert got * asked >= 0
    assert abs(left.owed_kw) <= abs(owed)


def row(kw, begins, made_at):
    return Row(begins, made_at, Wish(battery_kw=kw), kw, 0.0, 0.0, (0.0, 0.0, 0.0), None, 0.0, 0.0, False, False, None, 0)  # fmt: skip


@given(
    st.lists(st.tuples(st.floats(1, 200), st.one_of(st.none(), st.floats(-5, 5))), max_size=200),
    st.floats(0, 1),
)
@settings(max_examples=50)
def test_whatever_plans_come_a_home_turns_around_only_so_often(plans, secret):
    following, now, wanted, at = Following(), NOON, [], []
    for gone_s, kw in plans:
        now += timedelta(seconds=gone_s)
        newest = None if kw is None else row(kw, now, now)
        following = following.turned(newest, now, secret, 180.0, CAUTION)
        wanted.append(0.0 if following.row is None else following.row.wish.battery_kw)
        at.append(now)
    changes = [(b - a, when) for (a, b), when in zip(pairwise(wanted), at[1:], strict=True) if a != b]
    large = [(change, when) for change, when in changes if abs(change) >= CAUTION.turns_from_kw]
    reversals = [when for (one, _), (other, when) in pairwise(large) if one * other < 0]
    for first in reversals:
        within = [when for when in reversals if first <= when < first + timedelta(hours=1)]
        # Where a plan goes, what was wanted goes with it: nobody keeps a plan that is gone.
        gone = sum(kw is None for _, kw in plans)
        assert len(within) <= CAUTION.reversals_per_hour + 2 * gone


class Told:
    """A home that obeys, told something every ten seconds."""

    def __init__(self, house=HOUSE, secret=0.3, caution=CAUTION):  # noqa: ANN204
        self.house, self.secret, self.live = house, secret, Live(caution=caution)
        self.memory, self.now, self.kw, self.why = Memory(), NOON, {Device.BATTERY: 0.0, Device.EV: 0.0}, {}

    def step(self, plan=None, claims=(), load_kw=0.5, back_at=None, step_s=STEP_S):
        heard = Heard(
            Reading(load_kw + sum(self.kw.values())),
            None,
            {device: Reading(kw) for device, kw in self.kw.items()},
            car_here=True,
            back_at=back_at,
        )
        told, self.memory = instructions(
            self.now, plan, self.house, STATE, heard, claims, self.memory, self.secret, self.live
        )
        self.kw |= {one.device: one.power_kw for one in told}
        self.why = {one.device: one for one in told}
        self.now += timedelta(seconds=step_s)
        return sum(self.kw.values())


SIX_AMPERES = 3 * 6 * 0.23
ONE_AMPERE = 3 * 0.23


@pytest.mark.parametrize("step_s", [1, 5, 10])
def test_a_home_that_may_do_anything_still_goes_no_faster_than_so_many_kw_a_minute(step_s):
    home = Told()
    powers = [0.0, *[home.step(step_s=step_s) for _ in range(400 // step_s)]]
    assert powers[-1] > 8
    rises = np.diff(powers)
    most = CAUTION.kw_per_min * step_s / 60
    assert np.sort(rises)[-2] <= most + 2 * ONE_AMPERE + 1e-6
    assert rises.max() <= most + SIX_AMPERES + 1e-6
    minute = 60 // step_s
    assert max(b - a for a, b in zip(powers, powers[minute:], strict=False)) <= 4.0 + SIX_AMPERES


def test_its_own_kettle_is_made_up_for_at_once():
    budget, caution = Budget().after(2.2, 5.0), CAUTION
    (kw,), _ = budget.governed([-2.2], 5.0, caution)
    assert kw == pytest.approx(-2.2)


def test_after_a_power_cut_each_device_waits_for_its_own_moment():
    starts = []
    for secret in np.random.default_rng(5).random(40):
        home = Told(secret=float(secret))
        back_at, begun = NOON - timedelta(seconds=5), None
        for i in range(100):
            if home.step(back_at=back_at) > 0.1 and begun is None:
                begun = 10 * i
            if begun is None:
                one = home.why[Device.EV]
                assert one.because.why in {Why.RETURNS, Why.AMPERES, Why.SLOWLY}
                if one.because.why is Why.RETURNS:
                    assert say(one).en.endswith("so that not the whole street starts at once.")
        starts.append(begun)
    assert np.quantile(starts, [0.1, 0.5, 0.9]) == pytest.approx([90, 450, 810], abs=120)


def test_a_forged_limit_of_nothing_leaves_the_minimum_and_is_over_after_hours():
    home = Told()
    for _ in range(30):
        home.step()
    forged = (Limit(Rung.EMERGENCY, On.IMPORT, 0, 10**6, 0.0, "dso:forged"),)
    for _ in range(30):
        home.step(claims=forged)
    connection = sum(home.kw.values()) + 0.5
    assert connection <= 2.0 + 1e-6
    assert home.memory.eased.bounds(home.now).must_import_kw == 2.0


def test_a_limit_that_comes_and_goes_leaves_the_home_in_it_for_the_rest_of_the_hour():
    home, limit = Told(), (Limit(Rung.EMERGENCY, On.IMPORT, 0, 4, 3.0, "dso:1"),)
    lifted = []
    for minute in range(120):
        claims = limit if minute % 5 < 3 else ()
        for _ in range(6):
            home.step(claims=claims)
        lifted.append(len(home.memory.eased.lifted))
    assert max(lifted) <= CAUTION.reversals_per_hour


def test_who_follows_no_prices_does_what_a_home_without_a_plan_does():
    home = Told(caution=Caution(veto=frozenset({Signal.PRICES})))
    home.step()
    assert home.why[Device.EV].because.why in {Why.SIMPLE, Why.SLOWLY, Why.RAMP, Why.AMPERES}
    assert home.why[Device.BATTERY].power_kw == 0.0
