"""Asks a neighbourhood for a day to audit, with the key of a regulator's machine and a purpose that citizens read."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

from laag.apps.audit import wire
from laag.apps.audit.bundle import Bundle
from laag.apps.audit.record import prefixes
from laag.foundation.errors import BadInput

_PATIENCE = httpx.Timeout(120.0, connect=5.0)
_MOST_SAID = 300


class _Lines:
    """Lines of a file, from its beginning each time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        yield from self._file


@contextmanager
def asked(
    url: str, day: date, key: str, purpose: str, client: httpx.Client | None = None
) -> Iterator[Bundle]:
    """The day as the neighbourhood tells it; it is kept in a file without a name as long as it is used."""
    headers = {"Authorization": f"Bearer {key}", "Laag-Purpose": purpose}
    with client or httpx.Client(timeout=_PATIENCE, follow_redirects=False) as calls, TemporaryFile() as file:
        try:
            with calls.stream("GET", f"{url.rstrip('/')}/api/v1/audit/{day}", headers=headers) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise BadInput(f"{url} does not let this day be audited: {_why(answer)}")
                for piece in answer.iter_bytes():
                    file.write(piece)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise BadInput(
                f"{url} cannot be reached ({str(fault) or type(fault).__name__}); look at the address, or try again"
            ) from fault
        yield wire.read(_Lines(file))


def _why(answer: httpx.Response) -> str:
    answer.read()
    try:
        said = answer.json()["detail"]["en"]
    except (ValueError, KeyError, TypeError):
        said = answer.text
    plain = "".join(one if one.isprintable() else " " for one in str(said)[:_MOST_SAID])
    return f"{answer.status_code} {plain}".strip()


def keys_at(url: str, day: date, client: httpx.Client | None = None) -> set[str]:
    """The keys of a day's entries, as a node of the ledger shows them to anybody."""
    with client or httpx.Client(timeout=_PATIENCE, follow_redirects=False) as calls:
        try:
            found = set[str]()
            for prefix in prefixes(day):
                answer = calls.get(f"{url.rstrip('/')}/keys", params={"prefix": prefix})
                answer.raise_for_status()
                found |= {str(one) for one in answer.json()["keys"]}
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as fault:
            raise BadInput(
                f"{url} does not show its entries ({fault}); give the address of a node of the ledger"
            ) from fault
    return found


def key_in(path: Path) -> str:
    """The key of a machine, from a file that nobody else reads."""
    try:
        with path.open() as file:
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise BadInput(f"the key at {path} can be read by others on this machine; chmod 600 {path}")
            found = file.read(1_000).strip()
    except UnicodeDecodeError as odd:
        raise BadInput(f"{path} holds no key; put the laag_… in it that the operator made for you") from odd
    if not found.startswith("laag_"):
        raise BadInput(f"{path} holds no key; put the laag_… in it that the operator made for you")
    return found
