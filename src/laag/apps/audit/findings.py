"""What an audit finds: which entry, whose line, what was committed and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from laag.foundation.words import Said


class What(StrEnum):
    """Which check it is that did not hold."""

    ROOT = "root"
    """The ledger has another root than the leaves that were kept."""
    LINE = "line"
    """Somebody's line is not the one that was committed."""
    UNTOLD = "untold"
    """A tree has leaves that no line and no filling explains."""
    TERMS = "terms"
    """The entry says something else beside its root."""
    MISSING = "missing"
    """The log has something to commit that is not on the ledger."""
    UNKNOWN = "unknown"
    """The ledger has an entry of the day that the log knows nothing of."""
    SIGNATURE = "signature"
    """A home did not sign what it is said to have said."""
    RULES = "rules"
    """The log holds an event that the rules do not take."""
    DIGEST = "digest"
    """What the log says of a result is not what comes out."""
    SUM = "sum"
    """All accounts together are not zero."""
    LEAVES = "leaves"
    """What it takes to make a tree again is not there."""
    EVIDENCE = "evidence"
    """Too few members stand for the ledger, or what they signed does not hold."""


UNCHECKED = frozenset({What.LEAVES, What.EVIDENCE})
"""These say that something could not be checked, not that it is wrong."""
DISPUTED = frozenset({What.ROOT, What.LINE, What.UNTOLD, What.TERMS, What.UNKNOWN, What.SIGNATURE, What.SUM})
"""These are about an entry that is on the ledger, and say that it is not right."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    what: What
    keys: tuple[str, ...]
    """Of the entries that it bears on."""
    whose: str
    """A member's name in the books, ``street/…``, or nothing where it is nobody's."""
    committed: str
    comes_out: str
    said: Said

    @property
    def differs(self) -> bool:
        """Whether it says that something is wrong, and not only that it could not be checked."""
        return self.what not in UNCHECKED

    def words(self) -> dict[str, object]:
        """For programs, and for the file of reasons."""
        return {
            "what": self.what.value,
            "keys": list(self.keys),
            "whose": self.whose,
            "committed": self.committed,
            "comes_out": self.comes_out,
            "nl": self.said.nl,
            "en": self.said.en,
        }


def finding(
    what: What, said: Said, *keys: str, whose: str = "", committed: str = "", comes_out: str = ""
) -> Finding:
    """One finding, in the order in which it is thought of."""
    return Finding(what, tuple(keys), whose, committed, comes_out, said)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the day, and how it came out."""

    key: str
    index: int | None
    """Its place on the ledger; ``None`` where it is not there."""
    root: str
    by: str
    """Who wrote it."""
    lines: int
    erased: int
    """Lines whose home had its secret forgotten: they are there, and nobody can say any more what they say."""
    attested: tuple[str, ...] = ()
    """Members who computed it again before and got the same."""
    disputed: tuple[str, ...] = ()
    """Members who said before that it is not right."""
    late: bool = False
    """Whether it is a book that was not on the ledger yet when the prices came."""


@dataclass(frozen=True, slots=True)
class Audit:
    """A day, audited."""

    day: str
    name: str
    ledger: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    members: int
    signed: tuple[str, ...]
    """Members of the ledger who signed its head."""
    size: int
    homes: int
    messages: int
    """Lists and readings whose signature was looked at."""
    totals: Mapping[str, int]
    """Sums over all homes; empty where they are fewer than ten."""

    def of(self, key: str) -> tuple[Finding, ...]:
        """What bears on one entry."""
        return tuple(one for one in self.findings if key in one.keys)

    @property
    def code(self) -> int:
        """0 all the same, 1 something differs, 2 something could not be checked."""
        if any(one.differs for one in self.findings):
            return 1
        return 2 if self.findings else 0
