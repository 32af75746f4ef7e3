"""What two participants agreed beside the specification: which points, which clock, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from laag.foundation.ptu import PtuGrid


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings that both sides keep to; what breaks them is refused with a reason.

    >>> Rules({}).gate(date(2026, 3, 29)).isoformat()
    '2026-03-28T14:30:00+01:00'
    """

    points: Mapping[str, frozenset[str]]
    """Congestion points by their entity address, and the domains of who is active there."""
    zone_name: str = "Europe/Amsterdam"
    prognosis_until: time = time(14, 30)
    """On the day before: the last moment for the first D-prognosis of a day. Updates may come after an order."""
    days_ahead: int = 14
    """How far ahead a message may be about."""
    mutex: bool = False
    """Whether an offer may have several options of which one is chosen."""
    metering: bool = False
    """Whether metering is asked for; it is a household's own, so not unless agreed."""
    contracts: frozenset[str] = field(default_factory=frozenset)
    """Bilateral contracts under which may be reserved, and ordered without an offer."""
    most_watts: int = 1_000_000_000
    """More than this at one point is a typing error."""
    currency: str = "EUR"

    @property
    def zone(self) -> tzinfo:
        """In which days are cut."""
        return ZoneInfo(self.zone_name)

    def grid(self, day: date) -> PtuGrid:
        """The quarter-hours of a day: 92, 96 or 100."""
        return PtuGrid.day(day, self.zone)

    def gate(self, day: date) -> datetime:
        """Until when a day's first D-prognosis may come."""
        return datetime.combine(day - timedelta(days=1), self.prognosis_until, self.zone)

    def today(self, now: datetime) -> date:
        """The local day of an instant."""
        return now.astimezone(self.zone).date()
