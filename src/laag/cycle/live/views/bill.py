"""A member's bill over settled days: line by line, day by day, with what was estimated and what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.corrections import Correction, corrections
from laag.cycle.live.views.period import Period, period
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.market import BILATERAL
from laag.settlement import billing
from laag.settlement.bill import Bill, BillLine
from laag.settlement.books import Postings
from laag.settlement.charges import Terms
from laag.settlement.insight import MemberPeriod

ENERGY = frozenset(
    {
        "market_purchase",
        "energy_tax",
        "market_sale",
        "intraday_purchase",
        "intraday_sale",
        "deviation",
        "flexibility",
    }
)
"""Lines of quarter-hours; all others are of the period."""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What a day took, gave and cost: energy with its tax, before VAT and before what is charged by the day."""

    day: date
    taken_wh: int
    given_wh: int
    units: int
    estimated: int
    """Quarter-hours."""
    corrected: bool


@dataclass(frozen=True, slots=True)
class MemberBill:
    """A bill, and the days behind it. ``days`` sum to its energy lines exactly."""

    bill: Bill
    days: tuple[DayTotal, ...]
    corrections: tuple[Correction, ...]
    waiting: tuple[date, ...]
    """Days that are not on it yet: their prices are not known, or they are not settled."""
    unordered: tuple[date, ...] = ()
    """Days for which the home sent no orders, and the same hours of the week before were ordered for it."""


def bill(state: Live, member: str, first: date, last: date) -> MemberBill | None:
    """The bill of the settled days from ``first`` to ``last``; ``None`` where the member took part on none of them."""
    lived = period(state, first, last)
    return None if lived is None else bill_of(lived, member)


def bill_of(lived: Period, member: str) -> MemberBill | None:
    """The same, of a period that is at hand."""
    row = lived.row(member)
    if row is None:
        return None
    made, _ = bills(lived)
    corrected = tuple(one for day in lived.wholes for one in corrections(day, member))
    days = tuple(_totals(lived, row, corrected))
    return MemberBill(made[row], days, corrected, lived.waiting, _unordered(lived, member))


def bills(lived: Period) -> tuple[tuple[Bill, ...], Postings]:
    """Everybody's bill in the order of ``lived.joined``, and the entries that a period adds to those of its days."""
    place = lived.neighbourhood
    own = [own_terms(lived, row) for row in range(len(lived.joined))]
    made, postings = billing.bills(
        lived.accounts,
        lived.settled,
        [_member(lived, row) for row in range(len(lived.joined))],
        _terms(lived, lived.days),
        PtuGrid(place.grid(lived.days[0]).start, len(lived.day_ahead_ticks)),
        billing.Outside(lived.landed_ticks, lived.export_ticks),
        place.zone,
        own,
    )
    return tuple(replace(one, last=_own_days(lived, row)[-1]) for row, one in enumerate(made)), postings


def energy_lines(made: Bill) -> tuple[BillLine, ...]:
    """The lines that come from quarter-hours: energy with its tax, before VAT."""
    return tuple(line for line in made.lines if line.code in ENERGY)


def _own_days(lived: Period, row: int) -> tuple[date, ...]:
    return tuple(day for day, here in zip(lived.days, lived.here[row].tolist(), strict=True) if here)


def own_terms(lived: Period, row: int) -> Terms:
    """Under what a member is charged: its own days of the period."""
    return _terms(lived, _own_days(lived, row))


def _terms(lived: Period, days: Sequence[date]) -> Terms:
    place = lived.neighbourhood
    one_price = place.terms.charter.rule not in BILATERAL
    return Terms(place.terms.policy, place.terms.facts, days[0], len(days), place.grid_operator, one_price)


def _member(lived: Period, row: int) -> MemberPeriod:
    one = lived.joined[row]
    return MemberPeriod(
        one.member,
        lived.buyer_centiticks,
        lived.seller_centiticks,
        one.connection,
        earlier=earlier(lived, row),
        estimated=int(lived.estimated[row]),
        estimated_by="estimated.by_rule",
        unordered_days=len(_unordered(lived, one.member)),
    )


def earlier(lived: Period, row: int) -> tuple[tuple[str, int], ...]:
    """Connections that a member had on the first of its days, each with how many; none where it had one all along."""
    member = lived.joined[row].member
    known = (day.known for day in lived.wholes)
    sizes = [one.members[one.row_of[member]].connection for one in known if member in one.row_of]
    stretches = tuple((size, len(list(days))) for size, days in groupby(sizes))
    return stretches[:-1]


def _unordered(lived: Period, member: str) -> tuple[date, ...]:
    return tuple(one.day for one in lived.wholes if len(one.known.unordered.get(member, ())))


def _totals(lived: Period, row: int, corrected: Sequence[Correction]) -> list[DayTotal]:
    settled, again = lived.settled, {one.day for one in corrected}
    return [
        DayTotal(
            day,
            int(np.maximum(settled.metered_wh[row, span], 0).sum()),
            int(np.maximum(-settled.metered_wh[row, span], 0).sum()),
            int(settled.charged_units[row, span].sum()),
            int(np.count_nonzero(lived.method[row, span])),
            day in again,
        )
        for day, span, here in zip(lived.days, lived.spans, lived.here[row].tolist(), strict=True)
        if here
    ]
