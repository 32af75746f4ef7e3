"""From what the meter saw to what happened behind it: load, and what the panels gave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.layout import Imported
from laag.adapters.files.table import counted
from laag.adapters.p1.registers import Registers
from laag.foundation.findings import Finding
from laag.foundation.series import Profile

_ROUNDING_KW = 0.05
"""Panels are often logged in steps of 0.01 kWh: 0.04 kW over a quarter of an hour."""


@dataclass(frozen=True, slots=True, eq=False)
class MeteredHome:
    """Load and generation, both zero or more; without a measurement of the panels they cannot be curtailed."""

    load_kw: Profile
    pv_kw: Profile | None
    curtailable: bool
    source: str
    findings: tuple[Finding, ...]


def home_from(registers: Registers, pv: Imported | None = None) -> MeteredHome:
    """``load = import - export + pv`` where the panels were measured.

    Otherwise the import is the load and the export is generation that cannot be curtailed: what the home used of
    its own sun is then in neither.
    """
    measured = pv.profile if pv else registers.pv_kw
    drawn, fed = registers.import_kw, registers.export_kw
    findings = (*registers.findings, *(pv.findings if pv else ()))
    if measured is None:
        fed_in = fed if fed.values.any() else None
        source = f"{registers.source}; export taken for generation" if fed_in else registers.source
        return MeteredHome(drawn, fed_in, False, source, findings)
    source = f"{registers.source}; panels from {pv.source}" if pv else registers.source
    shaped = Profile(drawn.grid, _within_hours(measured.values, fed.values - drawn.values), drawn.unit)
    load = drawn.values - fed.values + shaped.values
    if load.min() < -_ROUNDING_KW:
        at = drawn.grid[int(load.argmin())]
        odd = load < -_ROUNDING_KW
        what = (
            f"{counted(int(odd.sum()), 'quarter-hour')} in which export exceeds what import and panels give, "
            f"{-load[odd].sum() * 0.25:.3g} kWh in all, worst {load.min():.3g} kW"
        )
        finding = Finding(registers.source.split(" (")[0], f"{at:%Y-%m-%dT%H:%MZ}", what, "load set to zero")
        findings = (*findings, finding)
    return MeteredHome(Profile(drawn.grid, np.maximum(load, 0.0), drawn.unit), shaped, True, source, findings)


def _within_hours(pv: NDArray[np.float64], least: NDArray[np.float64]) -> NDArray[np.float64]:
    """Generation that was logged by the hour, moved within the hour to where the meter saw it leave.

    Only where an hour's four values are equal; the hour's sum stays, and a quarter-hour gets at least what was
    exported beyond import, if the hour has that much.

    >>> _within_hours(np.array([1.0, 1, 1, 1]), np.array([0.0, 0, 2, 0])).round(2).tolist()
    [0.67, 0.67, 2.0, 0.67]
    """
    hours = len(pv) // 4
    given = pv[: hours * 4].reshape(hours, 4)
    floor = np.maximum(least[: hours * 4].reshape(hours, 4), 0.0)
    flat = (given == given[:, :1]).all(axis=1) & (floor.sum(axis=1) <= given.sum(axis=1))
    lifted = np.maximum(given, floor)
    room = lifted - floor
    spare = given.sum(axis=1) - floor.sum(axis=1)
    weight = np.divide(spare, room.sum(axis=1), out=np.zeros(hours), where=room.sum(axis=1) > 0)
    shaped = np.where(flat[:, None], floor + room * weight[:, None], given)
    return np.concatenate([shaped.ravel(), pv[hours * 4 :]])
