"""What a home of a street file wants: its wishes heard, public defaults beside them, and what comes of neither."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from laag.adapters import defaults
from laag.adapters.files.layout import Imported
from laag.adapters.homefile import standins
from laag.adapters.profiles import read_load
from laag.adapters.streetfile.schema import HomeFile
from laag.cycle.street import Wants
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.calendar import Calendar
from laag.home.defaults import Edition, Household
from laag.home.house import House
from laag.home.outlook import Outlook
from laag.home.preferences import Meant, Why, applied, parse
from laag.home.preferences.wishes import Aspect

LOOK_PTUS = 2 * 96
"""What two wishes say of the same hours shows in two days."""


def edition_of(named: str | None, folder: Path, source: str) -> Edition | None:
    """The public defaults that a street asks for: a shipped edition by its id, or a file of its own."""
    if named is None:
        return None
    try:
        return defaults.load(folder / named if named.endswith(".toml") else named)
    except BadInput as refused:
        raise BadInput(f"{source}: defaults: {refused}") from refused


def wants_of(home: HomeFile, edition: Edition | None) -> Wants | None:
    """What is said for a home; ``None``: nothing. A band of comfort in numbers settles how warm it is."""
    if edition is None and not home.wishes:
        return None
    return Wants(
        tuple(parse(line) for line in home.wishes),
        edition,
        None if home.household is None else Household(home.household),
        frozenset({Aspect.WARMTH}) if home.comfort else frozenset(),
    )


def unheeded(house: House, wants: Wants | None, grid: PtuGrid, zone: ZoneInfo) -> tuple[Finding, ...]:
    """Wishes about what the home does not have, and of two that cannot both be had the one that gives way."""
    if wants is None:
        return ()
    days = grid.window(0, LOOK_PTUS)
    none, calendar = np.zeros(LOOK_PTUS), Calendar.of(days, zone)
    ahead = Outlook(days, calendar.quarter, none, none, none, none, none, none)
    done = applied([Meant(wish) for wish in wants.wishes], house, calendar, ahead)
    whose = f"home {house.name}"
    missing = [one for one in done.remarks if one.why is Why.NO_DEVICE]
    given_way = [one for one in done.contradictions if one.stands is not None]
    return (
        *(Finding(whose, f"wish {one.about.called.en}", one.what.en) for one in missing),
        *(Finding(whose, f"wish {one.gave_way.called.en}", one.said.en.rstrip(".")) for one in given_way),
    )


def hot_water_of(
    home: HomeFile, folder: Path, grid: PtuGrid, zone: ZoneInfo
) -> tuple[Profile | None, tuple[Finding, ...]]:
    """Heat drawn from the tank, as measured, else as an average household draws it."""
    if home.tank is None:
        return None, ()
    if home.hot_water is None:
        usual = Profile(grid, standins.hot_water_kw(grid.quarter_of_day(zone)), Unit.KW)
        return usual, (Finding(f"home {home.name}", "hot_water", "is not given", standins.WATER.en),)
    given = home.hot_water
    read: Imported = read_load(
        folder / given.file, grid, given.layout(zone), given.column, given.unit, household=False
    )
    return read.profile * given.scale, read.findings
