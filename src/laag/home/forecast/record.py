"""What a home has measured up to an instant, and nothing after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.home.outlook import Floats

_SERIES = (
    "load_kw",
    "pv_kw",
    "outdoor_c",
    "sun_w_m2",
    "sun_forecast_w_m2",
    "outdoor_forecast_c",
    "pv_forecast_kw",
)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What was measured up to an instant: ``grid`` ends at ``now``. Missing readings are ``nan``."""

    grid: PtuGrid
    load_kw: Floats
    pv_kw: Floats
    """What the panels could give, as an inverter knows also while it is turned down; ``nan`` where it does not say."""
    outdoor_c: Floats
    sun_w_m2: Floats
    sun_forecast_w_m2: Floats | None = None
    """What had been forecast of the sun the day before; ``None`` where nobody keeps forecasts."""
    outdoor_forecast_c: Floats | None = None
    pv_forecast_kw: Floats | None = None
    """What a service had forecast of these very panels."""

    def __post_init__(self) -> None:
        for name in _SERIES:
            values = getattr(self, name)
            if values is not None and values.shape != (len(self.grid),):
                raise GridMismatch(
                    f"{name} does not fit {self.grid}; cut all series of a record at the same now"
                )

    @property
    def now(self) -> datetime:
        """Nothing in the record is later."""
        return self.grid.end

    def without_last(self, ptus: int) -> Record:
        """The record as it was so many quarter-hours ago."""
        count = max(len(self.grid) - ptus, 0)

        def cut(values: Floats | None) -> Floats | None:
            return None if values is None else values[:count]

        return Record(
            self.grid.window(0, count),
            self.load_kw[:count],
            self.pv_kw[:count],
            self.outdoor_c[:count],
            self.sun_w_m2[:count],
            cut(self.sun_forecast_w_m2),
            cut(self.outdoor_forecast_c),
            cut(self.pv_forecast_kw),
        )
