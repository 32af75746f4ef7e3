"""Limits, each home on its own way into them and out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from laag.home.operate.bounds import UNBOUND, Bounds
from laag.home.operate.caution import Caution, drawn, within_an_hour
from laag.home.operate.pace import Easing, Pace

LIMITS = tuple(name for name in Bounds._fields if name.endswith("_kw"))
"""The fields of ``Bounds`` that are limits; its floors hold at once."""


@dataclass(frozen=True, slots=True)
class Eased:
    """What was asked last, how far this home is with it, and when it was let go of a limit lately."""

    asked: Bounds = UNBOUND
    ways: Mapping[str, Easing] = field(default_factory=dict)
    lifted: tuple[datetime, ...] = ()

    def towards(
        self,
        asked: Bounds,
        now: datetime,
        carried_kw: Mapping[str, float],
        most_kw: Mapping[str, float],
        secret: float,
        pace: Pace,
        caution: Caution,
    ) -> Eased:
        """The same while nothing else is asked; a new aim waits for its turn, and is then reached in a straight line.

        ``carried_kw`` and ``most_kw`` say for each limit what flows through it now, and the most that could. Who is let go of limits too
        often stays in them, until the hour is over.
        """
        if asked == self.asked:
            return self
        ways, lifted = dict(self.ways), within_an_hour(self.lifted, now)
        lets_go = len(lifted) < caution.reversals_per_hour
        held: dict[str, Any] = {}
        for name in LIMITS:
            to_kw, was_kw = getattr(asked, name), getattr(self.asked, name)
            if to_kw == was_kw:
                continue
            way = ways.get(name, Easing())
            looser = to_kw > way.at(now)
            if looser and not lets_go:
                held[name] = was_kw
                continue
            if looser:
                lifted = (*(at for at in lifted if at != now), now)
            by_law = name.startswith("must")
            within_s = pace.lifted_s if looser else pace.emergency_s if by_law else pace.limits_s
            kw_per_min = caution.emergency_kw_per_min if by_law else caution.kw_per_min
            over_s = pace.lifted_s
            if not looser:
                over_s = max(pace.full_swing_s, 60 * max(carried_kw[name] - to_kw, 0.0) / kw_per_min)
            wait_s = drawn(secret, name, now) * within_s
            ways[name] = way.towards(to_kw, now, carried_kw[name], most_kw[name], wait_s, over_s)
        return Eased(asked._replace(**held), ways, lifted)

    def bounds(self, now: datetime) -> Bounds:
        """What holds at this instant."""
        if not self.ways:
            return self.asked
        here: dict[str, Any] = {name: way.at(now) for name, way in self.ways.items()}
        return self.asked._replace(**here)

    def left_s(self, now: datetime) -> float:
        """Until the last of the limits that wait for their turn; zero when none does."""
        waits = [(way.begins - now).total_seconds() for way in self.ways.values() if way.begins is not None]
        return max(*waits, 0.0) if waits else 0.0
