"""Bills: lines that sum to the total, totals that are the accounts, and a reason on each."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Lang
from laag.settlement import books
from laag.settlement.billing import Outside, bills
from laag.settlement.books import Accounts
from laag.settlement.charges import Terms
from laag.settlement.insight import MemberPeriod, Stays
from laag.settlement.policy import POLICIES

STREET = Accounts(("ann", "bob", "cas"))
DAY = PtuGrid.day(date(2025, 6, 11), AMSTERDAM)
energies = arrays(np.int64, (3, 96), elements=st.integers(-3000, 3000))
ticks = arrays(np.int64, (96,), elements=st.integers(-20_000, 60_000))


def billed(live, name, planned, metered, day_ahead, devices=None, **said):
    policy = POLICIES[name]
    known = facts.load(policy.facts_day)
    lived = live(STREET, policy, known, planned, metered, day_ahead, day_ahead + 3000, day_ahead - 3000)
    members = [
        MemberPeriod(member, lived.buy_centiticks, lived.sell_centiticks, **(devices or {}), **said)
        for member in STREET.members
    ]
    outside = Outside(lived.landed_ticks, lived.export_ticks) if policy.has_market else None
    made, period = bills(STREET, lived.settled, members, Terms.over(DAY, policy, known), DAY, outside)
    return made, books.joined([lived.postings, period])


@pytest.mark.parametrize("name", POLICIES)
@given(planned=energies, metered=energies, day_ahead=ticks)
def test_bills_are_the_accounts_in_whole_cents(live, name, planned, metered, day_ahead):
    made, postings = billed(live, name, planned, metered, day_ahead)
    books.check(postings)
    total = books.totals(STREET, postings)
    assert books.unreconciled({bill.member: bill.total_units for bill in made}, total) == {}
    for bill in made:
        assert bill.total_units % 10**6 == 0
        assert sum(line.amount_units for line in bill.lines[:-1]) == bill.total_units


@pytest.mark.parametrize("name", POLICIES)
@given(planned=energies, metered=energies, day_ahead=ticks)
def test_each_line_gives_its_reason_in_both_languages(live, name, planned, metered, day_ahead):
    made, _ = billed(live, name, planned, metered, day_ahead, {"pv_wh": np.minimum(metered[0], 0)})
    for line in made[0].lines:
        for said in (line.text, line.because):
            assert said.nl
            assert said.en
            assert "{" not in said.nl + said.en
        assert bool(line.counterfactual.nl) == bool(line.counterfactual.en)


@given(planned=energies, day_ahead=ticks)
def test_between_the_gateways_prices_no_neighbour_is_worse_off_for_trading(live, planned, day_ahead):
    made, _ = billed(live, "layered", planned, planned, day_ahead)
    for bill in made:
        total = bill.lines[-1]
        # A unit per quarter-hour may be lost to the floor of a pool.
        assert total.counterfactual_units >= total.amount_units - 2 * 96 * 121


@given(planned=energies, metered=energies, day_ahead=ticks)
def test_the_tax_lines_are_the_tax_account_but_for_the_tax_that_deviations_cause(
    live, planned, metered, day_ahead
):
    made, postings = billed(live, "layered", planned, metered, day_ahead)
    lines = [
        line.amount_units for bill in made for line in bill.lines if line.code in {"energy_tax", "reduction"}
    ]
    imported = [np.maximum(wh.sum(axis=0), 0).sum() for wh in (metered, planned)]
    account = books.totals(STREET, postings)["tax/energy"][0]
    assert -account == sum(lines) + 9161 * (imported[0] - imported[1])


def test_a_quiet_home_still_pays_for_its_connection(live):
    nothing = np.zeros((3, 96), np.int64)
    made, _ = billed(live, "layered", nothing, nothing, np.full(96, 8000))
    codes = [line.code for line in made[0].lines]
    assert codes == ["network", "fixed_fee", "reduction", "vat", "rounding", "total"]


def test_an_estimated_reading_is_said_on_the_bill(live):
    some = np.full((3, 96), 100)
    made, _ = billed(live, "dynamic-2027", some, some, np.full(96, 8000), estimated=4)
    assert "4" in made[0].line("estimated").because.to(Lang.NL)


def test_a_car_says_what_waiting_saved(live):
    price = np.where(np.arange(96) < 30, 2000, 20_000)
    flow = np.zeros(96, np.int64)
    flow[20:24] = 1000
    taken = np.tile(flow, (3, 1))
    stay = Stays(np.array([0]), np.array([40]), 2750)
    made, _ = billed(live, "dynamic-2027", taken, taken, price, {"ev_wh": flow, "stays": stay})
    line = made[0].line("ev_shift")
    assert line.amount_units == 0
    assert line.counterfactual.en == "Charging at once on arrival would have cost the same."


def test_a_line_that_is_not_there_is_answered_with_those_that_are(live):
    some = np.full((3, 96), 100)
    made, _ = billed(live, "law-2027", some, some, np.full(96, 8000))
    with pytest.raises(BadInput, match="no line 'market_sale'; its lines are supply, energy_tax"):
        made[0].line("market_sale")


def test_members_out_of_order_are_refused(live):
    some = np.full((3, 96), 100)
    policy = POLICIES["law-2027"]
    known = facts.load(policy.facts_day)
    lived = live(STREET, policy, known, some, some, *np.full((3, 96), 8000))
    backwards = [
        MemberPeriod(m, lived.buy_centiticks, lived.sell_centiticks) for m in reversed(STREET.members)
    ]
    with pytest.raises(BadInput, match="in the order of the accounts"):
        bills(STREET, lived.settled, backwards, Terms.over(DAY, policy, known), DAY)


@pytest.mark.parametrize("name", POLICIES)
def test_each_charge_is_compared_with_something(live, name):
    """But rounding, a total that nothing is compared with, and what a fixed contract price makes of the offtake."""
    planned = np.tile(np.where(np.arange(96) < 48, 400, -300), (3, 1))
    made, _ = billed(live, name, planned, planned + 50, np.full(96, 8000))
    uncompared = {
        line.code for line in made[0].lines if not (line.counterfactual.nl and line.counterfactual.en)
    }
    assert uncompared <= {"rounding", "total", "supply", "feed_in"}
