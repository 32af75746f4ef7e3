"""Load and generation in W, kW, Wh or kWh, in any step that divides or is a multiple of a quarter of an hour."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np

from laag.adapters.files.layout import Imported, Layout, quartered
from laag.adapters.files.mend import HABITS
from laag.adapters.files.numbers import numbers
from laag.adapters.files.table import Table, counted, plain, read_table
from laag.adapters.profiles.plausible import checked_scale
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit

PowerUnit = Literal["W", "kW", "Wh", "kWh"]
UNITS: tuple[PowerUnit, ...] = ("W", "kW", "Wh", "kWh")
_LOAD_WORDS = ("load", "consumption", "verbruik", "demand", "use", "usage")
_PV_WORDS = ("pv", "solar", "zon", "generation", "production", "opwek")
_ROUNDING_KW = 0.02
"""Below this a negative value is an inverter's standby or a meter's last digit."""
_MOST_NEGATIVE = 0.02
"""Share of a load's energy that may be feed-in before it is no load but a net flow."""


def read_load(
    path: Path,
    grid: PtuGrid,
    layout: Layout | None = None,
    column: str | None = None,
    unit: PowerUnit | None = None,
    *,
    household: bool = True,
) -> Imported:
    """Mean kW of inflexible load per quarter-hour, zero or more; ``household=False`` lets any size pass."""
    read = _read(path, grid, layout or Layout(), column, unit, _LOAD_WORDS, household=household)
    values = read.profile.values
    below = float(-values[values < 0].sum())
    if below > _MOST_NEGATIVE * float(np.abs(values).sum()):
        raise BadInput(
            f"{read.source}: {below / np.abs(values).sum():.0%} of the energy is negative, so this is offtake minus "
            "feed-in; give registers of import and export, or the load itself"
        )
    return _not_below_zero(read, path.name)


def read_pv(
    path: Path,
    grid: PtuGrid,
    layout: Layout | None = None,
    column: str | None = None,
    unit: PowerUnit | None = None,
) -> Imported:
    """Mean kW that the panels gave per quarter-hour, zero or more; generation counted negative is turned."""
    read = _read(path, grid, layout or Layout(), column, unit, _PV_WORDS, household=True)
    values = read.profile.values
    if -values[values < 0].sum() > values[values > 0].sum():
        turned = Finding(path.name, "all", "generation counted negative", "sign turned")
        read = Imported(read.profile * -1.0, read.source, (*read.findings, turned))
    return _not_below_zero(read, path.name)


def _read(
    path: Path,
    grid: PtuGrid,
    layout: Layout,
    column: str | None,
    unit: PowerUnit | None,
    words: tuple[str, ...],
    *,
    household: bool,
) -> Imported:
    table = read_table(path).only(layout.where)
    name = table.named(column) if column else _only_column(table, words)
    declared = unit or unit_of(name)
    if declared is None:
        raise BadInput(
            f"{table.source}: column {name!r} does not say its unit; end its name in _w, _kw, _wh or _kwh, or give unit"
        )
    values, odd = numbers(table, name)
    if layout.blank_is_zero and np.isnan(values).any():
        blanks = np.flatnonzero(np.isnan(values))
        odd = (*odd, Finding(table.source, table.at(blanks), counted(len(blanks), "blank"), "taken for zero"))
        values = np.nan_to_num(values)
    at, stamped = layout.time_of(table)
    values = values / (1000 if declared in {"W", "Wh"} else 1)
    kind = Unit.KW if declared in {"W", "kW"} else Unit.KWH
    raw, told, source = quartered(table, at, values[:, None], layout, grid, kind, f"{declared} of {name!r}")
    scaled, scale = checked_scale(raw[0], table.source, name, declared) if household else (raw[0], ())
    profile, mended = layout.fitted(scaled, grid, table.source, HABITS)
    return Imported(profile, source, (*table.findings, *stamped, *odd, *told, *scale, *mended))


def unit_of(column: str) -> PowerUnit | None:
    """The unit that a column's name ends in.

    >>> unit_of("consumption_wh"), unit_of("Load [kW]"), unit_of("energy")
    ('Wh', 'kW', None)
    """
    last = plain(column).rsplit("_", 1)[-1]
    return next((unit for unit in UNITS if unit.lower() == last), None)


def _only_column(table: Table, words: tuple[str, ...]) -> str:
    """The one column with a unit, or the first whose name begins with one of the words."""
    with_unit = [name for name in table.columns if unit_of(name)]
    for word in words:
        for name in with_unit:
            if word in plain(name).split("_")[:1]:
                return name
    if len(with_unit) == 1:
        return with_unit[0]
    raise BadInput(
        f"{table.source} has the columns {', '.join(table.columns)}; expected one that begins with "
        f"{' or '.join(words[:3])} and ends in _w, _kw, _wh or _kwh; or give column and unit"
    )


def _not_below_zero(read: Imported, source: str) -> Imported:
    values = read.profile.values
    if not (values < 0).any():
        return read
    findings = read.findings
    worst = float(values.min())
    if worst < -_ROUNDING_KW:
        at = read.profile.grid[int(values.argmin())]
        what = f"{counted(int((values < 0).sum()), 'quarter-hour')} below zero, lowest {worst:.3g} kW"
        findings = (*findings, Finding(source, f"{at:%Y-%m-%dT%H:%MZ}", what, "set to zero"))
    clipped = Profile(read.profile.grid, np.maximum(values, 0.0), read.profile.unit)
    return Imported(clipped, read.source, findings)
