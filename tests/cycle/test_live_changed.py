"""A member's cable and connection change from a day on: what was before stays as it was."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cycle.living_street import FIRST, folded, place, plainly, told

from laag.cycle import live

DAY = timedelta(days=1)
NEXT = FIRST + DAY
SIZE, OTHER_SIZE = "3x25A", "3x35A"


def begun():
    """Everybody is a member, and the first day's gate is closed."""
    moments = told()
    return folded([*moments[0], *moments[1], *moments[2]])[0]


def whom(state):
    return next(iter(state.members))


def elsewhere(state, member):
    """Another cable than its own."""
    mine = state.members[member].joined.cable
    return next(one.name for one in state.neighbourhood.cables if one.name != mine)


def changed(state, day=NEXT, **more):
    member = whom(state)
    usual = {"cable": elsewhere(state, member), "connection": OTHER_SIZE}
    return live.apply(state, live.Changed(member, day, **(usual | more)))


def test_from_the_day_on_the_market_has_the_other_cable_and_before_the_old_one():
    state, before = begun(), begun()
    member = whom(state)
    state, effects = changed(state)
    assert not effects
    state, _ = live.apply(state, live.Closed(NEXT))
    of = {day: next(one for one in state.day(day).members if one.member == member) for day in (FIRST, NEXT)}
    assert of[FIRST] == before.members[member].joined
    assert (of[NEXT].cable, of[NEXT].connection) == (elsewhere(before, member), OTHER_SIZE)
    assert of[NEXT].first_day == FIRST


def test_the_other_cables_limit_holds_from_that_day_on():
    """On a cable that carries nothing in, nobody buys any more."""
    street = place()
    narrow = (live.Cable("wide", 99.0, 99.0), live.Cable("shut", 0.0, 0.0))
    state = live.begin(live.Neighbourhood("Kade", street.terms, FIRST, narrow, 99.0, 99.0))
    state, _ = live.apply(state, live.Joined("m-1", FIRST, "wide"))
    state, _ = live.apply(state, live.Changed("m-1", NEXT, "shut", SIZE))
    rows = live.Rows(*(np.array([one]) for one in (0, 20, 1, 500, 90_000)))
    for number, day in enumerate((FIRST, NEXT)):
        ticks = np.full(len(street.grid(day)), 5_000)
        for message in (
            live.Ordered("m-1", day, number, rows),
            live.Closed(day),
            live.Priced(day, ticks, "x"),
        ):
            state, _ = live.apply(state, message)
    bought = [int(state.day(day).market.cleared_wh[0, 20]) for day in (FIRST, NEXT)]
    assert bought == [500, 0]


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"day": FIRST}, "change this from a later day on"),
        ({"day": FIRST - 400 * DAY}, "change this from a later day on"),
        ({"cable": "moon"}, "no cable 'moon'"),
        ({"connection": "huge"}, "no tariff of Liander is known for a connection of 'huge'"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(about, says):
    state = begun()
    after, (refused,) = changed(state, **about)
    assert after is state
    assert says in refused.why.en


def test_who_is_no_member_then_changes_nothing():
    state = begun()
    for message in (
        live.Changed("stranger", NEXT, "", SIZE),
        live.Changed(whom(state), NEXT + DAY, "", SIZE),
    ):
        left, _ = live.apply(state, live.Left(whom(state), NEXT))
        after, (refused,) = live.apply(left, message)
        assert after is left
        assert "is no member on" in refused.why.en


words = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["", "a", "b"]), st.sampled_from([SIZE, OTHER_SIZE])),
    max_size=6,
)


@given(words, st.integers(0, 8))
def test_on_each_day_the_newest_word_that_holds_by_then_counts(said, ahead):
    joined = live.Joined("m-1", FIRST, "a", SIZE)
    state = live.begin(
        live.Neighbourhood("Kade", place().terms, FIRST, (live.Cable("a"), live.Cable("b")), 9.0, 9.0)
    )
    state, _ = live.apply(state, joined)
    right = ("a", SIZE)
    for after, cable, connection in said:
        state, _ = live.apply(state, live.Changed("m-1", FIRST + after * DAY, cable, connection))
        if after <= ahead:
            right = cable, connection
    found = state.members["m-1"].on(FIRST + ahead * DAY)
    assert (found.cable, found.connection) == right


def test_the_log_of_it_gives_the_same_members_and_a_settled_day_stays_as_it_was():
    messages = plainly()
    at = next(i for i, one in enumerate(messages) if isinstance(one, live.Settle)) + 1
    state, _ = folded(messages[:at])
    member = whom(state)
    word = live.Changed(member, FIRST + 5 * DAY, elsewhere(state, member), OTHER_SIZE)
    assert live.from_event(live.to_event(word)) == word
    after, _ = live.apply(state, word)
    settled, effects = live.apply(after, live.Settle(FIRST))
    (done,) = effects
    assert len(done.postings) == 0
    assert settled.day(FIRST).members == state.day(FIRST).members
    rest = [one for one in messages[at:] if not isinstance(one, live.Joined)]
    assert folded(rest, after)[0].days.keys() == folded(messages)[0].days.keys()
