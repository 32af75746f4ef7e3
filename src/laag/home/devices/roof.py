"""Panels on a roof."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pv:
    """Panels behind an inverter; what they could give is a forecast or a measurement, not a property."""

    peak_kw: float
    curtailable: bool = True
