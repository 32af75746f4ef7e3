"""What a later reading or price changed: an entry is reversed and booked anew, and the member is told what that did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laag.cycle.live.tally import Corrected
from laag.cycle.live.views.period import Whole
from laag.cycle.live.views.sentences import both, costs, tell
from laag.foundation.words import Said

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
    row = one.known.row_of.get(member)
    if row is None:
        return ()
    return tuple(_told(one.day, made, row) for made in one.tally.corrections if made.quarters[row])


def _told(day: date, made: Corrected, row: int) -> Correction:
    quarters, own, wh, units = (int(column[row]) for column in (made.quarters, made.own, made.wh, made.units))
    return _correction(day, made.revision, quarters, own, wh, units)


def _correction(day: date, revision: int, quarters: int, own: int, wh: int, units: int) -> Correction:
    own_said = _MORE if wh > 0 else _LESS if wh < 0 else _MOVED
    said = tell(own_said if own else _OTHERS, {"count": own, "energy_small_wh": abs(wh)})
    return Correction(day, revision, quarters, wh, units, both(said, costs(units)))
