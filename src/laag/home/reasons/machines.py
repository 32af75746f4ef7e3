"""Why a machine runs its programme when it does."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats
from laag.home.plan.day import Run
from laag.home.plan.weights import PlanSettings
from laag.home.reasons.codes import Code, Doing, Subject
from laag.home.reasons.column import Column
from laag.home.reasons.near import NOWHEN
from laag.home.reasons.view import View


def machine_reasons(view: View) -> list[Column]:
    """A column per job, in their order; the second of one name is told apart by a number."""
    columns: list[Column] = []
    for run in view.plan.runs:
        name = run.job.appliance.name
        same = sum(1 for column in columns if column.name.rpartition(" #")[0] == name or column.name == name)
        columns.append(_machine(view, run, f"{name} #{same + 1}" if same else name))
    return columns


def _machine(view: View, run: Run, name: str) -> Column:
    count, job = len(view), run.job
    programme = np.array(job.appliance.programme_kw)
    ptu = np.arange(count)
    start = count + len(programme) if run.start is None else run.start
    runs = (ptu >= start) & (ptu < start + len(programme))
    power = np.where(runs, programme[np.clip(ptu - start, 0, len(programme) - 1)], 0.0)
    column = Column(Subject.APPLIANCE, power, name)
    column.numbers |= view.numbers | {
        "start_at": np.full(count, start),
        "start_by": np.full(count, start),
        "earliest_by": np.full(count, job.earliest),
        "deadline_by": np.full(count, job.deadline),
        "run_kwh": np.full(count, job.appliance.energy_kwh),
    }
    if not view.planned:
        column.rest(Code.NO_PLAN)
        return column
    column.give(Code.RUN_GOES_ON, runs & (job.started is not None))
    column.give(Code.RUN_DONE, ptu >= start + len(programme))
    column.give(Code.RUN_NOT_YET, ptu < job.earliest)
    if run.start is None:
        column.give(Code.RUN_LATER, np.full(count, job.deadline - len(programme) >= count))
        column.give(Code.RUN_NO_ROOM, np.ones(count, np.bool_))
        return column
    _compare(view, run, programme, column)
    column.give(Code.RUN_CHEAPEST, runs & column.has_next_best())
    column.give(Code.RUN_ONLY, runs & (_last_start(run, count) <= max(job.earliest, 0)))
    column.give(Code.RUN_WAITS, (ptu < start) & column.has_next_best())
    column.give(Code.RUN_FITS, np.ones(count, np.bool_))
    return column


def _last_start(run: Run, count: int) -> int:
    return min(run.job.deadline - len(run.job.appliance.programme_kw), count - 1)


def _compare(view: View, run: Run, programme: Floats, column: Column) -> None:
    """Every other start in its window, and starting earlier, per kWh of the programme: where all else answers, and alone."""
    count, start, length = len(view), run.start, len(programme)
    first, last = max(run.job.earliest, 0), _last_start(run, count)
    if start is None or start < 0 or last < first:
        return
    ours = (np.arange(count) >= start) & (np.arange(count) < start + length)
    price = view.all_told - view.nudge
    # What runs on after the plan is expected to pay what the plan expects of it.
    after = np.full(length - 1, PlanSettings().later_eur_per_kwh(view.outlook))
    share = programme[::-1] / max(float(programme.sum()), 1e-9)

    def costs(price: Floats) -> Floats:
        return np.convolve(np.append(price, after), share, "valid")

    money, weight = costs(price), costs(price + view.nudge)
    free = (np.arange(count) >= first) & (np.arange(count) <= last)
    # A first bit may look cheaper elsewhere; a whole programme is not, or it would run there.
    worse, weighs = money - money[start], np.maximum(weight - weight[start], 0.0)
    worse = np.where(view.nudge.any(), worse, np.maximum(worse, 0.0))
    at_most = _left_alone(view, run, programme, free)
    waiting = free & (np.arange(count) < start)
    column.next_best.put(waiting, Doing.START_EARLIER, NOWHEN, worse, weighs, at_most)
    free[start] = False
    if free.any():
        known = free & np.isfinite(at_most)
        other = int(
            np.argmin(np.where(known, at_most, np.inf) if known.any() else np.where(free, weight, np.inf))
        )
        here = (np.full(count, one[other]) for one in (worse, weighs, at_most))
        column.next_best.put(ours, Doing.START_THEN, other, *here)


def _left_alone(view: View, run: Run, programme: Floats, free: Flags) -> Floats:
    """What each other start costs more per kWh if nothing answers to it; ``nan`` where that does not fit."""
    count, length = len(view), len(programme)
    assert run.start is not None
    starts = np.flatnonzero(free)
    moved = np.zeros((len(starts), count + length))
    for row, start in enumerate(starts.tolist()):
        moved[row, start : start + length] += programme
        moved[row, run.start : run.start + length] -= programme
    more = np.full(count, np.nan)
    inside = starts + length <= count
    more[starts[inside]] = view.left_alone_eur(moved[inside, :count]) / run.job.appliance.energy_kwh
    return more
