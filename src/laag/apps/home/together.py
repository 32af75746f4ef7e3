"""The reasons of several quarter-hours as one that is true of each of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import fields, replace
from math import isnan, nan
from typing import Any

from laag.home.reasons import Alternative, Moment, Reason, Reasons
from laag.home.reasons.reason import Number, Span
from laag.home.reasons.stretches import day_named_once


def alike(reason: Reason) -> Hashable:
    """What reasons that can be said as one have in common: all but numbers that are no moment."""
    moments = tuple((name, one.ptu) for name, one in reason.numbers.items() if isinstance(one, Moment))
    return reason.code, reason.source, moments


def together(reasons: Sequence[Reason], found: Reasons, apart: range) -> Reason:
    """One reason, its numbers from the lowest to the highest, its days seen from the first of ``apart``.

    No comparison is with a moment in ``apart``, nor one that only some of them have.
    """
    first = reasons[0]
    return replace(
        first,
        numbers=day_named_once(
            {
                name: _over(name, [one.numbers[name] for one in reasons], found, apart.start)
                for name in first.numbers
            }
        ),
        next_best=_shared([one.next_best for one in reasons], found, apart),
        unplanned=_shared([one.unplanned for one in reasons], found, apart),
    )


def _over(name: str, numbers: Sequence[Number], found: Reasons, seen_from: int) -> Number:
    first = numbers[0]
    if isinstance(first, Moment):
        return found.moment(first.ptu, seen_from)
    if isinstance(first, str):
        return first
    known = [end for one in numbers for end in _ends(one)]
    # One of the nine cheapest is one of the ten cheapest too.
    return max(known) if name.endswith("_cheapest") else _span(known)


def _shared(options: Sequence[Alternative | None], found: Reasons, apart: range) -> Alternative | None:
    there = [one for one in options if one is not None]
    kinds = {(one.doing, None if one.at is None else one.at.ptu) for one in there}
    if len(there) < len(options) or len(kinds) > 1:
        return None
    at = there[0].at
    if at is not None and at.ptu in apart:
        return None
    spans: dict[str, Any] = {}
    for field in fields(Alternative):
        values = [getattr(one, field.name) for one in there]
        if field.name.endswith("_eur_per_kwh") and None not in values:
            spans[field.name] = _span([end for one in values for end in _ends(one)])
        elif field.name.endswith("_eur_per_kwh"):
            spans[field.name] = None
    spans["weighs_eur_per_kwh"] = min(one.weighs_eur_per_kwh for one in there)
    moment = None if at is None else found.moment(at.ptu, apart.start)
    return replace(there[0], at=moment, **spans)


def _ends(number: Number) -> tuple[float, ...]:
    if isinstance(number, Span):
        return number.low, number.high
    return (number,) if isinstance(number, int | float) else ()


def _span(ends: Sequence[float]) -> float | Span:
    known = [end for end in ends if not isnan(end)]
    low, high = min(known, default=nan), max(known, default=nan)
    return low if not low < high else Span(low, high)
