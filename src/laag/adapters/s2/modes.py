"""Operation modes: which of them, and how far, is nearest to a power; what may be switched to now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from s2python.generated import gen_s2 as s2

_SAME_W = 0.5
_MOST_W = 1e7


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode with what it takes at factor 0 and at factor 1, in W."""

    id: str
    start_w: float
    end_w: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mode, how far, and what that takes."""

    id: str
    factor: float
    watts: float


def electric(ranges: Iterable[s2.PowerRange]) -> tuple[float, float] | None:
    """What all phases together take at both ends; ``None`` where it is not about electricity, or nothing that a home has."""
    found = [one for one in ranges if one.commodity_quantity.value.startswith("ELECTRIC.")]
    if not found:
        return None
    start_w, end_w = sum(one.start_of_range for one in found), sum(one.end_of_range for one in found)
    return (start_w, end_w) if max(abs(start_w), abs(end_w)) <= _MOST_W else None


def nearest(modes: Sequence[Mode], watts: float, active: str | None) -> Chosen | None:
    """The mode and factor that come nearest; of equals the one that is active, so that nothing switches for nothing.

    >>> idle, charge = Mode("idle", 0, 0), Mode("charge", 1400, 7400)
    >>> nearest([idle, charge], 4400, "idle")
    Chosen(id='charge', factor=0.5, watts=4400.0)
    >>> nearest([idle, charge], 700, "idle").id, nearest([idle, charge], 900, "idle").watts
    ('idle', 1400.0)
    """
    best: tuple[float, bool, int] | None = None
    chosen = None
    for place, mode in enumerate(modes):
        one = _at(mode, watts)
        off_w = abs(one.watts - watts)
        rank = (round(off_w / _SAME_W), mode.id != active, place)
        if best is None or rank < best:
            best, chosen = rank, one
    return chosen


def within_reach(
    transitions: Sequence[s2.Transition],
    finished: Mapping[str, datetime],
    active: str | None,
    now: datetime,
) -> set[str] | None:
    """Where the device may go from the mode it is in; ``None`` where it names no way at all, or no mode: then it will judge."""
    if active is None or not transitions:
        return None
    return {active} | {
        way.to.root
        for way in transitions
        if way.from_.root == active
        and not way.abnormal_condition_only
        and all(finished.get(timer.root, now) <= now for timer in way.blocking_timers)
    }


def _at(mode: Mode, watts: float) -> Chosen:
    if (span := mode.end_w - mode.start_w) == 0:
        return Chosen(mode.id, 1.0, mode.end_w)
    factor = min(max((watts - mode.start_w) / span, 0.0), 1.0)
    return Chosen(mode.id, factor, mode.start_w + factor * span)
