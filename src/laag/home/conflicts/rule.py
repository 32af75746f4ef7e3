"""Which requests of a home met each other, what went before what, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.conflicts.asks import Ask
from laag.home.conflicts.change import largest_change
from laag.home.conflicts.home import Home, known
from laag.home.conflicts.money import all_told_eur
from laag.home.conflicts.needs import needs
from laag.home.conflicts.request import AT_ONE_MOMENT, Kind, Request
from laag.home.conflicts.ruling import Change, Outcome, Ruling, Taken
from laag.home.conflicts.signals import signals
from laag.home.conflicts.trials import Trials
from laag.home.house import HomeState, House
from laag.home.ladder import Ladder
from laag.home.outlook import Floats, Outlook
from laag.home.plan import Plan
from laag.home.plan.question import Question
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

TRIFLE = 0.05
"""kWh, K.h or kWh.h over a plan: as much as devices with steps may cost a rung by rounding."""
_A_CENT, _SEEN = 0.005, 1e-3
_DECIMALS = 6
"""What a solver leaves beyond these is nothing."""
_KINDS = tuple(Kind)


def conflicts(
    house: House,
    state: HomeState,
    outlook: Outlook,
    plan: Plan,
    *,
    solver: Solver,
    settings: PlanSettings = PlanSettings(),  # noqa: B008 - a frozen value
    ladder: Ladder = Ladder(),  # noqa: B008
) -> tuple[Ruling, ...]:
    """A ruling on every request, in the order of the ladder, found by planning again without it.

    ``plan`` is what :func:`laag.home.plan.cheapest` makes of the other arguments. Of more than 40 requests that may
    matter, those lowest on the ladder are not planned without, and their ruling says ``unknown``.
    """
    if not len(plan):
        return ()
    home, asked = known(house, state, outlook, settings)
    asks: list[Ask] = [*needs(home, asked, ladder), *signals(home, ladder)]
    asks.sort(key=lambda ask: _place(ask.request, ladder))
    case = _Case(home, asked, plan, asks, Trials(home, asks, solver, settings, ladder), ladder)
    return tuple(case.ruling(i) for i in range(len(asks)))


def _place(request: Request, ladder: Ladder) -> tuple[int, int, str, int]:
    since = 0 if request.since is None else request.since.ptu
    return ladder.place(request.rung), _KINDS.index(request.kind), request.source, since


@dataclass(frozen=True, slots=True)
class _Without:
    """What would have been without one request."""

    missed: tuple[float, ...]
    """Of every request."""
    taken: tuple[Taken, ...]
    cost_eur: float
    otherwise: Change | None


class _Case:
    """One plan and all that is asked of it."""

    def __init__(
        self,
        home: Home,
        asked: Question,
        plan: Plan,
        asks: Sequence[Ask],
        trials: Trials,
        ladder: Ladder,
    ) -> None:
        self._home, self._asked, self._plan, self._ladder = home, asked, plan, ladder
        self._asks, self._trials = asks, trials
        self._short = [ask.short(plan) for ask in asks]
        self._missed = [_amount(short) for short in self._short]
        self._cost_eur = all_told_eur(asked, plan)
        self._may_matter = [ask.may_matter(plan) for ask in asks]
        self._without = [self._planned_without(i) if self._may_matter[i] else None for i in range(len(asks))]

    def ruling(self, i: int) -> Ruling:
        """On one request."""
        without = self._without[i]
        return Ruling(
            request=self._asks[i].request,
            outcome=self._outcome(i),
            missed=self._missed[i],
            worst=_worst(self._asks[i].request, self._short[i]),
            decided_by=self._deciders(i) if self._missed[i] > TRIFLE else (),
            cost_eur=without.cost_eur if without else None if self._may_matter[i] else 0.0,
            took=without.taken if without else (),
            otherwise=without.otherwise if without else None,
        )

    def _planned_without(self, i: int) -> _Without | None:
        then = self._trials.without(i)
        if then is None:
            return None
        short = [ask.short(then) for ask in self._asks]
        return _Without(
            tuple(_amount(each) for each in short),
            self._taken(i, short),
            self._cost_eur - all_told_eur(self._asked, then),
            largest_change(self._home, self._plan, then, self._when(i, short[i])),
        )

    def _taken(self, i: int, then: list[Floats]) -> tuple[Taken, ...]:
        """From requests on the same rung and below."""
        place = self._rung(i)
        found = [
            Taken(ask.request, amount, _worst(ask.request, self._short[j] - then[j]))
            for j, ask in enumerate(self._asks)
            if j != i and self._rung(j) >= place and (amount := self._missed[j] - _amount(then[j])) > TRIFLE
        ]
        return tuple(
            sorted(found, key=lambda one: (-round(one.amount, 3), _place(one.request, self._ladder)))
        )

    def _when(self, i: int, short: Floats) -> Flags:
        """Where the request would be missed had nobody made it; where that is nowhere, all of its hours."""
        missed = short > self._short[i] + _SEEN
        if not missed.any():
            missed[self._asks[i].hours] = True
        return missed

    def _outcome(self, i: int) -> Outcome:
        without, missed = self._without[i], self._missed[i]
        if not self._may_matter[i]:
            return Outcome.UNMET if missed > TRIFLE else Outcome.FREE
        if without is None:
            return Outcome.UNKNOWN
        if missed > TRIFLE:
            return Outcome.PARTLY if without.missed[i] - missed > TRIFLE else Outcome.UNMET
        matters = without.taken or without.otherwise or abs(without.cost_eur) >= _A_CENT
        return Outcome.MET if matters else Outcome.FREE

    def _deciders(self, i: int) -> tuple[Request, ...]:
        """The requests without which this one would miss least."""
        relief = {
            j: self._missed[i] - without.missed[i]
            for j, without in enumerate(self._without)
            if without is not None and j != i and self._rung(j) <= self._rung(i)
        }
        best = max(relief.values(), default=0.0)
        if best > TRIFLE:
            return tuple(self._asks[j].request for j in relief if relief[j] >= best - TRIFLE)
        return self._deciders_together(i)

    def _deciders_together(self, i: int) -> tuple[Request, ...]:
        """Where it takes several to be left out: the one that tips the balance when they go, the nearest rung first."""
        above = [
            j
            for j in reversed(range(len(self._asks)))
            if j != i and self._may_matter[j] and self._rung(j) <= self._rung(i)
        ]
        if len(above) < 2 or not self._relieved(i, above):
            return ()
        for many in range(2, len(above) + 1):
            if self._relieved(i, above[:many]):
                return (self._asks[above[many - 1]].request,)
        return ()

    def _relieved(self, i: int, left_out: list[int]) -> bool:
        then = self._trials.without(*left_out)
        return then is not None and self._missed[i] - _amount(self._asks[i].short(then)) > TRIFLE

    def _rung(self, i: int) -> int:
        return self._ladder.place(self._asks[i].request.rung)


def _amount(short: Floats) -> float:
    return round(fsum(np.nan_to_num(short)) * PTU_HOURS, _DECIMALS)


def _worst(request: Request, short: Floats) -> float:
    """At any moment; where there is but one moment, all of it."""
    worst = float(np.nan_to_num(short).max(initial=0.0))
    return round(worst * PTU_HOURS if request.kind in AT_ONE_MOMENT else worst, _DECIMALS)
