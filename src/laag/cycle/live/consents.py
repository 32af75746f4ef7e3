"""Whose data may be used for what, on a day: what consents come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.foundation.consent import ASKED, LONGEST_DAYS, scope
from laag.foundation.data import GROUNDS, Ground, Purpose
from laag.foundation.words import Said

if TYPE_CHECKING:  # it is part of what is asked
    from laag.cycle.live.state import Live


def consenting(state: Live, purpose: Purpose, day: date, since: date | None = None) -> tuple[str, ...]:
    """Members whose data may be used for a purpose on a day, in the order in which they joined.

    Ask it at the moment of use: a home that took its yes back is not among them, whatever the data are of. ``since`` is
    the first day that the data are of, where they are older than today: what was measured before somebody said yes is
    not used either. A yes ends by itself after its last day, where the register has come to mean more than it did, and
    where the charter allows the purpose no longer.
    """
    found = said_yes(state, purpose, day, since)
    if GROUNDS[purpose] is not Ground.CONSENT:
        return found
    now = scope(purpose)
    return tuple(name for name in found if state.members[name].consents[purpose.value].scope == now)


def said_yes(state: Live, purpose: Purpose, day: date, since: date | None = None) -> tuple[str, ...]:
    """The same without asking whether the register still means what it meant: what the fold of old events asks.

    What is judged when a log is read again must not depend on the version that reads it.
    """
    ground = GROUNDS[purpose]
    if ground is Ground.NEVER:
        return ()
    there = [name for name in state.members if state.takes_part(name, day)]
    if ground is not Ground.CONSENT:
        return tuple(there)
    if purpose.value not in state.charter_on(day).data.purposes:
        return ()
    first = day if since is None else min(since, day)
    given = ((name, state.members[name].consents.get(purpose.value)) for name in there)
    return tuple(name for name, one in given if one is not None and one.day <= first and day <= one.until)


def judge_consent(message: Consented | ConsentWithdrawn) -> Said | None:
    """Only for what a household is asked, and for a year at most."""
    if message.purpose not in {one.value for one in ASKED}:
        return Said(
            f"voor {message.purpose!r} wordt geen toestemming gevraagd; wel voor {', '.join(ASKED)}",
            f"no consent is asked for {message.purpose!r}; it is for {', '.join(ASKED)}",
        )
    if isinstance(message, ConsentWithdrawn):
        return None
    latest = message.day + timedelta(days=LONGEST_DAYS)
    if message.day <= message.until <= latest:
        return None
    return Said(
        f"een toestemming van {message.day} eindigt niet op {message.until}; geef een dag tot en met {latest}",
        f"a consent of {message.day} does not end on {message.until}; give a day up to {latest}",
    )


def told(state: Live, message: Consented | ConsentWithdrawn) -> Live:
    """The state after it."""
    one = state.members[message.member]
    others = {name: kept for name, kept in one.consents.items() if name != message.purpose}
    given = {message.purpose: message} if isinstance(message, Consented) else {}
    member = replace(one, consents={**others, **given})
    heard = replace(state, numbers=state.numbers.plus(message.member, message.number))
    return replace(heard, members={**state.members, message.member: member})
