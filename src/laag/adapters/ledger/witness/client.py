"""Calls to another member's node, be it the sequencer or a witness: patient with the line, never with what is said."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from laag.adapters.ledger.witness.wire import Asked, written
from laag.foundation.errors import LaagError
from laag.foundation.ports import Found
from laag.ledger.lines import digest

SIZE = "text/x.tlog.size"
_PATIENCE = httpx.Timeout(10.0, connect=3.0)
_MOST_BYTES = 4 * 2**20
_MOST_SAID = 300
_MOST_LINES = 16
_MOST_ENTRY_BYTES = 16 * 1024


class Away(LaagError):
    """Nobody answered, or nothing that can be used now."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The witness signed; each line is a signature, or says it is."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The witness last cosigned another size than was said."""

    size: int


@dataclass(frozen=True, slots=True)
class Unsigned:
    """The witness will not sign this."""

    status: int
    why: str


class Node:
    """One member's node by the address of its ledger, as ``https://member.example/api/v1/ledger``."""

    def __init__(self, url: str, client: httpx.Client | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = client or httpx.Client(timeout=_PATIENCE, follow_redirects=False)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def genesis(self) -> bytes:
        """The bytes with which its ledger began."""
        return self._read("/genesis")

    def checkpoint(self, *, proven: bool = False) -> str | None:
        """The newest checkpoint it knows, or that members enough signed; ``None`` where it knows none."""
        status, body, _ = self._call("GET", "/checkpoint?proven=true" if proven else "/checkpoint")
        if status == httpx.codes.NOT_FOUND:
            return None
        return _text(self._well(status, body))

    def entries(self, first: int, count: int) -> list[bytes]:
        """Entries from a place on, at least one where there are any: each is canonical, and so is one line."""
        body = self._read(f"/entries?first={first}&count={count}")
        found = body.split(b"\n")
        if found.pop() != b"" or len(found) > count or any(len(one) > _MOST_ENTRY_BYTES for one in found):
            raise Away(f"{self.url} answers something else than entries")
        return found

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Its proof that its log at one size is the beginning of its log at another."""
        body = _text(self._read(f"/consistency?old={old}&new={new}"))
        try:
            proof = tuple(bytes.fromhex(one) for one in body.split())
        except ValueError:
            proof = (b"",)
        if any(len(one) != 32 for one in proof):
            raise Away(f"{self.url} answers something else than hashes")
        return proof

    def keys(self, prefix: str) -> list[str]:
        """What was written under keys that begin like this; the first thousand."""
        status, body, _ = self._call("GET", f"/keys?prefix={quote(prefix)}")
        with suppress(ValueError, TypeError, KeyError):
            return [str(one) for one in json.loads(self._well(status, body))["keys"]]
        raise Away(f"{self.url} answers something else than keys")

    def find(self, key: str) -> Found | None:
        """What it says was written under a key; ``None`` where nothing was."""
        status, body, _ = self._call("GET", f"/proof?key={quote(key)}")
        if status == httpx.codes.NOT_FOUND:
            return None
        with suppress(ValueError, TypeError, KeyError):
            said = json.loads(self._well(status, body))
            return Found(int(said["index"]), str(said["entry"]).encode("ascii"))
        raise Away(f"{self.url} answers something else than an entry")

    def reason(self, hashed: str) -> bytes | None:
        """The words of a dispute of this member's with this hash, which is computed again; ``None`` where it shows none."""
        status, body, _ = self._call("GET", f"/reasons/{hashed}")
        return body if status == httpx.codes.OK and digest(body) == hashed else None

    def submit(self, entries: list[bytes]) -> list[dict[str, Any]]:
        """Hand in entries; one answer each."""
        status, body, _ = self._call("POST", "/entries", b"".join(one + b"\n" for one in entries))
        self._well(status, body)
        with suppress(ValueError, TypeError, KeyError):
            said = httpx.Response(200, content=body).json()["receipts"]
            if len(said) == len(entries):
                return list(said)
        raise Away(f"{self.url} answers something else than what became of the entries")

    def add_checkpoint(self, asked: Asked) -> Cosigned | Elsewhere | Unsigned:
        """Ask for a cosignature."""
        status, body, kind = self._call("POST", "/add-checkpoint", written(asked))
        if status == httpx.codes.OK:
            return Cosigned(tuple(line + "\n" for line in _text(body).split("\n")[:_MOST_LINES] if line))
        if status == httpx.codes.CONFLICT and kind.startswith(SIZE):
            if re.fullmatch(rb"(0|[1-9][0-9]{0,17})\n", body):
                return Elsewhere(int(body))
            raise Away(f"{self.url} answers something else than a size")
        if status >= 500 or status == httpx.codes.TOO_MANY_REQUESTS:
            raise Away(f"{self.url} cannot answer now: {_plain(body)}")
        return Unsigned(status, _plain(body))

    def _read(self, path: str) -> bytes:
        status, body, _ = self._call("GET", path)
        return self._well(status, body)

    def _well(self, status: int, body: bytes) -> bytes:
        if status != httpx.codes.OK:
            raise Away(f"{self.url} answers {status}: {_plain(body)}")
        return body

    def _call(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes, str]:
        try:
            with self._client.stream(method, self.url + path, content=body) as answer:
                whole = bytearray()
                for piece in answer.iter_bytes():
                    whole += piece
                    if len(whole) > _MOST_BYTES:
                        raise Away(f"{self.url} says more than anybody asked for")
                return answer.status_code, bytes(whole), answer.headers.get("content-type", "")
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise Away(f"{self.url} cannot be reached ({str(fault) or type(fault).__name__})") from fault


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _plain(body: bytes) -> str:
    """What they said, in a line that a terminal does not obey."""
    return "".join(
        one if one.isprintable() else " " for one in _text(body[: 4 * _MOST_SAID])[:_MOST_SAID]
    ).strip()
