"""A home battery."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Battery:
    """A home battery: ``capacity_kwh`` is what may be used of it. Losses are paid on the way in and on the way out.

    Near full a battery takes less, near empty it gives less: above ``charge_taper_from`` (share of capacity) the most
    it takes falls in a straight line to ``charge_at_full`` of ``charge_max_kw``; below ``discharge_taper_below`` the
    most it gives falls to ``discharge_at_empty`` of ``discharge_max_kw``.
    """

    capacity_kwh: float
    charge_max_kw: float
    discharge_max_kw: float
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    wear_eur_per_kwh: float = 0.0
    """What one kWh discharged costs in lifetime."""
    standby_kw: float = 0.0
    """What its electronics draw from the house, day and night."""
    charge_taper_from: float = 1.0
    charge_at_full: float = 0.1
    discharge_taper_below: float = 0.0
    discharge_at_empty: float = 0.1

    def __post_init__(self) -> None:
        for name in ("charge_efficiency", "discharge_efficiency"):
            if not 0 < getattr(self, name) <= 1:
                raise BadInput(f"{name} is {getattr(self, name)}; give a share between 0 and 1")
        for name in ("charge_taper_from", "charge_at_full", "discharge_taper_below", "discharge_at_empty"):
            if not 0 <= getattr(self, name) <= 1:
                raise BadInput(f"{name} is {getattr(self, name)}; give a share from 0 to 1")
        if not min(self.capacity_kwh, self.charge_max_kw, self.discharge_max_kw, self.standby_kw) >= 0:
            raise BadInput("a battery's capacity, power limits and standby are zero or more")

    def after(self, stored_kwh: float, power_kw: float, hours: float) -> float:
        """What is stored after this power for this long; the caller keeps it within limits.

        >>> Battery(10, 5, 5, charge_efficiency=0.9).after(5, 4, 0.25)
        5.9
        """
        if power_kw >= 0:
            return stored_kwh + power_kw * self.charge_efficiency * hours
        return stored_kwh + power_kw / self.discharge_efficiency * hours

    def takes_kw(self, stored_kwh: float) -> float:
        """The most it takes at this fill.

        >>> round(Battery(10, 5, 5, charge_taper_from=0.9, charge_at_full=0.1).takes_kw(9.5), 6)
        2.75
        """
        if self.charge_taper_from >= 1 or self.capacity_kwh <= 0:
            return self.charge_max_kw
        beyond = (stored_kwh / self.capacity_kwh - self.charge_taper_from) / (1 - self.charge_taper_from)
        return self.charge_max_kw * (1 - (1 - self.charge_at_full) * min(max(beyond, 0.0), 1.0))

    def gives_kw(self, stored_kwh: float) -> float:
        """The most it gives at this fill.

        >>> Battery(10, 5, 5, discharge_taper_below=0.1, discharge_at_empty=0.2).gives_kw(0.5)
        3.0
        """
        if self.discharge_taper_below <= 0 or self.capacity_kwh <= 0:
            return self.discharge_max_kw
        beyond = 1 - stored_kwh / self.capacity_kwh / self.discharge_taper_below
        return self.discharge_max_kw * (1 - (1 - self.discharge_at_empty) * min(max(beyond, 0.0), 1.0))
