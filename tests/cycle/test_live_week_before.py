"""A home that sends no orders is a price-taker for what it took in the same hours of last week, and is told so."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, logged

from laag.cycle import live
from laag.cycle.live.views import bill, past
from laag.foundation.contracts import ANY_PRICE
from laag.settlement.books import check
from laag.settlement.estimate import week_earlier

WEEK, DAY = timedelta(days=7), timedelta(days=1)


def forgetful(street, member, day):
    """The same street, but one home sends no list for one day."""
    return [
        one
        for one in street.messages()
        if not (isinstance(one, live.Ordered) and (one.member, one.day) == (member, day))
    ]


def what_it_took(state, member, day):
    """Of the week before, by the wall clock, straight from the meter's days."""
    grid, earlier = PLACE.grid(day), PLACE.grid(day - WEEK)
    known = state.day(day - WEEK)
    found = np.zeros(len(grid), np.int64)
    for ptu, back in enumerate(week_earlier(grid, PLACE.zone).tolist()):
        at = earlier.index(grid[0]) + back
        if 0 <= at < len(earlier) and known.measured[member][at]:
            found[ptu] = known.metered[member][at]
    return found


@given(st.integers(0, 2**32), st.integers(1, 3), st.booleans())
@settings(max_examples=8, deadline=None)
def test_who_sends_no_list_buys_and_sells_last_weeks_hours_at_any_price(seed, homes, silent):
    street = Street(homes, 9, seed, silent)
    member = street.members[0]
    state = after(forgetful(street, member, street.last))
    rows = state.day(street.last).unordered[member]
    wanted = what_it_took(state, member, street.last)
    signed = np.zeros(len(wanted), np.int64)
    signed[rows.ptu] = np.where(rows.side == 1, rows.quantity_wh, -rows.quantity_wh)
    assert signed.tolist() == wanted.tolist()
    assert (np.abs(rows.limit_ticks) == ANY_PRICE).all()
    assert ((rows.limit_ticks > 0) == (rows.side == 1)).all()
    check(state.day(street.last).posted)


def test_across_a_clock_change_it_is_the_hour_on_the_wall_that_counts():
    street = Street(1, 9, 4)
    (member,) = street.members
    summer = FIRST + WEEK + DAY  # a week after the day of 92 quarter-hours
    state = after(forgetful(street, member, summer))
    rows = state.day(summer).unordered[member]
    taken = np.zeros(96, np.int64)
    taken[rows.ptu] = np.where(rows.side == 1, rows.quantity_wh, -rows.quantity_wh)
    last_week = state.day(summer - WEEK).metered[member]
    assert len(last_week) == 92
    assert taken[:8].tolist() == last_week[:8].tolist()
    assert taken[12:].tolist() == last_week[8:].tolist()


def test_who_was_not_measured_last_week_or_sends_an_empty_list_orders_nothing():
    street = Street(2, 1, 7)
    member, other = street.members
    state = after(forgetful(street, member, FIRST))
    assert len(state.day(FIRST).unordered[member]) == 0
    assert other not in state.day(FIRST).unordered
    none = np.zeros(0, np.int64)
    street = Street(2, 9, 7)
    said = forgetful(street, member, street.last)
    gate = next(at for at, one in enumerate(said) if isinstance(one, live.Closed) and one.day == street.last)
    said.insert(gate, live.Ordered(member, street.last, 80, live.Rows(*(none,) * 5)))
    assert member not in after(said).day(street.last).unordered


def test_a_charter_may_leave_the_silent_without_orders():
    street = Street(2, 8, 7)
    member = street.members[0]
    charter = replace(PLACE.terms.charter, silent_order_nothing=True)
    strict = replace(PLACE, terms=replace(PLACE.terms, charter=charter))
    state = after(forgetful(street, member, street.last), live.begin(strict))
    assert len(state.day(street.last).unordered[member]) == 0
    assert not state.day(street.last).market.cleared_wh[0].any()


def test_its_bill_says_so_and_a_home_that_ordered_hears_nothing_of_it():
    street = Street(3, 9, 12)
    member, other = street.members[:2]
    state = after(forgetful(street, member, street.last))
    written = bill(state, member, FIRST, street.last)
    assert written.unordered == (street.last,)
    said = written.bill.line("unordered").because
    assert "1 day" in said.en
    assert "week eerder" in said.nl
    assert all(line.code != "unordered" for line in bill(state, other, FIRST, street.last).bill.lines)


def test_the_log_alone_gives_the_same_orders_for_it_again():
    street = Street(2, 9, 3)
    state, events = logged(forgetful(street, street.members[0], street.last))
    again = past.from_log(PLACE, events, street.last, street.last)
    assert again.again
    assert all(one.same for one in again.again)
    ours = state.day(street.last).unordered[street.members[0]]
    theirs = again.state.day(street.last).unordered[street.members[0]]
    assert ours.quantity_wh.tolist() == theirs.quantity_wh.tolist()
