"""Run a street: step by step into the event log, from where the log stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from laag.apps.homes import Homes
from laag.apps.interrupt import between_steps
from laag.cycle.day import Due, Run, State, apply, due
from laag.cycle.events import STEPPED, Step, check_same, from_event, opened, to_event
from laag.cycle.fingerprint import fingerprint
from laag.cycle.replay import folded
from laag.cycle.validated import validated
from laag.foundation.errors import CannotResume
from laag.foundation.ports import Event, EventLog, Scalar

Told = Callable[[int, int], None]
"""How far it is: steps done, steps in all."""


def opening(run: Run, version: str) -> Event:
    """The first event: all that the outcome depends on."""
    charter, policy = run.terms.charter, run.terms.policy
    grid: dict[str, Scalar] = {}
    if run.wires is not None:
        grid = {"wires": fingerprint(run.wires.network), "validation": fingerprint(run.validation)}
    if run.later:
        grid |= {"charters": fingerprint(run.later)}
    return opened(
        run.street.name,
        grid
        | {
            "version": version,
            "policy": policy.name,
            "rule": charter.rule,
            "k_percent": charter.k_percent,
            "first_day": run.first_day.isoformat(),
            "days": run.days,
            "street": fingerprint(run.street),
            "terms": fingerprint(run.terms),
        },
    )


def simulate(run: Run, log: EventLog, *, version: str, workers: int, resume: bool, told: Told) -> str:
    """Take every step that the log does not hold yet; returns the digest of the complete log.

    Killed at any moment, it goes on from the last step that was written, to the same digest.
    """
    first = opening(run, version)
    stored = next(log.events(), None)
    if stored is None:
        log.append([first])
    elif not resume:
        raise CannotResume(
            "there is a run in this folder already; add --resume to continue it, --fresh to start again, or give another --out"
        )
    else:
        check_same(stored, first)
    state = folded(run, (from_event(event) for event in log.events(STEPPED)))
    told(state.done, run.steps)
    with between_steps() as heed, Homes(run, workers) as homes:
        while (next_work := due(run, state)) is not None:
            step = _taken(run, state, next_work, homes)
            log.append([to_event(step, run.gate_day(state.done))])
            state = apply(run, state, step)
            told(state.done, run.steps)
            heed()
    return log.digest()


def _taken(run: Run, state: State, work: Due, homes: Homes) -> Step:
    """The next step, after what the grid operator makes of the day that was cleared."""
    said = validated(run, state, homes)
    if said is None:
        return homes.step(state, work)
    step = homes.step(state, due(run, state, said.word) or work)
    return replace(step, validated=said.made, promised_kw=said.promised_kw)
