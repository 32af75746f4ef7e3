"""Why a message is refused: the specification's own words, and behind them what was wrong and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The words of the specification's tables."""

    INVALID = "Invalid Message"
    RECIPIENT = "Unknown RecipientDomain"
    SENDER = "Mismatch SenderDomain"
    BARRED = "Barred Sender"
    DUPLICATE = "Duplicate Identifier"
    DURATION = "ISP duration rejected"
    ZONE = "TimeZone rejected"
    POINT = "Invalid CongestionPoint"
    REFERENCE = "Unknown reference"
    OTHER_PERIOD = "Reference Period mismatch"
    EXPIRED = "Reference message expired"
    REVOKED = "Reference message revoked"
    BOUNDS = "ISPs out of bounds"
    CONFLICT = "ISP conflict"
    PERIOD = "Period out of bounds"
    EXPIRATION = "ExpirationDateTime out of bounds"
    LACKING = "Lacking ISPs"
    POWER = "Power value rejection"
    SUBORDINATE = "Subordinate sequence number"
    NO_REQUEST = "Lacking Requested Disposition"
    DIRECTION = "Requested Power discrepancy"
    DISCREPANCY = "Power discrepancy"
    BASELINE = "No baseline"
    MISMATCH = "Request mismatch"
    MUTEX = "No MutEx offer support"
    PROCURED = "Flexibility procured"
    ISPS = "ISP mismatch"
    OTHER_POWER = "Power mismatch"
    PRICE = "Price mismatch"
    DEADLINE = "Deadline expired"
    MISSING = "Missing Settlement Items"
    BEGINS = "PeriodStart rejected"
    ENDS = "PeriodEnd rejected"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason.

    >>> str(Refusal(Reason.ZONE, "it is Europe/Berlin and must be Europe/Amsterdam"))
    'TimeZone rejected: it is Europe/Berlin and must be Europe/Amsterdam'
    """

    reason: Reason
    why: str
    about: str = ""
    """The attribute that refers to what is unknown."""

    def __str__(self) -> str:
        word = f"Unknown {self.about} reference" if self.about else str(self.reason)
        return f"{word}: {self.why}"


_LONGEST = 900


def together(refusals: Iterable[Refusal]) -> str:
    """All reasons in one line, as the specification separates them."""
    text = "; ".join(str(one) for one in refusals)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
