"""The loop by which people change their charter, as a pure state machine: ``(process, motion, moment) -> (process, outcomes)``.

Feedback, a proposal, the same days again under it, a vote, and a day from which it holds. That day is never in the past,
never one whose gate is closed, and lies at least the notice after the vote; where time has made it impossible it is the
first that is possible, and that is said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from laag.foundation.words import Said
from laag.neighbourhood.charter.charter import Charter
from laag.neighbourhood.charter.counting import adopted, counted, failed, why_not
from laag.neighbourhood.charter.judged import ends_after, judge
from laag.neighbourhood.charter.process import (
    Activated,
    Counted,
    Decided,
    Feedback,
    Holds,
    Moment,
    Motion,
    NotTaken,
    Opened,
    Outcome,
    Process,
    Proposal,
    Proposed,
    Shadowed,
    Since,
    Stage,
    Voted,
    Why,
    Withdrawn,
)


def begin(charter: Charter, first_day: date) -> Process:
    """Before anything was proposed."""
    return Process((Since(first_day, charter),))


def step(process: Process, motion: Motion, moment: Moment) -> tuple[Process, tuple[Outcome, ...]]:
    """The process after a motion, and what follows from it; what is not taken changes nothing."""
    if (why := judge(process, motion, moment)) is not None:
        return process, (NotTaken(motion, why),)
    match motion:
        case Feedback():
            return replace(process, feedback=(*process.feedback, motion)), ()
        case Proposed():
            return _with(process, Proposal(motion)), ()
        case Shadowed():
            return _opened(process, motion, moment)
        case Voted():
            one = process.proposals[motion.proposal]
            return _with(process, replace(one, votes={**one.votes, motion.member: motion.choice})), ()
        case Withdrawn():
            return _rejected(process, motion.proposal, Why.WITHDRAWN, _TAKEN_BACK)
        case Counted():
            return _counted(process, motion, moment)
        case Activated():
            return _activated(process, motion)


_TAKEN_BACK = Said("Ingetrokken door wie het voorstelde.", "Taken back by who proposed it.")


def _with(process: Process, proposal: Proposal) -> Process:
    return replace(process, proposals={**process.proposals, proposal.name: proposal})


def _opened(process: Process, motion: Shadowed, moment: Moment) -> tuple[Process, tuple[Outcome, ...]]:
    holds = process.on(moment.today)
    ends = ends_after(holds, moment.today)
    one = replace(
        process.proposals[motion.proposal],
        stage=Stage.VOTING,
        shadowed=motion,
        rules=holds.voting,
        electorate=moment.members,
        ends=ends,
    )
    last, many = ends - timedelta(days=1), len(moment.members)
    said = Said(
        f"De stemming is open tot en met {last}; {many} huizen mogen stemmen.",
        f"The vote is open until the end of {last}; {many} homes may vote.",
    )
    return _with(process, one), (Opened(one.name, said),)


def _counted(process: Process, motion: Counted, moment: Moment) -> tuple[Process, tuple[Outcome, ...]]:
    one = process.proposals[motion.proposal]
    rules = one.rules
    assert rules is not None
    count = counted(one, moment.members)
    one = replace(one, count=count)
    if (why := failed(one, count)) is not None:
        return _rejected(_with(process, one), one.name, why, why_not(one, count, why))
    possible = max(moment.today + timedelta(days=rules.notice_days), moment.first_open)
    one = replace(one, stage=Stage.ADOPTED, from_day=max(one.proposed.from_day, possible))
    return _with(process, one), (Decided(one.name, Stage.ADOPTED, adopted(one, count)),)


def _rejected(process: Process, name: str, why: Why, said: Said) -> tuple[Process, tuple[Outcome, ...]]:
    one = replace(process.proposals[name], stage=Stage.REJECTED, rejected=why)
    return _with(process, one), (Decided(name, Stage.REJECTED, said),)


def _activated(process: Process, motion: Activated) -> tuple[Process, tuple[Outcome, ...]]:
    """The next version; whatever else is open on one of its articles was about a text that is no more."""
    one = replace(process.proposals[motion.proposal], stage=Stage.ACTIVE, from_day=motion.day)
    charter = process.newest.changed(one.values)
    after = replace(_with(process, one), charters=(*process.charters, Since(motion.day, charter, one.name)))
    said = Said(
        f"Vanaf {motion.day} geldt versie {charter.version}.",
        f"From {motion.day} on version {charter.version} holds.",
    )
    outcomes: list[Outcome] = [Holds(one.name, motion.day, charter, said)]
    for other in process.proposals.values():
        both = set(other.proposed.articles) & set(one.proposed.articles)
        if other.is_open and other.name != one.name and both:
            after, more = _rejected(after, other.name, Why.OVERTAKEN, _overtaken(one, min(both)))
            outcomes += more
    return after, tuple(outcomes)


def _overtaken(by: Proposal, article: str) -> Said:
    return Said(
        f"Ingehaald: {by.name} veranderde {article}. Stel het opnieuw voor op de nieuwe tekst als je het nog wilt.",
        f"Overtaken: {by.name} changed {article}. Propose it again on the new text if you still want it.",
    )
