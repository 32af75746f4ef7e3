"""What the agent last heard of its meter and devices, how old it is, and what each took on average."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import isnan, nan
from typing import Any

from laag.adapters.dsmr import Reading as Telegram
from laag.home.devices import Device
from laag.home.devices.heating import Building
from laag.home.house import HomeState, House
from laag.home.operate import Heard, Measured, Patience, Reading

_KEPT = timedelta(hours=2)
_FORGOTTEN = timedelta(minutes=10)
"""Of a device that says nothing for so long nobody knows what it took."""
_CAR = "ev_stored_kwh"
NEVER = Reading(0.0, float("inf"))


class Senses:
    """The last word of everything that measures."""

    def __init__(self, house: House, held: HomeState) -> None:
        self.house = house
        self.held = held
        self.devices: dict[Device, Measured] = {}
        self.telegram: Telegram | None = None
        self.telegram_at: datetime | None = None
        self._kw: dict[Device, deque[tuple[datetime, float]]] = {}

    def hear(self, said: Measured) -> None:
        """A device spoke."""
        before = self.devices.get(said.device)
        if before is not None:
            # Many say one thing at a time: what it does not say now is as it was.
            said = replace(
                said,
                kw=before.kw if said.kw is None else said.kw,
                here=before.here if said.here is None else said.here,
            )
        self.devices[said.device] = said
        if said.device is Device.EV and before is not None:
            self._reckons(before, said)
        holds: dict[str, Any] = {name: value for name, value in said.holds.items() if not isnan(value)}
        self.held = replace(self.held, **holds)
        if said.kw is not None:
            kept = self._kw.setdefault(said.device, deque())
            kept.append((said.at, said.kw))
            while len(kept) > 1 and kept[1][0] < said.at - _KEPT:
                kept.popleft()

    def _reckons(self, before: Measured, said: Measured) -> None:
        """Few chargers know how full a car is: what it took since its last word is added to what it was taken to hold."""
        charger = self.house.charger
        if charger is None or not before.here or before.kw is None or _CAR in said.holds:
            return
        share = charger.efficiency if before.kw > 0 else 1 / charger.discharge_efficiency
        hours = min(max(said.at - before.at, timedelta(0)), _FORGOTTEN).total_seconds() / 3600
        kwh = self.held.ev_stored_kwh + before.kw * share * hours
        self.held = replace(self.held, ev_stored_kwh=min(max(kwh, 0.0), charger.capacity_kwh))

    def hear_meter(self, telegram: Telegram, at: datetime) -> None:
        """The meter spoke; when, by our own clock."""
        self.telegram, self.telegram_at = telegram, at

    def mean_kw(self, device: Device, start: datetime, end: datetime) -> float:
        """What a device took on average, each word holding until the next; ``nan`` where it was silent too long."""
        energy, known_s = 0.0, 0.0
        spoken = list(self._kw.get(device, ()))
        for i, (at, kw) in enumerate(spoken):
            until = spoken[i + 1][0] if i + 1 < len(spoken) else end
            first, last = max(at, start), min(until, end, at + _FORGOTTEN + (end - start))
            seconds = max((last - first).total_seconds(), 0.0)
            energy, known_s = energy + kw * seconds, known_s + seconds
        whole = (end - start).total_seconds()
        return energy / known_s if known_s > 0.9 * whole else nan

    @property
    def meter_kw(self) -> float | None:
        """Net offtake by the last telegram."""
        said = self.telegram
        if said is None or (said.import_w is None and said.export_w is None):
            return None
        return ((said.import_w or 0) - (said.export_w or 0)) / 1000

    @property
    def car_here(self) -> bool:
        """Whether a car is plugged in, by the charger's last word."""
        said = self.devices.get(Device.EV)
        return bool(said is not None and said.here)

    def heard(
        self,
        now: datetime,
        *,
        outdoor_c: float,
        sun_w_m2: float,
        low_c: float,
        neighbourhood_age_s: float,
    ) -> Heard:
        """All of it, for the next instruction."""
        kw = self.meter_kw
        meter = NEVER
        if kw is not None and self.telegram_at is not None:
            meter = Reading(kw, max((now - self.telegram_at).total_seconds(), 0.0))
        phases = self._phases_kw()
        return Heard(
            meter,
            phases,
            {
                device: Reading(said.kw, _age_s(said, now))
                for device, said in self.devices.items()
                if said.kw is not None
            },
            car_here=self.car_here,
            outdoor_c=outdoor_c,
            gains_kw=_gains_kw(self.house.building, sun_w_m2),
            low_c=low_c,
            neighbourhood_age_s=neighbourhood_age_s,
        )

    def ages_s(self, now: datetime) -> Mapping[Device, float]:
        """How long ago each device spoke."""
        return {device: _age_s(said, now) for device, said in self.devices.items()}

    def _phases_kw(self) -> tuple[float, float, float] | None:
        if self.telegram is None or len(self.telegram.phases) != 3:
            return None
        each = [(one.import_w, one.export_w) for one in self.telegram.phases]
        if any(drawn is None for drawn, _ in each):
            return None
        first, second, third = (((drawn or 0) - (fed or 0)) / 1000 for drawn, fed in each)
        return first, second, third


def patience_at(speed: float) -> Patience:
    """How long silence is borne on a clock that runs faster: a telegram takes the wall's time, not the clock's.

    >>> patience_at(1.0) == Patience()
    True
    """
    more, usual = speed - 1.0, Patience()
    return replace(
        usual,
        device_s=usual.device_s + 10 * more,
        meter_s=usual.meter_s + 3 * more,
        hold_s=usual.hold_s + 10 * more,
    )


def _age_s(said: Measured, now: datetime) -> float:
    return max((now - said.at).total_seconds(), 0.0)


def _gains_kw(building: Building | None, sun_w_m2: float) -> float:
    if building is None:
        return 0.0
    sun = 0.0 if isnan(sun_w_m2) else sun_w_m2
    return building.internal_gain_kw + sun * building.solar_aperture_m2 / 1000.0
