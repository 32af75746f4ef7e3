"""One home of a street file: its series read, its devices built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from laag.adapters.files.connections import CONNECTIONS
from laag.adapters.files.layout import Imported
from laag.adapters.p1 import home_from, read_registers
from laag.adapters.profiles import read_load, read_pv
from laag.adapters.streetfile.schema import HomeFile
from laag.adapters.streetfile.sessions import read_sessions, without_car
from laag.adapters.streetfile.wants import hot_water_of, unheeded, wants_of
from laag.cycle.street import Home
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile
from laag.home.defaults import Edition
from laag.home.devices import Battery, Building, Charger, Comfort, EvSession, HeatingCurve, HeatPump, Pv
from laag.home.house import House

Device = TypeVar("Device", Battery, Building, Charger, Comfort, HeatPump)


def read_home(
    home: HomeFile, folder: Path, grid: PtuGrid, zone: ZoneInfo, edition: Edition | None = None
) -> tuple[Home, tuple[Finding, ...]]:
    """The home with everything behind its meter, or ``BadInput`` where its files cannot be used."""
    charger = _device(Charger, home.charger, home.name)
    load, pv, curtailable, source, findings = _measured(home, folder, grid, zone)
    sessions, stays = _stays(home, folder, grid, charger, zone)
    findings = (*findings, *stays)
    if charger and home.load_includes_car:
        load, more = without_car(load, sessions, charger, home.load.file.name)
        findings = (*findings, *more)
    limit_kw = home.import_max_kw or CONNECTIONS[home.connection]
    house = House(
        name=home.name,
        import_max_kw=limit_kw,
        export_max_kw=limit_kw if home.export_max_kw is None else home.export_max_kw,
        battery=_device(Battery, home.battery, home.name),
        charger=charger,
        heat_pump=_device(HeatPump, home.heat_pump, home.name),
        building=_device(Building, home.building, home.name),
        comfort=_device(Comfort, home.comfort, home.name) or Comfort(),
        pv=Pv(home.pv_peak_kw or float(pv.values.max()), curtailable) if pv else None,
        boiler=home.boiler.device() if home.boiler else None,
        tank=home.tank.device() if home.tank else None,
        appliances=tuple(machine.device() for machine in home.appliances),
    )
    drawn, water = hot_water_of(home, folder, grid, zone)
    wants = wants_of(home, edition)
    built = Home(
        house,
        load,
        pv,
        sessions,
        feeder=home.feeder,
        group=home.group,
        connection=home.connection,
        source=source,
        wants=wants,
        hot_water_kw=drawn,
    )
    return built, (*findings, *water, *unheeded(house, wants, grid, zone))


def _measured(
    home: HomeFile, folder: Path, grid: PtuGrid, zone: ZoneInfo
) -> tuple[Profile, Profile | None, bool, str, tuple[Finding, ...]]:
    """Load, generation, whether it can be curtailed, where from, and what was wrong."""
    path, layout = folder / home.load.file, home.load.layout(zone)
    panels = _panels(home, folder, grid, zone)
    if home.load.format == "registers":
        metered = home_from(read_registers(path, grid, layout), panels)
        scale = home.load.scale
        pv = metered.pv_kw * scale if metered.pv_kw else None
        curtailable = metered.curtailable and home.pv_curtailable
        return metered.load_kw * scale, pv, curtailable, metered.source, metered.findings
    load = read_load(path, grid, layout, home.load.column, home.load.unit, household=home.load.household)
    source, findings = load.source, load.findings
    if panels:
        source, findings = f"{source}; panels from {panels.source}", (*findings, *panels.findings)
    pv = panels.profile if panels else None
    return load.profile * home.load.scale, pv, home.pv_curtailable, source, findings


def _panels(home: HomeFile, folder: Path, grid: PtuGrid, zone: ZoneInfo) -> Imported | None:
    if home.pv is None:
        return None
    read = read_pv(folder / home.pv.file, grid, home.pv.layout(zone), home.pv.column, home.pv.unit)
    return Imported(read.profile * home.pv.scale, read.source, read.findings)


def _stays(
    home: HomeFile, folder: Path, grid: PtuGrid, charger: Charger | None, zone: ZoneInfo
) -> tuple[tuple[EvSession, ...], tuple[Finding, ...]]:
    if home.sessions is None or charger is None:
        return (), ()
    given = home.sessions
    columns = (given.arrival, given.departure, given.energy)
    return read_sessions(folder / given.file, grid, charger, given.layout(zone), columns)


def _device(kind: type[Device], given: Mapping[str, Any] | None, home: str) -> Device | None:
    """A device from its settings; an unknown or missing one is named beside those that there are."""
    if given is None:
        return None
    known = [one.name for one in fields(kind)]
    if unknown := sorted(set(given) - set(known)):
        raise BadInput(
            f"home {home}: {kind.__name__.lower()} has no {', '.join(unknown)}; it has {', '.join(known)}"
        )
    try:
        return kind(**{name: _nested(name, value) for name, value in given.items()})
    except TypeError as missing:
        raise BadInput(
            f"home {home}: {kind.__name__.lower()} is incomplete ({missing}); give {', '.join(known)}"
        ) from missing


def _nested(name: str, value: Any) -> Any:
    """A heating curve is a table of its own, hours of comfort a list of [from quarter, until quarter, °C]."""
    if name == "curve":
        return HeatingCurve(**value)
    return (
        tuple((int(first), int(until), float(low)) for first, until, low in value)
        if name == "hours"
        else value
    )
