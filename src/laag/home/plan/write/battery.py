"""The home battery."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery
from laag.home.ladder import Level, On
from laag.home.plan.draft import HELD_EUR_PER_KWH, STILL_EUR_PER_KWH, Draft
from laag.home.plan.tiers import down_from, up_to


def battery(draft: Draft) -> None:
    """It fills and empties within its power, its capacity and the floors that somebody claims."""
    at, asked, box, h = draft.at, draft.asked, draft.asked.house.battery, PTU_HOURS
    if box is None:
        return
    T, settings = asked.count, asked.settings
    whole = np.ones(T)
    draft.segments(at.charge, up_to(box.charge_max_kw * whole, asked.cuts(On.CHARGE)))
    draft.segments(at.discharge, up_to(box.discharge_max_kw * whole, asked.cuts(On.DISCHARGE)))
    for block in at.charge:
        draft.cost[block] = STILL_EUR_PER_KWH * h
        draft.put(block, at.battery, -box.charge_efficiency * h)
    for first in asked.claimed.sun_first:
        assert first.rung is not None
        for block in at.discharge:  # sun that a battery would only burn has not stayed at home
            draft.misses(first.rung, block, first.at * (_lost_per_kwh(box) * h))
    for block in at.discharge:
        draft.cost[block] = (STILL_EUR_PER_KWH + box.wear_eur_per_kwh) * h
        draft.put(block, at.battery, h / box.discharge_efficiency)
    draft.flow(at.charge, "battery")
    draft.flow(at.discharge, "battery", 1.0)
    level, *dips = at.stored
    floors = asked.floors(Level.STORED)
    if floors:
        highest, pieces = down_from(floors, 0.0)
        draft.lower[level] = highest
        draft.segments(dips, pieces, 1.0 * h)
    draft.upper[level] = box.capacity_kwh
    draft.cost[level] = HELD_EUR_PER_KWH
    end = level.stop - 1
    if settings.keep_stored:
        draft.lower[end] = max(draft.lower[end], asked.state.stored_kwh)
        for dip in dips:
            draft.upper[dip.stop - 1] = 0.0
    else:
        draft.cost[end] -= settings.stored_at_end_eur_per_kwh(box, asked.outlook)
        for dip in dips:
            draft.cost[dip.stop - 1] += settings.stored_at_end_eur_per_kwh(box, asked.outlook)
    draft.right[at.battery.start] = asked.state.stored_kwh
    _carried(draft, at.battery, [(level, 1.0), *((dip, -1.0) for dip in dips)])
    _tapers(draft)


def _lost_per_kwh(box: Battery) -> float:
    """What is lost both ways on each kWh that comes out."""
    both_ways = box.charge_efficiency * box.discharge_efficiency
    return (1.0 - both_ways) / both_ways


def _carried(draft: Draft, row: slice, parts: list[tuple[slice, float]], kept: float = 1.0) -> None:
    """A level made of parts goes from each PTU to the next, less what leaks."""
    for part, sign in parts:
        draft.put(part, row, sign)
        draft.put(slice(part.start, part.stop - 1), slice(row.start + 1, row.stop), -sign * kept)


def _tapers(draft: Draft) -> None:
    """Near full a battery takes less, near empty it gives less; it counts what it holds when the PTU begins."""
    at, box, stored = draft.at, draft.asked.house.battery, draft.asked.state.stored_kwh
    assert box is not None
    if box.capacity_kwh <= 0:
        steep_in = steep_out = 0.0
    else:
        steep_in = box.charge_max_kw * (1 - box.charge_at_full) / box.capacity_kwh
        steep_out = box.discharge_max_kw * (1 - box.discharge_at_empty) / box.capacity_kwh
    if at.shape.tapers[0]:
        falls = steep_in / (1 - box.charge_taper_from)
        most = box.charge_max_kw + falls * box.charge_taper_from * box.capacity_kwh
        _taper(draft, at.charge, at.charge_room, at.charge_taper, most, falls, stored)
    if at.shape.tapers[1]:
        rises = steep_out / box.discharge_taper_below
        least = box.discharge_max_kw * box.discharge_at_empty
        _taper(draft, at.discharge, at.discharge_room, at.discharge_taper, least, -rises, stored)


def _taper(
    draft: Draft, power: list[slice], room: slice, row: slice, most: float, falls: float, stored: float
) -> None:
    """``power + falls x stored before + room = most``."""
    draft.upper[room] = np.inf
    draft.right[row] = most
    draft.right[row.start] -= falls * stored
    draft.put(room, row, 1.0)
    for block in power:
        draft.put(block, row, 1.0)
    level, *dips = draft.at.stored
    for part, sign in [(level, 1.0), *((dip, -1.0) for dip in dips)]:
        draft.put(slice(part.start, part.stop - 1), slice(row.start + 1, row.stop), sign * falls)
