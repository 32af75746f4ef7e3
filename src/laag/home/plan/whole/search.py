"""The best that binaries can find within a fixed amount of looking; a count, not a clock."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.highs import quiet_highs
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.program import Program
from laag.home.plan.question import Question
from laag.home.plan.solver import load
from laag.home.plan.whole.steps import A_HAIR_KW, Stepped, stepped
from laag.home.plan.whole.ways import BOTH_WAYS_KW, pairs, power

NODES = 20
GAP = 1e-4
GAP_EUR = 0.005
"""Half a cent: what is closer to the best than this is found in half the time."""
MOST_FREE = 60
"""With more to decide, a search of this length finds nothing worth its time."""


def searched(program: Program, asked: Question, relaxed: Floats, start: Floats) -> Floats | None:
    """The columns of a better day than ``start``, whole wherever they must be; ``None`` where nothing was found.

    It looks around what the relaxed program left between: where that was decided, it stays so.
    """
    highs, at = quiet_highs(), program.layout
    highs.setOptionValue("solver", "choose")
    highs.setOptionValue("presolve", "choose")
    highs.setOptionValue("mip_abs_gap", GAP_EUR)
    highs.setOptionValue("mip_max_nodes", NODES)
    highs.setOptionValue("mip_rel_gap", GAP)
    load(highs, program)
    for starts in at.starts:
        _integral(highs, range(starts.start, starts.stop))
        likely = _near((relaxed[starts] > 0) | (start[starts] > 0), 2)
        for column in (np.flatnonzero(~likely) + starts.start).tolist():
            highs.changeColBounds(column, 0.0, 0.0)
    if at.starts:
        _integral(highs, [*range(at.later.start, at.later.stop), *range(at.undone.start, at.undone.stop)])
    guess = list(start)
    for device in stepped(at, asked):
        guess += _on_or_off(highs, device, program.upper, relaxed, start)
    for into, out in pairs(at):
        guess += _one_way(highs, at, program.upper, into, out, relaxed, start)
    known = highspy.HighsSolution()
    known.col_value = guess
    highs.setSolution(known)
    if _free(highs) > MOST_FREE:
        return None
    highs.run()
    found = highs.getSolution().col_value
    return np.array(found[: at.columns]) if len(found) >= at.columns else None


def _integral(highs: highspy.Highs, columns: range | list[int]) -> None:
    for column in columns:
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)


def _binaries(highs: highspy.Highs, count: int) -> int:
    first = int(highs.getNumCol())
    for column in range(first, first + count):
        highs.addCol(0.0, 0.0, 1.0, 0, np.empty(0, np.int32), np.empty(0))
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    return first


def _row(highs: highspy.Highs, terms: dict[int, float], low: float, high: float) -> None:
    highs.addRow(low, high, len(terms), np.array(list(terms), np.int32), np.array(list(terms.values())))


def _on_or_off(
    highs: highspy.Highs, device: Stepped, upper: Floats, relaxed: Floats, start: Floats
) -> list[float]:
    """``min x on <= power <= max x on``, and a start holds for as long as a run must last."""
    most = power(upper, device.blocks)
    count = len(most)
    first = _binaries(highs, count)
    for t in range(count):
        segments = {block.start + t: 1.0 for block in device.blocks}
        _row(highs, {**segments, first + t: -float(most[t])}, -highspy.kHighsInf, 0.0)
        _row(highs, {**segments, first + t: -device.min_kw}, 0.0, highspy.kHighsInf)
        for later in range(t + 1, min(t + device.min_run_ptus, count)):
            if t > 0:
                _row(
                    highs, {first + t: 1.0, first + t - 1: -1.0, first + later: -1.0}, -highspy.kHighsInf, 0.0
                )
            elif device.ran_ptus == 0:
                _row(highs, {first: 1.0, first + later: -1.0}, -highspy.kHighsInf, 0.0)
    for t in range(device.min_run_ptus - device.ran_ptus if device.ran_ptus > 0 else 0):
        if t < count:
            highs.changeColBounds(first + t, 1.0, 1.0)
    kw = power(relaxed, device.blocks)
    decided = ~_near((kw > A_HAIR_KW) & (kw < device.min_kw - A_HAIR_KW), max(device.min_run_ptus, 1))
    guess = [float(kw > device.min_kw / 2) for kw in power(start, device.blocks)]
    for t in np.flatnonzero(decided).tolist():
        highs.changeColBounds(first + t, guess[t], guess[t])
    return guess


def _one_way(
    highs: highspy.Highs,
    at: Layout,
    upper: Floats,
    into: Sequence[slice],
    out: Sequence[slice],
    relaxed: Floats,
    start: Floats,
) -> list[float]:
    """``in <= max x way`` and ``out <= max x (1 - way)``."""
    most_in, most_out = power(upper, into), power(upper, out)
    first = _binaries(highs, at.shape.count)
    for t in range(at.shape.count):
        _row(
            highs,
            {**{b.start + t: 1.0 for b in into}, first + t: -float(most_in[t])},
            -highspy.kHighsInf,
            0.0,
        )
        _row(
            highs,
            {**{b.start + t: 1.0 for b in out}, first + t: float(most_out[t])},
            -highspy.kHighsInf,
            float(most_out[t]),
        )
    guess = [float(a >= b) for a, b in zip(power(start, into), power(start, out), strict=True)]
    both = (power(relaxed, into) > BOTH_WAYS_KW) & (power(relaxed, out) > BOTH_WAYS_KW)
    for t in np.flatnonzero(~_near(both, 1)).tolist():
        highs.changeColBounds(first + t, guess[t], guess[t])
    return guess


def _near(where: Flags, ptus: int) -> Flags:
    """There, and up to so many quarter-hours before and after."""
    near = where.copy()
    for step in range(1, ptus + 1):
        near[step:] |= where[:-step]
        near[:-step] |= where[step:]
    return near


def _free(highs: highspy.Highs) -> int:
    lp = highs.getLp()
    whole = [kind == highspy.HighsVarType.kInteger for kind in lp.integrality_]
    return int(np.sum(np.array(whole) & (np.array(lp.col_upper_) > np.array(lp.col_lower_))))
