"""What is said in the loop by which a charter changes, as messages: the motions of ``neighbourhood.charter``, one event each."""

from __future__ import annotations

from laag.neighbourhood.charter.process import (
    Activated,
    Counted,
    Feedback,
    Motion,
    Proposed,
    Shadowed,
    Voted,
    Withdrawn,
)

MOTIONS = (Feedback, Proposed, Shadowed, Voted, Withdrawn, Counted, Activated)

__all__ = [
    "MOTIONS",
    "Activated",
    "Counted",
    "Feedback",
    "Motion",
    "Proposed",
    "Shadowed",
    "Voted",
    "Withdrawn",
]
