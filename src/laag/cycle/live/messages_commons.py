"""An answer to a question from outside, as a message: what was told, what it was about, and whom it cost how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laag.foundation.contracts import Ints
from laag.neighbourhood.commons.budget import Cost


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A question was answered; in the log before anybody reads it, so that nothing that was spent is ever forgotten."""

    question: str
    digest: str
    """Of the question, the period and the group: the same again is this answer."""
    first: date
    last: date
    group: str
    """A cable; empty: the whole street."""
    homes: tuple[str, ...]
    """Who is in it, by name."""
    micro_epsilon: int
    """What it costs each of them, of every year that it is about."""
    keys: tuple[str, ...]
    """What its figures are called."""
    values: Ints
    """With their noise."""
    off_by: Ints
    """How far each may be off in 19 of 20 answers."""
    noise: str
    """Who made it; empty where there is none."""
    asked_by: str
    why: str
    """As who asked it said."""
    at: datetime

    @property
    def cost(self) -> Cost:
        """As the accountant has it."""
        return Cost(self.homes, self.first, self.last, self.micro_epsilon)
