"""From what each home did to an answer: every home's part bounded, added up, and made unsure by as much as was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.neighbourhood.commons.noise import Noise, off_by, scale
from laag.neighbourhood.commons.questions import Question, Statistic

FOR_HOMES = 5
"""Of a mean, one part in so many of its price tells how many homes there were."""


@dataclass(frozen=True, slots=True)
class Figures:
    """An answer: one value for each key of the question, and how far each may be off in 19 of 20 answers."""

    values: tuple[int, ...]
    off_by: tuple[int, ...]


def part(question: Question, days: int, wh: Ints) -> Ints:
    """What a home counts for in each figure, given its Wh in each; never more than was agreed.

    >>> from laag.neighbourhood.commons.questions import SHIPPED
    >>> part(SHIPPED["taken-total"], 7, np.array([400_000])).tolist()
    [280000]
    >>> part(SHIPPED["homes-by-use"], 10, np.array([81_000])).tolist()
    [0, 0, 1, 0, 0]
    """
    if question.statistic is Statistic.COUNT:
        return np.array([int(wh.sum()) > question.edges_wh[0] * days], np.int64)
    if question.statistic is Statistic.HISTOGRAM:
        found = np.zeros(len(question.edges_wh) + 1, np.int64)
        found[int(np.searchsorted(np.array(question.edges_wh) * days, int(wh.sum())))] = 1
        return found
    most, total = most_wh(question, days), int(np.abs(wh).sum())
    return wh if total <= most else np.sign(wh) * (np.abs(wh) * most // total)


def most_wh(question: Question, days: int) -> int:
    """What a home counts for at most over a period, all figures together."""
    return question.most_wh_per_day * days


def sensitivity(question: Question, days: int, figures: int) -> int:
    """How far all figures together can differ through one home: whether it is there, and whatever it did.

    One figure that cannot be negative moves by the bound at most; of several, one home's all may go from this one
    to that, which is twice as far.
    """
    bound = 1 if question.edges_wh else most_wh(question, days)
    return bound if figures == 1 else 2 * bound


def totals(question: Question, days: int, homes: Mapping[str, Ints]) -> Ints:
    """What homes come to together, exactly; nobody is shown this."""
    parts = [part(question, days, homes[name]) for name in sorted(homes)]
    found: Ints = np.array(parts, np.int64).sum(axis=0)
    return found


def figures(question: Question, days: int, homes: Mapping[str, Ints], noise: Noise) -> Figures:
    """The answer that is given, once."""
    exact = [int(value) for value in totals(question, days, homes)]
    reach = sensitivity(question, days, len(exact))
    if question.statistic is not Statistic.MEAN:
        off = off_by(scale(reach, question.micro_epsilon))
        return Figures(noise(exact, reach, question.micro_epsilon), (off,) * len(exact))
    for_homes = question.micro_epsilon // FOR_HOMES
    for_sums = question.micro_epsilon - for_homes
    sums = noise(exact, reach, for_sums)
    (count,) = noise([len(homes)], 1, for_homes)
    # Both ends hold in 19 of 20 answers together: a fortieth is left for each.
    off_sums, off_count = off_by(scale(reach, for_sums), 0.975), off_by(scale(1, for_homes), 0.975)
    return _means(sums, count, off_sums, off_count, days)


def _means(sums: Sequence[int], count: int, off_sums: int, off_count: int, days: int) -> Figures:
    """Of a home on a day: the noisy sums over the noisy count, and the farthest that it can lie from the truth."""
    least, most = max(1, count - off_count), max(1, count + off_count)
    middle = max(1, count)
    values, off = [], []
    for total in sums:
        value = round(total / (middle * days))
        ends = [
            end / (homes * days) for end in (total - off_sums, total + off_sums) for homes in (least, most)
        ]
        values.append(value)
        off.append(max(round(max(ends)) - value, value - round(min(ends))) + 1)
    return Figures(tuple(values), tuple(off))
