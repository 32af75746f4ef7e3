"""From the answer of a linear program to a day that devices can live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laag.home.ladder import Ladder, Rung
from laag.home.outlook import Floats
from laag.home.plan.program import Program
from laag.home.plan.question import Question
from laag.home.plan.solver import Answer, Solver
from laag.home.plan.whole.rank import Rank
from laag.home.plan.whole.search import searched
from laag.home.plan.whole.starts import decide, likely, spread, undecided
from laag.home.plan.whole.steps import NOTHING, broken, give_steps, stepped, too_much, turn_off
from laag.home.plan.whole.ways import Rule, as_it_nets, both_ways, give_ways, while_there_is_room

ROUNDS = (False, False, False, True)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """An answer that keeps every rule, and the bounds within which it is the optimum."""

    answer: Answer
    lower: Floats
    upper: Floats


def mended(solver: Solver, program: Program, asked: Question, answer: Answer, ladder: Ladder) -> Whole | None:
    """The answer if it keeps every rule, else the best day found that does: by its rungs in order, then by money."""
    if _keeps(program, asked, answer):
        return Whole(answer, program.lower, program.upper)
    rank = Rank(program, ladder)
    begun = _started(solver, program, answer, rank)
    if begun is None:
        return None
    rules: tuple[Rule, ...] = (as_it_nets,)
    if any(both.any() for both in both_ways(program.layout, begun.answer.column)):
        rules = (while_there_is_room(asked), as_it_nets)
    found = _tried(solver, program, asked, begun, rules, rank.above_comfort)
    if stepped(program.layout, asked) and all(rank.misses_more(one.answer, begun.answer) for one in found):
        found += _tried(solver, program, asked, begun, rules, rank.rungs)
    if not found:
        return None
    best = min(found, key=lambda one: rank(one.answer))
    if _cost(program, best.answer) - _cost(program, answer) > asked.settings.worth_a_search_eur:
        better = _searched(solver, program, asked, answer, best)
        if better is not None and rank(better.answer) < rank(best.answer):
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


def _started(solver: Solver, program: Program, answer: Answer, rank: Rank) -> Whole | None:
    """Decide programme by programme: the best of its likeliest starts, or of any where those make rungs miss more."""
    at = program.layout
    lower, upper = program.lower.copy(), program.upper.copy()
    while open_ := undecided(at, answer.column):
        tried: list[tuple[tuple[float, ...], int, Answer]] = []
        for starts in (likely(at, answer.column, open_[0]), spread(at, upper, open_[0])):
            if any(not rank.misses_more(each, answer) for _, _, each in tried):
                break
            for start in starts:
                low, high = lower.copy(), upper.copy()
                decide(at, open_[0], start, low, high)
                again = solver.again(low, high)
                if again is not None:
                    tried.append((rank(again), start, again))
        if not tried:
            return None
        _, start, answer = min(tried, key=lambda one: one[:2])
        decide(at, open_[0], start, lower, upper)
    for k, block in enumerate(at.starts):
        every = [*range(block.start, block.stop), at.later.start + k, at.undone.start + k]
        decide(at, k, max(every, key=lambda c: float(answer.column[c])), lower, upper)
    if at.starts:
        again = solver.again(lower, upper)
        if again is None:
            return None
        answer = again
    return Whole(answer, lower, upper)


def _tried(
    solver: Solver,
    program: Program,
    asked: Question,
    begun: Whole,
    rules: tuple[Rule, ...],
    spared: Sequence[Rung],
) -> list[Whole]:
    found = [_in_rounds(solver, program, asked, begun, rule, spared) for rule in rules]
    return [one for one in found if one is not None]


def _in_rounds(
    solver: Solver, program: Program, asked: Question, begun: Whole, rule: Rule, spared: Sequence[Rung]
) -> Whole | None:
    """Give sides where rules are broken and solve again, until none is; the last round gives all.

    A device's least power is not worth what it would take from a spared rung: there it is off.
    """
    lower, upper, answer = begun.lower.copy(), begun.upper.copy(), begun.answer
    devices = stepped(program.layout, asked)
    before = too_much(program, asked, answer.column, spared) if devices else None
    for last in ROUNDS:
        if _keeps(program, asked, answer):
            break
        give_ways(program.layout, answer.column, upper, rule, last=last)
        for device in devices:
            give_steps(device, answer.column, lower, upper, last=last)
        again = solver.again(lower, np.maximum(upper, lower))
        if again is not None and before is not None:
            more = too_much(program, asked, again.column, spared) > before + NOTHING
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
