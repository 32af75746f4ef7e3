"""From a street file to a ``Street``: one home that cannot be read is left out, prices and weather must be there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from laag.adapters.files.layout import Imported
from laag.adapters.prices import load_nation
from laag.adapters.simbench import read_homes, read_net, walk
from laag.adapters.streetfile.home import read_home
from laag.adapters.streetfile.schema import StreetFile, parse
from laag.adapters.streetfile.sources import Constant, Weather
from laag.adapters.streetfile.wants import edition_of
from laag.adapters.weather import read_sun, read_temperature
from laag.cycle.street import Feeder, Home, Street, Wants
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.defaults import Edition


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """Which days a street file is about."""

    name: str
    first_day: date
    days: int
    warmup_days: int
    zone: ZoneInfo

    def grid(self) -> PtuGrid:
        """The warm-up and the days of the run."""
        first = self.first_day - timedelta(days=self.warmup_days)
        return PtuGrid.days(first, self.warmup_days + self.days, self.zone)


def read_plan(path: Path, first_day: date | None = None, days: int | None = None) -> StreetPlan:
    """The days of a street file, or others instead."""
    return _plan(parse(path), first_day, days)


def load_street(path: Path, first_day: date | None = None, days: int | None = None) -> Street:
    """The street that the file describes, on the grid of its plan; ``Street.findings`` says what was mended."""
    given = parse(path)
    plan = _plan(given, first_day, days)
    grid, folder = plan.grid(), path.parent
    day_ahead, imbalance = given.prices.day_ahead, given.prices.imbalance
    nation, priced = load_nation(
        folder / day_ahead.file,
        folder / imbalance.file if imbalance else None,
        grid,
        day_ahead.layout(plan.zone),
        imbalance.layout(plan.zone) if imbalance else None,
    )
    outdoor = _weather(given.weather.temperature, folder, grid, plan.zone, Unit.CELSIUS)
    sun = _weather(given.weather.sun, folder, grid, plan.zone, Unit.W_PER_M2)
    edition = edition_of(given.defaults, folder, path.name)
    homes, found = _homes(given, folder, grid, plan.zone, edition)
    limits_kw = (given.grid.import_max_kw, given.grid.export_max_kw)
    feeders = tuple(Feeder(one.name, one.import_max_kw, one.export_max_kw) for one in given.grid.feeders)
    if given.simbench:
        built, cables, rated_kw, more = _simbench(given, folder, grid, plan.zone)
        if edition is not None:
            built = tuple(replace(home, wants=Wants(defaults=edition)) for home in built)
        homes, feeders, found = (*homes, *built), (*feeders, *cables), (*found, *more)
        limits_kw = (min(limits_kw[0], rated_kw), min(limits_kw[1], rated_kw))
    if not homes:
        reasons = "; ".join(str(one) for one in found[:3])
        raise BadInput(f"{path.name}: none of its homes can be read; {reasons}")
    _refuse_mistaken(path.name, homes, feeders)
    return Street(
        name=given.name,
        grid=grid,
        homes=homes,
        outdoor_c=outdoor.profile,
        sun_w_m2=sun.profile,
        nation=nation,
        import_max_kw=limits_kw[0],
        export_max_kw=limits_kw[1],
        feeders=feeders,
        zone=plan.zone,
        findings=tuple(dict.fromkeys((*priced, *outdoor.findings, *sun.findings, *found))),
        source=f"{path.name}; temperature: {outdoor.source}; sun: {sun.source}",
    )


def _refuse_mistaken(source: str, homes: tuple[Home, ...], feeders: tuple[Feeder, ...]) -> None:
    """Names that clash or lead nowhere once the grid's own homes and cables are there."""
    names = [home.house.name for home in homes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"{source}: homes share the name {', '.join(twice)}; rename those of [[homes]]")
    known = [feeder.name for feeder in feeders]
    if lost := sorted({home.feeder for home in homes} - {*known, ""}):
        raise BadInput(f"{source}: homes hang on {', '.join(lost)}; the feeders are {', '.join(known)}")


def _plan(given: StreetFile, first_day: date | None, days: int | None) -> StreetPlan:
    first, count = first_day or given.first_day, given.days if days is None else days
    return StreetPlan(given.name, first, count, given.warmup_days, ZoneInfo(given.zone))


def _weather(given: Weather | Constant, folder: Path, grid: PtuGrid, zone: ZoneInfo, unit: Unit) -> Imported:
    if isinstance(given, Constant):
        return Imported(
            Profile.flat(grid, given.constant, unit), f"{given.constant:g} {unit.value} throughout"
        )
    path, layout = folder / given.file, given.layout(zone)
    if unit is Unit.CELSIUS:
        return read_temperature(path, grid, layout, given.column, given.lag_min)
    return read_sun(path, grid, layout, given.column)


def _homes(
    given: StreetFile, folder: Path, grid: PtuGrid, zone: ZoneInfo, edition: Edition | None
) -> tuple[tuple[Home, ...], tuple[Finding, ...]]:
    """Every home that can be read; of each other one the reason why not."""
    homes: list[Home] = []
    findings: list[Finding] = []
    for one in given.homes:
        try:
            home, more = read_home(one, folder, grid, zone, edition)
        except BadInput as refused:
            findings.append(Finding(f"home {one.name}", one.load.file.name, f"left out: {refused}"))
        else:
            homes.append(home)
            findings += more
    return tuple(homes), tuple(findings)


def _simbench(
    given: StreetFile, folder: Path, grid: PtuGrid, zone: ZoneInfo
) -> tuple[tuple[Home, ...], tuple[Feeder, ...], float, tuple[Finding, ...]]:
    """Homes, cables and transformer of the grid."""
    if given.simbench is None:
        return (), (), float("inf"), ()
    net = read_net(folder / given.simbench.grid)
    tree = walk(net)
    profiles = given.simbench.profiles
    homes, findings = read_homes(net, tree, folder / profiles.file, grid, profiles.layout(zone))
    return homes, tree.feeders, tree.transformer_kw, findings
