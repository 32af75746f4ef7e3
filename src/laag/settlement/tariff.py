"""Figures from law, tariff sheets and offers: exact, dated, and with where they come from.

A figure without a source or a status does not exist here. What is read from a file, and how, is the business of
``laag.adapters.facts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from laag.foundation.errors import BadInput


class Measure(StrEnum):
    """What the whole number of a figure counts."""

    TICKS = "EUR/kWh"
    """Ticks of 0.01 EUR/MWh: EUR 0.09161 per kWh is 9161."""
    UNITS_PER_YEAR = "EUR/year"
    """Units of 1e-8 EUR."""
    PERCENT = "%"
    WH = "kWh"
    """Wh."""


class Status(StrEnum):
    """How sure we are of a figure."""

    CONFIRMED = "C"
    """Read in the source named."""
    SECONDARY = "C2"
    """Read in a second source that quotes the first."""
    UNVERIFIED = "U"
    PROPOSAL = "proposal"
    """Tabled, not yet law."""
    EXAMPLE = "example"
    """An amount chosen to compare with, not found in a source."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, as a whole number of what ``measure`` counts."""

    name: str
    value: int
    measure: Measure
    includes_vat: bool
    valid_from: date
    valid_to: date | None
    """The last day; ``None`` is "until replaced"."""
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Facts:
    """All figures that hold on one day, by name."""

    day: date
    figures: Mapping[str, Figure]

    def __getitem__(self, name: str) -> Figure:
        try:
            return self.figures[name]
        except KeyError:
            family = name.partition(".")[0]
            known = sorted(other for other in self.figures if other.partition(".")[0] == family)
            near = f"known are {', '.join(known)}" if known else "nothing like it is known"
            raise BadInput(
                f"no {name} is known on {self.day}; {near}: add it to your own facts file, or take the facts of another day"
            ) from None

    def network(self, dso: str, connection: str) -> Figure:
        """What a connection of this size costs a year at this grid operator."""
        return self[f"network.{dso}.{connection}"]

    def with_value(self, name: str, value: int, source: str, status: Status = Status.EXAMPLE) -> Facts:
        """The same facts with one figure replaced: a community's own contract, or a what-if."""
        figure = replace(self[name], value=value, source=source, status=status)
        return Facts(self.day, {**self.figures, name: figure})
