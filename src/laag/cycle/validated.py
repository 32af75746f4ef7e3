"""The grid operator's part of a run's day: looked at when its market is cleared, bought, and limited where that is not enough.

It looks from that moment until the day ends, so at the evening before it too; a night begins before midnight. The first
look is at what was agreed. What was ordered or limited makes homes plan again, so it looks once more at what they are going
to do, and asks or limits the rest, a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from laag.cycle.agent import Intent
from laag.cycle.day import Due, Run, State, cleared_last, due
from laag.cycle.events import Validated
from laag.cycle.grid_says import Floats
from laag.cycle.standing import Word, standing
from laag.cycle.validate import (
    CLOSE_KW,
    LOOKS,
    WH_PER_KW,
    Bought,
    Wires,
    asked_of,
    back_promised,
    buy,
    limits,
    need_of,
)
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.errors import BadInput
from laag.foundation.flex import Offer
from laag.foundation.ptu import PtuGrid
from laag.home.flex import Asked
from laag.neighbourhood.flexibility import Need
from laag.settlement.delivered import Sold


class Homes(Protocol):
    """Those who live on the street, each with a planner of its own."""

    def offers(self, state: State, due: Due, asked: Mapping[int, tuple[Asked, ...]]) -> Sequence[Offer]:
        """What is offered by those who are asked, by their place in the street."""

    def intends(self, state: State, due: Due) -> Intent:
        """What all are going to take until the day that was cleared ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What came of it."""

    made: Validated
    promised_kw: Floats | None
    """As in ``Step``."""
    word: Word
    """With which homes go on."""


def validated(run: Run, state: State, homes: Homes) -> Told | None:
    """Of the day that was cleared last; ``None`` where the wires bear it, or the grid operator takes no part."""
    market = state.markets.get(cleared_last(run, state))
    if run.wires is None or market is None or not (run.validation.flexibility or run.validation.limits):
        return None
    at = _At(run, run.wires, state, homes)
    course = at.begins()
    announced_wh = at.agreed_wh
    for look in range(run.validation.looks or LOOKS):
        if look:
            course, announced_wh = at.heard(course)
        after = at.acted(course, announced_wh, look)
        if look and after.asked == course.asked:
            break
        course = after
    if course.ordered_wh.any():
        course, _ = at.heard(course)
    return course.told() if course.asked or course.unresolved_kwh else None


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """What one VALIDATE has come to so far: ``(members, ptus)``, from its gate until the day ends."""

    sold: Sold
    baseline_wh: Ints
    limited_wh: Ints
    promised_kw: Floats
    ordered_wh: Ints
    back_wh: Ints
    asked: int = 0
    """So often something was ordered or limited."""
    asked_units: int = 0
    offers: int = 0
    unresolved_kwh: float = 0.0

    @property
    def word(self) -> Word:
        """As homes hear it."""
        return Word(self.limited_wh, self.promised_kw, self.ordered_wh, self.back_wh)

    def ordering(self, bought: Bought, offers: int, announced_wh: Ints, back_wh: Ints) -> _Course:
        """With these orders, which nobody has answered yet."""
        had, more = self.sold, bought.sold
        new = more.bought_wh != 0
        return replace(
            self,
            sold=Sold(
                had.bought_wh + more.bought_wh,
                had.comes_back_wh + more.comes_back_wh,
                had.paid_units + more.paid_units,
            ),
            baseline_wh=np.where(new, announced_wh + had.bought_wh, self.baseline_wh),
            ordered_wh=more.bought_wh,
            back_wh=back_wh,
            asked_units=self.asked_units + int(bought.chosen.asked_units.sum()),
            offers=self.offers + offers,
            unresolved_kwh=bought.chosen.unresolved_kwh,
            asked=self.asked + 1,
        )

    def told(self) -> Told:
        """At the end."""
        made = Validated(
            self.sold,
            self.limited_wh,
            self.asked_units,
            self.offers,
            self.unresolved_kwh,
            self.baseline_wh if self.sold.bought_wh.any() else None,
        )
        promised = None if np.isinf(self.promised_kw).all() else self.promised_kw
        return Told(made, promised, self.word)


@dataclass(frozen=True, slots=True, eq=False)
class _At:
    """Where and when it is done."""

    run: Run
    wires: Wires
    state: State
    homes: Homes

    @property
    def day(self) -> date:
        return cleared_last(self.run, self.state)

    @property
    def span(self) -> slice:
        """What is looked at."""
        return slice(self.run.gate(max(self.state.done - 1, 0)), int(self.run.day(self.day).stop))

    @property
    def grid(self) -> PtuGrid:
        return self.run.street.grid.window(self.span.start, self.span.stop)

    @property
    def agreed_wh(self) -> Ints:
        """On the market, and for the evening before with what was ordered of it since; 0 where there was no market yet."""
        cleared_wh = self.state.markets[self.day].cleared_wh
        evening = np.zeros((len(cleared_wh), len(self.grid) - cleared_wh.shape[1]), np.int64)
        yesterday = self.day - timedelta(days=1)
        if (market := self.state.markets.get(yesterday)) is not None:
            agreed_wh = market.cleared_wh
            if (made := self.state.validated.get(yesterday)) is not None:
                sold = made.last(agreed_wh.shape[1]).sold
                agreed_wh = agreed_wh - sold.bought_wh + sold.comes_back_wh
            evening = agreed_wh[:, agreed_wh.shape[1] - evening.shape[1] :]
        return np.hstack([evening, cleared_wh])

    def begins(self) -> _Course:
        """With what still holds of earlier days: it is tightened, and never loosened."""
        agreed_wh = self.agreed_wh
        shape = agreed_wh.shape

        def stop_of(day: date) -> int:
            return int(self.run.day(day).stop)

        said = standing(
            shape[0], self.span.start, shape[1], stop_of, self.state.validated, self.state.promised_kw, None
        )
        free = np.isinf(said.limited_kw)
        limited_wh = np.rint(np.where(free, 0.0, said.limited_kw) * WH_PER_KW).astype(np.int64)
        return _Course(
            Sold(*np.zeros((3, *shape), np.int64)),
            agreed_wh,
            np.where(free, NO_LIMIT_WH, limited_wh),
            said.promised_kw,
            *_nothing(shape),
        )

    def heard(self, course: _Course) -> tuple[_Course, Ints]:
        """What homes promise for what was ordered of them, and what they are going to take with all of it."""
        intent = self.homes.intends(self.state, self.work(course))
        promised_kw = course.promised_kw
        if intent.promised_kw is not None:
            promised_kw = np.minimum(promised_kw, intent.promised_kw)
        ordered_wh, back_wh = _nothing(intent.wh.shape)
        return replace(course, promised_kw=promised_kw, ordered_wh=ordered_wh, back_wh=back_wh), intent.wh

    def work(self, course: _Course) -> Due:
        """What homes would do next."""
        work = due(self.run, self.state, course.word)
        if work is None:
            raise BadInput(f"the run ends before {self.day}; look only at days that are still to come")
        return work

    def acted(self, course: _Course, announced_wh: Ints, look: int) -> _Course:
        """With what is asked and limited because of this; the same where nothing is too full, or nothing helps."""
        need = need_of(self.wires, self.grid, announced_wh)
        if need is None or not (need.kw_over > CLOSE_KW).any():
            return course
        after, validation = course, self.run.validation
        if validation.flexibility:
            after = self.asking(course, need, announced_wh, look)
            announced_wh = announced_wh - after.ordered_wh + _back(after, course)
        if validation.limits:
            agreed_wh = self.agreed_wh if validation.agreed_first else None
            limited_wh = limits(self.wires, self.grid, announced_wh, validation, course.limited_wh, agreed_wh)
            if (limited_wh < course.limited_wh).any():
                after = replace(after, limited_wh=limited_wh, asked=after.asked + 1)
        return after

    def asking(self, course: _Course, need: Need, announced_wh: Ints, look: int) -> _Course:
        """With what is bought."""
        row = {name: i for i, name in enumerate(self.wires.members)}
        name = self.day.isoformat() + (f" ({look + 1})" if look else "")
        asked = {row[one]: what for one, what in asked_of(need, name).items() if one in row}
        offers = self.homes.offers(self.state, self.work(course), asked)
        bought = buy(self.wires, need, announced_wh, offers, self.run.validation)
        if not bought.sold.bought_wh.any():
            return replace(course, unresolved_kwh=bought.chosen.unresolved_kwh)
        return course.ordering(bought, len(offers), announced_wh, back_promised(bought, self.wires))


def _nothing(shape: tuple[int, ...]) -> tuple[Ints, Ints]:
    """Nothing is ordered, and nothing of it comes back."""
    return np.zeros(shape, np.int64), np.full(shape, NO_LIMIT_WH, np.int64)


def _back(after: _Course, before: _Course) -> Ints:
    return after.sold.comes_back_wh - before.sold.comes_back_wh
