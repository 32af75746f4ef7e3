"""A period's bills written from the accounts: which lines, from which sums, compared with what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement.bill import Bill, BillLine, Reason
from laag.settlement.books import Accounts, Postings
from laag.settlement.charges import Charges, Terms, charges, posted, roundings
from laag.settlement.day import Settled
from laag.settlement.insight import Felt, Insight, MemberPeriod, insights
from laag.settlement.levy import bracket_units, brackets, levy_ticks
from laag.settlement.policy import FeedIn, Policy, Supply, felt_centiticks, half_even, net_value
from laag.settlement.tariff import Facts, Figure
from laag.settlement.words import Numbers

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """What the gateway asked (levy included) and gave per Wh in each PTU: the prices without neighbours."""

    landed_ticks: Ints
    export_ticks: Ints


def bills(
    accounts: Accounts,
    settled: Settled,
    members: Sequence[MemberPeriod],
    terms: Terms,
    grid: PtuGrid,
    outside: Outside | None = None,
    zone: tzinfo = AMSTERDAM,
    own: Sequence[Terms] | None = None,
) -> tuple[tuple[Bill, ...], Postings]:
    """Every member's bill, and the period's entries behind them. ``members`` in the order of the accounts.

    ``outside`` is needed under a policy with a local market: it is what that market is compared with. ``own`` gives
    each member the days on which it took part, where those are not all of ``terms``.
    """
    if tuple(member.member for member in members) != accounts.members:
        raise BadInput("bills need one MemberPeriod per account, in the order of the accounts")
    if (outside is None) == terms.policy.has_market:
        raise BadInput(
            f"policy {terms.policy.name}: give the outside prices exactly where there is a local market"
        )
    under = tuple(own or (terms,) * len(members))
    charged = [
        charges(settled, row, member.connection, one)
        for row, (member, one) in enumerate(zip(members, under, strict=True))
    ]
    before = settled.charged_units.sum(axis=1).tolist()
    exact = [units + charge.total_units for units, charge in zip(before, charged, strict=True)]
    rounding = roundings(exact, accounts)
    postings = posted(accounts, charged, rounding)
    calendar = _Calendar.of(grid, zone)
    made = tuple(
        _Draft(row, member, settled, charge, rounded, one, outside, calendar).bill()
        for row, (member, charge, rounded, one) in enumerate(
            zip(members, charged, rounding, under, strict=True)
        )
    )
    return made, postings


@dataclass(frozen=True, slots=True, eq=False)
class _Calendar:
    """The wall-clock quarter and the local day of each PTU."""

    quarter: Ints
    day: Ints

    @classmethod
    def of(cls, grid: PtuGrid, zone: tzinfo) -> _Calendar:
        lengths = [span.stop - span.start for _, span in grid.local_days(zone)]
        return cls(grid.quarter_of_day(zone), np.repeat(np.arange(len(lengths)), lengths))


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """One bill being written."""

    row: int
    member: MemberPeriod
    settled: Settled
    charge: Charges
    rounding_units: int
    terms: Terms
    outside: Outside | None
    calendar: _Calendar

    @property
    def policy(self) -> Policy:
        return self.terms.policy

    @property
    def facts(self) -> Facts:
        return self.terms.facts

    def bill(self) -> Bill:
        energy = self._market(self.outside) if self.outside else self._contract()
        lines = [line for line in energy if line.amount_units or line.energy_wh]
        lines += [*self._devices(), *self._period()]
        last = self.terms.first + timedelta(days=self.terms.days - 1)
        return Bill(self.member.member, self.policy, self.terms.first, last, (*lines, self._total(lines)))

    def _sum(self, values: Ints) -> int:
        return int(values[self.row].sum())

    def _market(self, outside: Outside) -> list[BillLine]:
        return [
            self._purchase(outside),
            self._tax_share(),
            self._sale(outside),
            self._intraday_purchase(),
            self._intraday_sale(),
            self._deviation(),
            BillLine(
                self._sum(self.settled.flexibility_units), Reason("flexibility"), counterfactual_units=0
            ),
        ]

    def _purchase(self, outside: Outside) -> BillLine:
        """Without the tax, which has a line of its own; compared with the landed price, which holds it."""
        settled, wh, tax = self.settled, self._sum(self.settled.bought_wh), self._sum(self.settled.tax_units)
        paid = self._sum(settled.bought_units) - tax
        numbers: Numbers = {
            "bought_wh": wh,
            "price_ticks": _each(paid, wh),
            "local_wh": wh - _each(tax, levy_ticks(self.facts)),
        }
        landed = int((settled.bought_wh[self.row] * outside.landed_ticks).sum())
        return BillLine(
            paid,
            Reason(self._market_code("market_purchase"), numbers),
            wh,
            landed - tax,
            self._first_bracket(),
        )

    def _tax_share(self) -> BillLine:
        tax, rate = self._sum(self.settled.tax_units), levy_ticks(self.facts)
        taxed_wh = _each(tax, rate)
        reason = Reason(
            "energy_tax.market" if self.terms.one_price else "energy_tax.bilateral",
            {"taxed_wh": taxed_wh, "rate_ticks": rate},
        )
        return BillLine(
            tax, reason, taxed_wh, self._sum(self.settled.bought_wh) * rate, self._first_bracket()
        )

    def _first_bracket(self) -> tuple[Figure, ...]:
        return brackets(self.facts)[0].figures

    def _sale(self, outside: Outside) -> BillLine:
        wh, earned = self._sum(self.settled.sold_wh), -self._sum(self.settled.sold_units)
        given = int((self.settled.sold_wh[self.row] * outside.export_ticks).sum())
        reason = Reason(self._market_code("market_sale"), {"sold_wh": wh, "price_ticks": _each(earned, wh)})
        return BillLine(-earned, reason, -wh, -given)

    def _intraday_purchase(self) -> BillLine:
        settled, wh = self.settled, self._sum(self.settled.intraday_bought_wh)
        paid = self._sum(settled.intraday_bought_units)
        reason = Reason("intraday_purchase", {"bought_wh": wh, "price_ticks": _each(paid, wh)})
        return BillLine(paid, reason, wh, self._sum(settled.intraday_bought_outside_units))

    def _intraday_sale(self) -> BillLine:
        settled, wh = self.settled, self._sum(self.settled.intraday_sold_wh)
        earned = -self._sum(settled.intraday_sold_units)
        reason = Reason("intraday_sale", {"sold_wh": wh, "price_ticks": _each(earned, wh)})
        return BillLine(-earned, reason, -wh, self._sum(settled.intraday_sold_outside_units))

    def _deviation(self) -> BillLine:
        off = self.settled.deviation_wh[self.row]
        more_wh, less_wh = int(off[off > 0].sum()), int(-off[off < 0].sum())
        reason = Reason("deviation", {"more_wh": more_wh, "less_wh": less_wh})
        return BillLine(self._sum(self.settled.deviation_units), reason, more_wh - less_wh, 0)

    def _market_code(self, code: str) -> str:
        return code if self.terms.one_price else f"{code}.bilateral"

    def _contract(self) -> list[BillLine]:
        offtake_wh, fed_in_wh = self._sum(self.settled.bought_wh), self._sum(self.settled.sold_wh)
        return [
            self._supply(offtake_wh),
            self._feed_in(offtake_wh, fed_in_wh),
            self._netting(),
            self._tax(),
            self._feed_in_cost(fed_in_wh),
        ]

    def _supply(self, offtake_wh: int) -> BillLine:
        paid = self._sum(self.settled.bought_units)
        reason = Reason("supply", {"offtake_wh": offtake_wh, "price_ticks": _each(paid, offtake_wh)})
        if self.policy.supply is Supply.FIXED:
            return BillLine(paid, reason, offtake_wh, figures=self._figures("bare_price"))
        prices = self.member.buy_centiticks
        evenly = offtake_wh * int(prices.sum()) // (100 * len(prices))
        return BillLine(paid, reason, offtake_wh, evenly, self._figures("dynamic_mark_up"))

    def _feed_in(self, offtake_wh: int, fed_in_wh: int) -> BillLine:
        earned = -self._sum(self.settled.sold_units)
        reason = Reason("feed_in", {"fed_in_wh": fed_in_wh, "price_ticks": _each(earned, fed_in_wh)})
        figures = self._figures(*FEED_IN_FIGURES[self.policy.feed_in])
        return BillLine(
            -earned, reason, -fed_in_wh, self._had_it_been_netted(offtake_wh, fed_in_wh, earned), figures
        )

    def _had_it_been_netted(self, offtake_wh: int, fed_in_wh: int, earned_units: int) -> int | None:
        if self.policy.netting or self.policy.supply is not Supply.FIXED or not fed_in_wh:
            return None
        netted_wh = min(offtake_wh, fed_in_wh)
        saved = netted_wh * self._felt_price() // 100
        return -saved - earned_units * (fed_in_wh - netted_wh) // fed_in_wh

    def _netting(self) -> BillLine:
        """Without it: tax and VAT on what is now netted, and the plain compensation for it."""
        wh, bare = self.charge.netted_wh, self.facts["bare_price"].value
        reason = Reason("netting", {"netted_wh": wh, "days": self.terms.days})
        without = wh * (self._felt_price() - 100 * bare) // 100
        figures = self._figures("bare_price", "feed_in_compensation") if self.policy.netting else ()
        return BillLine(self.charge.netting_units, reason, None, without, figures)

    def _tax(self) -> BillLine:
        code = "energy_tax.netted" if self.policy.netting else "energy_tax.offtake"
        figures = tuple(figure for bracket in brackets(self.facts) for figure in bracket.figures)
        wh = self.charge.taxed_wh
        offtake_wh, fed_in_wh = self._sum(self.settled.bought_wh), self._sum(self.settled.sold_wh)
        other_wh = offtake_wh if self.policy.netting else offtake_wh - min(offtake_wh, fed_in_wh)
        otherwise = bracket_units(other_wh, brackets(self.facts))
        return BillLine(self.charge.tax_units, Reason(code, {"taxed_wh": wh}), wh, otherwise, figures)

    def _feed_in_cost(self, fed_in_wh: int) -> BillLine:
        names = ["feed_in_cost"] * self.policy.cost_per_fed_in_kwh
        names += ["feed_in_step", "feed_in_step_from"] * self.policy.cost_per_year_of_feed_in
        reason = Reason("feed_in_cost", {"fed_in_wh": fed_in_wh})
        return BillLine(self.charge.feed_in_cost_units, reason, None, 0, self._figures(*names))

    def _felt(self) -> Felt:
        buy, sell = felt_centiticks(
            self.policy, self.facts, self.member.buy_centiticks, self.member.sell_centiticks
        )
        return Felt(buy, sell, self.policy.netting)

    def _felt_price(self) -> int:
        """Where there is one price for the whole period: of one more Wh, in centiticks, all included."""
        return int(self._felt().buy_centiticks[0])

    def _devices(self) -> list[BillLine]:
        metered = self.settled.metered_wh[self.row]
        found = insights(self.member, metered, self._felt(), self.calendar.quarter, self.calendar.day)
        return [_about_device(insight) for insight in found]

    def _period(self) -> Iterator[BillLine]:
        charge = self.charge
        yield self._network()
        yield self._yearly("fixed_fee", charge.fixed_fee_units, "fixed_fee", {}, charge.fixed_fee_units)
        yield self._yearly("reduction", charge.reduction_units, "reduction", {}, 0)
        unreduced = charge.vat_base_units - charge.reduction_units
        vat: Numbers = {
            "rate_percent": self.facts["vat"].value,
            "base_units": charge.vat_base_units,
            "beyond_units": charge.beyond_agreed_units,
            "others_units": charge.vat_base_units - charge.beyond_agreed_units,
        }
        yield BillLine(
            charge.vat_units,
            Reason("vat.deviation" if charge.beyond_agreed_units else "vat", vat),
            None,
            half_even(unreduced * self.facts["vat"].value, 100),
            self._figures("vat"),
        )
        yield BillLine(self.rounding_units, Reason("rounding"))
        if self.member.estimated:
            yield BillLine(0, Reason(self.member.estimated_by, {"estimated_count": self.member.estimated}))
        if self.member.unordered_days:
            yield BillLine(0, Reason("unordered", {"unordered_days": self.member.unordered_days}))

    def _network(self) -> BillLine:
        """Beside it: the next larger connection that the grid operator has."""
        dso, own = f"network.{self.terms.dso}.", self.member.connection
        yearly = {
            name.removeprefix(dso): net_value(self.facts, name)
            for name in self.facts.figures
            if name.startswith(dso)
        }
        larger = min(
            (size for size in yearly if yearly[size] > yearly[own]),
            key=lambda size: (yearly[size], size),
            default=None,
        )
        size: Numbers = {"connection": own, "dso": self.terms.dso, "larger": larger or own}
        otherwise = self.terms.share_of(yearly[larger]) if larger else None
        return self._yearly("network", self.charge.network_units, dso + own, size, otherwise)

    def _yearly(self, code: str, units: int, name: str, more: Numbers, otherwise: int | None) -> BillLine:
        numbers: Numbers = {"yearly_units": net_value(self.facts, name), "days": self.terms.days, **more}
        return BillLine(units, Reason(code, numbers), None, otherwise, self._figures(name))

    def _total(self, lines: Sequence[BillLine]) -> BillLine:
        units = sum(line.amount_units for line in lines)
        numbers: Numbers = {"days": self.terms.days}
        wh = self._sum(self.settled.metered_wh)
        if not self.policy.has_market:
            return BillLine(units, Reason("total.contract", numbers), wh)
        apart = {
            line.code: line.counterfactual_units - line.amount_units
            for line in lines
            if line.counterfactual_units is not None
        }
        bought = apart.get("market_purchase", 0) + apart.get("intraday_purchase", 0)
        sold = apart.get("market_sale", 0) + apart.get("intraday_sale", 0)
        alone = bought + half_even(bought * self.facts["vat"].value, 100) + sold
        return BillLine(units, Reason("total.market", numbers), wh, units + alone)

    def _figures(self, *names: str) -> tuple[Figure, ...]:
        return tuple(self.facts[name] for name in names)


FEED_IN_FIGURES: dict[FeedIn | None, tuple[str, ...]] = {
    FeedIn.FLOOR: ("feed_in_floor", "bare_price"),
    FeedIn.COMPENSATION: ("feed_in_compensation",),
    FeedIn.DAY_AHEAD: (),
}


def _about_device(insight: Insight) -> BillLine:
    return BillLine(0, Reason(insight.code, insight.numbers), insight.energy_wh, insight.otherwise_units)


def _each(units: int, wh: int) -> int:
    """The whole number of ``units`` per Wh; of nothing, zero."""
    return units // wh if wh else 0
