"""How a neighbourhood's charter changes as it lives, and how a settled day names the one that it was settled by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from laag.cycle.live.messages_charter import Activated, Counted, Motion
from laag.foundation.words import Said
from laag.neighbourhood.charter.changes import step
from laag.neighbourhood.charter.charter import digest
from laag.neighbourhood.charter.judged import judge
from laag.neighbourhood.charter.process import Moment, Outcome, Stage

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Live

DIGITS = 24
"""Of a digest: more than anybody could find a second charter for by trying."""


def judge_motion(state: Live, motion: Motion) -> Said | None:
    """Why this is not taken; ``None`` where it is."""
    return judge(state.process, motion, moment(state, motion))


def moved(state: Live, motion: Motion) -> tuple[Live, tuple[Outcome, ...]]:
    """The state after a motion."""
    process, outcomes = step(state.process, motion, moment(state, motion))
    return replace(state, changing=process), outcomes


def moment(state: Live, motion: Motion) -> Moment:
    """When it is said, and who takes part then."""
    day = motion.day if isinstance(motion, Counted | Activated) else local_day(state, motion.at)
    return moment_on(state, day)


def moment_on(state: Live, day: date) -> Moment:
    """The same of a day."""
    there = tuple(name for name in state.members if state.takes_part(name, day))
    return Moment(day, first_open(state), there)


def local_day(state: Live, at: datetime) -> date:
    """On which day of its own calendar the neighbourhood hears something."""
    return at.astimezone(state.neighbourhood.zone).date()


def first_open(state: Live) -> date:
    """The first day whose gate is not closed; the neighbourhood's first day at the earliest."""
    closed = [day for day, known in state.days.items() if known.closed]
    return max(closed) + timedelta(days=1) if closed else state.neighbourhood.first_day


def over(state: Live) -> list[tuple[str, date]]:
    """Votes, and the day at whose beginning each is over."""
    every = state.process.proposals.values()
    return [(one.name, one.ends) for one in every if one.stage == Stage.VOTING and one.ends is not None]


def coming(state: Live) -> list[tuple[str, date]]:
    """What was adopted, and the day from which it holds, in that order."""
    first = first_open(state)
    return [(one.name, max(one.from_day or first, first)) for one in state.process.waiting()]


def named(state: Live, day: date) -> str:
    """The charter of a day in a word: its version and the beginning of its digest.

    Empty in a log that began before days named their charter, until its charter first changes: it comes out as it did.
    """
    charter = state.charter_on(day)
    if state.neighbourhood.charter_unnamed and charter == state.process.charters[0].charter:
        return ""
    return f"{charter.version}.{digest(charter)[:DIGITS]}"


def rule_of(state: Live, day: date, rule: str) -> str:
    """A rule as the ledger names it, with the charter of the day by which it was chosen."""
    charter = named(state, day)
    return f"{rule}.charter-{charter}" if charter else rule
