"""A cold week in a street that agreed to charge no car at dinner: who tells, who is silent, who appeals, and what the clock says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.live import agreeing
from laag.cycle.live.codec import from_event, to_event
from laag.cycle.live.condensed import condensed, expanded
from laag.cycle.live.messages_agreements import Appealed, Expected, Ruled, Took, Voiced, Weighed
from laag.foundation.consent import scope
from laag.foundation.data import Purpose
from laag.neighbourhood.agreements import Standing
from laag.neighbourhood.charter.parts import Agreement

FIRST = date(2026, 1, 12)
DAY = timedelta(days=1)
DINNER = Agreement("No car at dinner", "ev", 17, 20, (12, 1, 2), below_c=0, consequence="share")
HOMES = tuple(f"m-{i}" for i in range(1, 13))
TELLER, SILENT, AWAY = HOMES[:3]


def place():
    terms = terms_of(Options(policy="layered", rule="layered"))
    charter = replace(terms.charter, agreements=(DINNER,))
    return live.Neighbourhood("Kade", replace(terms, charter=charter), FIRST)


def said(state, *messages):
    for message in messages:
        state, effects = live.apply(state, message)
        assert not [one for one in effects if isinstance(one, live.Refused)], effects
    return state


def refusal(state, message):
    after, (effect,) = live.apply(state, message)
    assert after is state
    assert isinstance(effect, live.Refused)
    return effect.why.en


def told_by_clock(state, now):
    """What the clock says of agreements by then, and who hears of it."""
    letters = []
    for message in live.due(state, now):
        if isinstance(message, Weighed | Ruled):
            state, effects = live.apply(state, message)
            letters += effects
    return state, letters


def noon(day):
    return datetime(day.year, day.month, day.day, 11, 30, tzinfo=UTC)


def evening(wh, *, known=True):
    """A day of 200 Wh a quarter-hour, with this from 17:00 to 20:00."""
    column = np.full(96, 200)
    column[68:80] = wh
    ptus = np.arange(96) if known else np.arange(60)
    return ptus, column[ptus]


@pytest.fixture
def week():
    """Twelve homes, the first of which said yes to telling; two cold days have been lived."""
    state = said(live.begin(place()), *(live.Joined(name, FIRST) for name in HOMES))
    yes = live.Consented(
        TELLER, FIRST, 1, Purpose.AGREEMENT.value, FIRST + 90 * DAY, scope(Purpose.AGREEMENT)
    )
    state = said(state, yes)
    for i in range(2):
        day = FIRST + i * DAY
        state = said(state, Expected(day, -35, "KNMI"), live.Closed(day))
        for name in HOMES:
            ptus, wh = evening(2000 if name == SILENT else 250, known=name != AWAY)
            state = said(state, live.Metered(name, day, 10 + i, ptus, wh))
    return state


def test_an_agreement_holds_on_the_wall_and_only_where_the_cold_was_known_in_time(week):
    (held,) = agreeing.held_on(week, FIRST)
    assert held.ptus == tuple(range(68, 80))
    assert agreeing.held_on(week, FIRST + 2 * DAY) == ()
    assert "is closed" in refusal(week, Expected(FIRST, 50, "KNMI"))
    mild = said(week, Expected(FIRST + 2 * DAY, 4, "KNMI"))
    assert agreeing.held_on(mild, FIRST + 2 * DAY) == ()


def test_one_who_tells_is_found_to_have_charged_and_who_is_silent_is_not(week):
    state = said(week, Took(TELLER, FIRST, 12, DINNER.name, 2400, "comfort"))
    state, letters = told_by_clock(state, noon(FIRST + 3 * DAY))
    assert state.book.looked[DINNER.name, FIRST] == (9, 1, 2)
    assert [one.member for one in letters] == [TELLER]
    assert "2.4 kWh" in letters[0].said.en
    assert "2,4 kWh" in letters[0].said.nl


def test_the_clock_looks_once_and_not_before_everybody_could_tell(week):
    state, _ = told_by_clock(week, noon(FIRST + 2 * DAY))
    assert not state.book.looked
    assert "too early" in refusal(week, Weighed(FIRST, DINNER.name, FIRST + DAY))
    state, _ = told_by_clock(week, noon(FIRST + 3 * DAY))
    assert list(state.book.looked) == [(DINNER.name, FIRST)]
    again, letters = told_by_clock(state, noon(FIRST + 3 * DAY))
    assert again.book == state.book
    assert letters == []
    assert live.next_at(state, noon(FIRST + 3 * DAY)) <= noon(FIRST + 4 * DAY)


def test_who_said_no_yes_cannot_tell_by_mistake(week):
    assert "no consent" in refusal(week, Took(SILENT, FIRST, 12, DINNER.name, 0))
    state = said(week, live.ConsentWithdrawn(TELLER, FIRST + DAY, 12, Purpose.AGREEMENT.value))
    assert "no consent" in refusal(state, Took(TELLER, FIRST, 13, DINNER.name, 0))


def test_nothing_is_told_of_a_day_on_which_it_did_not_hold(week):
    assert "did not hold" in refusal(week, Took(TELLER, FIRST + 2 * DAY, 12, DINNER.name, 0))
    assert "did not hold" in refusal(week, Took(TELLER, FIRST, 12, "Quiet night", 0))


def lived(week):
    """Breach, appeal, voices and the end of it, as messages."""
    state = said(week, Took(TELLER, FIRST, 12, DINNER.name, 2400, "comfort"))
    state, _ = told_by_clock(state, noon(FIRST + 3 * DAY))
    state = said(state, Appealed(TELLER, DINNER.name, FIRST, "A child was ill.", FIRST + 4 * DAY))
    (case,) = state.book.of(TELLER)
    for juror in case.jury[:3]:
        state = said(state, Voiced(juror, TELLER, DINNER.name, FIRST, True, FIRST + 5 * DAY))
    return state


def test_an_appeal_that_neighbours_grant_drops_the_case(week):
    state, letters = told_by_clock(lived(week), noon(FIRST + 12 * DAY))
    (case,) = state.book.of(TELLER)
    assert case.standing == Standing.DROPPED
    assert "granted" in letters[-1].said.en


def test_it_can_be_laid_down_and_taken_up_again_at_any_point(week):
    state = lived(week)
    bytes_ = condensed(state, {})
    again = expanded(bytes_.tree, bytes_.pieces.__getitem__, state.neighbourhood)
    assert again.book == state.book
    assert again.expected == state.expected
    assert told_by_clock(again, noon(FIRST + 12 * DAY))[1] == told_by_clock(state, noon(FIRST + 12 * DAY))[1]


@pytest.mark.parametrize(
    "message",
    [
        Expected(FIRST, -35, "KNMI"),
        Took(TELLER, FIRST, 12, DINNER.name, 2400, "comfort"),
        Weighed(FIRST, DINNER.name, FIRST + 3 * DAY),
        Appealed(TELLER, DINNER.name, FIRST, "A child was ill.", FIRST + 4 * DAY),
        Voiced(SILENT, TELLER, DINNER.name, FIRST, True, FIRST + 5 * DAY),
        Ruled(TELLER, DINNER.name, FIRST, FIRST + 12 * DAY),
    ],
)
def test_all_of_it_is_in_the_log(message):
    assert from_event(to_event(message)) == message


def test_a_second_breach_that_stands_costs_a_tenth_of_that_months_pot_and_of_no_others(week):
    state = said(
        week, *(Took(TELLER, FIRST + i * DAY, 12 + i, DINNER.name, 2400, "comfort") for i in range(2))
    )
    state, _ = told_by_clock(state, noon(FIRST + 4 * DAY))
    assert agreeing.kept_in_month(state, FIRST) == {}, "one may still appeal"
    state, letters = told_by_clock(state, noon(FIRST + 30 * DAY))
    assert [one.member for one in letters] == [TELLER, TELLER]
    assert (
        agreeing.kept_in_month(state, FIRST)
        == agreeing.kept_in_month(state, FIRST + 15 * DAY)
        == {TELLER: 900}
    )
    assert agreeing.kept_in_month(state, date(2026, 2, 1)) == {}
