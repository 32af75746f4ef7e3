"""How fast a home moves: ramps, steps in whole amperes, pauses, and its own moment in the street's queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor, inf

from laag.home.devices import Charger
from laag.home.devices.car import LEAST_AMPS, PHASE_VOLTS


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds and kW; whatever the fuse asks is done at once."""

    full_swing_s: float = 30.0
    """From nothing to all a device can, or back."""
    prices_s: float = 180.0
    """Within this, each home at its own moment, follows a new quarter-hour, or does without one."""
    emergency_s: float = 120.0
    """The same for a limit that law or emergency sets."""
    limits_s: float = 180.0
    lifted_s: float = 300.0
    """And for the end of a limit: what waited must not come back at once."""
    least_kw: float = 0.1
    """A smaller change is not worth telling a device."""
    pause_s: float = 300.0
    """Between a heat pump's or a car's stop and its next start, and the other way round."""


@dataclass(frozen=True, slots=True)
class Easing:
    """A limit on its way from one power to another, in a straight line, after a wait."""

    from_kw: float = inf
    to_kw: float = inf
    begins: datetime | None = None
    over_s: float = 0.0

    def at(self, now: datetime) -> float:
        """What it is now.

        >>> from datetime import UTC
        >>> noon = datetime(2025, 1, 1, 12, tzinfo=UTC)
        >>> Easing(8.0, 2.0, noon, 60.0).at(noon + timedelta(seconds=30))
        5.0
        """
        if self.begins is None:
            return self.to_kw
        gone = (now - self.begins).total_seconds()
        if gone < 0:
            return self.from_kw
        if gone >= self.over_s:
            return self.to_kw
        return self.from_kw + (self.to_kw - self.from_kw) * gone / self.over_s

    def towards(
        self, to_kw: float, now: datetime, carried_kw: float, most_kw: float, wait_s: float, over_s: float
    ) -> Easing:
        """A new aim, from where this one is; what lies above the present power takes no time to give up."""
        here = self.at(now)
        if to_kw < here:
            here = min(here, max(carried_kw, to_kw))
        elif to_kw > most_kw:
            to_kw = max(most_kw, here)
        return Easing(here, to_kw, now + timedelta(seconds=wait_s), over_s)


def ramped(last_kw: float, target_kw: float, most_kw: float, gone_s: float, pace: Pace) -> float:
    """As far from the last power to the target as the time since allows.

    >>> ramped(0.0, 5.0, 6.0, 5.0, Pace(full_swing_s=30.0))
    1.0
    """
    step = most_kw * gone_s / pace.full_swing_s
    return min(max(target_kw, last_kw - step), last_kw + step)


def in_amperes(kw: float, charger: Charger, *, at_most: bool) -> float:
    """Whole amperes per phase and at least six, or nothing; the nearest, or no more than asked.

    >>> box = Charger.of_current(16)
    >>> [round(in_amperes(kw, box, at_most=False) / 0.23, 6) for kw in (0.5, 1.0, 2.5, 9.0)]
    [0.0, 6.0, 11.0, 16.0]
    """
    per_amp = PHASE_VOLTS * charger.phases / 1000
    if kw < 0:
        return -floor(min(-kw, charger.discharge_max_kw) / per_amp + 1e-9) * per_amp
    most = floor(charger.max_kw / per_amp + 1e-9)
    least = max(LEAST_AMPS, charger.min_kw / per_amp)
    amps = kw / per_amp
    whole = min(floor(amps + (1e-9 if at_most else 0.5)), most)
    if whole >= least - 1e-9:
        return whole * per_amp
    nearest = not at_most and amps >= least / 2 and most >= least
    return float(-(-least // 1)) * per_amp if nearest else 0.0
