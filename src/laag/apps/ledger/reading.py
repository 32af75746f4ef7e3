"""What a ledger answers to anybody: nothing on it is personal. Bytes are given as they are, so that they can be hashed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Request, Response

from laag.adapters.neighbourhood.wire import Wire
from laag.apps.access import Door, Doors, Role
from laag.apps.street.limits import Buckets
from laag.apps.street.running import address, let_in
from laag.apps.street.trouble import NOTHING, Trouble
from laag.foundation.ports import Found, Head
from laag.foundation.words import Said

ROOT = "/api/v1/ledger"
MOST_ENTRIES = 1_000
"""In one answer; who follows a ledger asks again from where the answer ended."""
_BEYOND = Said("Zo lang is het grootboek niet.", "The ledger is not as long as that.")
Place = Annotated[int, Query(ge=0, lt=2**53)]
Key = Annotated[str, Query(max_length=400)]


class Notes(Protocol):
    """A ledger as it is read, whose heads are checkpoints."""

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        ...

    def note(self, *, proven: bool = False) -> str | None:
        """The newest checkpoint with its signatures, or the newest that enough members signed."""
        ...

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this."""
        ...

    def entries(self, first: int, count: int) -> list[bytes]:
        """Entries from a place on."""
        ...

    def head(self) -> Head:
        """The newest there is."""
        ...

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """From an entry to the root at a size."""
        ...

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """From one size to another."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may ask; generous to whoever follows, and who verifies asks little."""

    reads: Buckets = field(default_factory=lambda: Buckets(burst=600, per_s=50))
    entries: Buckets = field(default_factory=lambda: Buckets(burst=500, per_s=5))
    """Entries that are handed in; each is a signature to check and a line that stays for good."""
    checkpoints: Buckets = field(default_factory=lambda: Buckets(burst=120, per_s=10))
    """Asked to be cosigned."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the routes work with, as ``app.state.ledger``."""

    ledger: Notes
    limits: Limits = field(default_factory=Limits)


class Proof(Wire):
    """Where an entry stands, and the hashes that lead from it to the root that the log has at a size."""

    index: int
    entry: str
    size: int
    path: list[str]


class Keys(Wire):
    """The keys that begin as was asked, in the order of the log."""

    keys: list[str]


def reading(root: str = ROOT) -> tuple[APIRouter, Doors]:
    """The routes below a path, and their doors."""
    router = APIRouter(prefix=root, tags=["ledger"])
    routes: dict[str, Callable[..., object]] = {
        "/genesis": genesis, "/checkpoint": checkpoint, "/entries": entries, "/consistency": consistency, "/proof": proof, "/keys": keys
    }  # fmt: skip
    for path, answer in routes.items():
        router.add_api_route(path, answer, methods=["GET"])
    return router, {("GET", root + path): Door.of(Role.ANYBODY) for path in routes}


def serving(request: Request) -> Serving:
    """The ledger, to one more question from this address."""
    here: Serving = request.app.state.ledger
    let_in(here.limits.reads, address(request))
    return here


def genesis(request: Request) -> Response:
    """The bytes with which the ledger began; their SHA-256 is its name."""
    return Response(serving(request).ledger.genesis, media_type="application/json")


def checkpoint(request: Request, *, proven: bool = False) -> Response:
    """The newest checkpoint as a signed note; with ``proven`` the newest that more than two thirds of the members signed."""
    note = serving(request).ledger.note(proven=proven)
    if note is None:
        raise Trouble(404, NOTHING)
    return Response(note, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def entries(
    request: Request, first: Place = 0, count: Annotated[int, Query(ge=1, le=MOST_ENTRIES)] = MOST_ENTRIES
) -> Response:
    """Entries from a place on, each a line, byte for byte; fewer than asked where they are many or the log ends."""
    found = serving(request).ledger.entries(first, count)
    return Response(b"".join(one + b"\n" for one in found), media_type="text/plain; charset=us-ascii")


def consistency(request: Request, old: Place, new: Place) -> Response:
    """The hashes, a line each, that show the log at one size to be the beginning of the log at another."""
    ledger = serving(request).ledger
    _within(ledger, old, new)
    found = ledger.consistency(old, new)
    return Response("".join(one.hex() + "\n" for one in found), media_type="text/plain; charset=us-ascii")


def proof(request: Request, key: Key, size: Place = 0) -> Proof:
    """Where what was written under a key stands in the newest log, or in the log at a size."""
    ledger = serving(request).ledger
    found = ledger.find(key)
    size = size or ledger.head().size
    if found is None or found.index >= size:
        raise Trouble(404, NOTHING)
    _within(ledger, found.index, size)
    path = ledger.path(found.index, size)
    return Proof(
        index=found.index,
        entry=found.data.decode("ascii"),
        size=size,
        path=[one.hex() for one in path],
    )


def keys(request: Request, prefix: Annotated[str, Query(min_length=4, max_length=400)]) -> Keys:
    """What was written under keys that begin like this; the first thousand."""
    return Keys(keys=serving(request).ledger.keys(prefix)[:MOST_ENTRIES])


def _within(ledger: Notes, old: int, new: int) -> None:
    if not old <= new <= ledger.head().size:
        raise Trouble(404, _BEYOND)
