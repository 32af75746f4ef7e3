"""A member's bill over settled days: line by line, day by day, with what was estimated and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.charged import Charged, charged
from laag.cycle.live.views.corrections import Correction, corrections
from laag.cycle.live.views.period import Period, period
from laag.neighbourhood.charter import Charter
from laag.settlement import billing
from laag.settlement.bill import Bill, BillLine
from laag.settlement.books import Accounts, Postings
from laag.settlement.charges import posted, roundings
from laag.settlement.insight import MemberPeriod
from laag.settlement.sums import Own, Used

ENERGY = frozenset(
    {
        "market_purchase",
        "energy_tax",
        "market_sale",
        "intraday_purchase",
        "intraday_sale",
        "deviation",
        "flexibility",
        "band",
    }
)
"""Lines of quarter-hours; all others are of the period."""
_NO_PRICES = np.zeros(0, np.int64)
"""They are for contracts and for what is known of devices, which a neighbourhood that lives has none of."""


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
    charters: tuple[tuple[date, Charter], ...] = ()
    """By which its days were settled, each with the first of them on which it held."""


def bill(state: Live, member: str, first: date, last: date) -> MemberBill | None:
    """The bill of the settled days from ``first`` to ``last``; ``None`` where the member took part on none of them."""
    lived = period(state, first, last)
    return None if lived is None else bill_of(lived, member)


def bill_of(lived: Period, member: str) -> MemberBill | None:
    """The same, of a period that is at hand."""
    row = lived.row(member)
    if row is None:
        return None
    everybody = charged(lived)
    rounding = roundings([one.units for one in everybody], lived.accounts)
    made = _bill(lived, row, everybody[row], rounding[row])
    corrected = tuple(one for day in lived.wholes for one in corrections(day, member))
    days = tuple(_totals(lived, member, corrected))
    return MemberBill(made, days, corrected, lived.waiting, _unordered(lived, member), lived.charters)


def bill_alone(lived: Period, member: str) -> tuple[Bill, int] | None:
    """A bill rounded to cents on its own, and what it is exactly: a leaver's account waits for nobody else's month."""
    row = lived.row(member)
    if row is None:
        return None
    one = charged(lived, (row,))[0]
    (rounding,) = roundings([one.units], Accounts((member,)))
    return _bill(lived, row, one, rounding), one.units


def bills(lived: Period) -> tuple[tuple[Bill, ...], Postings]:
    """Everybody's bill in the order of ``lived.joined``, and the entries that a period adds to those of its days."""
    everybody = charged(lived)
    rounding = roundings([one.units for one in everybody], lived.accounts)
    postings = posted(lived.accounts, [one.charge for one in everybody], rounding)
    each = zip(everybody, rounding, strict=True)
    return tuple(_bill(lived, row, one, rounded) for row, (one, rounded) in enumerate(each)), postings


def _bill(lived: Period, row: int, one: Charged, rounding_units: int) -> Bill:
    draft = billing.Draft(_member(lived, row, one), one.own, one.charge, rounding_units, one.terms)
    return replace(billing.bill(draft), last=_last_day(lived, row))


def energy_of(lived: Period, member: str) -> tuple[BillLine, ...]:
    """A member's energy lines, which no rounding bears on: nobody else's are worked out for them."""
    row = lived.row(member)
    return () if row is None else energy_lines(_bill(lived, row, charged(lived, (row,))[0], 0))


def energy_lines(made: Bill) -> tuple[BillLine, ...]:
    """The lines that come from quarter-hours: energy with its tax, before VAT."""
    return tuple(line for line in made.lines if line.code in ENERGY)


def _last_day(lived: Period, row: int) -> date:
    return lived.days[int(np.flatnonzero(lived.here[row])[-1])]


def _member(lived: Period, row: int, charge: Charged) -> MemberPeriod:
    one = lived.joined[row]
    return MemberPeriod(
        one.member,
        _NO_PRICES,
        _NO_PRICES,
        one.connection,
        earlier=charge.earlier,
        earned=charge.earned,
        share=charge.share,
        lived_in=one.lived_in,
        estimated=sum(int(day.tally.estimated[at]) for day, at in lived.days_of(one.member)),
        estimated_by="estimated.by_rule",
        unordered_days=len(_unordered(lived, one.member)),
        rooms=tuple(room for day, at in lived.days_of(one.member) for room in day.tally.rooms.get(at, ())),
    )


def _unordered(lived: Period, member: str) -> tuple[date, ...]:
    return tuple(one.day for one, at in lived.days_of(member) if one.tally.unordered[at])


def _totals(lived: Period, member: str, corrected: Sequence[Correction]) -> Iterator[DayTotal]:
    again = {one.day for one in corrected}
    for one, at in lived.days_of(member):
        used, own = Used(*one.tally.used[at].tolist()), Own(*one.tally.own[at].tolist())
        estimated = int(one.tally.estimated[at])
        yield DayTotal(one.day, used.taken_wh, used.given_wh, own.charged_units, estimated, one.day in again)
