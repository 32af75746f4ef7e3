"""What is earned together: the supplier is made whole, every entry sums to zero, and each bill says it in a sentence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Lang
from laag.settlement import books, explain
from laag.settlement.billing import Outside, bills
from laag.settlement.books import ENTRIES_PER_REVISION, PARTIES, SHELF, Accounts, Cause
from laag.settlement.charges import Terms
from laag.settlement.insight import MemberPeriod
from laag.settlement.policy import POLICIES
from laag.settlement.pooled import Share, earned_units, pooled, shared

STREET = Accounts(("ann", "bob", "cas"))
LAYERED = POLICIES["layered"]
FACTS = facts.load(LAYERED.facts_day)
DAY = PtuGrid.day(LAYERED.facts_day, AMSTERDAM)
FEW = settings(max_examples=50)


def row(low, high, ptus=6):
    return arrays(np.int64, (ptus,), elements=st.integers(low, high))


@FEW
@given(row(-50_000, 50_000), row(-50_000, 400_000), row(-200_000, 400_000), row(0, 100_000))
def test_the_fund_gets_what_imbalance_pays_beyond_what_the_supplier_paid(less, day_ahead, surplus, gap):
    posted = pooled(STREET, less, day_ahead, surplus + gap, surplus)
    found = books.totals(STREET, posted)
    earned = int(earned_units(less, day_ahead, surplus + gap, surplus).sum())
    assert found["fund"] == (-earned, 0)
    assert found["gateway"] == (-int(day_ahead @ less), -int(less.sum()))
    assert found["nation/imbalance"][1] == int(less.sum())


@FEW
@given(st.lists(st.integers(-(10**10), 10**10), min_size=3, max_size=3))
def test_what_the_fund_pays_members_get_to_the_last_unit(units):
    found = books.totals(STREET, shared(STREET, dict(zip(STREET.members, units, strict=True))))
    assert [-found[f"member/{name}"][0] for name in STREET.members] == units
    assert found["fund"][0] == sum(units)


def test_causes_beyond_the_first_sixteen_have_numbers_of_their_own():
    """Two thousand years of quarter-hours, and no entry has the number of another."""
    furthest = 2000 * 366 * 96
    numbers = [16 * ptu + cause.number for ptu in (0, 1, furthest) for cause in Cause]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < ENTRIES_PER_REVISION
    assert 16 * furthest + Cause.BAND.number < SHELF


def test_the_parties_around_a_street_are_who_they_were():
    """Printed in tables and committed to ledgers by their names and places."""
    assert PARTIES[0] == "gateway"
    assert PARTIES[-1] == "fund"
    assert len(PARTIES) == 9


def test_a_correction_turns_what_was_shared_round_and_posts_it_anew():
    posted = shared(STREET, {"ann": 50, "bob": -20})
    right = shared(STREET, {"ann": 40, "bob": -20})
    both = books.joined([posted, books.corrected(posted, right)])
    books.check(both)
    assert books.totals(STREET, both) == books.totals(STREET, right)


@pytest.fixture
def billed(live):
    """Ann's bill with this share, and the entries of everybody's."""
    planned, price = np.full((3, len(DAY)), 300), np.full(len(DAY), 9_000)
    lived = live(STREET, LAYERED, FACTS, planned, planned, price, price, price)
    outside = Outside(lived.landed_ticks, lived.export_ticks)

    def of(share):
        ann = MemberPeriod("ann", lived.buy_centiticks, lived.sell_centiticks, share=share)
        members = [ann, *(replace(ann, member=name, share=None) for name in STREET.members[1:])]
        made, postings = bills(STREET, lived.settled, members, Terms.over(DAY, LAYERED, FACTS), DAY, outside)
        return made[0], postings

    return of


SHARES = {
    "gave": Share(412_000_000, 12_300, 41, 9_600_000_000, 160_000_000),
    "did nothing": Share(130_000_000, 0, 0, 9_600_000_000, 160_000_000),
    "of the grid": Share(-55_000_000, 0, 0, 9_600_000_000, 0, from_grid=True, put_units=100_000_000),
    "of the grid, fined": Share(45_000_000, 0, 0, -600_000_000, 0, from_grid=True, put_units=-60_000_000),
    "bore": Share(-30_000_000, 0, 0, -900_000_000, 0),
}


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", SHARES)
def test_a_bill_says_it_in_a_sentence_with_one_comparison(name, lang, billed):
    bill, postings = billed(SHARES[name])
    line = bill.line("shared")
    assert line.amount_units == -SHARES[name].units
    assert line.because.to(lang).endswith(".")
    assert line.counterfactual.to(lang).endswith(".")
    assert explain.line(bill, "shared", lang)
    assert bill.total_units == sum(one.amount_units for one in bill.lines[:-1])
    assert postings.amount_units[postings.cause == Cause.SHARED].sum() == 0


def test_it_is_said_in_these_words(billed):
    line = billed(SHARES["gave"])[0].line("shared")
    assert line.because.en == (
        "In 41 quarter-hours your home used less or more than planned, 12.3 kWh in all, because the country's grid could use it; "
        "of the €96.00 that the neighbourhood earned by that, €4.12 is yours."
    )
    assert line.counterfactual.en == "Had everybody got the same, you would have had €2.52 less."
    assert line.because.nl.startswith(
        "Je huis gebruikte 41 keer een kwartier minder of meer dan gepland, 12,3 kWh"
    )


def test_what_the_grid_operator_paid_goes_in_and_comes_out_in_one_sentence(billed):
    line = billed(SHARES["of the grid"])[0].line("shared")
    assert line.because.en == (
        "For help with the grid the grid operator paid the neighbourhood €96.00, and that goes into one pot: €1.00 of yours went in, and "
        "€0.45 came out for you."
    )
    assert line.counterfactual.en == "Had each kept its own, you would have had €0.55 more."


def test_where_nothing_was_earned_together_a_bill_is_what_it_was(billed):
    bill, postings = billed(None)
    assert "shared" not in {line.code for line in bill.lines}
    assert Cause.SHARED not in set(postings.cause.tolist())
