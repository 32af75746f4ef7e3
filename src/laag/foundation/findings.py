"""What was wrong with the input, where, and what was done about it: a value, collected and reported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing found in one source.

    ``repair`` names the method that mended it (``"interpolated"``, ``"same quarter last week"``, ``"dropped
    duplicate"``); ``None`` means that the record, or the whole series, was refused.
    """

    source: str
    where: str
    """A line number, an instant, or a range of them."""
    what: str
    repair: str | None = None

    def __str__(self) -> str:
        done = f"repaired: {self.repair}" if self.repair else "refused"
        return f"{self.source}, {self.where}: {self.what} ({done})"
