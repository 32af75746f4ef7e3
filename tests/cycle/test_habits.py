"""A home knows the car that is there, and expects the others."""

import itertools
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from laag.cycle.habits import LATE_PTUS, sessions_ahead
from laag.cycle.street import Habit
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import Charger, EvSession

GRID = PtuGrid.days(date(2025, 6, 2), 10, AMSTERDAM)
HABIT = Habit(arrives_quarter=72, departs_quarter=30, used_kwh=8.0)
CAR = Charger(11.0, capacity_kwh=50.0)


def ahead(really, now, habit=HABIT):
    return sessions_ahead(really, habit, CAR, GRID, AMSTERDAM, now, now + 148)


@st.composite
def stays(draw):
    at, found = 0, []
    for _ in range(draw(st.integers(0, 8))):
        arrives = at + draw(st.integers(1, 90))
        at = arrives + draw(st.integers(1, 90))
        found.append(EvSession(arrives, at, 20.0, 40.0))
    return found


@given(stays(), st.integers(0, 800))
def test_expected_stays_follow_each_other_and_lie_ahead(really, now):
    found = ahead(really, now)
    assert all(s.departs > now and s.arrives < now + 148 for s in found)
    assert all(a.departs <= b.arrives for a, b in itertools.pairwise(found))


@given(stays(), st.integers(0, 800))
def test_nothing_is_known_of_a_stay_that_has_not_begun(really, now):
    begun = [s for s in really if s.arrives <= now]
    assert ahead(really, now) == ahead(begun, now)


def test_a_car_that_is_there_stays_until_the_driver_said():
    stay = EvSession(60, 130, 20.0, 45.0)
    assert ahead([stay], 72)[0] == stay


def test_a_car_that_is_not_there_yet_is_expected_at_its_usual_time():
    assert ahead([], 48)[0] == EvSession(72, 96 + 30, 32.0, 40.0)


def test_a_late_car_is_expected_in_an_hour():
    assert ahead([], 80)[0].arrives == 80 + LATE_PTUS


def test_a_car_that_came_and_left_again_is_not_expected_twice():
    gone = EvSession(68, 76, 20.0, 40.0)
    assert ahead([gone], 80)[0].arrives == 96 + 72


def test_no_stay_is_expected_on_a_day_off():
    weekdays = Habit(days=(0, 1, 2, 3, 4))
    friday_noon = 4 * 96 + 48
    assert [s.arrives // 96 for s in ahead([], friday_noon + 96, weekdays)] == []


MONTH = PtuGrid.days(date(2025, 6, 2), 40, AMSTERDAM)
CALENDAR = Calendar.of(MONTH, AMSTERDAM)


def learnt(really, now, habit=HABIT):
    return sessions_ahead(really, habit, CAR, MONTH, AMSTERDAM, now, now + 148, CALENDAR)


def from_nine_to_six(days, leaves=24):
    """A car that comes at nine in the evening and leaves at six, every day; it lacks 12 kWh."""
    return [EvSession(96 * day + 84, 96 * (day + 1) + leaves, 28.0, 40.0) for day in range(days)]


@st.composite
def month_of_stays(draw):
    found = draw(stays())
    for week in range(1, 5):
        found += [
            replace(s, arrives=s.arrives + 760 * week, departs=s.departs + 760 * week) for s in found[:8]
        ]
    return found


@given(month_of_stays(), st.integers(0, 3600))
def test_learnt_stays_too_follow_each_other_and_know_only_what_began(really, now):
    found = learnt(really, now)
    assert all(s.departs > now and s.arrives < now + 148 for s in found)
    assert all(a.departs <= b.arrives for a, b in itertools.pairwise(found))
    assert all(0 <= s.stored_kwh <= s.wanted_kwh for s in found)
    assert found == learnt([s for s in really if s.arrives <= now], now)


def test_what_the_car_did_counts_more_than_what_was_said():
    noon = 20 * 96 + 48
    assert learnt(from_nine_to_six(20), noon)[0] == EvSession(20 * 96 + 84, 21 * 96 + 24, 28.0, 40.0)


def test_in_the_first_two_weeks_the_household_is_believed():
    noon = 10 * 96 + 48
    assert learnt(from_nine_to_six(10), noon) == sessions_ahead(
        from_nine_to_six(10), HABIT, CAR, MONTH, AMSTERDAM, noon, noon + 148
    )


def test_a_learnt_car_that_is_there_still_leaves_when_its_driver_said():
    holiday = [*from_nine_to_six(20), EvSession(20 * 96 + 84, 22 * 96, 28.0, 40.0)]
    found = learnt(holiday, 20 * 96 + 90)
    assert found[0] == holiday[-1]
    assert all(stay.arrives >= 22 * 96 for stay in found[1:])


def test_a_car_that_mostly_stays_away_is_not_reckoned_with():
    sundays = [stay for stay in from_nine_to_six(35) if stay.arrives // 96 % 7 == 6]
    assert learnt(sundays, 35 * 96 + 48) == ()
