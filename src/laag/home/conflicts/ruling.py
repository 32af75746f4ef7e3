"""What became of a request that met others: the record, for machines first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laag.home.conflicts.request import NEEDS, Request
from laag.home.reasons import Moment, Subject


class Outcome(StrEnum):
    """What became of a request."""

    FREE = "free"
    """It would have been so anyway."""
    MET = "met"
    PARTLY = "partly"
    """More of it than if nobody had asked, not all."""
    UNMET = "unmet"
    """Asking made no difference."""
    UNKNOWN = "unknown"
    """There were more requests than are planned without."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What another request got less because of this one."""

    request: Request
    amount: float
    """In the unit of that request."""
    worst: float
    """The most of it at any moment: kW, kWh in the battery or K."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one device would have done otherwise: where it differs most, and over the whole plan."""

    subject: Subject
    at: Moment
    planned_kw: float
    """Towards the device, as it is planned; panels and a discharging battery are negative."""
    otherwise_kw: float
    moved_kwh: float
    """Energy that would flow at other moments, or that would flow more or less."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which request, on which rung, what became of it, what it cost, and what would have happened without it."""

    request: Request
    outcome: Outcome
    missed: float
    """In the request's unit."""
    worst: float
    """The most that is missed at any moment: kW, kWh in the battery or K."""
    decided_by: tuple[Request, ...]
    """What went before it or weighed as much, the highest first: each without which most of it could be had. Empty:
    nothing did, more could not be had."""
    cost_eur: float | None
    """What is paid more because it was asked, wear and what is left at the end counted; ``None``: not known."""
    took: tuple[Taken, ...]
    """From others on its rung and below, the most first."""
    otherwise: Change | None
    """What would have happened had nobody asked; ``None``: the same, or not known."""

    @property
    def is_conflict(self) -> bool:
        """Whether it met another request, the market or the bounds of what can be."""
        if self.outcome in {Outcome.PARTLY, Outcome.UNMET} or self.took:
            return True
        return self.outcome is Outcome.MET and self.request.kind not in NEEDS
