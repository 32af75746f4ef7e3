"""Which store a place means: a path or ``sqlite:///…`` a file, ``postgresql://…`` a database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from laag.adapters.stores.sqlite import SqliteLog
from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.adapters.stores.postgres import PostgresLog

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://")


def open_log(place: Path | str) -> SqliteLog | PostgresLog:
    """Open or create the log at a place; ``sqlite:///`` is followed by a path as it is, absolute or not.

    >>> with open_log("sqlite:///:memory:") as log:
    ...     log.verify()
    0
    """
    match scheme(place):
        case None:
            return SqliteLog(place)
        case "sqlite":
            return SqliteLog(str(place).removeprefix("sqlite:///"))
        case _:
            return _postgres(str(place))


def scheme(place: Path | str) -> str | None:
    """What stands before ``://`` in a place that can be kept in; ``None`` for a path."""
    found = _SCHEME.match(str(place))
    if found is None:
        return None
    if found[1] in {"postgresql", "postgres"} or str(place).startswith("sqlite:///"):
        return found[1]
    raise BadInput(
        f"events are not kept in {found[1]}; give a path, sqlite:///path or postgresql://user@host/database"
    )


def _postgres(url: str) -> PostgresLog:
    try:
        from laag.adapters.stores.postgres import PostgresLog
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"PostgreSQL needs {missing.name}, which is not installed; pip install 'laag[postgres]' adds it, "
            "or keep the events in a file"
        ) from missing
    return PostgresLog(url)
