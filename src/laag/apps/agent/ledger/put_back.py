"""A neighbourhood that was put back from a copy and says so: what that explains of its record, and what it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from laag.adapters.neighbourhood.committed import Restored
from laag.foundation.words import Said
from laag.ledger.evidence import Pin
from laag.ledger.refused import Code

GOES_BACK = frozenset({Code.ROLLED_BACK, Code.UNCONNECTED, Code.SPLIT_VIEW})
"""What a home finds where the record does not go on from what it saw."""
SPOKEN_OF = timedelta(days=7)
"""For so long a household reads that it happened."""
_COMMITTED_WITHIN = timedelta(days=2)
"""From the book, on the day before, to the settlement, on the day after."""


class PutBack(Exception):
    """The record does not go on from what was seen, and the neighbourhood said why: the look begins anew from an earlier head."""

    def __init__(self, told: Restored) -> None:
        super().__init__(told.at.isoformat())
        self.told = told


def explains(some: Sequence[Restored], code: str, pin: Pin | None, used: Sequence[str]) -> Restored | None:
    """The restoration after which a record may be shorter than this, where none was gone by that came later."""
    if code not in GOES_BACK or pin is None:
        return None
    found = (one for one in reversed(some) if one.size < pin.size and one.at.isoformat() not in used)
    return next(found, None)


def touches(some: Sequence[Restored], day: date, zone: ZoneInfo) -> Restored | None:
    """The restoration by which something of this day may have been lost."""
    for one in reversed(some):
        first = (one.copied.astimezone(zone) - _COMMITTED_WITHIN).date()
        last = one.at.astimezone(zone).date() + timedelta(days=1)
        if first <= day <= last:
            return one
    return None


def lost_since(some: Sequence[Restored], at: datetime | None) -> Restored | None:
    """The restoration that lost what was taken at this time: after the copy was made, and before it was put back."""
    return None if at is None else next((one for one in some if one.copied <= at <= one.at), None)


def went_back(told: Restored, pin: Pin, to: Pin | None, zone: ZoneInfo) -> Said:
    """What a household reads of it."""
    at, copied = (f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in (told.at, told.copied))
    held = (
        Said(
            "Daarvoor had dit huis er nog niets van gezien.", "Before that this home had seen nothing of it."
        )
        if to is None
        else Said(
            f"Dit huis houdt het boek nu aan de {to.size} inschrijvingen die het voor die kopie zag.",
            f"This home now holds the record to the {to.size} entries that it saw before that copy.",
        )
    )
    return Said(
        f"De buurt zegt dat zij op {at} is teruggezet van een kopie van {copied}, toen het boek {told.size} inschrijvingen had; dit huis had "
        f"er {pin.size} gezien. {held.nl} Wat ertussen lag is weg of opnieuw ingeschreven; wat dit huis ervan nakeek, bewaart het.",
        f"The neighbourhood says that it was put back on {at} from a copy of {copied}, when the record had {told.size} entries; this home had "
        f"seen {pin.size}. {held.en} What lay between is gone or was entered anew; what this home verified of it, it keeps.",
    )


def day_lost(told: Restored, zone: ZoneInfo) -> Said:
    """Of a day whose lines the neighbourhood no longer has."""
    at, copied = (f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in (told.at, told.copied))
    return Said(
        f"De buurt zegt dat zij op {at} is teruggezet van een kopie van {copied} en daarbij iets van deze dag kwijtraakte: wat er in het boek "
        "van staat kan zij niet meer laten zien.",
        f"The neighbourhood says that it was put back on {at} from a copy of {copied} and lost something of this day: what the record has of "
        "it, it can no longer show.",
    )


def list_lost(told: Restored, by: str, number: int, zone: ZoneInfo) -> Said:
    """Of an order list that was signed for in between."""
    at, copied = (f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in (told.at, told.copied))
    return Said(
        f"{by} tekende voor orderlijst {number} van dit huis, en die staat niet in het boek. De buurt zegt dat zij op {at} is teruggezet van een "
        f"kopie van {copied}; deze lijst kwam daartussen en kan zo verloren zijn. De kwitantie blijft bewaard.",
        f"{by} signed for order list {number} of this home, and it is not in the book. The neighbourhood says that it was put back on {at} from a "
        f"copy of {copied}; this list came in between and may so have been lost. The receipt is kept.",
    )
