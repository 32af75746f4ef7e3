"""What wishes make of machines: programmes to run, and hours in which they should be quiet."""

from __future__ import annotations

from datetime import date

import numpy as np

from laag.foundation.words import Lang, Said
from laag.home.devices import Appliance, Job
from laag.home.preferences.blanks import MACHINES, Machine
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, of_kind, together, without_device
from laag.home.preferences.effects.wall import BEFORE, Mask, runs
from laag.home.preferences.meant import Contradiction, Meant, Rule
from laag.home.preferences.wishes import NobodyHome, Quiet, RunBefore

LOADED_PTUS = 40
"""A machine that must be done by a time is loaded ten hours before: by eight in the evening for six in the morning."""


def machine_of(appliance: Appliance) -> Machine | None:
    """What kind of machine an appliance is, by its name in either language.

    >>> machine_of(Appliance("Vaatwasser", (2.0,)))
    <Machine.DISHWASHER: 'dishwasher'>
    """
    name = appliance.name.lower().replace("_", " ")
    for machine, called in MACHINES.items():
        if name in {each.to(lang).lower() for each in called for lang in Lang}:
            return machine
    return None


def jobs(meant: AllMeant, scene: Scene) -> tuple[tuple[Job, ...], Outcome]:
    """The outlook's own jobs and those that are wished for; a machine asked at its own buttons is not asked twice."""
    at_home = {machine_of(appliance): appliance for appliance in scene.house.appliances}
    added: list[Job] = []
    said = [_nothing_to_quieten(meant, scene)]
    for run in of_kind(meant, RunBefore):
        appliance = at_home.get(run.wish.machine)
        if appliance is None:
            called = MACHINES[run.wish.machine][0]
            said.append(
                without_device(
                    (run,), Said(f"{called.nl} die te sturen is", f"{called.en} that can be steered")
                )
            )
            continue
        for ptu, day in scene.wall.moments(run.wish.by_quarter, run.wish.days):
            if 0 < ptu <= scene.wall.count and not _nobody(meant, day):
                job, met = _job(run, appliance, ptu, meant, scene)
                added += [job] if job is not None else []
                said.append(met)
    return (*scene.outlook.jobs, *added), together(*said)


def _job(
    run: Meant[RunBefore], appliance: Appliance, by: int, meant: AllMeant, scene: Scene
) -> tuple[Job | None, Outcome]:
    """The job that ends by this PTU; none where the machine has run in its time already, or was asked otherwise."""
    wish, needs = run.wish, len(appliance.programme_kw)
    earliest = (
        by - LOADED_PTUS if wish.from_quarter is None else scene.wall.last_before(by, wish.from_quarter)
    )
    begun = scene.begun.get(appliance.name)
    if begun is not None:
        began = scene.outlook.grid.index(begun)
        if earliest <= began <= 0:
            running = began + needs > 0
            return (Job(appliance, earliest, by, began) if running else None), Outcome()
    if any(
        job.appliance == appliance and job.earliest < by and earliest < job.deadline
        for job in scene.outlook.jobs
    ):
        return None, Outcome()
    earliest = max(earliest, 0)
    quiet = [each for each in of_kind(meant, Quiet) if each.wish.device.value == wish.machine.value]
    free = [span for span in _outside(quiet, scene, earliest, by) if span[1] - span[0] >= needs]
    if quiet and not free:
        loud = tuple(Contradiction(run, each, Rule.WHAT_FIRST) for each in quiet)
        return Job(appliance, earliest, by), Outcome(contradictions=loud)
    first, stop = max(free, key=lambda span: (span[1] - span[0], -span[0])) if quiet else (earliest, by)
    return Job(appliance, first, stop), Outcome()


def _outside(quiet: list[Meant[Quiet]], scene: Scene, first: int, stop: int) -> list[tuple[int, int]]:
    """The stretches of a window that are in no quiet hours."""
    allowed: Mask = np.ones(stop - first, np.bool_)
    for each in quiet:
        hushed = scene.wall.hours(
            each.wish.from_quarter, each.wish.until_quarter, each.wish.days, everywhere=True
        )
        allowed &= ~hushed[first + BEFORE : stop + BEFORE]
    return [(first + a, first + b) for a, b in runs(allowed)]


def _nobody(meant: AllMeant, day: date) -> bool:
    return any(
        (away.wish.first is None or away.wish.first <= day) and day <= away.wish.last
        for away in of_kind(meant, NobodyHome)
    )


def _nothing_to_quieten(meant: AllMeant, scene: Scene) -> Outcome:
    """Quiet hours of a machine that is not there."""
    there = {machine.value for machine in map(machine_of, scene.house.appliances) if machine}
    parts = []
    for quiet in of_kind(meant, Quiet):
        if quiet.wish.device.value not in {"heat_pump", *there}:
            called = MACHINES[Machine(quiet.wish.device.value)][0]
            parts.append(
                without_device(
                    (quiet,), Said(f"{called.nl} die te sturen is", f"{called.en} that can be steered")
                )
            )
    return together(*parts)
