"""What each member of a period is charged: under the neighbourhood's rules, or under others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from laag.cycle.bands import answered, earned_by
from laag.cycle.live.views.period import Period
from laag.cycle.live.views.pot import grid_shares
from laag.foundation.errors import BadInput
from laag.neighbourhood.market import BILATERAL
from laag.settlement import charges as charging
from laag.settlement.charges import ByTheDay, Charges, Terms
from laag.settlement.delivered import Room
from laag.settlement.insight import Earned
from laag.settlement.policy import Policy
from laag.settlement.pooled import Share
from laag.settlement.sums import Own, Used, at_a_supplier
from laag.settlement.tariff import Facts

_NOTHING_EARNED: Mapping[int, Earned] = MappingProxyType({})
Sizes = tuple[tuple[str, int], ...]
"""Connections one after the other, each with on how many days."""


@dataclass(frozen=True, slots=True)
class Charged:
    """One member's."""

    own: Own
    charge: Charges
    terms: Terms
    """Over its own days of the period."""
    earlier: Sizes
    """Connections that it had on the first of these; none where it had one all along."""
    earned: Earned | None = None
    """Of its band, by what it gave the grid operator on these days."""
    share: Share | None = None
    """Of what the grid operator paid, where the charter shares it."""

    @property
    def units(self) -> int:
        """All that it pays, before it is rounded."""
        return self.own.charged_units + self.charge.total_units


def charged(lived: Period, rows: Sequence[int] | None = None) -> tuple[Charged, ...]:
    """Under the rules of the neighbourhood; of these rows, or of everybody."""
    terms = lived.neighbourhood.terms
    if not terms.policy.has_market:
        raise BadInput(
            f"policy {terms.policy.name} has no local market; a neighbourhood that lives needs one"
        )
    chosen = range(len(lived.joined)) if rows is None else rows
    owns = (Own(*one) for one in lived.own[list(chosen)].tolist())
    earned = _earned(lived) if terms.policy.bands else {}
    made = _charged(lived, chosen, owns, terms.policy, terms.facts, earned)
    shares = grid_shares(lived)
    return tuple(
        _with(one, shares.get(lived.joined[row].member)) for row, one in zip(chosen, made, strict=True)
    )


def _with(one: Charged, share: Share | None) -> Charged:
    if share is None:
        return one
    return replace(one, share=share, charge=replace(one.charge, shared_units=-share.units))


def _earned(lived: Period) -> dict[int, Earned]:
    """By row; of those who answered often and well enough."""
    gave: defaultdict[int, list[Room]] = defaultdict(list)
    for one, there in zip(lived.wholes, lived.rows, strict=True):
        for at, rooms in one.tally.rooms.items():
            gave[int(there[at])] += rooms
    found = ((row, earned_by(answered(rooms))) for row, rooms in gave.items())
    return {row: earned for row, earned in found if earned is not None}


def charged_under(lived: Period, policy: Policy, facts: Facts, rows: Sequence[int]) -> tuple[Charged, ...]:
    """What the same meters would have come to under a contract."""
    each = (Used(*one) for one in lived.used[list(rows)].tolist())
    return _charged(lived, rows, (at_a_supplier(one, policy, facts) for one in each), policy, facts)


def _charged(
    lived: Period,
    rows: Sequence[int],
    owns: Iterable[Own],
    policy: Policy,
    facts: Facts,
    earned: Mapping[int, Earned] = _NOTHING_EARNED,
) -> tuple[Charged, ...]:
    firsts, counts = lived.here.argmax(axis=1).tolist(), lived.here.sum(axis=1).tolist()
    one_price = all(charter.rule not in BILATERAL for _, charter in lived.charters)
    # What goes by the day is the same for nearly everybody: to work it out two thousand times took most of a bill.
    alike: dict[tuple[date, int, Sizes, int, bool], tuple[Terms, ByTheDay]] = {}
    found = []
    for row, own, sizes in zip(rows, owns, _sizes(lived, rows), strict=True):
        first, days = lived.days[firsts[row]], counts[row]
        mine = earned.get(row)
        permille = 0 if mine is None else mine.permille
        lived_in = lived.joined[row].lived_in
        key = first, days, sizes, permille, lived_in
        if key not in alike:
            terms = Terms(policy, facts, first, days, lived.neighbourhood.grid_operator, one_price)
            daily = charging.by_the_day(sizes[-1][0], terms, sizes[:-1], permille, lived_in=lived_in)
            alike[key] = terms, daily
        terms, daily = alike[key]
        found.append(Charged(own, charging.charged(own, terms, daily), terms, sizes[:-1], mine))
    return tuple(found)


def _sizes(lived: Period, rows: Sequence[int]) -> list[Sizes]:
    """Each one's connections, the last of them the one that it has now."""
    if len(rows) == 1:
        member = lived.joined[rows[0]].member
        each = [one.known.members[at].connection for one, at in lived.days_of(member)]
        return [tuple((size, len(list(days))) for size, days in groupby(each))]
    found: list[list[tuple[str, int]]] = [[] for _ in lived.joined]
    for members, alike in groupby(
        zip(lived.wholes, lived.rows, strict=True), lambda day: day[0].known.members
    ):
        days = list(alike)
        for row, one in zip(days[0][1].tolist(), members, strict=True):
            before = found[row]
            if before and before[-1][0] == one.connection:
                before[-1] = one.connection, before[-1][1] + len(days)
            else:
                before.append((one.connection, len(days)))
    return [tuple(found[row]) for row in rows]
