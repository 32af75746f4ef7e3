"""Listening to the meter: each telegram to the senses, each quarter-hour to the past and the outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from math import nan

from laag.adapters.dsmr import Accepted, Notice, Quarter, Quarters, Reading, Watch
from laag.apps.agent.life import LOG, Life
from laag.foundation.ptu import PTU, PTU_HOURS
from laag.home.devices import Device

_NAMES = {
    Device.BATTERY: "battery_kw",
    Device.EV: "ev_kw",
    Device.HEAT_PUMP: "heat_pump_kw",
    Device.WATER: "water_kw",
}
_LAST = "last_reading"


class Metering:
    """Judges and counts what the meter says; goes on over a restart from the last reading that was kept."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._watch, self._quarters = Watch(), Quarters()
        if (kept := life.store.kept(_LAST)) is not None:
            self._go_on(kept)

    async def listens(self, events: AsyncIterator[Reading | Notice]) -> None:
        """For as long as the source lasts."""
        async for event in events:
            match event:
                case Notice(finding=finding):
                    self._life.found(finding)
                case Reading():
                    self.hears(event)

    def hears(self, reading: Reading) -> None:
        """One reading."""
        life = self._life
        life.senses.hear_meter(reading, life.clock.now())
        self._watch, verdict = self._watch.see(reading)
        if isinstance(verdict, Accepted):
            for finding in verdict.findings:
                life.found(finding)
            quarters = self._quarters.add(verdict)
            for quarter in quarters:
                self._counted(quarter, verdict.reading)
            if quarters:
                life.store.keep(_LAST, _plain(verdict.reading))
                life.past.moved(life.clock.now())
                life.to_say.set()
                life.replan.set()
        life.beat.set()

    def _counted(self, quarter: Quarter, reading: Reading) -> None:
        """What the quarter-hour took in all, what each device took of it, and what is left for the household."""
        life, start, end = self._life, quarter.start, quarter.start + PTU
        fed_wh = quarter.export_wh or 0
        kw = {device: self._mean_kw(device, start, end) for device in (*_NAMES, Device.PV)}
        sun_kw = max(kw[Device.PV], 0.0)
        steered_kw = sum(kw[device] for device in _NAMES)
        load_kw = (quarter.import_wh - fed_wh) / (1000 * PTU_HOURS) + sun_kw - steered_kw
        held, gas = life.senses.held, next((one for one in reading.others if one.kind == "gas"), None)
        there = life.house
        life.past.put(
            start,
            import_wh=quarter.import_wh,
            export_wh=fed_wh,
            gas_dm3=nan if gas is None else gas.count,
            load_kw=max(load_kw - there.standby_kw, 0.0),
            pv_kw=self._could_kw(sun_kw),
            **{name: kw[device] for device, name in _NAMES.items()},
            stored_kwh=held.stored_kwh if there.battery else nan,
            ev_stored_kwh=held.ev_stored_kwh if life.senses.car_here else nan,
            indoor_c=held.indoor_c if there.building else nan,
            tank_c=held.tank_c if there.tank else nan,
            **self._foreseen(start),
        )
        life.store.keep("held", asdict(held))
        life.tell("quarter", {"at": start.isoformat(), "import_wh": quarter.import_wh, "export_wh": fed_wh})

    def _mean_kw(self, device: Device, start: datetime, end: datetime) -> float:
        """Of a device that is not there nothing; of one that was silent nobody knows, and it counts as load."""
        kw = self._life.senses.mean_kw(device, start, end)
        return 0.0 if kw != kw else kw  # noqa: PLR0124 - nan

    def _could_kw(self, sun_kw: float) -> float:
        """What the roof could give: not known where it was turned down."""
        life = self._life
        told = life.told.get((Device.PV, ""))
        if life.house.pv is None:
            return 0.0
        if told is not None and told.instruction.power_kw <= sun_kw + 0.05:
            return nan
        return sun_kw if Device.PV in life.senses.devices else nan

    def _foreseen(self, start: datetime) -> dict[str, float]:
        """What was planned and agreed for it, and its prices."""
        thought = self._life.thought
        if thought is None:
            return {}
        plan, ahead = thought.plan, thought.outlook
        ptu = plan.grid.index(start)
        if not 0 <= ptu < len(plan):
            return {}
        return {
            "planned_kw": float(plan.connection_kw[ptu]),
            "position_kw": nan if ahead.position_kw is None else float(ahead.position_kw[ptu]),
            "buy_eur_per_kwh": float(ahead.buy_eur_per_kwh[ptu]),
            "sell_eur_per_kwh": float(ahead.sell_eur_per_kwh[ptu]),
        }

    def _go_on(self, kept: dict[str, object]) -> None:
        try:
            last = Reading(**{**kept, "at": datetime.fromisoformat(str(kept["at"]))})  # type: ignore[arg-type] # as it was kept
        except (TypeError, ValueError, KeyError):
            LOG.warning("the last reading that was kept cannot be read; quarter-hours are counted anew")
            return
        self._watch, verdict = self._watch.see(last)
        if isinstance(verdict, Accepted):
            self._quarters.add(verdict)


def _plain(reading: Reading) -> dict[str, object]:
    """What is needed to go on counting: registers and when."""
    return {
        "at": reading.at.isoformat(),
        "stamped": reading.stamped,
        "checked": True,
        "meter": reading.meter,
        "version": reading.version,
        "import_wh": reading.import_wh,
        "export_wh": reading.export_wh,
    }
