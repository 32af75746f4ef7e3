"""The car's stays as the charger tells of them, kept so that its habits can be learnt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from laag.adapters.homestore import Stay
from laag.apps.agent.life import Life
from laag.apps.agent.past import BACK_PTUS
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.devices import Device, EvSession
from laag.home.operate import Measured

_USUALLY_FULL = 0.8
"""Where neither driver nor wish says how full the car should be."""
_AFTER_ALL = timedelta(hours=1)
"""A car that is still there when it should have left is expected to leave in an hour, again and again."""


def plugged(life: Life, said: Measured) -> bool:
    """Keep a stay that begins or ends with this word of the charger; whether one does."""
    if said.device is not Device.EV or said.here is None:
        return False
    last = _last(life, said.at)
    if said.here and last is None:
        stay = _comes(life, said)
        life.store.write_stay(stay)
        # Where the charger does not say how full the car is, it is reckoned from here on.
        life.senses.held = replace(life.senses.held, ev_stored_kwh=stay.stored_kwh)
        return True
    if not said.here and last is not None:
        life.store.write_stay(replace(last, departs=max(said.at, last.arrives + PTU), over=True))
        return True
    return False


def stays_by(life: Life, grid: PtuGrid, now: datetime) -> tuple[EvSession, ...]:
    """The stays that have begun, in quarter-hours from the start of ``grid``."""
    found = []
    for stay in life.store.stays(now - BACK_PTUS * PTU):
        departs = stay.departs if stay.over else max(stay.departs, now + PTU)
        arrives = grid.index(stay.arrives)
        ends = max(-(-(departs - grid.start) // PTU), arrives + 1)
        found.append(EvSession(arrives, ends, stay.stored_kwh, stay.wanted_kwh))
    return tuple(found)


def _last(life: Life, now: datetime) -> Stay | None:
    """The stay that goes on."""
    stays = life.store.stays(now - BACK_PTUS * PTU)
    return stays[-1] if stays and not stays[-1].over else None


def _comes(life: Life, said: Measured) -> Stay:
    """A stay that begins: by what charger and driver say, else by habit."""
    charger = life.house.charger
    capacity_kwh = charger.capacity_kwh if charger is not None else 0.0
    wanted_kwh = said.wanted_kwh if said.wanted_kwh is not None else _USUALLY_FULL * capacity_kwh
    stored_kwh = said.holds.get("ev_stored_kwh", max(wanted_kwh - life.habit.used_kwh, 0.0))
    leaves = said.leaves_at if said.leaves_at is not None else _usually_leaves(life, said.at)
    return Stay(said.at, max(leaves, said.at + PTU), stored_kwh, wanted_kwh)


def _usually_leaves(life: Life, now: datetime) -> datetime:
    """The next time at which the household says that the car leaves."""
    wall = now.astimezone(life.zone)
    quarter = life.habit.departs_quarter
    leaves = wall.replace(hour=quarter // 4, minute=quarter % 4 * 15, second=0, microsecond=0)
    return leaves if leaves > wall + _AFTER_ALL else leaves + timedelta(days=1)
