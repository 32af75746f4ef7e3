"""Named conflicts: a home in a file each beside this one, what its plan must hold, and the rulings it gives."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from laag.adapters import homefile
from laag.apps.home.conflicts import rulings
from laag.apps.home.day import Day, planned
from laag.home.conflicts import Ruling
from laag.home.ladder import BY_LAW, Ladder, Rung
from laag.home.plan.solver import Solver

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
SOLVER = Solver()


@dataclass(frozen=True, eq=False)
class Situation:
    """One conflict, decided on one ladder, and what is expected of it."""

    title: str
    day: Day
    rulings: tuple[Ruling, ...]
    holds: tuple[dict[str, Any], ...]
    expected: tuple[dict[str, Any], ...]

    def of(self, source: str) -> Ruling:
        """The ruling on what this source asks."""
        return next(ruling for ruling in self.rulings if ruling.request.source == source)

    def between(self, begins: str, ends: str) -> slice:
        """The PTUs between two times on the wall."""
        wall = [self.day.local(i).strftime("%H:%M") for i in range(len(self.day.plan) + 1)]
        first = wall.index(begins)
        return slice(first, wall.index(ends, first + 1))

    def series(self, name: str, begins: str, ends: str) -> np.ndarray:
        """A series of the plan between two times."""
        return getattr(self.day.plan, name)[self.between(begins, ends)]


def has_swap(name: str) -> bool:
    """Whether the ladder allows the two rungs to be swapped."""
    return "swapped" in _read(name)


@cache
def situation(name: str, *, swapped: bool = False) -> Situation:
    """The conflict of this name, on the usual ladder or with its two rungs swapped."""
    told = _read(name)
    expected = told["swapped" if swapped else "usual"]
    words = {"version": 1, "name": name, "defaults": None, **told["home"]}
    asked = homefile.asked(homefile.parse(json.dumps(words)))
    if swapped:
        order = tuple(Rung[rung.upper()] for rung in expected["order"])
        asked = replace(asked, ladder=Ladder((*BY_LAW, *order, Rung.MARKET)))
    day = planned(asked, SOLVER)
    return Situation(
        told["situation"],
        day,
        rulings(day, SOLVER),
        tuple(expected.get("holds", ())),
        tuple(expected["rulings"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
