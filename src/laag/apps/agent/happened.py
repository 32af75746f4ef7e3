"""Which number the last of each kind of happening has, so that a page that begins to listen is told what it missed."""

from __future__ import annotations

from secrets import token_hex


class Happened:
    """Counts what happens; its name in the numbers changes with every start of the home.

    >>> happened = Happened()
    >>> shown = happened.last
    >>> happened.count("plan"); happened.count("record")
    >>> sorted(happened.since(shown) or ()), happened.since(happened.last), happened.since("of another start")
    (['plan', 'record'], set(), None)
    """

    def __init__(self) -> None:
        self._start = token_hex(4)
        self._number = 0
        self._last: dict[str, int] = {}

    def count(self, kind: str) -> None:
        """One more of a kind."""
        self._number += 1
        self._last[kind] = self._number

    @property
    def last(self) -> str:
        """The number of what happened last."""
        return f"{self._start}-{self._number}"

    def since(self, known: str) -> set[str] | None:
        """The kinds of what came after ``known``; ``None`` where that is no number of ours."""
        start, _, number = known.partition("-")
        if start != self._start or not number.isascii() or not number.isdigit() or len(number) > 18:
            return None
        return {kind for kind, last in self._last.items() if last > int(number)}
