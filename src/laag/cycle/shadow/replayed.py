"""Our own past days, folded again from the log: under the charter that held, or under another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from laag.cycle.layers import DEVICES
from laag.cycle.live.codec import KINDS, from_event
from laag.cycle.live.effects import Refused
from laag.cycle.live.fold import apply, begin
from laag.cycle.live.messages import Closed
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import DaySettled
from laag.cycle.live.views.charged import charged
from laag.cycle.live.views.past import bearing_on
from laag.cycle.live.views.period import Period, Whole, side_by_side, whole
from laag.cycle.live.views.pot import grid_shares
from laag.foundation.ports import Event
from laag.neighbourhood.charter import Charter

Told = Callable[[date], None]
"""Hears of every day that was settled again."""


def _nobody(_: date) -> None: ...


@dataclass(frozen=True, slots=True)
class Sums:
    """What days came to for all together."""

    imported_wh: int
    exported_wh: int
    tax_units: int
    """Energy tax on what came through the gateway."""
    fund_units: int
    """What the market and the pot left to the community's fund."""


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """Some days, and what everybody paid for them."""

    period: Period
    paid_units: Mapping[str, int]
    """By member: all that is paid, tax and VAT included, before it is rounded."""
    days: Mapping[str, int]
    """By member: on how many it took part."""
    sums: Sums
    skipped: Mapping[str, int]
    """Kinds of events that could not be said again under this charter, and how many."""

    @property
    def cables(self) -> Mapping[str, str]:
        """By member, as on its last day."""
        return {one.member: one.cable for one in self.period.joined}

    def devices(self) -> Mapping[str, frozenset[str]]:
        """By member: what it ordered for on any of these days."""
        bits = Counter[str]()
        for day in self.period.wholes:
            for one, kinds in zip(day.known.members, day.tally.devices.tolist(), strict=True):
                bits[one.member] |= kinds
        return {
            one.member: frozenset(name for at, name in enumerate(DEVICES) if bits[one.member] >> at & 1)
            for one in self.period.joined
        }


class Replay:
    """The fold of these days as the log has them; with a ``charter``, as they would have come out under it.

    Under another charter orders, readings and prices are what they were. What was said about a result that came out
    otherwise (a change of a position that nobody had, say) may not be taken; it is left out and counted.
    """

    def __init__(
        self,
        place: Neighbourhood,
        days: frozenset[date],
        charter: Charter | None = None,
        told: Told = _nobody,
    ) -> None:
        if charter is not None:
            place = replace(place, terms=replace(place.terms, charter=charter))
        self._place, self._days, self._told = place, days, told
        self._as_it_was = charter is None
        self._state = begin(place)
        self._found: dict[date, Whole] = {}
        self._skipped = Counter[str]()

    def take(self, event: Event) -> None:
        """The next event that bears on these days; one that changed our charter is none where there is another."""
        if not (self._as_it_was or event.kind in _NO_CHARTER):
            return
        self._state, effects = apply(self._state, from_event(event))
        for effect in effects:
            if isinstance(effect, Refused):
                self._skipped[event.kind] += 1
            elif isinstance(effect, DaySettled) and effect.day in self._days:
                one = whole(self._state, effect.day)
                assert one is not None  # it was settled just now
                self._found[effect.day] = one
                self._told(effect.day)

    def lived(self) -> Lived | None:
        """What came out; ``None`` where nothing was settled, or nobody took part."""
        period = side_by_side(self._place, tuple(self._found[day] for day in sorted(self._found)))
        return None if period is None else _lived(period, self._skipped)


def lived(
    place: Neighbourhood, events: Iterable[Event], days: Iterable[date], charter: Charter | None = None
) -> Lived | None:
    """Some days in one go."""
    chosen = frozenset(days)
    if not chosen:
        return None
    replay = Replay(place, chosen, charter)
    for event in bearing_on(events, min(chosen), max(chosen)):
        replay.take(event)
    return replay.lived()


_NO_CHARTER = frozenset(kind for kind, one in KINDS.items() if "charter" not in one.__module__)
assert Closed.__name__.lower() in _NO_CHARTER


def _lived(period: Period, skipped: Mapping[str, int]) -> Lived:
    paid = {one.member: bill.units for one, bill in zip(period.joined, charged(period), strict=True)}
    here = {one.member: int(row.sum()) for one, row in zip(period.joined, period.here, strict=True)}
    return Lived(period, paid, here, _sums(period), dict(skipped))


def _sums(period: Period) -> Sums:
    imported = exported = tax = fund = 0
    for one in period.wholes:
        market = one.market
        imported += int(market.clearings.imported_wh[: market.ptus].sum())
        exported += int(market.clearings.exported_wh[: market.ptus].sum())
        tax += int(market.traded.levy_units.sum())
        fund += int(market.traded.fund_units.sum())
    # Of a pot that is shared, the fund has what members together give up.
    fund -= sum(one.units for one in grid_shares(period).values())
    return Sums(imported, exported, tax, fund)
