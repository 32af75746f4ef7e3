"""What is said of help out of the common fund: a home's yes, and that a month was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SupportAsked:
    """A home wants support through this month; why is not asked."""

    member: str
    day: date
    until: str
    """``2026-11``; empty: it takes that back."""


@dataclass(frozen=True, slots=True)
class SupportPaid:
    """The support of a month is paid by the charter, out of a fund that holds so much."""

    month: str
    fund_units: int
    """As whoever keeps the fund says, in units of 1e-8 EUR; what the entries of the log leave in it is for auditors to add up."""
