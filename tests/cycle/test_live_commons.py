"""Who is in an answer, and which questions a street does not answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.cycle.asked_street import (
    DAY,
    FIRST,
    LAST,
    NAMES,
    NORTH,
    consented,
    day_of,
    folded,
    lived,
    place,
    taken_wh,
    told,
    withdrawn,
)

from laag.cycle import live
from laag.cycle.layers import DEVICES
from laag.cycle.live.commons import Asking, agreed, in_group, taking_part, why_not
from laag.cycle.live.condensed import condensed, expanded
from laag.cycle.live.views.export import export
from laag.cycle.live.views.lived import imported, names, of_homes
from laag.foundation.register import REGISTER
from laag.foundation.words import Said
from laag.neighbourhood.commons.questions import FIELDS, SHIPPED, By, Over, Question, Statistic

TODAY = LAST + 2 * DAY
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 11, tzinfo=UTC)


def asking(name="taken-total", first=FIRST, last=FIRST + 6 * DAY, group=""):
    return Asking(name, first, last, group, TODAY)


def no(state, **asked):
    said = why_not(state, agreed(state, TODAY), asking(**asked))
    return None if said is None else said.en


def answered(state, homes=None, **asked):
    """An answer as the server writes it down, with nothing in it."""
    one = asking(**asked)
    question = SHIPPED[one.question]
    whose = in_group(taking_part(state, one), one.group) if homes is None else homes
    whose = whose if question.needs_noise else ()
    keys = tuple(names(question, one.first, one.last))
    zeros = np.zeros(len(keys), np.int64)
    digest = question.digest(one.first, one.last, one.group)
    return live.Answered(
        one.question, digest, one.first, one.last, one.group, whose, question.micro_epsilon, keys, zeros,
        zeros, "test", "someone", "a test", NOW,
    )  # fmt: skip


def refused(state, message):
    _, effects = live.apply(state, message)
    return effects[0].why.en if effects else None


def test_only_what_the_register_holds_for_research_is_asked():
    for over, fields in FIELDS.items():
        for name in fields:
            assert any(one.value == "research" for one in REGISTER[name].purposes), (over, name)


def test_a_question_that_nobody_approved_is_not_answered():
    assert "not approved here; approved are" in no(lived(), name="taken-by-week")
    assert "approved are none" in no(live.begin(place(questions=())))


def test_an_approved_one_about_all_homes_is():
    assert no(lived()) is None
    assert taking_part(lived(), asking()).keys() == set(NAMES)


def test_few_days_and_days_to_come_are_refused():
    assert "7 at least" in no(lived(), last=FIRST + 5 * DAY)
    assert "is not settled yet" in no(lived(), last=LAST + DAY)
    assert "began on" in no(lived(), first=FIRST - DAY)


def test_a_cable_of_twelve_homes_is_a_group_and_of_nine_is_none():
    assert no(lived(), group="north") is None
    few = folded([withdrawn(name, 90, TODAY) for name in NORTH[:3]], lived())
    assert "fewer than 10 homes" in no(few, group="north")


def test_a_group_that_leaves_few_out_is_refused_too():
    """Who knows the whole and all but three of it knows the three."""
    few = folded([withdrawn(name, 90, TODAY) for name in NORTH[:3]], lived())
    assert "fewer than 10 homes" in no(few, group="south")
    assert no(few) is None


def test_who_takes_its_yes_back_is_in_no_answer_that_is_still_to_come():
    """Also of days on which it had said yes."""
    state = folded([withdrawn("n-05", 90, TODAY)], lived())
    assert "n-05" not in taking_part(state, asking())
    late = answered(lived(), homes=tuple(sorted(NAMES)))
    assert "does not belong to this question" in refused(state, late)


def test_what_was_measured_before_somebody_said_yes_is_not_used():
    state = folded([withdrawn("n-05", 90, TODAY), consented("n-05", 91, day=FIRST + 9 * DAY)], lived())
    assert "n-05" not in taking_part(state, asking())
    assert "n-05" in taking_part(state, asking(first=FIRST + 9 * DAY, last=LAST))


def test_who_came_or_went_within_the_period_is_not_in_it():
    newcomer = live.Joined("new", FIRST + 3 * DAY, "north")
    plain = told(days=3)
    state = folded([*plain, newcomer, consented("new", 0, day=FIRST + 3 * DAY)], live.begin(place()))
    for n in range(3, 16):
        state = folded(day_of(place(), FIRST + n * DAY, [*NAMES, "new"], 1 + 2 * n), state)
    assert "new" not in taking_part(state, asking())
    assert "new" in taking_part(state, asking(first=FIRST + 3 * DAY, last=LAST))
    gone = folded([live.Left("s-01", LAST)], lived())
    assert "s-01" not in taking_part(gone, Asking("taken-total", FIRST, LAST, "", TODAY))


def test_an_answer_is_given_once_and_what_it_cost_is_never_forgotten():
    state = lived()
    one = answered(state)
    state = folded([one], state)
    assert "stays what it is" in refused(state, one)
    assert next(iter(state.answers.values())).cost.homes == tuple(sorted(NAMES))


def test_three_answers_use_up_a_year_and_a_fourth_is_told_when_it_goes_on():
    """Three tenths of epsilon, a tenth each; about which days is the same to it."""
    state = lived()
    for n in range(3):
        state = folded([answered(state, first=FIRST + n * DAY, last=FIRST + (n + 6) * DAY)], state)
    assert "1 January 2027" in no(state, first=FIRST + 5 * DAY, last=FIRST + 12 * DAY)
    assert "1 January 2027" in refused(state, answered(state, first=FIRST + 5 * DAY, last=FIRST + 12 * DAY))


def test_other_homes_pay_for_themselves():
    """Answers about one cable cost nothing on the other: that is proven by who is in them."""
    state = lived()
    for n in range(3):
        one = {"first": FIRST + n * DAY, "last": FIRST + (n + 6) * DAY, "group": "north"}
        state = folded([answered(state, **one)], state)
    assert no(state, group="south") is None
    assert "used up" in no(state, group="north")
    assert "used up" in no(state)


def test_what_the_market_shows_anyway_costs_nothing_and_is_exact():
    state = lived()
    assert no(state, name="imported-by-day", last=FIRST) is None
    assert imported(state, FIRST, FIRST)[0] == state.day(FIRST).market.clearings.imported_wh[:96].sum()
    for n in range(12):
        day = FIRST + n * DAY
        state = folded([answered(state, name="imported-by-day", first=day, last=day)], state)
    assert no(state) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"micro_epsilon": 1},
        {"homes": tuple(sorted([*NAMES, NAMES[0]]))},
        {"homes": tuple(sorted(["stranger", *NAMES]))},
        {"keys": ("period", "more")},
        {"digest": "0" * 64},
    ],
)
def test_an_answer_that_was_not_made_so_is_not_taken(wrong):
    assert "does not belong" in refused(lived(), replace(answered(lived()), **wrong))


def test_an_answer_about_few_homes_is_not_taken_whoever_made_it():
    assert "fewer than 10" in refused(lived(), answered(lived(), homes=tuple(NAMES[:9])))


def test_answers_come_through_the_log_and_through_a_checkpoint():
    one = answered(lived())
    back = live.from_event(live.to_event(one))
    plain = [name for name in live.Answered.__slots__ if name not in {"values", "off_by"}]
    assert [getattr(back, name) for name in plain] == [getattr(one, name) for name in plain]
    state = folded([one], lived())
    made = condensed(state, {})
    again = expanded(made.tree, made.pieces.__getitem__, place())
    assert again.answers[one.digest].cost == one.cost


def test_a_home_takes_along_which_answers_it_is_in():
    state = folded([answered(lived(), group="north")], lived())
    (mine,) = export(state, [], "n-01")["answers"]
    assert (mine["question"], mine["cable"], mine["micro_epsilon"]) == ("taken-total", "north", 100_000)
    assert export(state, [], "s-01")["answers"] == []


def events(state_told):
    return [live.to_event(one) for one in state_told]


def test_what_homes_did_is_added_up_from_the_log_and_the_newest_reading_counts():
    here = place()
    plain = told(here)
    again = live.Metered("n-02", FIRST, 80, np.array([0, 1]), np.array([5_000, 0]))
    found = of_homes(here, events([*plain, again]), SHIPPED["taken-total"], FIRST, FIRST + 6 * DAY, NAMES)
    right = [np.maximum(taken_wh("n-02", FIRST + n * DAY, 96), 0) for n in range(7)]
    right[0][:2] = 5_000, 0
    assert found["n-02"].tolist() == [sum(int(one.sum()) for one in right)]


def test_what_is_given_is_counted_apart_from_what_is_taken():
    here = place()
    found = of_homes(here, events(told(here)), SHIPPED["homes-that-give"], FIRST, FIRST + 6 * DAY, NAMES)
    giving = [name for name in NAMES if (taken_wh(name, FIRST, 96) < 0).any()]
    assert giving == ["n-03"]
    assert [name for name, wh in found.items() if wh.sum() > 0] == giving


def test_what_was_wanted_is_split_by_the_device_of_the_order():
    here = place()
    found = of_homes(here, events(told(here)), SHIPPED["wanted-by-device"], FIRST, FIRST + 6 * DAY, NAMES)
    assert found["s-03"].tolist() == [7 * 700 * (device == 3) for device in range(len(DEVICES))]


def test_a_day_of_23_hours_is_added_up_as_well():
    spring = FIRST + timedelta(days=27)
    here = place()
    hourly = Question("h", Said("h", "h"), Over.TAKEN, Statistic.SUM, By.HOUR_OF_DAY, least_days=1)
    one = live.Metered("n-01", spring, 0, np.arange(92), np.ones(92, np.int64))
    found = of_homes(here, [live.to_event(one)], hourly, spring, spring, ["n-01"])
    assert found["n-01"].tolist() == [4, 4, 0, *[4] * 21]
