"""The physics of a simulated house, over seconds instead of quarter-hours, and its memory on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, expm1
from pathlib import Path

from laag.apps.agent.surroundings import Surroundings
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import Device, EvSession
from laag.home.house import HomeState, House
from laag.home.physics import NO_LIMIT, Around, Held, WholeFlow, WholePhysics, Wish

_PTU_S = 900.0
_LONGEST_S = 60.0
"""What was missed while nobody ran it is lived in steps of this."""
_LEAST_SHARE = 0.1
"""A car that would be emptier than this was charged on the road."""


class MomentPhysics(WholePhysics):
    """A home's physics over so many seconds.

    >>> from laag.home.devices import Battery
    >>> house = House("a", battery=Battery(10.0, 5.0, 5.0, charge_efficiency=1.0))
    >>> MomentPhysics(house, 36.0).whole(Held(), Wish(battery_kw=5.0), Around(0.3, 0, 10, 0, 17)).stored_kwh
    0.05
    """

    def __init__(self, house: House, seconds: float) -> None:
        super().__init__(house)
        hours = seconds / 3600.0
        share = hours / PTU_HOURS
        self.stored_per_kw *= share
        self.drained_per_kw *= share
        self.car_per_kw *= share
        self.car_drained_per_kw *= share
        if (building := house.building) is not None:
            lost = hours * building.loss_kw_per_k / building.heat_capacity_kwh_per_k
            self.kept = exp(-lost)
            self.kelvin_per_kw = (
                -expm1(-lost) / building.loss_kw_per_k
                if lost > 1e-12
                else hours / building.heat_capacity_kwh_per_k
            )
        if (tank := house.tank) is not None:
            lost = hours * tank.loss_kw_per_k / tank.kwh_per_k
            self.tank_kept = exp(-lost)
            self.tank_kelvin_per_kw = (
                -expm1(-lost) / tank.loss_kw_per_k if lost > 1e-12 else hours / tank.kwh_per_k
            )


@dataclass(frozen=True, slots=True)
class Happens:
    """From a moment on: what flows, and at that moment what is held, counted and plugged in."""

    flow: WholeFlow
    held: Held
    import_wh: float
    export_wh: float
    stay: EvSession | None

    @property
    def offtake_kw(self) -> float:
        """At the meter."""
        return self.flow.offtake_kw


class Body:
    """What is true in the house: nobody is told but through its meter and its devices."""

    def __init__(
        self,
        house: House,
        around: Surroundings,
        start: HomeState,
        begins: datetime,
        memory: Path | None = None,
    ) -> None:
        self.house, self._around, self._memory = house, around, memory
        self.at = begins
        self.held = Held(start.stored_kwh, start.ev_stored_kwh, start.indoor_c, start.tank_c)
        self.import_wh = self.export_wh = 0.0
        self._hot_ago_s = self._pump_ran_s = 0.0
        self._away = False
        self._physics: dict[float, MomentPhysics] = {}
        if memory is not None and memory.exists():
            self._remember(memory)

    @property
    def grid(self) -> PtuGrid:
        """The quarter-hours of its file."""
        return self._around.grid

    def begins(self, told: Mapping[Device, float]) -> Happens:
        """What flows from now on by these instructions."""
        self._comes_or_goes(self._stay())
        return Happens(self._flow(told, 1.0), self.held, self.import_wh, self.export_wh, self._stay())

    def lives_until(self, at: datetime, told: Mapping[Device, float]) -> None:
        """Go on to an instant; a quarter-hour that begins in between brings its own load and sun."""
        while self.at < at:
            edge = self.at + timedelta(seconds=_PTU_S - self.at.timestamp() % _PTU_S)
            seconds = min((min(at, edge) - self.at).total_seconds(), _LONGEST_S)
            self._lives(seconds, told)

    def save(self) -> None:
        """So that after a stop it is the same house; all of it or as it was."""
        if self._memory is None:
            return
        fresh = self._memory.with_name(self._memory.name + ".new")
        fresh.write_text(
            json.dumps(
                {
                    "at": self.at.isoformat(),
                    "held": list(self.held),
                    "import_wh": self.import_wh,
                    "export_wh": self.export_wh,
                    "hot_ago_s": self._hot_ago_s,
                    "pump_ran_s": self._pump_ran_s,
                    "away": self._away,
                }
            ),
            "utf-8",
        )
        fresh.replace(self._memory)

    def _remember(self, memory: Path) -> None:
        was = json.loads(memory.read_text("utf-8"))
        self.at = datetime.fromisoformat(was["at"]).astimezone(UTC)
        self.held = Held(*was["held"])
        self.import_wh, self.export_wh = was["import_wh"], was["export_wh"]
        self._hot_ago_s, self._pump_ran_s, self._away = was["hot_ago_s"], was["pump_ran_s"], was["away"]

    def _lives(self, seconds: float, told: Mapping[Device, float]) -> None:
        stay = self._stay()
        self._comes_or_goes(stay)
        flow = self._flow(told, seconds)
        wh = flow.offtake_kw * seconds / 3.6
        self.import_wh += max(wh, 0.0)
        self.export_wh += max(-wh, 0.0)
        self._hot_ago_s = 0.0 if flow.hot_ago_ptus == 0 else self._hot_ago_s + seconds
        self._pump_ran_s = self._pump_ran_s + seconds if flow.pump_ran_ptus else 0.0
        self.held = Held(*flow[-6:-2], int(self._hot_ago_s // _PTU_S), int(-(-self._pump_ran_s // _PTU_S)))
        self.at += timedelta(seconds=seconds)

    def _comes_or_goes(self, stay: EvSession | None) -> None:
        if stay is not None and self._away:
            drive_kwh = max(stay.wanted_kwh - stay.stored_kwh, 0.0)
            least_kwh = _LEAST_SHARE * self._capacity_kwh
            left_kwh = max(self.held.ev_stored_kwh - drive_kwh, least_kwh)
            self.held = self.held._replace(ev_stored_kwh=left_kwh)
        self._away = stay is None

    @property
    def _capacity_kwh(self) -> float:
        return self.house.charger.capacity_kwh if self.house.charger is not None else 0.0

    def _stay(self) -> EvSession | None:
        return self._around.stay(self.grid.index(self.at))

    def _flow(self, told: Mapping[Device, float], seconds: float) -> WholeFlow:
        now, house = self._around.at(self.at), self.house
        physics = self._physics.setdefault(seconds, MomentPhysics(house, seconds))
        gains_kw = 0.0
        if house.building is not None:
            building = house.building
            gains_kw = building.internal_gain_kw + now.sun_w_m2 * building.solar_aperture_m2 / 1000.0
        around = Around(
            now.load_kw + house.standby_kw,
            now.pv_kw,
            now.outdoor_c,
            gains_kw,
            now.low_c,
            car_here=self._stay() is not None,
            drawn_kw=now.drawn_kw,
        )
        return physics.whole(self.held, self._wish(told, physics, around), around)

    def _wish(self, told: Mapping[Device, float], physics: MomentPhysics, around: Around) -> Wish:
        """What devices were told, and what they do by themselves where they were not."""
        rooms = told.get(Device.HEAT_PUMP)
        if rooms is None:
            rooms = physics.holding_kw(self.held.indoor_c, around.outdoor_c, around.gains_kw, around.low_c)
        water = told.get(Device.WATER)
        element = 0.0 if water is None else max(water - physics.pump_max, 0.0)
        if water is None:
            water, element = physics.keeping_hot_kw(self.held, around.outdoor_c, around.drawn_kw)
        return Wish(
            battery_kw=told.get(Device.BATTERY, 0.0),
            ev_kw=told.get(Device.EV, physics.ev_max),
            heat_pump_kw=rooms,
            pv_most_kw=told.get(Device.PV, NO_LIMIT),
            water_kw=water,
            element_kw=element,
        )
