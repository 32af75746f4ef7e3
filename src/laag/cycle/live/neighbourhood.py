"""The place and its rules: what stays the same while members come and go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from laag.cycle.layers import Layers, tree_of
from laag.cycle.live.messages import Joined
from laag.cycle.terms import Terms
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid


@dataclass(frozen=True, slots=True)
class Cable:
    """A feeder with its capacity at the transformer; ``inf`` is no limit."""

    name: str
    import_max_kw: float = float("inf")
    export_max_kw: float = float("inf")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A street with its cables, under terms that its members agreed on."""

    name: str
    terms: Terms
    first_day: date
    """Quarter-hours in the books are counted from the midnight in which it begins."""
    cables: tuple[Cable, ...] = ()
    import_max_kw: float = float("inf")
    export_max_kw: float = float("inf")
    zone: ZoneInfo = AMSTERDAM
    grid_operator: str = "Liander"
    """Whose network tariffs are on the bills."""
    rounds_close: timedelta = PTU
    """How long before a quarter-hour begins nobody amends it any more."""
    charter_unnamed: bool = False
    """Whether its log began before settled days named their charter."""

    def grid(self, day: date) -> PtuGrid:
        """The quarter-hours of a local day."""
        return _grid(day, self.zone)

    def first_ptu(self, day: date) -> int:
        """Where a day lies in the books."""
        return self.grid(self.first_day).index(self.grid(day).start)

    def layers(self, members: tuple[Joined, ...]) -> Layers:
        """Street and cables with these members, in their order."""
        return tree_of(
            tuple((one.member, one.cable) for one in members),
            tuple((cable.name, cable.import_max_kw, cable.export_max_kw) for cable in self.cables),
            (self.import_max_kw, self.export_max_kw),
        )


@lru_cache(1_000)
def _grid(day: date, zone: ZoneInfo) -> PtuGrid:
    """Asked several times for every message, and the same every time."""
    return PtuGrid.day(day, zone)
