"""A session with a PostgreSQL server that is begun again where it was lost: what was asked is then asked again."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from pg8000.exceptions import DatabaseError
from pg8000.native import Connection, PreparedStatement

from laag.adapters.stores.address import Address
from laag.adapters.stores.postgres_session import LOST, Tables, away, close, connect, said
from laag.foundation.errors import BadInput, LaagError, Unfinished

_PAUSE_S = 0.1
_T = TypeVar("_T")


class Session:
    """May be used from any thread, one at a time; waits ``patience_s`` for a server that restarts.

    What is asked may meet the server twice, once without an answer: whoever asks for a change sees to it that it is made once.
    """

    def __init__(
        self,
        address: Address,
        tables: Tables | None = None,
        *,
        patience_s: float,
        again: str = "ask the same again when it runs",
    ) -> None:
        self.address = address
        self._tables = tables
        self._patience_s = patience_s
        self._again = again
        self._lock = RLock()
        # A statement that is prepared once is one question and one answer from then on instead of three.
        self._prepared: dict[str, PreparedStatement] = {}
        try:
            self._db: Connection | None = connect(address, tables)
        except (DatabaseError, *LOST) as fault:
            raise BadInput(
                f"{address} cannot be opened ({said(fault)}); see that its server runs there and that user, password and rights are right"
            ) from fault

    def close(self) -> None:
        """Let go of the server."""
        with self._lock:
            if self._db is not None:
                close(self._db)
                self._db = None
                self._prepared.clear()

    def ask(self, question: Callable[[Connection], _T]) -> _T:
        """Ask until there is an answer; ``Unfinished`` where the server went away and did not come back in time."""
        with self._lock:
            until: float | None = None
            while True:
                try:
                    return self._once(question)
                except (DatabaseError, *LOST) as fault:
                    lost = fault
                until = until or time.monotonic() + self._patience_s
                if time.monotonic() >= until:
                    raise Unfinished(
                        f"the server of {self.address} went away and did not come back in {self._patience_s:g} s ({said(lost)}); "
                        f"{self._again}"
                    ) from lost
                time.sleep(_PAUSE_S)

    def prepared(self, statement: str) -> PreparedStatement:
        """A statement as the session that now runs has prepared it; only within a question."""
        assert self._db is not None, "a statement is prepared within a question"
        if statement not in self._prepared:
            self._prepared[statement] = self._db.prepare(statement)
        return self._prepared[statement]

    def broken(self, why: str) -> BadInput:
        """What to raise when what is kept here cannot be read or written."""
        return BadInput(
            f"{self.address} cannot be read or written to its end ({why}); make room or restore a copy, and go on"
        )

    def _once(self, question: Callable[[Connection], _T]) -> _T:
        """The answer; where the server was lost the session ends here, and the fault says so in the driver's own type."""
        try:
            if self._db is None:
                self._db = connect(self.address, self._tables)
            return question(self._db)
        except LaagError:
            raise
        except DatabaseError as fault:
            if not away(fault):
                raise self.broken(said(fault)) from fault
            self.close()
            raise
        except BaseException:
            self.close()  # lost, or interrupted half-way through an answer
            raise
