"""Agreements as a pure state machine: ``(book, motion, moment) -> (book, outcomes)``. What is not taken changes nothing.

A home tells one number, the clock looks, a breach is a case. Its member may appeal; neighbours drawn by lot look at the
appeal, and where fewer than three of them say anything, or as many this as that, it is granted: doubt speaks for whoever
is held to something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from laag.foundation.words import Said
from laag.neighbourhood.agreements import said
from laag.neighbourhood.agreements.book import Book, Case, Standing
from laag.neighbourhood.agreements.consequences import amended, consequence
from laag.neighbourhood.agreements.lot import FEWEST, drawn
from laag.neighbourhood.agreements.motions import Appealed, Looked, Motion, Ruled, Told, Voiced
from laag.neighbourhood.agreements.watch import Which
from laag.neighbourhood.charter.charter import Charter
from laag.neighbourhood.charter.parts import Agreement

JURY_DAYS = 7
"""So long do jurors have."""
LONGEST_TEXT = 1_000
TELL_DAYS = 2
"""After the day: so long may a home still tell of it, before the clock looks."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said: what has to be known of the world."""

    today: date
    members: tuple[str, ...]
    """Who takes part now."""
    charter: Charter
    """That held on the day which is spoken of."""

    def agreement(self, name: str) -> Agreement | None:
        """As the charter of that day has it."""
        return next((one for one in self.charter.agreements if one.name == name), None)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Not taken: the book is as it was."""

    motion: Motion
    why: Said


@dataclass(frozen=True, slots=True)
class Letter:
    """What a member is told, as the accused or as a juror."""

    member: str
    said: Said


def step(book: Book, motion: Motion, moment: Moment) -> tuple[Book, tuple[Letter | NotTaken, ...]]:
    """The book after a motion, and what follows from it."""
    if (why := judge(book, motion, moment)) is not None:
        return book, (NotTaken(motion, why),)
    match motion:
        case Told():
            key = (motion.member, motion.agreement, motion.day)
            return replace(book, told={**book.told, key: motion}), ()
        case Looked():
            return _looked(book, motion, moment)
        case Appealed():
            return _appealed(book, motion, moment)
        case Voiced():
            case = book.cases[motion.member, motion.agreement, motion.day]
            return _with(book, replace(case, voices={**case.voices, motion.juror: motion.grants})), ()
        case Ruled():
            return _decided(book, motion, moment)


def judge(book: Book, motion: Motion, moment: Moment) -> Said | None:
    """Why this is not taken; ``None`` where it is."""
    agreement = moment.agreement(motion.agreement)
    match motion:
        case Told():
            return _told(book, motion, moment, agreement)
        case Looked():
            done = (motion.agreement, motion.day) in book.looked
            return (
                said.looked_already(motion) if done else said.no_such(motion) if agreement is None else None
            )
    case = book.cases.get((motion.member, motion.agreement, motion.day))
    if case is None:
        return said.no_case(motion)
    match motion:
        case Appealed():
            if case.standing != Standing.OPEN or motion.today > case.until:
                return said.too_late_to_appeal(case)
            return said.without_words(LONGEST_TEXT) if not 0 < len(motion.text) <= LONGEST_TEXT else None
        case Voiced():
            if motion.juror not in case.jury:
                return said.not_drawn(case)
            closed = case.standing != Standing.APPEALED or motion.today > case.until
            return said.closed(case) if closed else None
        case Ruled():
            return None if case.waits and case.until < motion.today else said.nothing_to_decide(case)


def _told(book: Book, motion: Told, moment: Moment, agreement: Agreement | None) -> Said | None:
    if agreement is None:
        return said.no_such(motion)
    if (motion.agreement, motion.day) in book.looked or moment.today > motion.day + timedelta(days=TELL_DAYS):
        return said.too_late_to_tell(motion)
    return said.not_an_amount(motion) if motion.wh < 0 else None


def _looked(book: Book, motion: Looked, moment: Moment) -> tuple[Book, tuple[Letter | NotTaken, ...]]:
    agreement = moment.agreement(motion.agreement)
    assert agreement is not None
    rules = moment.charter.consequences
    until = motion.today + timedelta(days=rules.appeal_days)
    cases, outcomes = dict(book.cases), []
    for member, found in sorted(motion.found.items()):
        if found.which is not Which.BROKEN:
            continue
        told = book.told[member, motion.agreement, motion.day]
        follows = consequence(book, member, motion.day, agreement, rules)
        one = Case(member, motion.agreement, motion.day, found.wh, told.because, follows, until)
        cases[one.key] = one
        outcomes.append(Letter(member, said.found(one, rules)))
    which = [one.which for one in motion.found.values()]
    kept = which.count(Which.KEPT) + which.count(Which.EXCUSED)
    counts = (kept, which.count(Which.BROKEN), which.count(Which.UNKNOWN))
    waits = {
        key: one
        for key, one in book.told.items()
        if (one.agreement, one.day) != (motion.agreement, motion.day)
    }
    looked = {**book.looked, (motion.agreement, motion.day): counts}
    return replace(book, told=waits, looked=looked, cases=cases), tuple(outcomes)


def _appealed(book: Book, motion: Appealed, moment: Moment) -> tuple[Book, tuple[Letter | NotTaken, ...]]:
    case = book.cases[motion.member, motion.agreement, motion.day]
    jury = drawn(moment.members, motion.member, motion.agreement, motion.day)
    until = motion.today + timedelta(days=JURY_DAYS)
    case = replace(case, standing=Standing.APPEALED, appealed=motion, jury=jury, until=until)
    asked = tuple(Letter(name, said.asked_to_judge(case)) for name in jury)
    return _with(book, case), (Letter(case.member, said.is_judged(case)), *asked)


def _decided(book: Book, motion: Ruled, moment: Moment) -> tuple[Book, tuple[Letter | NotTaken, ...]]:
    case = book.cases[motion.member, motion.agreement, motion.day]
    if case.standing == Standing.OPEN:
        case = replace(case, standing=Standing.STANDS)
        return _with(book, case), (Letter(case.member, said.stands(case, moment.charter.consequences)),)
    still = set(moment.members)
    voices = [grants for name, grants in case.voices.items() if name in still]
    refused = len(voices) >= FEWEST and voices.count(False) > voices.count(True)
    case = replace(case, standing=Standing.STANDS if refused else Standing.DROPPED)
    after = _with(book, case)
    if refused:
        return after, (Letter(case.member, said.stands(case, moment.charter.consequences)),)
    return amended(after, case, moment.charter.consequences), (Letter(case.member, said.dropped(case)),)


def _with(book: Book, case: Case) -> Book:
    return replace(book, cases={**book.cases, case.key: case})
