"""What is charged per period instead of per quarter-hour: netting, tax, network, fees, reduction and VAT.

Yearly amounts are spread over days so that any 365 consecutive days add up to the year, to the last unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple, Self

import numpy as np

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement import bands, books
from laag.settlement.books import MEMBERS, Accounts, Cause, Postings
from laag.settlement.levy import bracket_units, brackets
from laag.settlement.policy import Policy, half_even, net_value, without_vat
from laag.settlement.sums import Own
from laag.settlement.tariff import Facts

DAYS_PER_YEAR = 365


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a period is charged."""

    policy: Policy
    facts: Facts
    first: date
    days: int
    dso: str = "Liander"
    one_price: bool = True
    """Whether the local market has one price per cable and quarter-hour; under bilateral rules everybody has their own."""

    @classmethod
    def over(
        cls, grid: PtuGrid, policy: Policy, facts: Facts, dso: str = "Liander", zone: tzinfo = AMSTERDAM
    ) -> Self:
        """The local days that a run covers."""
        days = grid.local_days(zone)
        return cls(policy, facts, days[0][0], len(days), dso)

    def share_of(self, yearly_units: int) -> int:
        """This period's part of a yearly amount."""
        before = self.first.toordinal()
        return yearly_units * (before + self.days) // DAYS_PER_YEAR - yearly_units * before // DAYS_PER_YEAR


class ByTheDay(NamedTuple):
    """What is charged whatever is used, in units."""

    network_units: int
    fixed_fee_units: int
    reduction_units: int


@dataclass(frozen=True, slots=True)
class Charges:
    """One member's period, in units: pays (+) or receives (-), all without VAT but ``vat_units``."""

    netted_wh: int
    """Feed-in set off against offtake."""
    netting_units: int
    """What netted feed-in earns more than the plain compensation it was already given."""
    taxed_wh: int
    tax_units: int
    feed_in_cost_units: int
    network_units: int
    fixed_fee_units: int
    reduction_units: int
    beyond_agreed_units: int
    """The part of the deviations on which VAT is due."""
    vat_base_units: int
    vat_units: int
    shared_units: int = 0
    """Of what was earned together; below zero is received. No supply, so no VAT."""

    @property
    def total_units(self) -> int:
        """All of it together."""
        return (
            self.netting_units
            + self.tax_units
            + self.feed_in_cost_units
            + self.network_units
            + self.fixed_fee_units
            + self.reduction_units
            + self.vat_units
            + self.shared_units
        )


def charges(
    one: Own,
    connection: str,
    terms: Terms,
    earlier: Sequence[tuple[str, int]] = (),
    earned_permille: int = 0,
) -> Charges:
    """What a member whose quarter-hours came to this is charged over the whole period.

    ``earlier`` are the connections that it had on the first of these days, each with how many days it had it.
    ``earned_permille`` says how much of the step to a smaller band it earned by answering the grid's requests.
    """
    return charged(one, terms, by_the_day(connection, terms, earlier, earned_permille))


def by_the_day(
    connection: str,
    terms: Terms,
    earlier: Sequence[tuple[str, int]] = (),
    earned_permille: int = 0,
    *,
    lived_in: bool = True,
) -> ByTheDay:
    """The same for everybody who was there on the same days with the same connections.

    The energy tax reduction belongs only to a connection that is ``lived_in``: that has a function to stay in.
    """
    return ByTheDay(
        _network(connection, terms, earlier, earned_permille),
        terms.share_of(net_value(terms.facts, "fixed_fee")),
        -terms.share_of(net_value(terms.facts, "reduction")) if lived_in else 0,
    )


def charged(one: Own, terms: Terms, daily: ByTheDay) -> Charges:
    """What a member is charged over the whole period, where what goes by the day is known."""
    policy, facts = terms.policy, terms.facts
    netted_wh = min(one.bought_wh, one.sold_wh) if policy.netting else 0
    taxed_wh = 0 if policy.has_market else one.bought_wh - netted_wh
    bare = facts["bare_price"].value if policy.netting else 0
    compensation = facts["feed_in_compensation"].value if policy.netting else 0
    # To ask for brackets of which nothing is taken took most of the time of a street's bills.
    tax = bracket_units(taxed_wh, brackets(facts)) if taxed_wh else 0
    cost = _feed_in_cost(one.sold_wh, terms)
    supplied = one.bought_units + one.intraday_supplied_units - netted_wh * bare
    yearly = daily.network_units + daily.fixed_fee_units + daily.reduction_units
    base = supplied + one.beyond_units + one.band_units + tax + cost + yearly
    return Charges(
        netted_wh=netted_wh,
        netting_units=-netted_wh * (bare - compensation),
        taxed_wh=taxed_wh,
        tax_units=tax,
        feed_in_cost_units=cost,
        network_units=daily.network_units,
        fixed_fee_units=daily.fixed_fee_units,
        reduction_units=daily.reduction_units,
        beyond_agreed_units=one.beyond_units,
        vat_base_units=base,
        vat_units=half_even(base * facts["vat"].value, 100),
    )


def _network(connection: str, terms: Terms, earlier: Sequence[tuple[str, int]], earned_permille: int) -> int:
    """Each connection for its own days: together they are the days of the period, to the last unit."""
    units, first = 0, terms.first
    for size, days in (*earlier, (connection, terms.days - sum(days for _, days in earlier))):
        yearly = yearly_of(size, terms, earned_permille)
        units += replace(terms, first=first, days=days).share_of(yearly)
        first += timedelta(days=days)
    return units


def yearly_of(connection: str, terms: Terms, earned_permille: int = 0) -> int:
    """What a connection costs a year, before VAT."""
    if terms.policy.bands:
        return bands.yearly_units(terms.facts, bands.kw_of(connection), earned_permille)
    return net_value(terms.facts, bands.figure_of(terms.policy, terms.dso, connection))


def _feed_in_cost(fed_in_wh: int, terms: Terms) -> int:
    """What the supplier asks for feed-in: per kWh, or a yearly step once a year's feed-in at this pace reaches it."""
    facts, cost = terms.facts, 0
    if terms.policy.cost_per_fed_in_kwh:
        figure = facts["feed_in_cost"]
        amount = fed_in_wh * figure.value
        cost += without_vat(amount, facts) if figure.includes_vat else amount
    if terms.policy.cost_per_year_of_feed_in:
        a_year_wh = fed_in_wh * DAYS_PER_YEAR // terms.days
        reached = a_year_wh >= facts["feed_in_step_from"].value
        cost += terms.share_of(net_value(facts, "feed_in_step")) if reached else 0
    return cost


def roundings(exact_units: Sequence[int], accounts: Accounts) -> list[int]:
    """What takes each bill to whole cents: their sum is rounded once, the largest remainders get the last cents.

    >>> roundings([1_400_000, 1_400_000, 1_400_000], Accounts(("c", "a", "b")))
    [-400000, 600000, -400000]
    """
    cent = 1_000_000
    whole = [units // cent for units in exact_units]
    spare = half_even(sum(exact_units), cent) - sum(whole)
    names = [name.encode() for name in accounts.members]
    neediest = sorted(range(len(whole)), key=lambda i: (-(exact_units[i] % cent), names[i]))
    for i in neediest[:spare]:
        whole[i] += 1
    return [cents * cent - units for cents, units in zip(whole, exact_units, strict=True)]


def posted(accounts: Accounts, charged: Sequence[Charges], rounding: Sequence[int]) -> Postings:
    """The period's entries, one per cause, at the first PTU of the run."""
    rows = (
        (Cause.NETTING, "gateway", [c.netting_units for c in charged]),
        (Cause.TAX, "tax/energy", [c.tax_units for c in charged]),
        (Cause.FEED_IN_COST, "gateway", [c.feed_in_cost_units for c in charged]),
        (Cause.NETWORK, "dso", [c.network_units for c in charged]),
        (Cause.FIXED_FEE, "gateway", [c.fixed_fee_units for c in charged]),
        (Cause.REDUCTION, "tax/energy", [c.reduction_units for c in charged]),
        (Cause.VAT, "tax/vat", [c.vat_units for c in charged]),
        (Cause.SHARED, "fund", [c.shared_units for c in charged]),
        (Cause.ROUNDING, "fund", list(rounding)),
    )
    parts = [_entry(accounts, cause, party, units) for cause, party, units in rows]
    postings = books.joined(parts)
    books.check(postings)
    return postings


def _entry(accounts: Accounts, cause: Cause, party: str, units: list[int]) -> Postings:
    paid = np.array(units, np.int64)[:, None]
    nothing = np.zeros_like(paid)
    sides = {MEMBERS: (paid, nothing), party: (-paid.sum(axis=0), nothing.sum(axis=0))}
    return books.entries(accounts, cause, sides)
