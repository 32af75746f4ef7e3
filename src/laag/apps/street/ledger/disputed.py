"""What members dispute of a neighbourhood's days, for its pages: their words are fetched once, and asked for again now and then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock
from time import monotonic

from laag.apps.ledger.disputes import Asks, Disputed, disputes, told
from laag.foundation.ports import Ledger
from laag.foundation.words import Said

AGAIN_S = 60.0
"""Seconds until a member is asked again that did not show its words."""
_MOST_ASKED = 8
"""In one look: a page does not wait for hundreds."""


class Disputes:
    """Any thread may ask."""

    def __init__(self, nodes: Mapping[str, Asks], now_s: Callable[[], float] = monotonic) -> None:
        self._nodes, self._now_s = nodes, now_s
        self._known: dict[str, tuple[Said, ...]] = {}
        self._asked_s: dict[str, float] = {}
        self._turn = Lock()

    def newest(self, ledger: Ledger, most: int) -> list[Disputed]:
        """The newest so many, each with the words that could be had."""
        found = (ledger.find(key) for key in ledger.keys("dispute/")[-most:])
        every = list(disputes(one for one in found if one is not None))
        with self._turn:
            due = [one for one in reversed(every) if self._due(one)][:_MOST_ASKED]
            self._asked_s |= dict.fromkeys((one.reason for one in due), self._now_s())
        for one in due:
            if words := told(one, self._nodes):
                self._known[one.reason] = words
        return [replace(one, found=self._known.get(one.reason, ())) for one in every]

    def _due(self, one: Disputed) -> bool:
        last_s = self._asked_s.get(one.reason)
        return one.reason not in self._known and (last_s is None or self._now_s() - last_s >= AGAIN_S)
