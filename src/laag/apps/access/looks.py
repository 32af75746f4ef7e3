"""Who looked at what is somebody's, and what for: noted before it is shown, and read by its owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from laag.apps.access.roles import PURPOSE_WORDS, ROLE_WORDS, Caller, Purpose, Role
from laag.foundation.ports import Event
from laag.foundation.words import Said, dated

NoteLook = Callable[[str, Caller, Purpose, str], Awaitable[None]]
"""Write down that a caller looks at a member's data for a purpose, through a door; returns when it is in the log."""
KIND = "looked"


@dataclass(frozen=True, slots=True)
class Look:
    """One look."""

    member: str
    role: Role
    name: str
    purpose: Purpose
    what: str
    """The door: its method and path as in the table."""
    at: datetime


def look_event(look: Look) -> Event:
    """A look as an event of the log.

    >>> ann = Look("m-1", Role.OPERATOR, "Ann", Purpose.SUPPORT, "GET /bill", datetime(2026, 3, 29, 10, tzinfo=UTC))
    >>> look_of(look_event(ann)) == ann
    True
    """
    facts = {
        "role": look.role.value,
        "name": look.name,
        "purpose": look.purpose.value,
        "what": look.what,
        "at": look.at.astimezone(UTC).isoformat(),
    }
    return Event(KIND, look.member, facts, {})


def look_of(event: Event) -> Look:
    """The look that an event tells of."""
    said = {name: str(value) for name, value in event.facts.items()}
    return Look(
        event.key,
        Role(said["role"]),
        said["name"],
        Purpose(said["purpose"]),
        said["what"],
        datetime.fromisoformat(said["at"]),
    )


def sentence(look: Look, what: Said, zone: ZoneInfo) -> Said:
    """What its owner reads.

    >>> ann = Look("m-1", Role.OPERATOR, "Ann", Purpose.SUPPORT, "GET /bill", datetime(2026, 3, 29, 10, tzinfo=UTC))
    >>> sentence(ann, Said("je rekening", "your bill"), ZoneInfo("Europe/Amsterdam")).en
    'On 29 March 2026 at 12:00 Ann (operator) looked at your bill, to help you with a question.'
    """
    at, who, why = look.at.astimezone(zone), ROLE_WORDS[look.role], PURPOSE_WORDS[look.purpose]
    day = dated(at.date())
    return Said(
        f"Op {day.nl} om {at:%H:%M} keek {look.name} ({who.nl}) naar {what.nl}, {why.nl}.",
        f"On {day.en} at {at:%H:%M} {look.name} ({who.en}) looked at {what.en}, {why.en}.",
    )
