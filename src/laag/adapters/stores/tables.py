"""How far a log goes and which version its tables are, read without opening it: opening brings an older one up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from laag.adapters.stores import sqlite
from laag.adapters.stores.chain import EMPTY
from laag.adapters.stores.places import scheme
from laag.foundation.errors import BadInput

_HEAD = "SELECT seq, digest FROM event WHERE seq <= {} ORDER BY seq DESC LIMIT 1"
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class Head:
    """A log from outside."""

    tables: int
    """The version of its tables; 0 where there is none yet."""
    known: int
    """The version that this laag writes."""
    events: int
    digest: str


def head(place: Path | str, upto: int = _LAST) -> Head:
    """A log's tables and its end, or what its end was after so many events; nothing is written.

    >>> head("no-such-file.sqlite").tables
    0
    """
    if scheme(place) in {"postgresql", "postgres"}:
        return _postgres(str(place), upto)
    path = file_of(place)
    known = len(sqlite._STEPS)  # noqa: SLF001 - how many steps there are is this folder's own business
    if not path.exists():
        return Head(0, known, 0, EMPTY)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            (tables,) = db.execute("PRAGMA user_version").fetchone()
            row = db.execute(_HEAD.format(int(upto))).fetchone()
    except sqlite3.Error as fault:
        raise BadInput(
            f"{path} cannot be read as an event log ({fault}); see that it is one, and who may read it"
        ) from fault
    return Head(tables or 1, known, *(row or (0, EMPTY)))


def file_of(place: Path | str) -> Path:
    """The file of a log that is kept in one."""
    return Path(str(place).removeprefix("sqlite:///"))


def _postgres(url: str, upto: int) -> Head:
    from laag.adapters.stores.address import Address
    from laag.adapters.stores.postgres_session import LOG, close, connect

    address = Address.of(url)
    session = connect(address, None, look_only=True)
    try:
        known = len(LOG.steps)
        if not session.run("SELECT to_regclass('event')")[0][0]:
            return Head(0, known, 0, EMPTY)
        tables = session.run("SELECT coalesce(max(number), 0) FROM version")[0][0]
        row = session.run(_HEAD.format(int(upto)))
        return Head(int(tables), known, *(row[0] if row else (0, EMPTY)))
    finally:
        close(session)
