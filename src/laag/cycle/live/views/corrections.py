"""What a later reading or price changed: an entry is reversed and booked anew, and the member is told what that did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.live.views.period import Whole
from laag.cycle.live.views.sentences import both, costs, tell
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.settlement.books import ENTRIES_PER_REVISION

_MORE = Said(
    "Later bekend geworden standen: in {count} kwartieren nam je samen {energy_small_wh} meer af dan eerst was geboekt.",
    "Readings that became known later: in {count} quarter-hours you took {energy_small_wh} more in all than was booked "
    "at first.",
)
_LESS = Said(
    "Later bekend geworden standen: in {count} kwartieren nam je samen {energy_small_wh} minder af dan eerst was geboekt.",
    "Readings that became known later: in {count} quarter-hours you took {energy_small_wh} less in all than was booked "
    "at first.",
)
_MOVED = Said(
    "Later bekend geworden standen: in {count} kwartieren nam je iets anders af dan eerst was geboekt, samen evenveel.",
    "Readings that became known later: in {count} quarter-hours you took something else than was booked at first, as "
    "much in all.",
)
_OTHERS = Said(
    "Je eigen meter bleef gelijk; wat de straat samen afnam, of de landelijke onbalansprijs, werd later anders bekend.",
    "Your own meter stayed the same; what the street took together, or the national imbalance price, became known "
    "differently later.",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later settlement changed for one member."""

    day: date
    revision: int
    """2 is the first correction."""
    quarters: int
    energy_wh: int
    """What it took more (+) or less (-) than was booked before."""
    units: int
    """What it paid more (+) or less (-)."""
    because: Said


def corrections(one: Whole, member: str) -> tuple[Correction, ...]:
    """Every correction of a day that changed something for this member; oldest first."""
    if one.known.revision < 2 or member not in one.known.row_of:
        return ()
    posted = one.known.posted
    assert posted is not None
    mine = posted.where(posted.account == one.known.row_of[member])
    settlement = (mine.entry // ENTRIES_PER_REVISION + 1) // 2 + 1
    found = []
    for revision in sorted(set(settlement[settlement > 1].tolist())):
        rows = settlement == revision
        ptu, units, wh = mine.ptu[rows], mine.amount_units[rows], mine.energy_wh[rows]
        changed = _nonzero(ptu, units) | _nonzero(ptu, wh)
        if changed:
            own = len(_nonzero(ptu, wh))
            found.append(_correction(one.day, revision, len(changed), own, int(wh.sum()), int(units.sum())))
    return tuple(found)


def _nonzero(ptu: Ints, value: Ints) -> set[int]:
    """In which quarter-hours something is left when what was reversed is taken off what was booked anew."""
    ptus, at = np.unique(ptu, return_inverse=True)
    total = np.zeros(len(ptus), np.int64)
    np.add.at(total, at, value)
    return set(ptus[total != 0].tolist())


def _correction(day: date, revision: int, quarters: int, own: int, wh: int, units: int) -> Correction:
    own_said = _MORE if wh > 0 else _LESS if wh < 0 else _MOVED
    said = tell(own_said if own else _OTHERS, {"count": own, "energy_small_wh": abs(wh)})
    return Correction(day, revision, quarters, wh, units, both(said, costs(units)))
