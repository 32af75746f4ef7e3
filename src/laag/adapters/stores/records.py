"""What may change and be forgotten, beside a log that never does: accounts, sessions, codes, names.

A log in a file has its records in a file next to it, a log in a PostgreSQL schema in a schema of their own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from laag.adapters.stores.address import Address
from laag.adapters.stores.places import scheme
from laag.adapters.stores.records_sqlite import SqliteRecords
from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.adapters.stores.records_postgres import PostgresRecords


def open_records(place: Path | str) -> SqliteRecords | PostgresRecords:
    """Open or create the records that belong to the log at a place.

    >>> with open_records(":memory:") as records:
    ...     records.put("code", "K7QP-3MXA", {"cable": "north"})
    ...     records.list("code")
    [('K7QP-3MXA', {'cable': 'north'})]
    """
    kind = scheme(place)
    if kind in {"postgresql", "postgres"}:
        return _postgres(str(place))
    if kind is None:
        return SqliteRecords(beside(place))
    return SqliteRecords(beside(str(place).removeprefix("sqlite:///")))


def beside(place: Path | str) -> Path | str:
    """The file of the records that belong to the log in a file.

    >>> str(beside("kade/street.sqlite"))
    'kade/street-records.sqlite'
    """
    if str(place) == ":memory:":
        return place
    path = Path(place)
    return path.with_name(f"{path.stem}-records{path.suffix or '.sqlite'}")


def _postgres(url: str) -> PostgresRecords:
    try:
        from laag.adapters.stores.records_postgres import PostgresRecords
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"PostgreSQL needs {missing.name}, which is not installed; pip install 'laag[postgres]' adds it, "
            "or keep everything in a file"
        ) from missing
    address = Address.of(url)
    schema = f"{address.schema}_records"
    if len(schema) > 63:
        raise BadInput(
            f"the schema {address.schema!r} leaves no room for _records behind it; take a shorter name"
        )
    return PostgresRecords(replace(address, schema=schema))
