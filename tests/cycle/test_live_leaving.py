"""Members who leave, move, take over and come back: their accounts close, and everybody's together close to zero."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from tests.cycle.living_street import FIRST, folded, plainly, simulated

from laag.cycle import live
from laag.cycle.live import codec
from laag.cycle.live.fold import KEPT_DAYS
from laag.cycle.live.views import bills
from laag.cycle.live.views.bill import bill_alone
from laag.cycle.live.views.final import final_account
from laag.cycle.live.views.past import from_log
from laag.cycle.live.views.period import period

SECOND = FIRST + timedelta(days=1)
AFTER = SECOND + timedelta(days=1)
LONG_AFTER = FIRST + timedelta(days=KEPT_DAYS + 1)
NEW = "m-new"


def name(row=0):
    return simulated()[0].street.homes[row].house.name


def renamed(message, who, to):
    return replace(message, member=to) if getattr(message, "member", "") == who else message


@cache
def handed_over():
    """The first home moves after the first day; the next household joins on the second at the same connection."""
    who, messages = name(), plainly()
    first_settled = next(i for i, one in enumerate(messages) if isinstance(one, live.Settle))
    before = messages[: first_settled + 1]
    orders = next(i for i, one in enumerate(before) if isinstance(one, live.Closed))
    joined = next(one for one in messages if isinstance(one, live.Joined) and one.member == who)
    told = [
        *before[: orders + 1],
        live.Left(who, FIRST, "moved"),
        live.Joined(NEW, SECOND, joined.cable, follows=who),
        *before[orders + 1 :],
        *(renamed(one, who, NEW) for one in messages[first_settled + 1 :]),
    ]
    return (*folded(told), told)


def refusals(effects):
    return [one.why.en for one in effects if isinstance(one, live.Refused)]


def test_who_moves_settles_to_its_last_day_and_who_follows_begins_the_day_after():
    state, effects, _ = handed_over()
    assert refusals(effects) == []
    gone = final_account(state, name(), AFTER)
    assert (gone.bill.first, gone.bill.last) == (FIRST, FIRST)
    assert gone.why.en == "a move, or the home was sold"
    assert gone.closes == FIRST + timedelta(days=KEPT_DAYS)
    assert not gone.is_closed
    assert final_account(state, NEW, AFTER) is None
    assert period(state, FIRST, SECOND).row(NEW) is not None


def test_the_new_household_is_told_nothing_of_the_former():
    state, _, _ = handed_over()
    lived = period(state, FIRST, SECOND)
    bill, _ = bill_alone(lived, NEW)
    assert (bill.first, bill.last) == (SECOND, SECOND)


def test_all_accounts_together_close_to_zero():
    """Those of members that stayed, left and came, and of everybody around them: what one pays another receives."""
    state, _, _ = handed_over()
    lived = period(state, FIRST, SECOND)
    made, posted = bills(lived)
    entries = [posted, *(one.known.posted for one in lived.wholes)]
    members = [len(lived.joined), *(len(one.known.members) for one in lived.wholes)]
    around = sum(
        int(one.amount_units[one.account >= count].sum()) for one, count in zip(entries, members, strict=True)
    )
    assert sum(one.total_units for one in made) + around == 0


def test_a_final_account_is_its_share_of_the_month_to_the_cent():
    """It waits for nobody else's month, and rounds on its own: the fund bears less than a cent of it."""
    state, _, _ = handed_over()
    gone = final_account(state, name(), AFTER)
    lived = period(state, FIRST, SECOND)
    month = {bill.member: bill.total_units for bill in bills(lived)[0]}
    assert gone.bill.total_units % 1_000_000 == 0
    assert abs(gone.bill.total_units - gone.exact_units) <= 500_000
    assert abs(gone.bill.total_units - month[name()]) <= 1_000_000


def test_what_goes_by_the_day_goes_for_the_days_that_one_was_there():
    state, _, _ = handed_over()
    everybody = {bill.member: bill for bill in bills(period(state, FIRST, SECOND))[0]}

    def network(member):
        return sum(one.amount_units for one in everybody[member].lines if one.code == "network")

    assert network(name()) + network(NEW) == network(name(1))


def test_a_reading_that_comes_after_leaving_is_a_closing_correction():
    state, _, _ = handed_over()
    before = final_account(state, name(), AFTER)
    late = live.Metered(name(), FIRST, 10_000, np.array([3, 4]), np.array([900, 900]))
    state, effects = folded([late, live.Settle(FIRST)], state)
    assert refusals(effects) == []
    after = final_account(state, name(), AFTER)
    assert [one.revision for one in after.corrected] == [2]
    assert after.bill.total_units != before.bill.total_units
    done = effects[-1]
    assert int(done.postings.amount_units.sum()) == 0


def test_after_the_days_that_readings_may_be_late_the_account_is_closed():
    state, _, _ = handed_over()
    assert final_account(state, name(), LONG_AFTER).is_closed
    assert "nothing changes any more" in final_account(state, name(), LONG_AFTER).said[0].en


def test_of_days_that_are_not_settled_no_final_account_is_claimed():
    who = name()
    state, _ = folded([*plainly()[:-1], live.Left(who, SECOND)])
    one = final_account(state, who, AFTER)
    assert one.waiting == (SECOND,)
    assert "not the final account yet" in one.said[0].en
    assert not replace(one).is_closed


def test_an_old_account_comes_out_of_the_log_as_it_came_out_of_the_state():
    state, _, told = handed_over()
    place, events = state.neighbourhood, [codec.to_event(one) for one in told]
    past = from_log(place, events, FIRST, FIRST).period
    assert final_account(state, name(), AFTER, lived=past).bill == final_account(state, name(), AFTER).bill


def test_a_connection_has_one_member():
    """Who would be two behind one connection is refused: one connection is one vote and one account."""
    state, _, _ = handed_over()
    _, effects = folded([live.Joined("m-third", AFTER, follows=name())], state)
    assert "a connection has one member" in refusals(effects)[0]


def test_nobody_takes_over_from_who_still_takes_part():
    state, _, _ = handed_over()
    _, effects = folded([live.Joined("m-third", AFTER, follows=NEW)], state)
    assert "let it leave first" in refusals(effects)[0]


def test_whoever_changes_supplier_reads_what_the_law_says_and_may_come_back():
    who = name()
    state, effects = folded(
        [*plainly(), live.Left(who, SECOND, "supplier"), live.Joined(who, AFTER + timedelta(days=3))]
    )
    assert refusals(effects) == []
    state, _ = folded([*plainly(), live.Left(who, SECOND, "supplier")])
    assert any("same supplier" in one.en for one in final_account(state, who, AFTER).said)


def test_what_is_in_the_fund_stays_there():
    state, _, _ = handed_over()
    assert any("takes nothing out of it" in one.en for one in final_account(state, name(), AFTER).said)


@pytest.mark.parametrize(("kind", "lived_in"), [("municipality", False), ("small_firm", True)])
def test_only_where_people_live_or_work_is_there_an_energy_tax_reduction(kind, lived_in):
    messages = plainly()
    joined = messages[0]
    state, effects = folded([replace(joined, kind=kind, lived_in=lived_in), *messages[1:]])
    assert refusals(effects) == []
    made = {one.member: one for one in bills(period(state, FIRST, SECOND))[0]}[joined.member]
    (line,) = (one for one in made.lines if one.code == "reduction")
    assert (line.amount_units < 0) is lived_in
    assert ("nobody lives or works" in line.because.en) is not lived_in


def test_a_small_firm_reads_what_it_pays_without_vat():
    messages, who = plainly(), name()
    state, _ = folded([replace(messages[0], kind="small_firm"), *messages[1:], live.Left(who, SECOND)])
    one = final_account(state, who, AFTER)
    vat = sum(line.amount_units for line in one.bill.lines if line.code == "vat")
    assert one.without_vat_units == one.bill.total_units - vat
    assert any("without it" in said.en for said in one.said)


def test_a_kind_that_nobody_knows_is_refused():
    _, effects = folded([live.Joined("m-1", FIRST, kind="tree")])
    assert "no kind of member" in refusals(effects)[0]


def test_a_log_of_before_members_had_kinds_is_still_read():
    event = codec.to_event(live.Joined("m-1", date(2026, 3, 28)))
    old = replace(
        event, facts={n: v for n, v in event.facts.items() if n not in {"kind", "lived_in", "follows"}}
    )
    assert codec.from_event(old) == live.Joined("m-1", date(2026, 3, 28))
