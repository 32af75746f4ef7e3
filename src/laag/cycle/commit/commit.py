"""A commitment in the making: who has which line under which root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laag.foundation.contracts import Ints
from laag.ledger.canonical import Word

STREET = "street/"
"""So begins whose line it is, where it is nobody's: the street's prices, its gateway, the parties around it."""

Line = Mapping[str, Word]


@dataclass(frozen=True, slots=True, eq=False)
class Commit:
    """All lines of one entry to be; each names what it is a line of, so that it says the same wherever it is read."""

    kind: str
    market: str
    """``day-ahead`` or ``intraday``; empty where an entry is about the whole day."""
    period: str
    version: int
    lines: Mapping[str, Line]
    """By whose they are: a member, or ``STREET`` and a word."""
    rule: str = ""
    meter: int = 0
    """The version of the readings that a settlement used."""

    @property
    def key(self) -> str:
        """As the ledger knows it.

        >>> Commit("settle", "", "2026-06-01", 2, {}).key, Commit("book", "day-ahead", "2026-06-01", 1, {}).key
        ('settle/2026-06-01/2', 'book/day-ahead/2026-06-01/1')
        """
        return key_of(self.kind, self.market, self.period, self.version)

    @property
    def homes(self) -> int:
        """How many lines are a member's."""
        return sum(not whose.startswith(STREET) for whose in self.lines)


def key_of(kind: str, market: str, period: str, version: int) -> str:
    """As the ledger knows an entry; ``market`` is empty where it has none."""
    return "/".join(part for part in (kind, market, period, str(version)) if part)


def commits(
    kind: str,
    period: str,
    lines: Mapping[str, Line],
    *,
    market: str = "",
    version: int = 1,
    rule: str = "",
    meter: int = 0,
) -> Commit:
    """A commitment of these lines, each told what it is a line of and whose."""
    about: dict[str, Word] = {"kind": kind, "period": period, "version": version}
    if market:
        about["market"] = market
    named = {whose: {**about, "whose": whose, **line} for whose, line in lines.items()}
    return Commit(kind, market, period, version, named, rule, meter)


def listed(column: Ints) -> list[Word]:
    """As whole numbers."""
    return [int(value) for value in column.ravel().tolist()]
