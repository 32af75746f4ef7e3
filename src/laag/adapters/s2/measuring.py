"""What a device takes, how full it is, and how full it has to be."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Level, Power, Target
from laag.adapters.s2.state import Session, Step, once

_ASTRAY = timedelta(minutes=5)
_AHEAD = timedelta(days=14)
_AHEAD_MS = 14 * 86_400_000


def power(session: Session, message: s2.PowerMeasurement, now: datetime) -> Step:
    """Over all phases, at a moment that is near ours."""
    electric = [one.value for one in message.values if one.commodity_quantity.value.startswith("ELECTRIC.")]
    if not electric:
        return Step(session)
    if not math.isfinite(watts := sum(electric)) or abs(watts) > 1e6:
        return once(session, "measures more power than a home can have")
    stamp = message.measurement_timestamp
    if abs(stamp - now) <= _ASTRAY:
        return Step(session, facts=(Power(watts, min(stamp, now).astimezone(UTC)),))
    # What is said now is of now: a device whose clock is astray is not therefore silent.
    told = once(session, "has a clock more than five minutes from ours", "our time is taken")
    return replace(told, facts=(Power(watts, now), *told.facts))


def level(session: Session, message: s2.FRBCStorageStatus) -> Step:
    """Kept until it is known of what it is the level."""
    session = replace(session, level=message.present_fill_level)
    if (label := session.fill_label) is None:
        return Step(session)
    return Step(session, facts=(Level(message.present_fill_level, label),))


def target(session: Session, message: s2.FRBCFillLevelTargetProfile, now: datetime) -> Step:
    """Of all that it has to hold, the most, and the first moment at which it has to."""
    if abs(message.start_time - now) > _AHEAD:
        return once(session, "wants to be filled at a time that is no plan")
    begin_ms, most = 0, (-math.inf, message.start_time)
    for element in message.elements:
        least = element.fill_level_range.start_of_range
        if least > most[0] and begin_ms <= _AHEAD_MS:
            most = (least, message.start_time + timedelta(milliseconds=begin_ms))
        begin_ms += element.duration.root
    most = (most[0], most[1].astimezone(UTC))
    session = replace(session, target=most)
    if (label := session.fill_label) is None:
        return Step(session)
    return Step(session, facts=(Target(*most, label),))
