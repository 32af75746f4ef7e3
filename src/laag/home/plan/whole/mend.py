"""From the answer of a linear program to a day that devices can live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.outlook import Floats
from laag.home.plan.program import Program
from laag.home.plan.question import Question
from laag.home.plan.solver import Answer, Solver
from laag.home.plan.whole.search import searched
from laag.home.plan.whole.starts import decide, likely, undecided
from laag.home.plan.whole.steps import NOTHING, broken, give_steps, stepped, too_much, turn_off
from laag.home.plan.whole.ways import Rule, as_it_nets, both_ways, give_ways, while_there_is_room

ROUNDS = (False, False, False, True)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """An answer that keeps every rule, and the bounds within which it is the optimum."""

    answer: Answer
    lower: Floats
    upper: Floats


def mended(solver: Solver, program: Program, asked: Question, answer: Answer) -> Whole | None:
    """The answer if it keeps every rule, else the cheapest day found that does."""
    if _keeps(program, asked, answer):
        return Whole(answer, program.lower, program.upper)
    begun = _started(solver, program, answer)
    if begun is None:
        return None
    rules: tuple[Rule, ...] = (as_it_nets,)
    if any(both.any() for both in both_ways(program.layout, begun.answer.column)):
        rules = (while_there_is_room(asked), as_it_nets)
    tried = [_in_rounds(solver, program, asked, begun, rule) for rule in rules]
    found = [one for one in tried if one is not None]
    if not found:
        return None
    best = min(found, key=lambda one: _cost(program, one.answer))
    if _cost(program, best.answer) - _cost(program, answer) > asked.settings.worth_a_search_eur:
        better = _searched(solver, program, asked, answer, best)
        if better is not None and _cost(program, better.answer) < _cost(program, best.answer):
            return better
    # The solver must have solved last what the next step starts from.
    again = solver.again(best.lower, best.upper, program.weighted)
    return None if again is None else Whole(again, best.lower, best.upper)


def one_way_again(program: Program, whole: Whole, column: Floats, *, last: bool) -> Whole | None:
    """Closer bounds where serving the rungs made a device go both ways; ``None`` where none did."""
    if not any(both.any() for both in both_ways(program.layout, column)):
        return None
    upper = whole.upper.copy()
    give_ways(program.layout, column, upper, as_it_nets, last=last)
    return Whole(whole.answer, whole.lower, np.maximum(upper, whole.lower))


def _cost(program: Program, answer: Answer) -> float:
    return float(program.weighted @ answer.column)


def _keeps(program: Program, asked: Question, answer: Answer) -> bool:
    at, column = program.layout, answer.column
    return not (
        undecided(at, column)
        or any(both.any() for both in both_ways(at, column))
        or any(broken(device, column).any() for device in stepped(at, asked))
    )


def _started(solver: Solver, program: Program, answer: Answer) -> Whole | None:
    """Decide programme by programme: the cheapest of its likeliest starts."""
    at = program.layout
    lower, upper = program.lower.copy(), program.upper.copy()
    while open_ := undecided(at, answer.column):
        tried: list[tuple[float, int, Answer]] = []
        for start in likely(at, answer.column, open_[0]):
            low, high = lower.copy(), upper.copy()
            decide(at, open_[0], start, low, high)
            again = solver.again(low, high)
            if again is not None:
                tried.append((_cost(program, again), start, again))
        if not tried:
            return None
        _, start, answer = min(tried, key=lambda one: one[:2])
        decide(at, open_[0], start, lower, upper)
    for k, starts in enumerate(at.starts):
        every = [*range(starts.start, starts.stop), at.later.start + k, at.undone.start + k]
        decide(at, k, max(every, key=lambda c: float(answer.column[c])), lower, upper)
    if at.starts:
        again = solver.again(lower, upper)
        if again is None:
            return None
        answer = again
    return Whole(answer, lower, upper)


def _in_rounds(solver: Solver, program: Program, asked: Question, begun: Whole, rule: Rule) -> Whole | None:
    """Give sides where rules are broken and solve again, until none is; the last round gives all."""
    lower, upper, answer = begun.lower.copy(), begun.upper.copy(), begun.answer
    devices = stepped(program.layout, asked)
    before = too_much(program, asked, answer.column) if devices else None
    for last in ROUNDS:
        if _keeps(program, asked, answer):
            break
        give_ways(program.layout, answer.column, upper, rule, last=last)
        for device in devices:
            give_steps(device, answer.column, lower, upper, last=last)
        again = solver.again(lower, np.maximum(upper, lower))
        if again is not None and before is not None:
            more = too_much(program, asked, again.column) > before + NOTHING
            if sum(turn_off(device, more, lower, upper) for device in devices):
                again = solver.again(lower, np.maximum(upper, lower))
        if (
            again is None
        ):  # a least power too much for what is nearly full: rather less than it than no day at all
            lower = begun.lower.copy()
            again = solver.again(lower, np.maximum(upper, lower))
        if again is None:
            return None
        answer = again
    return Whole(answer, lower, np.maximum(upper, lower))


def _searched(
    solver: Solver, program: Program, asked: Question, relaxed: Answer, best: Whole
) -> Whole | None:
    """What a search with binaries finds, its decisions made and the rest solved again for its prices."""
    column = searched(program, asked, relaxed.column, best.answer.column)
    if column is None:
        return None
    at = program.layout
    lower, upper = program.lower.copy(), program.upper.copy()
    for k, starts in enumerate(at.starts):
        every = [*range(starts.start, starts.stop), at.later.start + k, at.undone.start + k]
        decide(at, k, max(every, key=lambda c: float(column[c])), lower, upper)
    give_ways(at, column, upper, as_it_nets, last=True)
    for device in stepped(at, asked):
        give_steps(device, column, lower, upper, last=True)
    upper = np.maximum(upper, lower)
    again = solver.again(lower, upper, program.weighted)
    if again is None or not _keeps(program, asked, again):
        return None
    return Whole(again, lower, upper)
