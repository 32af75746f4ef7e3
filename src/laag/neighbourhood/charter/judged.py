"""What is not taken in the loop, and why: each refusal in one sentence that says the way out."""

from __future__ import annotations

from datetime import date, timedelta

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.charter.articles import article
from laag.neighbourhood.charter.charter import Charter
from laag.neighbourhood.charter.process import (
    Activated,
    Choice,
    Counted,
    Feedback,
    Moment,
    Motion,
    Process,
    Proposal,
    Proposed,
    Shadowed,
    Stage,
    Voted,
    Withdrawn,
)

LONGEST_TEXT = 2_000
LONGEST_NAME = 40
MOST_OPEN = 5
"""Of one member at once: nobody keeps all others reading."""
MOST_FEEDBACK = 200
"""Of one member."""


def judge(process: Process, motion: Motion, moment: Moment) -> Said | None:
    """Why this is not taken; ``None`` where it is."""
    match motion:
        case Feedback():
            return _feedback(process, motion, moment)
        case Proposed():
            return _proposed(process, motion, moment)
    proposal = process.proposals.get(motion.proposal)
    if proposal is None:
        return Said(
            f"er is geen voorstel {motion.proposal}; kijk welke er zijn",
            f"there is no proposal {motion.proposal}; see which there are",
        )
    match motion:
        case Shadowed():
            return _not_at(proposal, Stage.PROPOSED)
        case Voted():
            return _voted(proposal, motion, moment)
        case Withdrawn():
            return _withdrawn(proposal, motion, moment)
        case Counted():
            return _counted(proposal, motion, moment)
        case Activated():
            return _activated(proposal, motion, moment)


def earliest(charter: Charter, moment: Moment) -> date:
    """The first day from which something that is proposed now can hold."""
    ends = ends_after(charter, moment.today)
    return max(ends + timedelta(days=charter.voting.notice_days), moment.first_open)


def ends_after(charter: Charter, opened: date) -> date:
    """The day at whose beginning a vote is over that was opened on a day: it lasts whole days after that one."""
    return opened + timedelta(days=charter.voting.days + 1)


def _feedback(process: Process, motion: Feedback, moment: Moment) -> Said | None:
    mine = sum(one.member == motion.member for one in process.feedback)
    return (
        _no_member(motion.member, moment)
        or _unknown(motion.article)
        or _text(motion.text)
        or (_too_much(MOST_FEEDBACK) if mine >= MOST_FEEDBACK else None)
    )


def _proposed(process: Process, motion: Proposed, moment: Moment) -> Said | None:
    if (wrong := _no_member(motion.member, moment) or _text(motion.why)) is not None:
        return wrong
    name = motion.proposal
    if name in process.proposals or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return Said(
            f"een voorstel kan niet (nog eens) {name!r} heten; geef het een eigen naam van hoogstens {LONGEST_NAME} tekens",
            f"a proposal cannot be called {name!r} (again); give it a name of its own of at most {LONGEST_NAME} characters",
        )
    mine = [one for one in process.proposals.values() if one.is_open and one.proposed.member == motion.member]
    if len(mine) >= MOST_OPEN:
        return _too_much(MOST_OPEN)
    first = earliest(process.on(moment.today), moment)
    if motion.from_day < first:
        return Said(
            f"{motion.from_day} is te vroeg: na stemming en bedenktijd kan het vanaf {first}",
            f"{motion.from_day} is too early: after the vote and the notice it can be from {first} on",
        )
    return _values(process, motion)


def _values(process: Process, motion: Proposed) -> Said | None:
    names = motion.articles
    if not names or len(set(names)) != len(names) or len(names) != len(motion.values):
        return Said(
            "een voorstel noemt elk artikel één keer, met een waarde; geef er minstens één",
            "a proposal names each article once, with a value; give one at least",
        )
    for name, text in zip(names, motion.values, strict=True):
        if (wrong := _unknown(name) or _value(process, name, text)) is not None:
            return wrong
    return None


def _value(process: Process, name: str, text: str) -> Said | None:
    one = article(name)
    if one.fixed is not None:
        why, source = one.fixed.why, one.fixed.source
        return Said(
            f"over {name} wordt hier niet gestemd: {why.nl} ({source})",
            f"{name} is not voted on here: {why.en} ({source})",
        )
    may = one.may.said
    refused = Said(
        f"{name} kan niet {text!r} zijn; het mag zijn: {may.nl}",
        f"{name} cannot be {text!r}; it may be {may.en}",
    )
    try:
        value = one.read(text)
    except BadInput:
        return refused
    if one.may.text(value) == one.text(process.newest):
        return Said(
            f"{name} is al {text}; laat het weg uit het voorstel of kies iets anders",
            f"{name} is {text} already; leave it out of the proposal or choose something else",
        )
    return None


def _voted(proposal: Proposal, motion: Voted, moment: Moment) -> Said | None:
    if motion.choice not in tuple(Choice):
        return Said(
            f"{motion.choice!r} is geen stem; kies yes, no of abstain",
            f"{motion.choice!r} is no vote; choose yes, no or abstain",
        )
    if (wrong := _not_at(proposal, Stage.VOTING) or _over(proposal, moment)) is not None:
        return wrong
    if motion.member not in proposal.electorate:
        return Said(
            f"{motion.member} deed nog niet mee toen deze stemming begon, en stemt de volgende keer mee",
            f"{motion.member} took no part yet when this vote opened, and votes the next time",
        )
    return _no_member(motion.member, moment)


def _withdrawn(proposal: Proposal, motion: Withdrawn, moment: Moment) -> Said | None:
    if motion.member != proposal.proposed.member:
        return Said(
            f"alleen wie {proposal.name} voorstelde, trekt het in; stem tegen als je het niet wilt",
            f"only who proposed {proposal.name} takes it back; vote against it if you do not want it",
        )
    if proposal.stage == Stage.PROPOSED:
        return None
    return _not_at(proposal, Stage.VOTING) or _over(proposal, moment)


def _counted(proposal: Proposal, motion: Counted, moment: Moment) -> Said | None:
    if (wrong := _not_at(proposal, Stage.VOTING)) is not None:
        return wrong
    if proposal.ends is not None and min(motion.day, moment.today) >= proposal.ends:
        return None
    return Said(
        f"de stemming over {proposal.name} loopt tot {proposal.ends}; tel daarna",
        f"the vote on {proposal.name} lasts until {proposal.ends}; count after that",
    )


def _activated(proposal: Proposal, motion: Activated, moment: Moment) -> Said | None:
    if (wrong := _not_at(proposal, Stage.ADOPTED)) is not None:
        return wrong
    asked = max(proposal.from_day or moment.first_open, moment.first_open)
    if motion.day == asked == moment.first_open:
        return None
    return Said(
        f"{proposal.name} gaat in op {asked}; zeg dat als de poort van die dag de eerste is die nog dicht moet",
        f"{proposal.name} holds from {asked} on; say so when that day's gate is the next to close",
    )


def _over(proposal: Proposal, moment: Moment) -> Said | None:
    if proposal.ends is not None and moment.today < proposal.ends:
        return None
    return Said(
        f"de stemming over {proposal.name} is voorbij; er kan een nieuw voorstel komen",
        f"the vote on {proposal.name} is over; a new proposal can be made",
    )


def _not_at(proposal: Proposal, stage: Stage) -> Said | None:
    if proposal.stage == stage:
        return None
    return Said(
        f"{proposal.name} is {STAGES[proposal.stage].nl}, en niet {STAGES[stage].nl}",
        f"{proposal.name} is {STAGES[proposal.stage].en}, and not {STAGES[stage].en}",
    )


STAGES = {
    Stage.PROPOSED.value: Said("voorgesteld", "proposed"),
    Stage.VOTING.value: Said("in stemming", "being voted on"),
    Stage.ADOPTED.value: Said("aangenomen", "adopted"),
    Stage.ACTIVE.value: Said("van kracht", "in force"),
    Stage.REJECTED.value: Said("verworpen", "rejected"),
}


def _no_member(member: str, moment: Moment) -> Said | None:
    if member in moment.members:
        return None
    return Said(f"{member} is geen lid op {moment.today}", f"{member} is no member on {moment.today}")


def _unknown(name: str) -> Said | None:
    try:
        article(name)
    except BadInput as odd:
        return Said(f"er is geen artikel {name}; {str(odd).partition('; ')[2]}", str(odd))
    return None


def _text(text: str) -> Said | None:
    if text.strip() and len(text) <= LONGEST_TEXT:
        return None
    return Said(
        f"zeg waarom, in hoogstens {LONGEST_TEXT} tekens", f"say why, in at most {LONGEST_TEXT} characters"
    )


def _too_much(most: int) -> Said:
    return Said(
        f"je hebt er al {most}; wacht tot er een is afgehandeld, of trek er een in",
        f"you have {most} already; wait until one is done, or take one back",
    )
