"""What a home has to say to its neighbourhood, numbered, until it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from laag.adapters.transaction import transaction
from laag.foundation.errors import LaagError

KEPT_ANSWERED = 10_000
"""So many answered messages are kept to be looked at; refused ones always."""


class NoRoom(LaagError):
    """A message cannot be kept, so it got no number and is not sent: it is said anew when there is room."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message as it will be sent, each time the same."""

    number: int
    body: str


class Outbox:
    """Numbers rise by one and are never used again: a number is on the disk before anybody hears it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def last_number(self) -> int:
        """The last that was given; -1 before the first."""
        return self._counted("last_number")

    @property
    def tried_number(self) -> int:
        """The last that may have been heard: it was about to be sent; -1 where none was."""
        return self._counted("tried_number")

    def trying(self, number: int) -> None:
        """Remember that everything up to this number may be heard; done before it is sent."""
        if number > self.tried_number:
            # On a full disk it is sent all the same: at worst it is said twice under two numbers.
            with suppress(sqlite3.Error), transaction(self._db):
                self._count(number, "tried_number")

    def go_on_from(self, number: int) -> None:
        """Give no number up to this one: the neighbourhood has heard it from this home before."""
        with transaction(self._db):
            self._count(max(self.last_number, number))
            self._count(max(self.tried_number, number), "tried_number")

    def agree(self, heard: int, again: Callable[[str, int], str]) -> int:
        """Where more was heard of this home than it remembers, it is an older copy of itself: go on beyond that.

        What waits and was never sent gets another number, by which ``again`` writes it anew; how many did.
        """
        tried = self.tried_number
        if heard <= tried:
            return 0
        text = "SELECT number, body FROM message WHERE became IS NULL AND number > ? ORDER BY number"
        try:
            with transaction(self._db):
                unsent = list(self._db.execute(text, (tried,)))
                last = max(self.last_number, heard)
                for number, (old, body) in enumerate(unsent, last + 1):
                    fresh = (number, again(body, number), old)
                    self._db.execute("UPDATE message SET number = ?, body = ? WHERE number = ?", fresh)
                    self._db.execute("UPDATE quarter SET number = ? WHERE number = ?", (number, old))
                self._count(last + len(unsent))
                self._count(heard, "tried_number")
        except sqlite3.Error as fault:
            raise NoRoom(str(fault)) from fault
        return len(unsent)

    def add(self, body: Callable[[int], str], also: str = "", keys: Iterable[int] = ()) -> int:
        """Keep a message; ``body`` writes it with its number. ``also`` is done with it or not at all, for each key."""
        try:
            with transaction(self._db):
                number = self.last_number + 1
                self._count(number)
                self._db.execute("INSERT INTO message (number, body) VALUES (?, ?)", (number, body(number)))
                if also:
                    self._db.executemany(also, [(number, key) for key in keys])
        except sqlite3.Error as fault:
            raise NoRoom(str(fault)) from fault
        return number

    def waiting(self, most: int) -> list[Waiting]:
        """What is not answered yet, in the order of its numbers."""
        text = "SELECT number, body FROM message WHERE became IS NULL ORDER BY number LIMIT ?"
        return [Waiting(number, body) for number, body in self._db.execute(text, (most,))]

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM message WHERE became IS NULL").fetchone()[0])

    def answered(self, answers: Iterable[tuple[int, str, str]]) -> None:
        """What became of messages, and why; they are not sent again.

        Where that cannot be written they are sent again, and the neighbourhood says that it knows them.
        """
        try:
            with transaction(self._db):
                self._db.executemany(
                    "UPDATE message SET became = ?, why = ? WHERE number = ?",
                    [(became, why, number) for number, became, why in answers],
                )
                self._db.execute(
                    "DELETE FROM message WHERE became IN ('taken', 'known') AND number < ?",
                    (self.last_number - KEPT_ANSWERED,),
                )
        except sqlite3.Error:
            return

    def said(self, *parts: str) -> list[str]:
        """What was said and not refused, as it was written, whose text holds all of these; in order."""
        like = " AND ".join(["body LIKE ?"] * len(parts)) or "1"
        text = f"SELECT body FROM message WHERE coalesce(became, '') <> 'refused' AND {like} ORDER BY number"  # noqa: S608 - our own words only
        return [body for (body,) in self._db.execute(text, [f"%{part}%" for part in parts])]

    def say_again(self, heard: int) -> int:
        """Where a neighbourhood took more than it now says it heard, it was put back from an older copy: say all of that again.

        The same words under the same numbers; how many there are.
        """
        lost = "became IN ('taken', 'known') AND number > ?"
        try:
            with transaction(self._db):
                done = self._db.execute(f"UPDATE message SET became = NULL WHERE {lost}", (heard,))  # noqa: S608 - our own words only
        except sqlite3.Error as fault:
            raise NoRoom(str(fault)) from fault
        return done.rowcount

    def refused(self, most: int = 50) -> list[tuple[int, str, str]]:
        """Messages that were never taken, with the reason; the latest first."""
        text = "SELECT number, body, why FROM message WHERE became = 'refused' ORDER BY number DESC LIMIT ?"
        return list(self._db.execute(text, (most,)))

    def _count(self, number: int, name: str = "last_number") -> None:
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, str(number)))

    def _counted(self, name: str) -> int:
        found = self._db.execute("SELECT body FROM fact WHERE name = ?", (name,)).fetchone()
        return -1 if found is None else int(found[0])
