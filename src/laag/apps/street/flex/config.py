"""The `[dso]` table of a neighbourhood: its line to a grid operator, and who hangs behind which congestion point."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field, ValidationError, model_validator

from laag.adapters.homefile.fields import Name, Strict, wrong
from laag.adapters.homefile.parse import faults
from laag.apps.dso.settings import AggregatorWire
from laag.cycle.live import Neighbourhood
from laag.foundation.errors import BadInput

_OF_THE_STREET = ("host", "port", "clock", "zone")
_TICKS_PER_EUR_KWH = 100_000


class DsoWire(AggregatorWire):
    """Its line goes through the neighbourhood's own door, by the neighbourhood's clock."""

    behind: dict[str, tuple[Name, ...]] = Field(default_factory=dict)
    """By point: the cables behind it; a point that is not here is the whole street."""
    penalty_eur_per_kwh: Decimal = Field(default=Decimal(0), ge=0, le=100, decimal_places=4)
    """What the grid operator takes for what was ordered and not delivered."""
    margin_minutes: float = Field(default=5.0, ge=0, le=1440)
    """So long before a request ends homes are waited for no longer."""

    @model_validator(mode="before")
    @classmethod
    def _is_of_the_street(cls, given: Any) -> Any:
        for name in _OF_THE_STREET:
            if isinstance(given, dict) and name in given:
                raise wrong(
                    f" heeft {name}; die staat in [street], de lijn gaat door dezelfde deur",
                    f" has {name}; it stands in [street], the line goes through the same door",
                )
        return given

    @property
    def penalty_ticks(self) -> int:
        """The same per Wh."""
        return int(self.penalty_eur_per_kwh * _TICKS_PER_EUR_KWH)


class _Table(Strict):
    """So that a fault is said with its place."""

    dso: DsoWire


def read(given: Any, place: Neighbourhood, clock: str) -> DsoWire:
    """The table of a file; what cannot be meant is refused by its path."""
    try:
        wire = _Table.model_validate({"dso": given}).dso
    except ValidationError as odd:
        raise BadInput(f"{faults(odd)} (docs/serving.md has every field)") from None
    cables, points = {one.name for one in place.cables}, set(wire.points)
    if len(points) < len(wire.points):
        raise BadInput("dso.points names a point twice; give each once")
    taken: set[str] = set()
    for point, names in wire.behind.items():
        if point not in points:
            raise BadInput(f"dso.behind has {point!r}, which is none of dso.points; add it there")
        if odd_ones := sorted(set(names) - cables):
            raise BadInput(
                f"dso.behind has the cable {odd_ones[0]!r}; there are {', '.join(sorted(cables)) or 'none'}"
            )
        if twice := sorted(taken & set(names)):
            raise BadInput(f"dso.behind has the cable {twice[0]!r} behind two points; it hangs behind one")
        taken |= set(names)
    if len(points - wire.behind.keys()) > 1:
        raise BadInput(
            "two of dso.points are the whole street; say in dso.behind which cables hang behind one of them"
        )
    return wire.model_copy(update={"zone": place.zone.key, "clock": clock})
