"""What a measure brought, with the weather taken out of it: the days before beside the days after.

One regression over all days: each stage has its own use without heating and its own slope per degree of cold. What a
stage saves is the difference from the stage before it in a usual year. Stages one after the other keep apart what
seeing did ("insight") and what steering did ("control"), if they did not begin on the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.home.outlook import Floats
from laag.home.scan.fit import LEAST_DAYS, LEAST_SPREAD, Z90, fitted, least_squares
from laag.home.scan.year import DAYS_A_YEAR, degree_days, usual_degree_days

_COLD_MATTERS = 0.2
"""Where cold explains less of the days than this, use has nothing to do with it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """From this day on something was different."""

    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What a stage saves in a usual year beside the stage before it; nine times in ten it lies from ``low`` to ``high``."""

    stage: Stage
    saved: float
    low: float
    high: float
    before: float
    """What a usual year took before."""
    days: int
    """Of the stage."""

    @property
    def is_sure(self) -> bool:
        """Whether it is more than what chance can do: all of it on one side of nothing."""
        return self.low > 0.0 or self.high < 0.0


def effects(
    first: date, use: Floats, outdoor_c: Floats, stages: Sequence[Stage]
) -> tuple[Effect | None, ...]:
    """One for each stage in its order; ``None`` where it, or the stage before it, has too few days to say anything."""
    count = len(use)
    starts = [min(max((one.since - first).days, 0), count) for one in stages]
    bounds = [0, *starts, count]
    known = np.isfinite(use) & np.isfinite(outdoor_c)
    return tuple(
        _effect(stage, use, outdoor_c, known, slice(*bounds[at : at + 2]), slice(*bounds[at + 1 : at + 3]))
        for at, stage in enumerate(stages)
    )


def _effect(
    stage: Stage,
    use: Floats,
    outdoor_c: Floats,
    known: np.ndarray[tuple[int], np.dtype[np.bool_]],
    old: slice,
    new: slice,
) -> Effect | None:
    was, now = known[old], known[new]
    if was.sum() < LEAST_DAYS or now.sum() < LEAST_DAYS:
        return None
    both_use = np.concatenate([use[old][was], use[new][now]])
    both_c = np.concatenate([outdoor_c[old][was], outdoor_c[new][now]])
    after = np.concatenate([np.zeros(int(was.sum())), np.ones(int(now.sum()))])
    line = fitted(both_use, both_c)
    base_c = 15.5 if line is None else line.base_c
    cold = degree_days(both_c, base_c)
    varied = all(float(cold[after == one].std()) >= LEAST_SPREAD for one in (0.0, 1.0))
    with_cold = line is not None and line.explains > _COLD_MATTERS
    if with_cold and not varied:
        return (
            None  # a winter beside a summer, or one cold week: what a year would be is not to be read from it
        )
    columns = [
        np.ones_like(cold),
        after,
        *([cold] if with_cold else []),
        *([cold * after] if with_cold else []),
    ]
    solved = least_squares(np.column_stack(columns), both_use)
    if solved is None:
        return None
    at, cover, _ = solved
    usual = usual_degree_days(base_c)
    year = np.array([0.0, DAYS_A_YEAR, *([0.0] if with_cold else []), *([usual] if with_cold else [])])
    saved, error = -float(year @ at), float(np.sqrt(year @ cover @ year))
    before = DAYS_A_YEAR * float(at[0]) + (usual * float(at[2]) if with_cold else 0.0)
    return Effect(stage, saved, saved - Z90 * error, saved + Z90 * error, before, int(now.sum()))
