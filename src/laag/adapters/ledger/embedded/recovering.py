"""A ledger that was put back from an older copy, or lost: fetched again from its witnesses, who hold every entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from laag.adapters.keys import Key
from laag.adapters.ledger.embedded.ledger import EmbeddedLedger
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.store.lock import Lock
from laag.adapters.ledger.store.log import Log
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.comparing import compared
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of it."""

    size: int
    """Entries that the witnesses held."""
    again: int
    """Entries that only the file held, and that were taken again after those."""
    refused: tuple[Said, ...]
    """Why others of them were not."""
    aside: Path | None
    """Where the file is that was there; ``None`` where there was none."""

    @property
    def said(self) -> Said:
        """In a sentence."""
        was = (
            Said()
            if self.aside is None
            else Said(f"; wat er was staat in {self.aside}", f"; what was there is in {self.aside}")
        )
        return Said(
            f"{self.size} inschrijvingen van de getuigen, {self.again} die alleen hier stonden zijn er weer bij gezet en "
            f"{len(self.refused)} konden er niet meer bij{was.nl}",
            f"{self.size} entries of the witnesses; {self.again} that were only here were added again and {len(self.refused)} "
            f"could not be{was.en}",
        )


def recovered(
    place: Path, keys: Sequence[Key], genesis: bytes, nodes: Iterable[Node], now: datetime
) -> Recovered:
    """Put the longest ledger that a witness holds in the place of this one; what only this one held is handed in again."""
    with closing(Lock(place)), _longest(nodes, genesis) as copy:
        held = _held(place)
        fresh = place.with_name(place.name + ".recovered")
        for path in _files(fresh):
            path.unlink(missing_ok=True)
        _written(fresh, genesis, copy)
        with EmbeddedLedger(fresh, keys) as ledger:
            receipts = ledger.submit_all(held)
        became = [one.became for one in receipts]
        return Recovered(
            copy.state.size,
            became.count(Became.TAKEN),
            tuple(one.why for one in receipts if one.why is not None),
            _put_in_place(fresh, place, now),
        )


def _longest(nodes: Iterable[Node], genesis: bytes) -> Copy:
    found = compared(nodes, genesis)
    if found.splits:
        raise BadInput(
            "the witnesses hold two histories, and no program chooses between them; see both with laag ledger compare, and "
            "let the members decide"
        )
    if found.copy.signed() is None:
        why = "; ".join(f"{one.url}: {one.why}" for one in found.views)
        raise BadInput(f"no witness shows a ledger to go on from ({why}); give the addresses of others")
    return found.copy


def _held(place: Path) -> list[bytes]:
    """The entries of a file in whatever state it is, as far as they can be read."""
    found: list[bytes] = []
    if place.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as db:
            for (data,) in db.execute("SELECT data FROM entry ORDER BY place"):
                found.append(bytes(data))
    return found


def _written(place: Path, genesis: bytes, copy: Copy) -> None:
    head = copy.signed()
    assert head is not None, "``_longest`` saw to that"
    with Store(place, genesis) as store:
        store.append(Log(store).tried(copy.every_entry()).leaves, head)


def _put_in_place(fresh: Path, place: Path, now: datetime) -> Path | None:
    aside = place.with_name(f"{place.stem}-until-{now:%Y%m%dT%H%M%S}{place.suffix}")
    was = place.exists()
    for path, to in zip(_files(place), _files(aside), strict=True):
        if path.exists():
            path.rename(to)
    fresh.rename(place)
    fresh.with_name(fresh.name + ".lock").unlink(missing_ok=True)
    return aside if was else None


def _files(place: Path) -> list[Path]:
    """A file of SQLite, and what it keeps beside it."""
    return [place.with_name(place.name + more) for more in ("", "-wal", "-shm")]
