"""Agreements between neighbours as they are lived: which hold on a day, who kept to them, and what the clock has to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.live.consents import said_yes
from laag.cycle.live.messages_agreements import AgreementMessage, Expected, Took, Weighed
from laag.foundation.data import Purpose
from laag.foundation.words import Said
from laag.neighbourhood.agreements import (
    TELL_DAYS,
    Appealed,
    Letter,
    Looked,
    Moment,
    Motion,
    NotTaken,
    Ruled,
    Told,
    Verdict,
    Voiced,
    holds,
    judge,
    judged,
    kept_permille,
    step,
    window,
)
from laag.neighbourhood.agreements.consequences import WHOLE_PERMILLE
from laag.neighbourhood.charter.parts import Agreement

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Live

COLDEST_TENTHS_C, WARMEST_TENTHS_C = -400, 500
WEIGHED_AFTER = timedelta(days=TELL_DAYS + 1)
"""On the morning after the last day on which a home may tell."""
_NO_YES = Said(
    "dit huis zei geen ja tegen het vertellen hierover; geef eerst toestemming voor afspraken, of vertel niets",
    "this home gave no consent to tell of it; say yes to agreements first, or tell nothing",
)


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement that holds on a day, and the quarter-hours in which it does."""

    agreement: Agreement
    ptus: tuple[int, ...]
    """From local midnight."""


def held_on(state: Live, day: date) -> tuple[Held, ...]:
    """What neighbours agreed for a day, as far as it is known whether it will be cold enough."""
    place = state.neighbourhood
    quarters = place.grid(day).quarter_of_day(place.zone)
    return tuple(
        Held(one, tuple(np.flatnonzero(window(one, quarters)).tolist())) for one in _holding(state, day)
    )


def _holding(state: Live, day: date) -> list[Agreement]:
    told = state.expected.get(day)
    cold = None if told is None else told.tenths_c / 10
    return [one for one in state.charter_on(day).agreements if holds(one, day, cold)]


def kept_in_month(state: Live, day: date) -> dict[str, int]:
    """What is left of the share of the pot of those who broke an agreement in the month of a day; of the others it is all."""
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rules = state.charter_on(day).consequences
    names = {one.member for one in state.book.cases.values() if first <= one.day <= last}
    kept = {name: kept_permille(state.book, name, first, last, rules) for name in sorted(names)}
    return {name: permille for name, permille in kept.items() if permille < WHOLE_PERMILLE}


def judge_agreement(state: Live, message: AgreementMessage) -> Said | None:
    """Why this is not taken; ``None`` where it is."""
    match message:
        case Expected():
            return _expects(state, message)
        case Took():
            if message.member not in said_yes(state, Purpose.AGREEMENT, message.day):
                return _NO_YES
            if not _holds(state, message.day, message.agreement):
                return _held_not(message)
        case Weighed():
            if message.today < message.day + WEIGHED_AFTER or not _holds(
                state, message.day, message.agreement
            ):
                return _held_not(message)
        case _:
            pass
    return judge(state.book, _motion(state, message), moment(state, message))


def told(state: Live, message: AgreementMessage) -> tuple[Live, tuple[Letter, ...]]:
    """The state after it, and who is told what."""
    if isinstance(message, Expected):
        known = {day: one for day, one in state.expected.items() if day >= message.day - timedelta(days=40)}
        return replace(state, expected={**known, message.day: message}), ()
    at = moment(state, message)
    book, letters = step(state.book, _motion(state, message), at)
    book = book.since(at.today, state.charter.data.retention_days)
    after = replace(state, agreements=book)
    if isinstance(message, Took):
        after = replace(after, numbers=state.numbers.plus(message.member, message.number))
    return after, tuple(one for one in letters if not isinstance(one, NotTaken))


def moment(state: Live, message: AgreementMessage) -> Moment:
    """When it is said, who takes part then, and the charter of the day that is spoken of."""
    today = message.day if isinstance(message, Expected | Took) else message.today
    there = tuple(name for name in state.members if state.takes_part(name, today))
    return Moment(today, there, state.charter_on(message.day))


def clock_says(state: Live, today: date) -> Iterator[Weighed | Ruled]:
    """What the clock has to say of agreements by the beginning of a day."""
    for day, known in sorted(state.days.items()):
        if known.members and day + WEIGHED_AFTER <= today:
            for one in _holding(state, day):
                if (one.name, day) not in state.book.looked:
                    yield Weighed(day, one.name, today)
    for case in state.book.ending(today):
        yield Ruled(case.member, case.agreement, case.day, today)


def next_days(state: Live) -> Iterator[date]:
    """Days at whose beginning the clock may have something to say."""
    for day, known in state.days.items():
        if known.members and any((one.name, day) not in state.book.looked for one in _holding(state, day)):
            yield day + WEIGHED_AFTER
    for case in state.book.cases.values():
        if case.waits:
            yield case.until + timedelta(days=1)


def _motion(state: Live, message: Took | Weighed | Appealed | Voiced | Ruled) -> Motion:
    match message:
        case Took():
            return Told(message.member, message.agreement, message.day, message.wh, message.because)
        case Weighed():
            return Looked(message.agreement, message.day, message.today, _verdicts(state, message))
        case Appealed() | Voiced() | Ruled():
            return message


def _verdicts(state: Live, message: Weighed) -> dict[str, Verdict]:
    """How it went for everybody who took part that day, by what they told and by their meter."""
    day = state.day(message.day)
    held = next(one for one in held_on(state, message.day) if one.agreement.name == message.agreement)
    ptus, nothing = list(held.ptus), np.zeros(len(state.neighbourhood.grid(message.day)), np.int64)
    found: dict[str, Verdict] = {}
    for one in day.members:
        told = state.book.told.get((one.member, message.agreement, message.day))
        wh = day.metered.get(one.member, nothing)[ptus]
        known = day.measured.get(one.member, nothing.astype(np.bool_))[ptus]
        found[one.member] = judged(
            held.agreement.device,
            None if told is None else told.wh,
            "" if told is None else told.because,
            wh,
            known,
        )
    return found


def _holds(state: Live, day: date, name: str) -> bool:
    return any(one.name == name for one in _holding(state, day))


def _expects(state: Live, message: Expected) -> Said | None:
    if state.day(message.day).closed:
        return Said(
            f"de poort van {message.day} is dicht; wie toen plande kon dit niet weten",
            f"the gate of {message.day} is closed; who planned by then could not know this",
        )
    if not COLDEST_TENTHS_C <= message.tenths_c <= WARMEST_TENTHS_C:
        return Said(
            f"{message.tenths_c / 10} °C is hier geen dag; geef tienden van een graad",
            f"{message.tenths_c / 10} °C is no day here; give tenths of a degree",
        )
    return None


def _held_not(message: Took | Weighed) -> Said:
    return Said(
        f"op {message.day} gold {message.agreement!r} niet, of het is nog te vroeg; er is niets gedaan",
        f"on {message.day} {message.agreement!r} did not hold, or it is too early; nothing was done",
    )
