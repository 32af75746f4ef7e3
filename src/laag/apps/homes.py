"""All homes of a street on all cores; who computes what never changes what comes out."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

from laag.cycle.agent import (
    Intent,
    Lived,
    Work,
    gate_to_gate,
    intended,
    intended_together,
    offered,
    together,
)
from laag.cycle.bulletin import Bulletin
from laag.cycle.day import HORIZON_PTUS, Due, Run, State
from laag.cycle.events import Step
from laag.cycle.street import Home
from laag.cycle.wants import Began
from laag.cycle.world import World
from laag.foundation.errors import Unfinished
from laag.foundation.flex import Offer
from laag.home.flex import Asked
from laag.home.house import HomeState
from laag.home.plan.solver import Solver

Held = tuple[HomeState, Began]
"""What a home's devices hold, and when its machines last began."""
T = TypeVar("T")
Does = Callable[[World, Sequence[Home], Solver, Sequence[int], Sequence[Held], Bulletin, Work], list[T]]
"""What some of the homes do, each with what it holds."""
PARTS_PER_WORKER = 3
"""Homes differ in how long they think; a few parts each keep all workers busy to the end of a step."""


class Homes:
    """Lets every home of a run do what is due, in this process or in several."""

    def __init__(self, run: Run, workers: int) -> None:
        self._world = World.of(run.street, run.calendar, HORIZON_PTUS)
        self._homes = run.street.homes
        self._pool: ProcessPoolExecutor | None = None
        self._solver = Solver()
        count = min(workers, len(self._homes))
        if count > 1:
            with _uninterrupted():  # half a pool would leave its semaphores behind
                self._pool = ProcessPoolExecutor(
                    count, get_context("spawn"), initializer=_begin, initargs=(self._world, self._homes)
                )
            self._parts = _parts(len(self._homes), count * PARTS_PER_WORKER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def step(self, state: State, due: Due) -> Step:
        """The step of the street."""
        return together(self._each(_live, state, due), due.work.start)

    def intends(self, state: State, due: Due) -> Intent:
        """What the street is going to do until the day that was cleared ends."""
        return intended_together(self._each(_intend, state, due))

    def _each(self, what: Does[T], state: State, due: Due) -> list[T]:
        if self._pool is not None:
            return self._shared(self._pool, what, state, due)
        every = range(len(self._homes))
        held = [(state.homes[i], state.began_in(i)) for i in every]
        return what(self._world, self._homes, self._solver, every, held, due.bulletin, due.work)

    def offers(self, state: State, due: Due, asked: Mapping[int, tuple[Asked, ...]]) -> list[Offer]:
        """What these homes offer of the day that was cleared; in this process, as few are asked on few days."""
        found: list[Offer] = []
        for home, wanted in asked.items():
            held = state.homes[home], state.began_in(home)
            found += offered(
                self._world, self._homes[home], *held, due.bulletin, home, due.work, wanted, self._solver
            )
        return found

    def _shared(self, pool: ProcessPoolExecutor, what: Does[T], state: State, due: Due) -> list[T]:
        try:
            with _uninterrupted():
                asked = [
                    pool.submit(
                        _part,
                        what,
                        part,
                        [(state.homes[i], state.began_in(i)) for i in part],
                        due.bulletin.of(part),
                        due.work,
                    )
                    for part in self._parts
                ]
            answers = [answer.result() for answer in asked]
        except BrokenProcessPool as lost:
            raise Unfinished(
                "a worker process was lost, perhaps for want of memory; go on with --resume and fewer --workers"
            ) from lost
        by_home = {
            home: one for part, some in zip(self._parts, answers, strict=True) for home, one in zip(part, some, strict=True)
        }  # fmt: skip
        return [by_home[i] for i in range(len(self._homes))]


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _live(
    world: World,
    homes: Sequence[Home],
    solver: Solver,
    which: Sequence[int],
    held: Sequence[Held],
    board: Bulletin,
    work: Work,
) -> list[Lived]:
    return [
        gate_to_gate(world, homes[home], *one, board, row, work, solver)
        for row, (home, one) in enumerate(zip(which, held, strict=True))
    ]


def _intend(
    world: World,
    homes: Sequence[Home],
    solver: Solver,
    which: Sequence[int],
    held: Sequence[Held],
    board: Bulletin,
    work: Work,
) -> list[Intent]:
    return [
        intended(world, homes[home], *one, board, row, work, solver)
        for row, (home, one) in enumerate(zip(which, held, strict=True))
    ]


class _Here:
    """What a worker process keeps."""

    world: World
    homes: tuple[Home, ...]
    solver: Solver


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that begin in here never hear of Ctrl-C: it is for the run to decide what becomes of them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(world: World, homes: tuple[Home, ...]) -> None:
    Thread(target=_end_with_the_run, daemon=True).start()
    _Here.world, _Here.homes, _Here.solver = world, homes, Solver()


def _end_with_the_run() -> None:
    """A worker holds both ends of its queue of work: when the run is killed, it would wait there forever."""
    if run := parent_process():
        run.join()
        os._exit(1)


def _part(what: Does[T], which: Sequence[int], held: Sequence[Held], board: Bulletin, work: Work) -> list[T]:
    return what(_Here.world, _Here.homes, _Here.solver, which, held, board, work)


def _parts(homes: int, count: int) -> list[list[int]]:
    """Homes dealt out like cards, so that every part has some of each kind."""
    return [list(range(first, homes, count)) for first in range(min(count, homes))]
