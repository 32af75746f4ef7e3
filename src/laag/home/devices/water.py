"""A hot-water tank."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.errors import BadInput

KWH_PER_LITRE_K = 4.186 / 3600
"""Water: 4.186 kJ per kilogram and kelvin."""


@dataclass(frozen=True, slots=True)
class Tank:
    """A well-mixed tank, heated by the heat pump up to ``pump_max_c`` and by its own element beyond.

    Once in ``legionella_days`` it must have been at ``legionella_c`` (ISSO 55.1 and Dutch practice: 60 °C weekly);
    zero days: no such run.
    """

    litres: float = 200.0
    low_c: float = 45.0
    """Below this the shower is not warm."""
    high_c: float = 65.0
    pump_max_c: float = 55.0
    element_max_kw: float = 1.5
    loss_kw_per_k: float = 0.0018
    """Standing loss per kelvin above the room: about 1.3 kWh a day at 50 °C for 200 litres, energy label B to C."""
    room_c: float = 20.0
    legionella_c: float = 60.0
    legionella_days: int = 7

    def __post_init__(self) -> None:
        if not self.litres > 0 or not min(self.loss_kw_per_k, self.element_max_kw) >= 0:
            raise BadInput("a tank holds more than zero litres, and its loss and element are zero or more kW")
        if not self.low_c <= self.pump_max_c <= self.high_c:
            raise BadInput("a tank's lowest, heat-pump and highest temperature rise in this order")

    @property
    def kwh_per_k(self) -> float:
        """Heat in one kelvin.

        >>> round(Tank(litres=200).kwh_per_k, 4)
        0.2326
        """
        return self.litres * KWH_PER_LITRE_K
