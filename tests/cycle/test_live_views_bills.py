"""What a member reads of its money is what the books say, to the last unit, and says nothing of anybody else."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle import living_street
from tests.cycle.any_street import FIRST, PLACE, Street, after, streets

from laag.adapters import facts
from laag.cycle import live
from laag.cycle.live import views
from laag.foundation.contracts import ANY_PRICE
from laag.foundation.errors import BadInput
from laag.settlement.books import check
from laag.settlement.policy import POLICIES

DAY = timedelta(days=1)


def booked(state, member, days):
    """What was posted for a member on these days."""
    total = 0
    for day in days:
        known = state.day(day)
        names = [one.member for one in known.members]
        if member in names:
            mine = known.posted.account == names.index(member)
            total += int(known.posted.amount_units[mine].sum())
    return total


def said(*sentences):
    """Both languages, with every number filled in."""
    for one in sentences:
        assert one.nl
        assert one.en
        assert "{" not in one.nl + one.en


@given(streets())
@settings(max_examples=25)
def test_every_bill_is_what_was_posted_for_its_days_and_its_period(street):
    state = after(street.messages())
    lived = views.period(state, FIRST, street.last)
    bills, postings = views.bills(lived)
    check(postings)
    for row, one in enumerate(bills):
        of_period = int(postings.amount_units[postings.account == row].sum())
        assert one.total_units == booked(state, one.member, street.dates) + of_period
        assert one.total_units % 1_000_000 == 0
        assert sum(line.amount_units for line in one.lines[:-1]) == one.total_units


@given(streets())
@settings(max_examples=25)
def test_quarter_hours_sum_to_days_and_days_to_the_lines_of_the_bill(street):
    state = after(street.messages())
    for member in street.members:
        bill = views.bill(state, member, FIRST, street.last)
        for total in bill.days:
            lived = views.day_of(state, member, total.day)
            assert int(lived.moments.units.sum()) == lived.units == total.units
            assert sum(line.amount_units for line in lived.lines) == lived.units
            assert booked(state, member, [total.day]) == lived.units
            assert total.taken_wh - total.given_wh == int(lived.moments.metered_wh.sum())
        energy = sum(line.amount_units for line in views.energy_lines(bill.bill))
        assert energy == sum(total.units for total in bill.days)


def test_the_bill_of_a_simulated_street_is_what_was_posted_for_it():
    state, _ = living_street.folded(living_street.plainly())
    days = [living_street.FIRST + n * DAY for n in range(living_street.DAYS)]
    bills, postings = views.bills(views.period(state, days[0], days[-1]))
    for row, one in enumerate(bills):
        of_period = int(postings.amount_units[postings.account == row].sum())
        assert one.total_units == booked(state, one.member, days) + of_period


@given(streets(homes=5), st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_who_joined_first_changes_nobodys_bill(street, random):
    state = after(street.messages())
    mixed = after(street.messages(random.sample(street.joins(), street.homes)))
    for member in street.members:
        ours, theirs = (views.bill(one, member, FIRST, street.last) for one in (state, mixed))
        assert ours == theirs
    rules = other_rules()
    ours, theirs = (views.benefit(views.period(one, FIRST, street.last), rules) for one in (state, mixed))
    assert ours.members == theirs.members
    assert np.array_equal(ours.paid_units, theirs.paid_units)


@given(streets(homes=4))
@settings(max_examples=15)
def test_what_is_shown_to_one_names_no_other(street):
    state = after(street.messages())
    lived = views.period(state, FIRST, street.last)
    compared = views.benefit(lived, other_rules())
    for member in street.members:
        others = set(street.members) - {member}
        shown = (
            views.bill(state, member, FIRST, street.last),
            views.day_of(state, member, FIRST),
            compared.of(member),
            views.like_mine(state, member, FIRST, street.last),
            views.export(state, map(live.to_event, street.messages()), member),
        )
        for one in shown:
            assert not [name for name in others if name in repr(one)]
    assert not [name for name in street.members if name in repr(compared.together())]


@given(streets(silent=True, late=True))
@settings(max_examples=20)
def test_what_a_correction_changed_is_the_difference_between_two_bills(street):
    state, first = live.begin(PLACE), {}
    for message in street.messages():
        state, _ = live.apply(state, message)
        if isinstance(message, live.Settle):
            first.setdefault(message.day, state)
    for day in street.dates:
        for member in street.members:
            was, now = views.day_of(first[day], member, day), views.day_of(state, member, day)
            assert sum(one.units for one in now.corrections) == now.units - was.units
            changed = int((now.moments.metered_wh - was.moments.metered_wh).sum())
            assert sum(one.energy_wh for one in now.corrections) == changed
            assert all(one.revision == 2 for one in now.corrections)
            assert not was.corrections
            said(*(one.because for one in now.corrections))


def test_an_estimated_quarter_hour_is_marked_until_it_is_measured():
    street = Street(3, 1, 7, silent=True)
    member = street.members[0]
    bill = views.bill(after(street.messages()), member, FIRST, FIRST)
    lived = views.day_of(after(street.messages()), member, FIRST)
    assert bill.days[0].estimated == len(lived.moments.estimated) > 0
    assert str(bill.days[0].estimated) in bill.bill.line("estimated").because.en
    silent = int(lived.moments.estimated[0])
    assert "The meter was silent" in lived.moments.because(silent).en
    corrected = views.bill(after(replace(street, late=True).messages()), member, FIRST, FIRST)
    assert corrected.days[0].estimated == 0
    assert corrected.days[0].corrected
    assert not [line for line in corrected.bill.lines if line.code == "estimated"]


def test_the_biggest_moments_come_first_and_each_is_said_in_both_languages():
    street = Street(5, 2, 3, silent=True)
    state = after(street.messages())
    for member in street.members:
        told = views.day_of(state, member, FIRST, count=96).told
        assert [abs(one.units) for one in told] == sorted((abs(one.units) for one in told), reverse=True)
        said(*(one.because for one in told))


def test_the_price_of_a_quarter_hour_is_what_a_traded_wh_cost():
    street = Street(6, 1, 3)
    state = after(street.messages())
    for member in street.members:
        moments = views.day_of(state, member, FIRST).moments
        buys, sells = moments.bought_wh > 0, (moments.bought_wh == 0) & (moments.sold_wh > 0)
        cost = moments.bought_units - moments.price_ticks * moments.bought_wh
        earned = -moments.sold_units - moments.price_ticks * moments.sold_wh
        assert (cost[buys] >= 0).all()
        assert (cost[buys] < moments.bought_wh[buys]).all()
        assert (earned[sells] < moments.sold_wh[sells]).all()
        idle = ~buys & ~sells
        assert np.array_equal(moments.price_ticks[idle], moments.local_ticks[idle])


def test_who_joins_later_pays_for_its_own_days_only():
    street = Street(3, 3, 5)
    newcomer = live.Joined("newcomer", FIRST + 2 * DAY, "north", "1x25A")
    state = after([*street.joins(), newcomer, *street.messages([])])
    bill = views.bill(state, "newcomer", FIRST, street.last).bill
    others = views.bill(state, street.members[0], FIRST, street.last).bill
    assert (bill.first, bill.last) == (FIRST + 2 * DAY, street.last)
    assert (others.first, others.last) == (FIRST, street.last)
    assert "1x25A" in bill.line("network").because.en
    assert 2.9 < others.line("fixed_fee").amount_units / bill.line("fixed_fee").amount_units < 3.1
    assert views.bill(state, "newcomer", FIRST, FIRST) is None
    assert views.day_of(state, "newcomer", FIRST) is None


def test_a_connection_without_a_tariff_is_refused_with_those_that_have_one():
    why = live.judge(live.begin(PLACE), live.Joined("ann", FIRST, connection="3x999A"))
    assert "3x25A" in why.en
    assert "geen tarief" in why.nl


def test_who_was_away_between_pays_for_the_days_it_was_there():
    street = Street(2, 1, 5)
    second, third = FIRST + DAY, FIRST + 2 * DAY
    away, rest = street.members
    messages = [*street.messages(), live.Left(away, FIRST)]
    alone = replace(street, homes=2)
    for number, day in enumerate((second, third), 1):
        if day == third:
            messages.append(live.Joined(away, third, "north"))
        told = [
            one for one in alone.day(day, 10 * number) if day == third or getattr(one, "member", rest) == rest
        ]
        messages += told
    state = after(messages)
    bill = views.bill(state, away, FIRST, third)
    assert [one.day for one in bill.days] == [FIRST, third]
    assert (bill.bill.first, bill.bill.last) == (FIRST, third)
    assert "2 days" in bill.bill.line("fixed_fee").because.en


def test_days_that_wait_are_named_and_not_billed():
    street = Street(2, 2, 1)
    messages = [
        one
        for one in street.messages()
        if not (isinstance(one, live.Settle | live.Imbalanced) and one.day == street.last)
    ]
    bill = views.bill(after(messages), street.members[0], FIRST, street.last)
    assert bill.waiting == (street.last,)
    assert [one.day for one in bill.days] == [FIRST]
    assert views.bill(after(street.joins()), street.members[0], FIRST, street.last) is None


def other_rules():
    return tuple(
        views.Rules(POLICIES[name], facts.load(POLICIES[name].facts_day))
        for name in ("dynamic-2027", "netting-2026")
    )


@given(st.integers(0, 2**32))
@settings(max_examples=10)
def test_a_street_in_which_nobody_sells_pays_what_the_same_dynamic_contract_asks(seed):
    """The gateway's fee is taken equal to a contract's mark-up: without trade there is no benefit and no loss."""
    rng = np.random.default_rng(seed)
    messages = [live.Joined(name, FIRST) for name in ("ann", "bob")]
    ptu = np.arange(96)
    used = {name: rng.integers(1, 900, 96) for name in ("ann", "bob")}
    for name, wh in used.items():
        rows = live.Rows(0 * ptu, ptu, 0 * ptu + 1, wh, 0 * ptu + ANY_PRICE)
        messages.append(live.Ordered(name, FIRST, 0, rows))
    ticks = rng.integers(-3_000, 20_000, 96)
    messages += [live.Closed(FIRST), live.Priced(FIRST, ticks, "exchange")]
    messages += [live.Metered(name, FIRST, 1, ptu, wh) for name, wh in used.items()]
    messages += [live.Imbalanced(FIRST, ticks, ticks, "operator"), live.Settle(FIRST)]
    state = after(messages)
    rules = views.Rules(POLICIES["dynamic-2027"], state.neighbourhood.terms.facts)
    compared = views.benefit(views.period(state, FIRST, FIRST), (rules,))
    assert compared.of("ann").benefit_units("dynamic-2027") == 0
    assert compared.together().benefit_units("dynamic-2027") == 0


def test_a_benefit_is_said_with_what_it_does_not_count():
    street = Street(4, 2, 9)
    state = after(street.messages())
    compared = views.benefit(views.period(state, FIRST, street.last), other_rules())
    together = compared.together()
    each = [compared.of(member) for member in street.members]
    assert together.paid_units == sum(one.paid_units for one in each)
    for name in ("dynamic-2027", "netting-2026"):
        assert together.benefit_units(name) == sum(one.benefit_units(name) for one in each)
    assert "left out" in each[0].said[-1].en
    said(*together.said, *each[0].said)
    bills, _ = views.bills(views.period(state, FIRST, street.last))
    assert all(
        abs(one.total_units - mine.paid_units) < 1_000_000 for one, mine in zip(bills, each, strict=True)
    )
    assert compared.of("stranger") is None


def test_rules_with_a_market_of_their_own_are_not_compared_by_meters_alone():
    with pytest.raises(BadInput, match="needs orders of its own"):
        views.Rules(POLICIES["layered"], facts.load(POLICIES["layered"].facts_day))


def test_days_before_anybody_joined_are_on_no_bill_and_break_none():
    empty = [
        message
        for message in Street(homes=0, days=1, seed=1).day(FIRST, 0)
        if not isinstance(message, live.Ordered | live.Metered)
    ]
    state = after(empty)
    assert state.day(FIRST).settled is not None
    assert views.period(state, FIRST, FIRST) is None
    state = after([*empty, live.Joined("ann", FIRST + timedelta(days=1))])
    for message in Street(homes=0, days=2, seed=1).day(FIRST + timedelta(days=1), 0):
        state, _ = live.apply(state, message)
    last = FIRST + timedelta(days=1)
    lived = views.period(state, FIRST, last)
    assert lived.days == (last,)
    assert views.benefit(lived, other_rules()).together().days == 1
    assert views.bill(state, "ann", FIRST, last).days == views.bill(state, "ann", last, last).days
