"""The best that binaries can find within a fixed amount of looking; a count, not a clock."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.program import Program
from laag.home.plan.question import Question
from laag.home.plan.solver import load, quiet_highs
from laag.home.plan.whole.steps import Stepped, stepped
from laag.home.plan.whole.ways import pairs, power

NODES = 40
GAP = 1e-4


def searched(program: Program, asked: Question, start: Floats) -> Floats | None:
    """The columns of a better day than ``start``, whole wherever they must be; ``None`` where nothing was found."""
    highs, at = quiet_highs(), program.layout
    highs.setOptionValue("solver", "choose")
    highs.setOptionValue("mip_max_nodes", NODES)
    highs.setOptionValue("mip_rel_gap", GAP)
    load(highs, program)
    for starts in at.starts:
        _integral(highs, range(starts.start, starts.stop))
    if at.starts:
        _integral(highs, [*range(at.later.start, at.later.stop), *range(at.undone.start, at.undone.stop)])
    guess = list(start)
    for device in stepped(at, asked):
        guess += _on_or_off(highs, device, program.upper, start)
    for into, out in pairs(at):
        guess += _one_way(highs, at, program.upper, into, out, start)
    known = highspy.HighsSolution()
    known.col_value = guess
    highs.setSolution(known)
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


def _on_or_off(highs: highspy.Highs, device: Stepped, upper: Floats, start: Floats) -> list[float]:
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
    return [float(kw > device.min_kw / 2) for kw in power(start, device.blocks)]


def _one_way(
    highs: highspy.Highs,
    at: Layout,
    upper: Floats,
    into: Sequence[slice],
    out: Sequence[slice],
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
    return [float(a >= b) for a, b in zip(power(start, into), power(start, out), strict=True)]
