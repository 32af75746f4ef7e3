"""A connection and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass

from laag.home.devices import Battery, Building, Charger, Comfort, HeatPump, Pv


@dataclass(frozen=True, slots=True)
class House:
    """One connection (EAN) with its devices; ``None`` is a device that is not there.

    A heat pump needs a building to heat. ``name`` is the member's id in the market.
    """

    name: str
    import_max_kw: float = 17.25
    export_max_kw: float = 17.25
    battery: Battery | None = None
    charger: Charger | None = None
    heat_pump: HeatPump | None = None
    building: Building | None = None
    comfort: Comfort = Comfort()
    pv: Pv | None = None


@dataclass(frozen=True, slots=True)
class HomeState:
    """What the devices hold at an instant; a value without its device means nothing."""

    stored_kwh: float = 0.0
    ev_stored_kwh: float = 0.0
    indoor_c: float = 20.0
