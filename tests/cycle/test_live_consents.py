"""Whose data may be used for what, on a day: a yes ends by itself, is taken back at once, and covers no more than it said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.live import consents
from laag.cycle.live.codec import from_event, to_event
from laag.cycle.live.condensed import packed, unpacked
from laag.foundation.consent import ASKED, LONGEST_DAYS, covered, scope
from laag.foundation.data import Purpose

FIRST = date(2026, 3, 28)
DAY = timedelta(days=1)
TERMS = terms_of(Options(policy="layered", rule="layered"))
ANN, BEN = "m-1", "m-2"
COACH, COMPARISON = Purpose.COACH, Purpose.COMPARISON


def terms(*purposes):
    charter = TERMS.charter
    return replace(TERMS, charter=replace(charter, data=replace(charter.data, purposes=purposes)))


def street(*purposes):
    """Two members, and a charter that lets them be asked for this."""
    asked = purposes or tuple(one.value for one in ASKED)
    state = live.begin(live.Neighbourhood("Kade", terms(*asked), FIRST))
    for name in (ANN, BEN):
        state, effects = live.apply(state, live.Joined(name, FIRST))
        assert not effects
    return state


def says(state, member=ANN, number=1, day=FIRST, purpose=COACH, until=None, **more):
    last = until or day + timedelta(days=LONGEST_DAYS)
    one = live.Consented(member, day, number, purpose.value, last, more.get("scope", scope(purpose)))
    return live.apply(state, one)


def takes_back(state, member=ANN, number=2, day=FIRST, purpose=COACH):
    return live.apply(state, live.ConsentWithdrawn(member, day, number, purpose.value))


def test_nobody_consents_who_was_not_asked():
    """Silence is no yes."""
    assert live.consenting(street(), COACH, FIRST) == ()


def test_a_yes_is_for_one_purpose_and_one_home():
    state, _ = says(street())
    assert live.consenting(state, COACH, FIRST) == (ANN,)
    assert live.consenting(state, COMPARISON, FIRST) == ()


def test_a_yes_ends_by_itself_after_its_last_day():
    state, _ = says(street(), until=FIRST + 9 * DAY)
    assert live.consenting(state, COACH, FIRST + 9 * DAY) == (ANN,)
    assert live.consenting(state, COACH, FIRST + 10 * DAY) == ()


def test_who_takes_it_back_is_in_nothing_that_is_still_to_be_released():
    """Also not where the data are of a day on which the yes still held."""
    state, _ = says(street())
    state, effects = takes_back(state, day=FIRST + DAY)
    assert not effects
    assert live.consenting(state, COACH, FIRST) == live.consenting(state, COACH, FIRST + DAY) == ()


def test_what_was_measured_before_a_yes_is_not_used():
    state, _ = says(street(), day=FIRST + 5 * DAY)
    assert live.consenting(state, COACH, FIRST + 5 * DAY) == (ANN,)
    assert live.consenting(state, COACH, FIRST + 5 * DAY, since=FIRST + 4 * DAY) == ()


def test_a_yes_does_not_cover_what_the_register_says_only_later():
    """It stands in the state as it was said, and counts for nothing until it is asked anew."""
    state, _ = says(street(), scope="0" * 64)
    assert state.members[ANN].consents
    assert live.consenting(state, COACH, FIRST) == ()


def test_what_the_charter_does_not_allow_nobody_consents_to():
    state, _ = says(street("comparison"))
    assert live.consenting(state, COACH, FIRST) == ()


def test_what_is_never_allowed_has_nobody_and_what_the_contract_needs_everybody():
    state = street()
    assert live.consenting(state, Purpose.ADVERTISING, FIRST) == ()
    assert live.consenting(state, Purpose.SETTLEMENT, FIRST) == (ANN, BEN)


def test_who_left_consents_to_nothing_and_who_comes_back_is_asked_anew():
    state, _ = says(street())
    state, _ = live.apply(state, live.Left(ANN, FIRST + DAY))
    assert live.consenting(state, COACH, FIRST + 2 * DAY) == ()
    state, _ = live.apply(state, live.Joined(ANN, FIRST + 3 * DAY))
    assert live.consenting(state, COACH, FIRST + 3 * DAY) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"purpose": Purpose.ADVERTISING},
        {"purpose": Purpose.SETTLEMENT},
        {"until": FIRST - DAY},
        {"until": FIRST + timedelta(days=LONGEST_DAYS + 1)},
        {"member": "stranger"},
        {"number": -1},
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(more):
    """No consent to advertising, to what needs none, for ever, of a stranger, or a second time."""
    state = street()
    after, (refused,) = says(state, **more)
    assert after is state
    assert refused.why.nl
    assert refused.why.en


def test_the_log_and_a_checkpoint_hold_it_as_it_was_said():
    state, _ = says(street())
    for one in (*state.members[ANN].consents.values(), live.ConsentWithdrawn(ANN, FIRST, 2, COACH.value)):
        assert from_event(to_event(one)) == one
    assert unpacked(packed(state.members)) == state.members


words = st.tuples(st.sampled_from([ANN, BEN]), st.sampled_from(ASKED), st.integers(0, 30), st.booleans())


@given(st.lists(words, max_size=12), st.integers(0, 60))
def test_of_all_that_was_said_the_newest_word_of_each_on_each_purpose_counts(said, later):
    """Whatever is said in whatever order."""
    state, model = street(), {}
    for number, (name, purpose, days, yes) in enumerate(said):
        until = FIRST + days * DAY
        state, effects = (
            says(state, name, number, purpose=purpose, until=until)
            if yes
            else takes_back(state, name, number, purpose=purpose)
        )
        assert not effects
        model[name, purpose] = until if yes else None
    day = FIRST + later * DAY
    for purpose in ASKED:
        expected = {name for (name, of), until in model.items() if of is purpose and until and day <= until}
        assert set(live.consenting(state, purpose, day)) == expected


def test_a_field_more_is_another_scope_and_another_spelling_is_not():
    register = {field.name: field for field in covered(COACH)}
    name, field = next(iter(register.items()))
    assert scope(COACH, {**register, "more.wh": replace(field, name="more.wh")}) != scope(COACH, register)
    longer = {**register, name: replace(field, keeps=99_999)}
    assert scope(COACH, longer) != scope(COACH, register)
    spelt = {**register, name: replace(field, what=field.why)}
    assert scope(COACH, spelt) == scope(COACH, register)


def test_consents_are_asked_for_a_year_at_most():
    assert consents.LONGEST_DAYS <= 366
