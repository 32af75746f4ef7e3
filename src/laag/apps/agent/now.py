"""This moment in a home, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.apps.agent.life import Life
from laag.foundation.words import Said
from laag.home.devices import Device
from laag.home.operate import say


@dataclass(frozen=True, slots=True)
class DeviceNow:
    """One device: what it takes (below zero gives), by its own word; what it was told, when, and why."""

    device: Device
    kw: float | None
    age_s: float | None
    """``None``: it has not spoken yet."""
    told_kw: float | None = None
    told_at: datetime | None = None
    heard: bool = False
    """Whether anybody was there to hear the instruction."""
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class NeighbourhoodNow:
    """How it stands with the neighbourhood."""

    member: str | None
    away_since: datetime | None
    why_away: Said | None
    board_made_at: datetime | None
    waiting: int
    """Messages that are not answered yet."""
    refused: int


@dataclass(frozen=True, slots=True)
class Now:
    """All of it."""

    at: datetime
    meter_kw: float | None
    meter_age_s: float | None
    devices: tuple[DeviceNow, ...]
    stored_kwh: float | None
    ev_stored_kwh: float | None
    indoor_c: float | None
    tank_c: float | None
    car_here: bool
    plan_made_at: datetime | None
    neighbourhood: NeighbourhoodNow
    trouble: Said | None
    """Of the store."""


def now_of(life: Life) -> Now:
    """By the last words of all."""
    now, held, house, senses = life.clock.now(), life.senses.held, life.house, life.senses
    at = senses.telegram_at
    board, store = life.board, life.store
    return Now(
        at=now,
        meter_kw=senses.meter_kw,
        meter_age_s=None if at is None else (now - at).total_seconds(),
        devices=tuple(_device(life, device, now) for device in _there(life)),
        stored_kwh=held.stored_kwh if house.battery else None,
        ev_stored_kwh=held.ev_stored_kwh if house.charger and senses.car_here else None,
        indoor_c=held.indoor_c if house.building else None,
        tank_c=held.tank_c if house.tank else None,
        car_here=senses.car_here,
        plan_made_at=None if life.thought is None else life.thought.plan.made_at,
        neighbourhood=NeighbourhoodNow(
            store.kept("member"),
            life.away_since,
            life.away,
            None if board is None else board.made_at,
            len(store.outbox),
            len(store.outbox.refused()),
        ),
        trouble=store.trouble,
    )


def _there(life: Life) -> list[Device]:
    house = life.house
    has = {
        Device.PV: house.pv,
        Device.BATTERY: house.battery,
        Device.EV: house.charger,
        Device.HEAT_PUMP: house.heat_pump,
        Device.WATER: house.tank,
    }
    return [device for device, one in has.items() if one is not None]


def _device(life: Life, device: Device, now: datetime) -> DeviceNow:
    said, told = life.senses.devices.get(device), life.told.get((device, ""))
    kw = None if said is None else said.kw
    age_s = None if said is None else (now - said.at).total_seconds()
    if told is None:
        return DeviceNow(device, kw, age_s)
    instruction = told.instruction
    return DeviceNow(device, kw, age_s, instruction.power_kw, told.at, told.heard, say(instruction))
