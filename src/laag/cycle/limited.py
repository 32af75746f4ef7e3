"""A shared-out limit as the claim that a home's ladder knows."""

from __future__ import annotations

from collections.abc import Iterable

from laag.foundation.ptu import PTU, PtuGrid
from laag.home.ladder import Limit, On, Rung
from laag.neighbourhood.limits import Limited, Rule, Way


def claims_of(records: Iterable[Limited], grid: PtuGrid) -> tuple[Limit, ...]:
    """Each as an emergency on the grid, counted from its start; what has ended before it is none of its business.

    The sun's share is a limit on what the connection gives: a home may always use its own. A limit on large devices is one on each
    of them, and no home of ours is under one: see ``neighbourhood.paragraph14a``.
    """
    return tuple(
        Limit(
            Rung.EMERGENCY,
            On.IMPORT if one.way is Way.TAKES else On.EXPORT,
            (one.begins - grid.start) // PTU,
            -((grid.start - one.ends) // PTU),
            one.kw,
            one.source,
        )
        for one in records
        if one.ends > grid.start and one.rule is not Rule.DEVICES
    )
