"""Where a PostgreSQL database is, from one URL; its password goes to the server and nowhere else."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from laag.foundation.errors import BadInput

Tls = Literal["disable", "require", "verify-full"]
_SHAPE = "postgresql://user:password@host:port/database, with / @ : # ? and % in a password written as %2F %40 %3A %23 %3F and %25"
_HERE = {"localhost", "127.0.0.1", "::1"}
_OPTIONS = {"host", "schema", "sslmode"}


@dataclass(frozen=True, slots=True)
class Address:
    """A schema in a database on a server; shown without its password.

    >>> print(Address.of("postgresql://laag:s3cret@db.street.example/street?schema=oak"))
    postgresql://laag@db.street.example:5432/street?schema=oak
    """

    host: str
    port: int
    user: str
    password: str | None = field(repr=False)
    database: str
    schema: str
    tls: Tls

    @classmethod
    def of(cls, url: str) -> Address:
        """Read a URL; ``host=/folder`` names a unix socket, ``PGPASSWORD`` a password that is not in it."""
        # No fault is chained here and no part of the URL repeated: where it is misread, a piece of the password
        # may stand in any of its places.
        try:
            parts = urlsplit(url)
            port = parts.port or 5432
            options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        except ValueError:
            raise BadInput(f"the address of the PostgreSQL database cannot be read; write {_SHAPE}") from None
        database = unquote(parts.path[1:])
        if parts.fragment or not re.fullmatch(r"[^/@:]+", database):
            raise BadInput(f"the address of the PostgreSQL database names no database; write {_SHAPE}")
        if not parts.username:
            raise BadInput(f"the address of the PostgreSQL database names no user; write {_SHAPE}")
        if not options.keys() <= _OPTIONS:
            raise BadInput(
                f"the address of the PostgreSQL database has an option besides {', '.join(sorted(_OPTIONS))}; leave it out"
            )
        host = options.get("host") or parts.hostname or "localhost"
        password = unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD")
        return cls(
            host,
            port,
            unquote(parts.username),
            password,
            database,
            _schema(options.get("schema", "laag")),
            _tls(options.get("sslmode"), host),
        )

    @property
    def socket(self) -> str | None:
        """The unix socket, where the host is a folder."""
        return f"{self.host}/.s.PGSQL.{self.port}" if self.host.startswith("/") else None

    def __str__(self) -> str:
        at = (
            f"/{quote(self.database)}?host={self.host}&"
            if self.socket
            else f"{self.host}:{self.port}/{quote(self.database)}?"
        )
        return f"postgresql://{quote(self.user)}@{at}schema={self.schema}"


def _schema(name: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name):
        raise BadInput("the schema of a log is a name in small letters, digits and _, as in ?schema=street_2")
    return name


def _tls(mode: str | None, host: str) -> Tls:
    match mode:
        case None:
            return "disable" if host in _HERE or host.startswith("/") else "verify-full"
        case "disable" | "require" | "verify-full":
            return mode
        case _:
            raise BadInput(
                "sslmode is disable, require or verify-full; another host is verified in full unless told otherwise"
            )
