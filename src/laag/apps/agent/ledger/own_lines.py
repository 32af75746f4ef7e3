"""What this home knows itself of its lines: the orders that it sent, and what its own meter said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import ValidationError

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.wire import Orders, Wire
from laag.apps.agent.ledger.odd import Odd
from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Said
from laag.settlement.estimate import Method

ROWS = ("device", "ptu", "side", "quantity_wh", "limit_ticks")
LISTS_SINCE = "own lists since"
"""From this day on the home remembers every list that it sent; forgotten with all that is its own."""
TOLERANCE_WH = 50
"""Of a day: a hundred quarter-hours, each rounded to a whole Wh, come to no more."""


class Metered(Wire):
    """The readings of a day in the record beside those of this home's own meter."""

    same: int
    """Quarter-hours that were measured, and are the same."""
    other: int
    """That were measured, and are not."""
    off_wh: int
    """By how much these differ, each counted as a difference."""
    estimated: int
    """That the neighbourhood had no reading of and filled in."""
    estimated_off_wh: int | None
    """How much more was filled in than this home's meter said; ``None`` where it said nothing either."""
    unknown: int
    """That the record has a reading of and this home has none any more."""


def metered(store: HomeStore, zone: ZoneInfo, day: date, says: Mapping[str, Any]) -> Metered | None:
    """The line beside this home's own meter; ``None`` of a line that is none of readings."""
    grid = PtuGrid.day(day, zone)
    try:
        theirs, method = np.array(says["wh"], np.int64), np.array(says["method"], np.int64)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if theirs.shape != (len(grid),) or method.shape != theirs.shape:
        return None
    kept = store.series(grid)
    # As it is sent: whole Wh, offtake +.
    ours = np.round(kept["import_wh"] - np.nan_to_num(kept["export_wh"]))
    known, measured = ~np.isnan(ours), method == Method.MEASURED
    off = np.where(known, theirs - np.nan_to_num(ours), 0).astype(np.int64)
    filled = ~measured & known
    return Metered(
        same=int((measured & known & (off == 0)).sum()),
        other=int((measured & (off != 0)).sum()),
        off_wh=int(np.abs(off[measured]).sum()),
        estimated=int((~measured).sum()),
        estimated_off_wh=int(off[filled].sum()) if filled.any() else None,
        unknown=int((measured & ~known).sum()),
    )


def meter_odd(found: Metered) -> tuple[Odd, Said] | None:
    """The alarm, where there is more between the two than rounding."""
    if found.off_wh <= TOLERANCE_WH:
        return None
    return Odd.METER, Said(
        f"In {found.other} kwartieren staat in het boek een andere meting dan de meter van dit huis gaf: samen {found.off_wh} Wh, en "
        f"tot {TOLERANCE_WH} Wh per dag kan afronding zijn.",
        f"In {found.other} quarter-hours the record has another reading than this home's meter gave: {found.off_wh} Wh together, and "
        f"up to {TOLERANCE_WH} Wh a day may be rounding.",
    )


def remembers_lists(store: HomeStore, today: date) -> date:
    """Since which day this home remembers what it ordered; decided once, and anew after it forgot."""
    if (said := store.kept(LISTS_SINCE)) is not None:
        return date.fromisoformat(said)
    lists = [one.day for one in map(_list, store.outbox.said('"kind":"orders"')) if one is not None]
    since = min(lists, default=today + timedelta(days=2))
    store.keep(LISTS_SINCE, since.isoformat())
    return since


def lists_are_lost(store: HomeStore, today: date) -> None:
    """This store is an older copy of itself: what it ordered lately it no longer knows."""
    store.keep(LISTS_SINCE, (today + timedelta(days=2)).isoformat())


def ordered_odd(store: HomeStore, day: date, since: date, says: Mapping[str, Any]) -> tuple[Odd, Said] | None:
    """The alarm, where the book of a day has a list in this home's name that it did not sign, or lacks one that was taken."""
    if day < since:
        return None
    sent = [
        one for one in map(_list, store.outbox.said('"kind":"orders"', f'"day":"{day}"')) if one is not None
    ]
    if says.get("stood_in") == 1:
        return _left_out(sent[-1].number) if sent else None
    # Whichever of them it is, this home signed it; that it is the last one, a receipt says.
    return None if any(_rows(one) == _rows_of(says) for one in sent) else _NOT_OURS


def _list(body: str) -> Orders | None:
    try:
        return Orders.model_validate_json(body)
    except ValidationError:
        return None


def _rows(one: Orders) -> tuple[list[int], ...]:
    return tuple(getattr(one, name) for name in ROWS)


def _rows_of(says: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(says.get(name) for name in ROWS)


def _left_out(number: int) -> tuple[Odd, Said]:
    return Odd.LEFT_OUT, Said(
        f"De buurt nam orderlijst {number} van dit huis aan, en in het boek staat wat zij zelf voor dit huis bestelde.",
        f"The neighbourhood took order list {number} of this home, and in the book stands what it ordered for this home by itself.",
    )


_NOT_OURS = (
    Odd.NOT_OURS,
    Said(
        "In het boek staan orders op naam van dit huis die dit huis niet heeft ondertekend.",
        "The book has orders in this home's name that this home did not sign.",
    ),
)
