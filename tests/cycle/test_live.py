"""A neighbourhood that lives by small messages comes out where a simulated one does, and loses and repeats nothing."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.living_street import DAYS, FIRST, PARTS, folded, place, plainly, simulated, told

from laag.adapters.stores import SqliteLog
from laag.cycle import live
from laag.cycle.live.fold import Cleared
from laag.foundation.contracts import ANY_PRICE
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event
from laag.settlement.books import Postings, check, standing
from laag.settlement.estimate import Method


def same_postings(ours, theirs):
    return all(
        np.array_equal(getattr(ours, name), getattr(theirs, name)) for name in Postings.__dataclass_fields__
    )


def settled_days(effects):
    return [one for one in effects if isinstance(one, live.DaySettled)]


def test_a_living_street_clears_and_books_what_a_simulated_one_does():
    _, _, days = simulated()
    _, effects = folded(plainly())
    assert not [one for one in effects if isinstance(one, live.Refused)]
    cleared = [one for one in effects if isinstance(one, Cleared)]
    assert [one.day for one in cleared] == [one.day for one in days]
    for ours, theirs in zip(cleared, days, strict=True):
        assert np.array_equal(ours.market.cleared_wh, theirs.market.cleared_wh)
        assert np.array_equal(ours.market.buyer_centiticks, theirs.market.buyer_centiticks)
    for ours, theirs in zip(settled_days(effects), days, strict=True):
        assert same_postings(ours.postings, theirs.postings)
        check(ours.postings)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_within_a_moment_it_does_not_matter_who_speaks_first(random):
    joins, *moments = told()
    mixed = [random.sample(moment, len(moment)) for moment in moments]
    _, effects = folded([*joins, *(message for moment in mixed for message in moment)])
    _, usual = folded(plainly())
    for ours, theirs in zip(settled_days(effects), settled_days(usual), strict=True):
        assert same_postings(ours.postings, theirs.postings)


def test_prices_that_come_before_the_gate_closes_clear_the_same():
    moments = told()
    at = [place for place, moment in enumerate(moments) if isinstance(moment[0], live.Closed)]
    for which in at:
        moments = [*moments[:which], moments[which + 1], moments[which], *moments[which + 2 :]]
    _, effects = folded(message for moment in moments for message in moment)
    _, usual = folded(plainly())
    for ours, theirs in zip(settled_days(effects), settled_days(usual), strict=True):
        assert same_postings(ours.postings, theirs.postings)


def test_every_message_comes_back_from_the_log_and_gives_the_same_state():
    with SqliteLog(":memory:") as log:
        log.append([live.to_event(message) for message in plainly()])
        again = [live.from_event(event) for event in log.events()]
    _, effects = folded(again)
    _, usual = folded(plainly())
    for ours, theirs in zip(settled_days(effects), settled_days(usual), strict=True):
        assert same_postings(ours.postings, theirs.postings)


def test_an_event_of_a_newer_version_is_not_guessed_at():
    with pytest.raises(BadInput, match="does not know"):
        live.from_event(Event("teleported", "no-12", {}, {}))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_sent_twice_counts_once(data):
    messages = plainly()
    at = data.draw(st.integers(0, len(messages) - 1))
    twice = messages[at]
    state, _ = folded(messages)
    after, effects = live.apply(state, twice)
    if isinstance(twice, live.Settle):
        (again,) = effects
        assert len(again.postings) == 0
    elif isinstance(twice, live.Priced | live.Imbalanced):
        assert after.days.keys() == state.days.keys()
    else:
        (refused,) = effects
        assert isinstance(refused, live.Refused)
        assert after is state


def one_day(upto):
    """The messages of the first day up to a kind, that kind left out."""
    found = []
    for message in plainly():
        if isinstance(message, upto):
            return found
        found.append(message)
    return found


def rows(**columns):
    usual = {"device": [0], "ptu": [5], "side": [1], "quantity_wh": [100], "limit_ticks": [9_000]}
    return live.Rows(*(np.array((usual | columns)[name]) for name in PARTS))


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"ptu": [96]}, "quarter-hours 0 to 95"),
        ({"ptu": [-1]}, "quarter-hours 0 to 95"),
        ({"side": [-1]}, "neither to buy"),
        ({"quantity_wh": [0]}, "outside 1 to"),
        ({"quantity_wh": [10**9]}, "outside 1 to"),
        ({"limit_ticks": [2 * ANY_PRICE]}, "beyond any price"),
        ({"device": [99]}, "device that is not known"),
        ({"ptu": [5, 6]}, "differ in length"),
        ({name: [value] * 100 for name, value in zip(PARTS, (0, 5, 1, 1, 9_000), strict=True)}, "100 orders"),
    ],
)
def test_orders_that_cannot_be_meant_are_refused_with_a_way_out(columns, says):
    state, _ = folded(one_day(live.Ordered))
    member = next(iter(state.members))
    after, (refused,) = live.apply(state, live.Ordered(member, FIRST, 0, rows(**columns)))
    assert says in refused.why.en
    assert after is state


def test_the_last_list_before_the_gate_counts_whole():
    state, _ = folded(one_day(live.Closed))
    member = next(iter(state.members))
    state, effects = live.apply(state, live.Ordered(member, FIRST, 900, rows()))
    assert not effects
    state, _ = live.apply(state, live.Closed(FIRST))
    prices = live.Priced(FIRST, np.full(96, 8_000), "exchange")
    _, (cleared,) = live.apply(state, prices)
    first = cleared.market.orders.member == 0
    assert cleared.market.orders.quantity_wh[first].tolist() == [100]


def test_after_the_gate_nobody_orders_joins_or_leaves_for_that_day():
    state, _ = folded(one_day(live.Priced))
    member = next(iter(state.members))
    for message, says in (
        (live.Ordered(member, FIRST, 900, rows()), "the gate of 2026-03-28 is closed"),
        (live.Joined("newcomer", FIRST), "the gate of 2026-03-28 is closed"),
        (live.Left(member, FIRST - timedelta(days=1)), "no member"),
        (live.Closed(FIRST), "closed already"),
    ):
        after, (refused,) = live.apply(state, message)
        assert says in refused.why.en
        assert after is state


def test_a_stranger_and_a_wrong_cable_are_refused():
    state = live.begin(place())
    assert "no member" in live.judge(state, live.Ordered("stranger", FIRST, 0, rows())).en
    assert "no cable" in live.judge(state, live.Joined("newcomer", FIRST, "moon")).en


def test_a_day_is_not_settled_before_all_is_known_of_it():
    for upto, says in (
        (live.Closed, "gate is still open"),
        (live.Priced, "day-ahead prices"),
        (live.Imbalanced, "imbalance"),
    ):
        state, _ = folded(one_day(upto))
        assert says in live.judge(state, live.Settle(FIRST)).en


def test_day_ahead_prices_are_final_and_as_long_as_the_day():
    state, _ = folded(plainly())
    assert "final" in live.judge(state, live.Priced(FIRST, np.full(96, 1), "exchange")).en
    spring = FIRST + timedelta(days=1)
    fresh = live.begin(place())
    assert "92 quarter-hours" in live.judge(fresh, live.Priced(spring, np.full(96, 1), "exchange")).en


def silent(member, day=FIRST):
    """The run in which one meter said nothing of a day."""
    return [
        one
        for one in plainly()
        if not (isinstance(one, live.Metered) and (one.member, one.day) == (member, day))
    ]


def test_a_silent_meter_is_taken_to_have_done_as_agreed_and_says_so():
    member = simulated()[0].street.homes[0].house.name
    _, effects = folded(silent(member))
    done = settled_days(effects)[0]
    assert (done.readings.method[0] == Method.PLAN).all()
    assert (done.readings.method[1:] == Method.MEASURED).all()
    check(done.postings)


def test_a_late_reading_reverses_what_was_wrong_and_ends_where_it_would_have():
    member = simulated()[0].street.homes[0].house.name
    state, _ = folded(silent(member))
    late = next(one for one in plainly() if isinstance(one, live.Metered) and one.member == member)
    again = live.Settle(FIRST)
    state, more = folded([replace(late, number=10_000), again], state)
    (corrected,) = settled_days(more)
    assert len(corrected.postings) > 0
    check(corrected.postings)
    usual = settled_days(folded(plainly())[1])[0]
    assert same_postings(sorted_by_entry(standing(state.day(FIRST).posted)), sorted_by_entry(usual.postings))


def sorted_by_entry(postings):
    order = np.lexsort(
        (*(getattr(postings, name) for name in reversed(list(Postings.__dataclass_fields__))),)
    )
    return Postings(*(getattr(postings, name)[order] for name in Postings.__dataclass_fields__))


def test_who_leaves_takes_part_until_then_and_may_come_back():
    state, _ = folded(plainly())
    name = next(iter(state.members))
    last = FIRST + timedelta(days=DAYS - 1)
    state, effects = folded([live.Left(name, last), live.Joined(name, last + timedelta(days=3))], state)
    assert not effects
    assert state.takes_part(name, last)
    assert not state.takes_part(name, last + timedelta(days=1))
    assert [one.member for one in state.of_day(last + timedelta(days=3))][-1] == name


def test_a_day_that_is_still_to_come_or_long_gone_is_not_measured():
    state, _ = folded(plainly())
    member = next(iter(state.members))
    one = np.array([0])
    for day, says in (
        (FIRST + timedelta(days=3), "still to come"),
        (FIRST - timedelta(days=60), "no member"),
    ):
        assert says in live.judge(state, live.Metered(member, day, 10_000, one, one)).en
    for later in range(2, 40):
        state, _ = live.apply(state, live.Closed(FIRST + timedelta(days=later)))
    assert "too long ago" in live.judge(state, live.Metered(member, FIRST, 10_000, one, one)).en


def test_nobody_orders_for_another_century():
    state, _ = folded(plainly())
    member = next(iter(state.members))
    assert "at the latest" in live.judge(state, live.Ordered(member, date(2126, 1, 1), 10_000, rows())).en


def test_the_log_says_what_came_of_a_clearing_and_a_settlement():
    _, effects = folded(plainly())
    _, again = folded(plainly())
    said = [live.told_by([one]) for one in effects]
    assert said == [live.told_by([one]) for one in again]
    assert [sorted(one) for one in said[:2]] == [["clearing"], ["charter", "postings", "revision"]]
    assert len({str(one) for one in said}) == len(said)


def test_facts_that_belong_to_an_event_are_kept_beside_the_message():
    message = live.Joined("no-12", FIRST)
    event = live.to_event(message, {"key": "ab12"})
    assert event.facts["key"] == "ab12"
    assert live.from_event(event) == message
