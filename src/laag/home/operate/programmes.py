"""Machines that run a programme once: when they start, what they draw, and what is too late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from laag.home.devices import Job
from laag.home.plan import Plan
from laag.home.plan.shortfall import Shortfall


class Programmes:
    """The jobs of a home, in PTUs of the actual grid. A programme that runs is never stopped."""

    def __init__(self, jobs: Iterable[Job], began: Iterable[tuple[int, int]]) -> None:
        self.jobs = tuple(jobs)
        self.began = {which: job.started for which, job in enumerate(self.jobs) if job.started is not None}
        self.began |= dict(began)
        self.missed: list[Shortfall] = []

    def power_kw(self, ptu: int, plan: Plan, offset: int) -> float:
        """What they draw in this PTU, those included that start with it."""
        total = 0.0
        for which, job in enumerate(self.jobs):
            if which not in self.began and self._starts(job, ptu, plan, offset):
                self.began[which] = ptu
            programme, since = job.appliance.programme_kw, ptu - self.began.get(which, ptu + 1)
            if 0 <= since < len(programme):
                total += programme[since]
            if which not in self.began and ptu + len(programme) == job.deadline:
                self.missed.append(_too_late(job, ptu))
        return total

    def ahead(self, ptu: int) -> tuple[Job, ...]:
        """Those that a plan made at this PTU still goes by."""
        left = []
        for which, job in enumerate(self.jobs):
            began, takes = self.began.get(which), len(job.appliance.programme_kw)
            if began is not None and ptu < began + takes:
                left.append(replace(job, started=began))
            elif began is None and ptu + takes <= job.deadline:
                left.append(job)
        return tuple(left)

    def _starts(self, job: Job, ptu: int, plan: Plan, offset: int) -> bool:
        """As planned; where the plan does not know of it, at once."""
        last = job.deadline - len(job.appliance.programme_kw)
        if not job.earliest <= ptu <= last:
            return False
        if not 0 <= ptu - offset < len(plan):
            return True
        for run in plan.runs:
            if run.job.appliance == job.appliance and run.job.deadline == job.deadline - offset:
                return run.start is not None and run.start <= ptu - offset
        return True


def _too_late(job: Job, ptu: int) -> Shortfall:
    return Shortfall(
        "appliance",
        1.0,
        "run",
        ptu,
        f"the {job.appliance.name} was not started while it could still be done in time",
    )
