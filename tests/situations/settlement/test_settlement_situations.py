"""Evenings and years with a known outcome, worked out by hand or taken from a standard."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from laag.adapters import facts
from laag.foundation.money import as_euros, cents
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement import books, day
from laag.settlement.allocate import by_cause
from laag.settlement.books import Accounts
from laag.settlement.charges import Terms, charges
from laag.settlement.estimate import filled, week_earlier
from laag.settlement.flexibility import uftp_units
from laag.settlement.policy import named, retail_ticks
from laag.settlement.sums import own

HERE = Path(__file__).parent
SITUATIONS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))}


def of_kind(kind):
    return pytest.mark.parametrize(
        "case", [pytest.param(s, id=n) for n, s in SITUATIONS.items() if s["kind"] == kind]
    )


def with_vat(units):
    return as_euros(cents(units * 121 // 100) * 10**6).quantize(Decimal("0.01"))


@of_kind("retail_year")
def test_a_year_at_a_supplier(case):
    """Half of the year's offtake and feed-in in each of two quarter-hours; what matters is their sum."""
    given, expected = case["given"], case["expected"]
    policy = named(given["policy"])
    known = facts.load(policy.facts_day)
    halves = np.array([[given["offtake_kwh"] * 500] * 2 + [-given["fed_in_kwh"] * 500] * 2])
    prices = retail_ticks(policy, known, np.zeros(4, np.int64))
    nothing = np.zeros(4, np.int64)
    settled, _ = day.retail(Accounts(("ann",)), halves, *prices, halves[0], nothing, nothing)
    charged = charges(own(settled, 0), "3x25A", Terms(policy, known, date(2026, 1, 1), 365))
    netted = charged.netted_wh * int(prices[0][0])
    offtake = int(settled.bought_units.sum()) - netted + charged.tax_units
    left_over = int(settled.sold_units.sum()) + netted + charged.netting_units
    assert with_vat(offtake) == Decimal(expected["offtake"])
    assert cents(left_over) == Decimal(expected["feed_in"]) * 100
    assert with_vat(charged.feed_in_cost_units) == Decimal(expected["feed_in_cost"])
    paid = int(settled.charged_units.sum()) + charged.netting_units
    assert paid + charged.tax_units == offtake + left_over, (
        "netting moves money between lines, and makes none"
    )


@of_kind("uftp")
def test_settling_a_flex_order(case):
    given = case["given"]
    allocated = np.array(given["allocated"])
    baseline, bought = (np.full(len(allocated), given[name]) for name in ("baseline", "bought"))
    paid = uftp_units(baseline, bought, allocated, given["price"], given["penalty"])
    assert paid.tolist() == case["expected"]["eur"]


@of_kind("deviation")
def test_other_than_agreed(case):
    given = case["given"]
    agreed, metered = (np.array(given[name])[:, None] for name in ("agreed", "metered"))
    price, imbalance, levy = (
        np.array([round(given[name] * scale)])
        for name, scale in (("price", 10_000), ("imbalance", 100), ("levy", 100))
    )
    off = by_cause(agreed, metered, price, imbalance, levy, np.arange(2))
    assert off.units[:, 0].tolist() == case["expected"]["units"]


@pytest.mark.parametrize("quarters", [92, 100])
def test_a_clock_change_day_settles_in_its_own_length(quarters):
    grid = PtuGrid.day({92: date(2025, 3, 30), 100: date(2025, 10, 26)}[quarters], AMSTERDAM)
    policy = named("dynamic-2027")
    known = facts.load(policy.facts_day)
    day_ahead = 5000 + 10 * np.arange(len(grid))
    metered = np.full((2, len(grid)), 250)
    settled, postings = day.retail(
        Accounts(("ann", "bob")),
        metered,
        *retail_ticks(policy, known, day_ahead),
        metered.sum(axis=0),
        day_ahead * metered.sum(axis=0),
        day_ahead,
    )
    assert len(np.unique(postings.ptu)) == quarters
    assert settled.bought_units.sum() == 2 * 250 * (day_ahead + 1570).sum()


def test_a_missing_reading_is_estimated_and_later_put_right():
    """Bob's meter is silent at six; a week ago he took 400 Wh; in truth it was 650."""
    street = Accounts(("ann", "bob"))
    grid = PtuGrid.day(date(2025, 4, 2), AMSTERDAM)
    six = 72
    week_ago = np.arange(-672, 96)
    last_week = np.where(week_ago == six - (672 - 4), 400, 100)[week_earlier(grid, AMSTERDAM) + 672]
    truth = np.full((2, 96), 300)
    truth[1, six] = 650
    missing = np.zeros((2, 96), np.bool_)
    missing[1, six] = True
    agreed = np.full((2, 96), 300)
    known = filled(
        np.where(missing, 0, truth), missing, agreed, np.broadcast_to(last_week, (2, 96)), ~missing
    )
    assert known.wh[1, six] == 400

    def settled(metered):
        price = np.full(96, 12_140)
        short = metered.sum(axis=0) * 8000
        return day.retail(street, metered, price, price, metered.sum(axis=0), short, price)[1]

    estimate, right = settled(known.wh), settled(truth)
    correction = books.corrected(estimate, right)
    books.check(correction)
    assert set(correction.ptu.tolist()) == {six}
    ann, bob = range(2)
    assert correction.amount_units[correction.account == bob].tolist() == [-400 * 12_140, 650 * 12_140]
    assert sum(correction.amount_units[correction.account == ann]) == 0
    everything = books.joined([estimate, correction])
    assert books.totals(street, everything) == books.totals(street, right)
