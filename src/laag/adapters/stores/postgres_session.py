"""A session with a PostgreSQL server that keeps what it acknowledges, and the tables in it: of a log, or of others."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection

from laag.adapters.stores.address import Address
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Tables:
    """What a schema holds when it is ours, and the steps that lead there.

    Step n leads from version n to n + 1, an empty schema being version 0; a step once released is never changed.
    """

    what: str
    steps: tuple[str, ...]
    layout: Mapping[str, str]


# Kind and key are the bytes of their text, since a text of PostgreSQL cannot hold every character of ours.
_STEPS = (
    """
    CREATE TABLE version (number INTEGER NOT NULL);
    INSERT INTO version VALUES (1);
    CREATE TABLE event (
        seq     BIGINT PRIMARY KEY,
        kind    BYTEA NOT NULL,  -- UTF-8
        key     BYTEA NOT NULL,  -- UTF-8
        body    BYTEA NOT NULL,  -- zlib of the canonical bytes
        digest  TEXT NOT NULL    -- sha256 over the previous digest, kind, key and canonical bytes
    );
    """,
)
_LAYOUT = {
    "event": "seq bigint, kind bytea, key bytea, body bytea, digest text",
    "event_pkey": "PRIMARY KEY (seq)",
    "version": "number integer",
}
LOG = Tables("an event log", _STEPS, _LAYOUT)
_FOUND = """
    SELECT c.relname, coalesce(string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum), '')
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    GROUP BY c.relname
    UNION ALL
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema) AND contype = 'p'
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('laag'), hashtext(:schema))"

LOST = (InterfaceError, OSError)


def connect(
    address: Address, tables: Tables | None = None, *, timeout_s: float = 60.0, look_only: bool = False
) -> Connection:
    """A session in which a commit is on disk before it is acknowledged, and the tables are of this version, unless it only looks."""
    door = _door(address, timeout_s)
    try:
        session = Connection(
            address.user,
            host=address.host,
            database=address.database,
            password=address.password,
            sock=door,
            ssl_context=_tls(address),
            application_name="laag",
            startup_params={"search_path": address.schema, "synchronous_commit": "on", "lock_timeout": "5s"},
        )
    except BaseException as fault:
        door.close()
        # The driver says goodbye to a server that has refused and gone, and would report only that it is gone.
        refusal = _refusal(fault)
        if refusal is not None:
            raise refusal from None
        raise
    try:
        if not look_only:
            _ready(session, address, tables or LOG)
    except BaseException:
        close(session)
        raise
    return session


def close(session: Connection) -> None:
    """Let go of a session, also when its server is gone."""
    with suppress(*LOST):
        session.close()


def code(fault: BaseException) -> str:
    """PostgreSQL's five letters for what went wrong."""
    given = fault.args[0] if fault.args else None
    return str(given.get("C", "")) if isinstance(given, dict) else ""


def away(fault: DatabaseError) -> bool:
    """Whether the server is stopping, starting or full of sessions, rather than refusing what was asked."""
    return code(fault) in {"57P01", "57P02", "57P03", "53300"} or code(fault).startswith("08")


def said(fault: BaseException) -> str:
    """What went wrong, in the server's own words."""
    given: Any = fault.args[0] if fault.args else ""
    if isinstance(given, dict):
        return str(given.get("M", "no reason given"))
    return f"{fault}: {fault.__cause__}" if fault.__cause__ else str(fault)


def _refusal(fault: BaseException | None) -> DatabaseError | None:
    while fault is not None and not isinstance(fault, DatabaseError):
        fault = fault.__context__
    return fault


def _door(address: Address, timeout_s: float) -> socket.socket:
    if address.socket is None:
        return socket.create_connection((address.host, address.port), timeout_s)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        door.settimeout(timeout_s)
        door.connect(address.socket)
    except BaseException:
        door.close()
        raise
    return door


def _tls(address: Address) -> ssl.SSLContext | bool:
    if address.tls == "disable":
        return False
    context = ssl.create_default_context()
    if address.tls == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _ready(session: Connection, address: Address, tables: Tables) -> None:
    if session.run("SHOW fsync") == [["off"]]:
        raise BadInput(
            f"the server of {address} runs with fsync = off and may lose what it has acknowledged; set fsync = on"
        )
    if _version(session, address, tables) < len(tables.steps):
        session.run("BEGIN")
        session.run(_ALONE, schema=address.schema)
        if not session.run("SELECT 1 FROM pg_namespace WHERE nspname = :schema", schema=address.schema):
            session.run(f"CREATE SCHEMA {address.schema}")
        for step in tables.steps[_version(session, address, tables) :]:
            session.run(step)
        session.run(f"UPDATE version SET number = {len(tables.steps)}")  # noqa: S608 - a number of ours
        session.run("COMMIT")
    found = _layout(session, address)
    if found != tables.layout:
        raise _foreign(address, tables, found)


def _version(session: Connection, address: Address, tables: Tables) -> int:
    found = _layout(session, address)
    if not found:
        return 0
    if found.get("version") != tables.layout["version"]:
        raise _foreign(address, tables, found)
    (number,) = session.run("SELECT coalesce(max(number), 0) FROM version")[0]
    if number > len(tables.steps):
        raise BadInput(
            f"{address} was written by a newer laag (its tables are version {number}, this laag knows {len(tables.steps)}); "
            "update laag, or give another schema"
        )
    if not number:
        raise _foreign(address, tables, found)
    return int(number)


def _layout(session: Connection, address: Address) -> dict[str, str]:
    return dict(session.run(_FOUND, schema=address.schema))


def _foreign(address: Address, tables: Tables, found: dict[str, str]) -> BadInput:
    holds = ", ".join(sorted(name for name in found if not name.endswith("_pkey")))
    return BadInput(
        f"{address} is not {tables.what} of laag (it holds {holds}, not all the tables of one); "
        "give another schema, or restore a copy"
    )
