"""A new version reaches a share of the homes first, the same share on every machine, and stops where they fall silent."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cycle.living_street import FIRST, folded, plainly

from laag.apps.upkeep.stages import SETTLING, Health, first, health, heard_share, turn_percent
from laag.cycle import live

NAMES = st.lists(st.text("abcdefghjkmnp23456789", min_size=6, max_size=6), unique=True, max_size=30)
PERCENTS = st.floats(0, 100)


@given(NAMES, PERCENTS, PERCENTS, st.text(max_size=8))
def test_who_is_in_a_smaller_share_is_in_a_larger_one(members, one, other, version):
    small, large = sorted((one, other))
    assert set(first(members, version, small)) <= set(first(members, version, large))
    assert first(members, version, 0) == ()
    assert first(reversed(members), version, 100) == tuple(sorted(members))


def test_a_tenth_is_about_a_tenth_and_another_tenth_each_time():
    members = [f"m-{number}" for number in range(5_000)]
    one, other = (set(first(members, version, 10)) for version in ("0.2.0", "0.3.0"))
    assert 400 < len(one) < 600
    assert 20 < len(one & other) < 90
    assert all(0 <= turn_percent(member, "0.2.0") < 100 for member in members)


def street(silent=(), days=(FIRST, FIRST + timedelta(days=1))):
    """The living street, in which some say nothing on some days."""
    kept = [
        one
        for one in plainly()
        if not (isinstance(one, live.Metered) and one.member in silent and one.day in days)
    ]
    return folded(kept)[0]


def midnight(state, day):
    return state.neighbourhood.grid(day).start


def looked_at(state, staged):
    second = FIRST + timedelta(days=1)
    return health(state, staged, midnight(state, second), state.neighbourhood.grid(second).end + SETTLING)


def test_of_a_street_in_which_everybody_speaks_all_is_heard():
    state = street()
    members = tuple(state.members)
    assert (
        heard_share(state, members, midnight(state, FIRST), midnight(state, FIRST + timedelta(days=2))) == 1
    )
    assert heard_share(state, (), midnight(state, FIRST), midnight(state, FIRST + timedelta(days=2))) is None
    assert looked_at(state, members[:2]).stop() is None


def test_homes_that_fall_silent_after_the_switch_stop_the_rest():
    staged = tuple(street().members)[:2]
    found = looked_at(street(staged, (FIRST + timedelta(days=1),)), staged)
    assert found.fell_by == pytest.approx(1)
    assert "100 % more is missing" in found.stop().en
    assert "ga niet verder" in found.stop().nl


def test_a_silence_of_everybody_is_no_fault_of_the_version():
    everybody = tuple(street().members)
    assert looked_at(street(everybody, (FIRST + timedelta(days=1),)), everybody[:2]).stop() is None


def test_a_home_that_was_silent_before_is_no_fault_of_the_version():
    staged = tuple(street().members)[:1]
    assert looked_at(street(staged), staged).stop() is None


def test_too_early_is_said():
    state = street()
    staged = tuple(state.members)[:2]
    start = midnight(state, FIRST + timedelta(days=1))
    assert "wait" in health(state, staged, start, start + SETTLING).stop().en


@given(*[st.one_of(st.none(), st.floats(0, 1))] * 4)
def test_whatever_is_heard_the_fall_is_a_share(a, b, c, d):
    assert 0 <= Health((a, b), (c, d)).fell_by <= 1
