"""A connection and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass

from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    HeatPump,
    Pv,
    Tank,
    Wiring,
)


@dataclass(frozen=True, slots=True)
class House:
    """One connection (EAN) with its devices; ``None`` is a device that is not there.

    A heat pump or a boiler needs a building to heat. ``name`` is the member's id in the market. Without ``wiring`` the
    limits of the connection are all there is; with it, no phase carries more than its fuse.
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
    boiler: Boiler | None = None
    tank: Tank | None = None
    appliances: tuple[Appliance, ...] = ()
    wiring: Wiring | None = None

    @property
    def standby_kw(self) -> float:
        """What devices draw by merely being there; it comes on top of the load."""
        return self.battery.standby_kw if self.battery is not None else 0.0


@dataclass(frozen=True, slots=True)
class HomeState:
    """What the devices hold at an instant; a value without its device means nothing."""

    stored_kwh: float = 0.0
    ev_stored_kwh: float = 0.0
    indoor_c: float = 20.0
    tank_c: float = 50.0
    hot_ago_ptus: int = 0
    """How long ago the tank was last hot enough against legionella."""
    pump_ran_ptus: int = 0
    """How long the heat pump has been running; zero when it is off."""
