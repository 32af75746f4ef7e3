"""One line at length: what, why, by which rule, from which figures, and how sure those are."""

from datetime import date

import numpy as np
import pytest

from laag.adapters import facts
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement import explain
from laag.settlement.billing import bills
from laag.settlement.books import Accounts
from laag.settlement.charges import Terms
from laag.settlement.insight import MemberPeriod
from laag.settlement.policy import POLICIES

DAY = PtuGrid.day(date(2027, 2, 3), AMSTERDAM)


@pytest.fixture(scope="module")
def bill(live):
    policy = POLICIES["law-2027"]
    known = facts.load(policy.facts_day)
    street = Accounts(("ann",))
    metered = np.where(np.arange(96) % 4, 500, -300)[None, :]
    lived = live(street, policy, known, metered, metered, *np.full((3, 96), 8000))
    members = [MemberPeriod("ann", lived.buy_centiticks, lived.sell_centiticks)]
    made, _ = bills(street, lived.settled, members, Terms.over(DAY, policy, known), DAY)
    return made[0]


def test_a_proposal_is_called_a_proposal(bill):
    assert "een voorstel, nog geen wet" in explain.line(bill, "energy_tax", "nl")
    assert "energy tax 8.8 ct/kWh" in explain.line(bill, "energy_tax", "en")


def test_feed_in_is_explained_by_the_floor_and_compared_with_netting(bill):
    said = explain.line(bill, "feed_in", "en")
    assert "You fed in 7.2 kWh at 6.1 ct/kWh on average." in said
    assert "With netting, as until 2027, this would have saved you €1.39 more." in said
    assert "minimum feed-in compensation 50%; holds from 2027-01-01; source: Act of 18-12-2024" in said


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_line_of_a_bill_can_be_explained(bill, lang):
    for line in bill.lines:
        said = explain.line(bill, line.code, lang)
        assert len(said.splitlines()) >= 4
        assert "law-2027" in said


def test_a_bill_over_part_of_a_year_says_so(bill):
    assert "2027-02-03 through 2027-02-03 (1 day)" in explain.line(bill, "total", "en")


def test_every_shipped_figure_can_be_named():
    for year in range(2018, 2028):
        for figure in facts.load(date(year, 8, 1)).figures.values():
            for lang in explain.Lang:
                assert figure.source in explain.figure(figure, lang)
