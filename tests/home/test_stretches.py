"""A stretch of quarter-hours with one reason: what it says is true of each of them, and of nothing inside it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.home.whole_homes import whole_home

from laag.foundation.words import Lang
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.reasons import Moment, Subject, reasons, stretches
from laag.home.reasons.stretches import day_named_once, on_one_day
from laag.home.reasons.words import moment

SOLVER = Solver(most=64)


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_no_stretch_is_compared_with_a_moment_inside_it(seed):
    house, state, outlook = whole_home(seed, broken=False)
    found = reasons(cheapest(house, state, outlook, solver=SOLVER), house, outlook)
    for column in found.columns:
        if column.subject is Subject.APPLIANCE:
            continue
        for part in stretches(found, column):
            for other in (part.reason.next_best, part.reason.unplanned):
                assert other is None or other.at is None or not part.start <= other.at.ptu < part.stop


def told(since, until):
    return tuple(moment(one, Lang.EN) for one in on_one_day(since, until))


def test_a_day_is_named_once_and_first_where_both_moments_lie_on_it():
    assert told(Moment(36, 8, 1, 36), Moment(48, 20, 1, 48)) == ("tomorrow 02:00", "05:00")
    assert told(Moment(150, 8, 2, 150), Moment(162, 20, 2, 162)) == ("the day after tomorrow 02:00", "05:00")
    assert told(Moment(82, 82, 0, 82), Moment(96, 0, 1, 96)) == ("20:30", "00:00")
    assert told(Moment(20, 20, 0, 20), Moment(96, 0, 1, 96)) == ("05:00", "00:00")


def test_moments_on_two_days_or_within_the_night_stay_as_they_are():
    assert told(Moment(10, 88, 0, 10), Moment(34, 16, 1, 34)) == ("22:00", "04:00")
    assert told(Moment(10, 10, 0, 10), Moment(140, 44, 1, 140)) == ("02:30", "tomorrow 11:00")


def test_only_pairs_of_moments_are_told_so():
    numbers = {
        "used_by": Moment(36, 8, 1, 36),
        "used_end_by": Moment(48, 20, 1, 48),
        "price_eur_per_kwh": 0.2,
    }
    named = day_named_once(numbers)
    assert named["used_end_by"].days == 0
    assert named["price_eur_per_kwh"] == 0.2
    assert day_named_once({"start_by": Moment(48, 20, 1, 48)}) == {"start_by": Moment(48, 20, 1, 48)}
