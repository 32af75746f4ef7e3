"""Power envelopes: the narrowest that a device lets be set around a power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from s2python.generated import gen_s2 as s2

_KIND = s2.PEBCPowerEnvelopeLimitType


@dataclass(frozen=True, slots=True)
class Limits:
    """What one phase, or all together, is held between; W."""

    quantity: s2.CommodityQuantity
    lower_w: float
    upper_w: float


def envelopes(constraints: s2.PEBCPowerConstraints, watts: float, *, as_most: bool) -> list[Limits]:
    """Both limits as near to the power as the device allows: where both may lie there, it has no choice left.

    A device that lets only its upper limit be set is held to at most this much, and one that lets neither be set is left
    as it is. ``as_most`` is the roof: the power is the most that it gives, so only the lower limit is brought to it.
    The phases share the power evenly. Empty where the device names no limit of electricity.
    """
    ranges = [one for one in constraints.allowed_limit_ranges if not one.abnormal_condition_only]
    quantities = sorted(
        {one.commodity_quantity for one in ranges if one.commodity_quantity.value.startswith("ELECTRIC.")},
        key=lambda one: one.value,
    )
    found = []
    for quantity in quantities:
        share_w = watts / len(quantities)
        lowers, uppers = (_bounds(ranges, quantity, kind) for kind in (_KIND.LOWER_LIMIT, _KIND.UPPER_LIMIT))
        if not lowers or not uppers:
            continue
        upper_w = max(end for _, end in uppers) if as_most else _nearest(uppers, share_w)
        lower_w = _nearest(lowers, share_w)
        found.append(Limits(quantity, min(lower_w, upper_w), upper_w))
    return found


def _bounds(
    ranges: Sequence[s2.PEBCAllowedLimitRange],
    quantity: s2.CommodityQuantity,
    kind: s2.PEBCPowerEnvelopeLimitType,
) -> list[tuple[float, float]]:
    found = [
        one.range_boundary for one in ranges if one.commodity_quantity is quantity and one.limit_type is kind
    ]
    return [
        (min(one.start_of_range, one.end_of_range), max(one.start_of_range, one.end_of_range))
        for one in found
    ]


def _nearest(bounds: Sequence[tuple[float, float]], watts: float) -> float:
    """Where a limit may lie, as near to this as can be."""
    places = [min(max(watts, low), high) for low, high in bounds]
    return min(places, key=lambda place: (abs(place - watts), place))
