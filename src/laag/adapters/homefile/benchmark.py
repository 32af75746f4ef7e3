"""A benchmark case (`home-b.json`) as a home file."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU_HOURS

FIRST_DAY = datetime(2026, 3, 3)  # noqa: DTZ001 - the wall's own; the case names no day, and this one has 24 hours


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Battery(_Part):
    capacity_kwh: float
    stored_kwh: float
    stored_min_kwh: float
    stored_max_kwh: float
    charge_max_kw: float
    discharge_max_kw: float
    efficiency_each_way: float


class _Car(_Part):
    capacity_kwh: float
    stored_kwh: float
    stored_max_kwh: float
    charge_max_kw: float
    efficiency: float
    home: tuple[bool, ...]
    drive_kw: tuple[float, ...]
    stored_min_kwh: tuple[float, ...]


class _Case(_Part):
    hours: int
    ptu_hours: float
    import_price: tuple[float, ...]
    export_price: tuple[float, ...]
    pv_kw: tuple[float, ...]
    load_kw: tuple[float, ...]
    connection_max_kw: float
    battery: _Battery
    ev: _Car
    optimum_eur: dict[str, float]


class _Cases(_Part):
    name: str
    note: str
    cases: tuple[_Case, ...]


def benchmark(text: str, hours: int) -> dict[str, Any]:
    """The case of so many hours, as a home file with a battery and a car whose kWh count from their floors."""
    try:
        given = _Cases.model_validate(json.loads(text))
    except (json.JSONDecodeError, ValidationError) as odd:
        raise BadInput(
            f"this is no benchmark case like cases/home-b.json: {str(odd).splitlines()[0]}"
        ) from None
    found = [case for case in given.cases if case.hours == hours]
    if not found:
        there = ", ".join(str(case.hours) for case in given.cases)
        raise BadInput(f"there is no case of {hours} hours; give --hours {there}")
    return _home_file(given.name, found[0])


def _home_file(name: str, case: _Case) -> dict[str, Any]:
    battery, car = case.battery, case.ev
    if case.ptu_hours != PTU_HOURS:
        raise BadInput(f"the case counts in steps of {case.ptu_hours} hours; give one of quarter-hours")
    car_floor = min(car.stored_min_kwh)
    return {
        "version": 1,
        "name": f"{name}, {case.hours} h",
        "start": FIRST_DAY.isoformat(timespec="minutes"),
        "hours": case.hours,
        "connection": {"import_max_kw": case.connection_max_kw, "export_max_kw": case.connection_max_kw},
        "devices": {
            "pv": {"peak_kw": max(case.pv_kw)},
            "battery": {
                "capacity_kwh": battery.stored_max_kwh - battery.stored_min_kwh,
                "charge_max_kw": battery.charge_max_kw,
                "discharge_max_kw": battery.discharge_max_kw,
                "charge_efficiency": battery.efficiency_each_way,
                "discharge_efficiency": battery.efficiency_each_way,
            },
            "charger": {
                "max_kw": car.charge_max_kw,
                "efficiency": car.efficiency,
                "capacity_kwh": car.stored_max_kwh - car_floor,
            },
        },
        "state": {"stored_kwh": battery.stored_kwh - battery.stored_min_kwh},
        "prices": {"buy_eur_per_kwh": list(case.import_price), "sell_eur_per_kwh": list(case.export_price)},
        "expected": {"load_kw": list(case.load_kw), "pv_kw": list(case.pv_kw)},
        "stays": _stays(car, car_floor),
        "defaults": None,
        "keep_stored": True,
    }


def _stays(car: _Car, floor: float) -> list[dict[str, Any]]:
    """Each stay with what it must end with: its own least, and what the drive after it needs."""
    stays: list[dict[str, Any]] = []
    edges = [
        i
        for i, (was, now) in enumerate(zip((False, *car.home), (*car.home, False), strict=True))
        if was != now
    ]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    for k, (arrives, departs) in enumerate(spans):
        back = spans[k + 1][0] if k + 1 < len(spans) else len(car.home)
        on_the_way = [
            car.stored_min_kwh[i] + sum(car.drive_kw[departs : i + 1]) * PTU_HOURS
            for i in range(departs, back)
        ]
        stay = {
            "arrives": _wall(arrives),
            "departs": _wall(departs),
            "wanted_kwh": round(max((*car.stored_min_kwh[arrives:departs], *on_the_way)) - floor, 9),
        }
        if k:
            gone = spans[k - 1][1]
            stay["used_kwh"] = round(sum(car.drive_kw[gone:arrives]) * PTU_HOURS, 9)
        else:
            stay["stored_kwh"] = round(car.stored_kwh - floor - sum(car.drive_kw[:arrives]) * PTU_HOURS, 9)
        stays.append(stay)
    return stays


def _wall(ptu: int) -> str:
    return (FIRST_DAY + timedelta(minutes=15 * ptu)).isoformat(timespec="minutes")
