"""A quarter-hour run again from the log's events alone: the same orders must give the same prices and fills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.events import DayOrders
from laag.cycle.layers import DEVICES
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Day
from laag.cycle.live.views.market import Picture, market_of
from laag.cycle.live.views.moments import MemberDay, day_of
from laag.cycle.live.views.past import Again, from_log
from laag.cycle.live.views.rounds import Change, change_of
from laag.cycle.live.views.sentences import tell
from laag.foundation.contracts import Clearings, Outcome, Side
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event
from laag.foundation.words import Said
from laag.neighbourhood.market.reasons import reason
from laag.settlement.words import Numbers

_BOOK = Said(
    "Op {day} om {quarter} vroegen {count} huizen samen {asked_small_wh} en werd {offered_small_wh} aangeboden.",
    "On {day} at {quarter} {count} homes asked {asked_small_wh} in all and {offered_small_wh} was offered.",
)
_PRICE = Said(
    "Kopers betaalden {buyer_ticks} en verkopers kregen {seller_ticks}; er kwam {imported_small_wh} van buiten en er ging "
    "{exported_small_wh} naar buiten.",
    "Buyers paid {buyer_ticks} and sellers received {seller_ticks}; {imported_small_wh} came from outside and "
    "{exported_small_wh} went outside.",
)
_CHARTER = Said(
    "Zo ging het volgens versie {version} van het reglement, dat op die dag gold.",
    "So it went by version {version} of the charter, which held on that day.",
)


@dataclass(frozen=True, slots=True)
class Fill:
    """One order of one member, and what became of it."""

    device: str
    side: Side
    asked_wh: int
    limit_ticks: int
    filled_wh: int
    units: int
    """What it pays (+) or receives (-)."""
    because: Said


@dataclass(frozen=True, slots=True, eq=False)
class Rerun:
    """A quarter-hour as it comes out of the log."""

    picture: Picture
    rule: str
    """With its version."""
    again: tuple[Again, ...]
    """The clearing, and every round and settlement of the day."""
    fills: tuple[Fill, ...]
    """Of the member asked for, day ahead; none where nobody was."""
    settled: MemberDay | None
    """The day of that member, where it was settled."""
    said: tuple[Said, ...]
    change: Change | None = None
    """The round of this quarter-hour, where there was one."""
    changes: tuple[Fill, ...] = ()
    """What became in it of what the member asked for wanted changed."""

    @property
    def found(self) -> tuple[Again, ...]:
        """Of the comparisons those that are about this quarter-hour: other rounds of the day count only for ``same``."""
        return tuple(one for one in self.again if one.ptu in {None, self.picture.ptu})

    @property
    def same(self) -> bool:
        """Whether all that was recorded comes out again."""
        return all(one.same is not False for one in self.again)


def rerun(
    neighbourhood: Neighbourhood, events: Iterable[Event], day: date, ptu: int, member: str | None = None
) -> Rerun:
    """One quarter-hour, counted from local midnight, from nothing but the events; ``member`` adds what became of its orders.

    Raises ``BadInput`` where the log has no market of that day, or the quarter-hour is none of it.
    """
    past = from_log(neighbourhood, events, day, day)
    state, again = past.state, past.again
    picture = market_of(state, day, ptu)
    if picture is None:
        ptus = len(neighbourhood.grid(day))
        raise BadInput(
            f"the log has no cleared market of quarter-hour {ptu} of {day}, which has 0 to {ptus - 1}; "
            "take a day whose gate is closed and whose prices are known"
        )
    known = state.day(day)
    assert known.market is not None  # there is a picture of it
    fills = _fills(known, ptu, member) if member else ()
    lived = day_of(state, member, day) if member else None
    change, round_ = change_of(state, day, ptu), known.rounds.get(ptu)
    changes = _fills_of(known, ptu, member, round_.orders, round_.clearings) if member and round_ else ()
    said = (
        *_told(known, picture),
        *(change.said if change else ()),
        *(one.said for one in again if one.ptu in {None, ptu}),
        tell(_CHARTER, {"version": state.charter_on(day).version}),
    )
    return Rerun(picture, known.market.clearings.rule, again, fills, lived, said, change, changes)


def _fills(known: Day, ptu: int, member: str) -> tuple[Fill, ...]:
    market = known.market
    return () if market is None else _fills_of(known, ptu, member, market.orders, market.clearings)


def _fills_of(known: Day, ptu: int, member: str, orders: DayOrders, cleared: Clearings) -> tuple[Fill, ...]:
    names = [one.member for one in known.members]
    if member not in names:
        return ()
    rows = np.flatnonzero((orders.member == names.index(member)) & (orders.ptu == ptu))
    return tuple(
        _fill(
            int(orders.device[row]),
            Side(int(orders.side[row])),
            int(orders.quantity_wh[row]),
            int(orders.limit_ticks[row]),
            int(cleared.fill_wh[row]),
            int(cleared.fill_units[row]),
            Outcome(int(cleared.outcome[row])),
        )
        for row in rows.tolist()
    )


def _fill(device: int, side: Side, asked: int, limit: int, wh: int, units: int, outcome: Outcome) -> Fill:
    nl, en = (reason(outcome, side, asked, limit, wh, units, language) for language in ("nl", "en"))
    return Fill(DEVICES[device], side, asked, limit, wh, units, Said(nl, en))


def _told(known: Day, picture: Picture) -> tuple[Said, Said]:
    assert known.market is not None
    homes = known.market.orders.member[known.market.orders.ptu == picture.ptu]
    numbers: Numbers = {
        "day": str(picture.day),
        "quarter": picture.quarter,
        "count": len(np.unique(homes)),
        "asked_small_wh": sum(step.wh for step in picture.demand),
        "offered_small_wh": sum(step.wh for step in picture.supply),
        "buyer_ticks": picture.buyer_centiticks // 100,
        "seller_ticks": picture.seller_centiticks // 100,
        "imported_small_wh": picture.street.imported_wh,
        "exported_small_wh": picture.street.exported_wh,
    }
    return tell(_BOOK, numbers), tell(_PRICE, numbers)
