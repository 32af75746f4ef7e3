"""Evidence for many lines of the same entry: after a settlement every home asks for its own, under the same head.

All but the line and its way to the root is the same for them, and is asked of the ledger once: of a chain's node that
takes eight questions, of which each next home needs one.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from laag.adapters.ledger.evidence import Proves, Unproven, evidence_of
from laag.foundation.ports import Head
from laag.ledger import heads
from laag.ledger.evidence import Evidence, Shown, Since

_MOST = 200


class Framing:
    """What was proven last of each entry, for as long as the ledger stands where it stood."""

    def __init__(self, ledger: Proves) -> None:
        self._ledger = ledger
        self._turn = Lock()
        self._head: Head | None = None
        self._frames: OrderedDict[str, Evidence] = OrderedDict()
        self._since: dict[int, Since] = {}
        """By the size that a home saw last; many saw the same."""

    def evidence_of(self, key: str, shown: Shown, since: int = 0) -> Evidence | Unproven | None:
        """As the function of this name."""
        head = self._ledger.proven()
        frame = self._at_hand(key, head)
        if frame is None:
            made = evidence_of(self._ledger, key, shown)
            if not isinstance(made, Evidence) or head is None:
                return made
            frame = made
            if made.head == heads.head(dict(head.proof)):
                self._keep(key, head, made)
        return replace(frame, line=shown, since=self._went_on(since, frame.head.size, head))

    def _at_hand(self, key: str, head: Head | None) -> Evidence | None:
        with self._turn:
            if head != self._head:
                self._head, self._since = head, {}
                self._frames.clear()
            return self._frames.get(key)

    def _keep(self, key: str, head: Head, made: Evidence) -> None:
        with self._turn:
            if head == self._head:
                self._frames[key] = made
                if len(self._frames) > _MOST:
                    self._frames.popitem(last=False)

    def _went_on(self, old: int, new: int, head: Head | None) -> Since:
        if not 0 < old <= new:
            return Since()
        with self._turn:
            known = self._since.get(old) if head == self._head else None
        if known is not None and head is not None and head.size == new:
            return known
        made = Since(old, self._ledger.consistency(old, new))
        with self._turn:
            if head is not None and head == self._head and head.size == new and len(self._since) < _MOST:
                self._since[old] = made
        return made
