"""What a household lets its data be used for, and that it takes that back, as messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Consented:
    """From now on, up to and with a last day; the newest word on a purpose counts."""

    member: str
    day: date
    """On which it was said."""
    number: int
    """Rises with everything that this member sends."""
    purpose: str
    until: date
    scope: str
    """As ``foundation.consent`` makes it: what the yes covers."""


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """From now on no more: what is not released yet is released without this home."""

    member: str
    day: date
    number: int
    purpose: str
