"""What is kept beside the log for the shared record: every home's secret, the leaves of each tree, and books that came late.

A log never forgets, and a secret has to be forgotten when a home wishes so: these are records.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from laag.foundation.errors import BadInput
from laag.foundation.ports import Records

SECRET, STREETS, LEAVES, LATE = "ledger_secret", "ledger_street", "ledger_leaves", "ledger_late"
_BYTES = 32
_LEAF = 32
_OURS = "street"


class Secrets:
    """With what lines are salted; made when first asked for, and kept before anything is made of them.

    >>> from laag.adapters.stores import open_records
    >>> with open_records(":memory:") as records:
    ...     kept = Secrets(records)
    ...     first = kept.of("m-1")
    ...     first == Secrets(records).of("m-1"), kept.erase("m-1"), kept.of("m-1")
    (True, True, None)
    """

    def __init__(self, records: Records, made: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._records, self._made = records, made
        self._known: dict[str, bytes | None] = {}
        self._turn = Lock()

    def of(self, member: str) -> bytes | None:
        """A home's own; ``None`` where it was erased."""
        with self._turn:
            if member not in self._known:
                self._known[member] = self._kept(SECRET, member)
            return self._known[member]

    def street(self) -> bytes:
        """Of what is nobody's, and of the leaves that fill a tree."""
        found = self._kept(STREETS, _OURS)
        assert found is not None, "nobody erases it"
        return found

    def salting(self, members: Iterable[str]) -> dict[str, bytes]:
        """A secret for each; where one was erased, another that is kept nowhere: that line nobody will ever confirm."""
        return {member: self.of(member) or self._made(_BYTES) for member in members}

    def there(self, member: str) -> bytes | None:
        """A home's own as it is, without one being made."""
        body = self._records.get(SECRET, member)
        return None if body is None else _read(body, member)

    def erase(self, member: str) -> bool:
        """Forget it for good; ``False`` where it was forgotten before."""
        with self._turn:
            was = self._records.get(SECRET, member)
            self._records.put(SECRET, member, {"erased": True})
            self._known[member] = None
        return was is None or "secret" in was

    def _kept(self, kind: str, key: str) -> bytes | None:
        body = self._records.get(kind, key)
        if body is None:
            self._records.put_if(kind, key, None, {"secret": self._made(_BYTES).hex()})
            body = self._records.get(kind, key)  # whoever came first
        return None if body is None else _read(body, key)


@dataclass(frozen=True, slots=True)
class Tree:
    """The leaves of an entry as they were kept."""

    leaves: tuple[bytes, ...]
    made: datetime


class Trees:
    """The leaves of every entry, sorted as they are under its root: kept before the entry is handed in."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._late: list[str] | None = None

    def get(self, key: str) -> Tree | None:
        """Of one entry."""
        body = self._records.get(LEAVES, key)
        if body is None:
            return None
        try:
            whole = base64.b64decode(body["leaves"], validate=True)
            leaves = tuple(whole[at : at + _LEAF] for at in range(0, len(whole), _LEAF))
            return Tree(leaves, datetime.fromisoformat(body["made"]))
        except (KeyError, TypeError, ValueError) as odd:
            raise BadInput(
                f"the leaves of {key} cannot be read ({odd}); restore a copy of the records"
            ) from odd

    def keep(self, key: str, leaves: Iterable[bytes], now: datetime) -> None:
        """Keep them; on disk when this returns."""
        whole = base64.b64encode(b"".join(leaves)).decode()
        self._records.put(LEAVES, key, {"leaves": whole, "made": now.isoformat()})

    def came_late(self, key: str, now: datetime) -> None:
        """Note that this book was not on the ledger when the prices came."""
        self._records.put_if(LATE, key, None, {"noted": now.isoformat()})
        self._late = None

    def late(self, key: str) -> bool:
        """Whether it was noted."""
        return self._records.get(LATE, key) is not None

    def all_late(self) -> list[str]:
        """All that were."""
        if self._late is None:
            self._late = [key for key, _ in self._records.list(LATE)]
        return self._late


def _read(body: dict[str, Any], whose: str) -> bytes | None:
    if body.get("erased"):
        return None
    try:
        found = bytes.fromhex(body["secret"])
    except (KeyError, TypeError, ValueError) as odd:
        raise BadInput(
            f"the secret of {whose} cannot be read ({odd}); restore a copy of the records"
        ) from odd
    if len(found) != _BYTES:
        raise BadInput(
            f"the secret of {whose} has {len(found)} bytes, not {_BYTES}; restore a copy of the records"
        )
    return found
