"""Opens the ledger that a server commits to; where none was configured it founds one of its own, and says what that is worth."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.witness.client import Node
from laag.apps.ledger.settings import genesis_in
from laag.apps.street.ledger.config import LedgerWire
from laag.apps.street.ledger.signs import NEEDED, Party, Signs
from laag.cycle.commit.sealed import named
from laag.foundation.errors import BadInput
from laag.foundation.ports import Clock, Ledger
from laag.ledger.genesis import founded
from laag.ledger.members import Member

log = logging.getLogger("laag.street.ledger")
PATIENCE_S = 2.0
"""For so long a server waits until a chain takes something, before it looks what else is to be handed in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger, who we are on it, and whom we ask to sign it."""

    ledger: Ledger
    signs: Signs
    driver: str = "embedded"
    publisher: Publisher | None = None
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """The other members' by member: they tell why they dispute something."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where everything of a server's ledger lies."""

    genesis: Path
    keys: tuple[Path, ...]
    store: Path
    outbox: Path
    metering: tuple[Path, ...] = ()
    """The keys of who commits the readings, where that is another member."""

    @classmethod
    def of(cls, wire: LedgerWire, folder: Path, store: str) -> Files:
        """As the table says, and else beside the log: ``street.sqlite`` has ``street-ledger.sqlite``.

        >>> Files.of(LedgerWire(), Path("/kade"), "/kade/street.sqlite").keys
        (PosixPath('/kade/street-ledger.pem'),)
        """
        log_ = store.removeprefix("sqlite:///")
        path = folder / "street.sqlite" if "://" in log_ else Path(log_)
        if wire.folder is not None:
            path = folder / wire.folder / path.name
        beside = f"{path.stem}-ledger"

        def at(name: str | None, ending: str) -> Path:
            return path.with_name(beside + ending) if name is None else folder / name

        metering = () if wire.metering is None else _each(wire.metering.key)
        return cls(
            at(wire.genesis, ".json"),
            tuple(at(one, ".pem") for one in _each(wire.key)),
            at(wire.store, ".sqlite"),
            at(wire.outbox, "-outbox.sqlite"),
            tuple(at(one, ".pem") for one in metering),
        )


def _each(named_: str | tuple[str, ...] | None) -> tuple[str | None, ...]:
    return (named_,) if named_ is None or isinstance(named_, str) else named_


@contextmanager
def opened(wire: LedgerWire, files: Files, name: str, clock: Clock) -> Iterator[Opened]:
    """For as long as the server runs; ``name`` is the neighbourhood's."""
    keys, begun = begin(wire, files, name)
    signs = Signs(wire.member, keys, _metering(wire, files))
    nodes = {who: Node(url) for who, url in wire.witnesses.items()}
    with ExitStack() as stack:
        if wire.driver == "comet":
            from laag.adapters.ledger.comet.ledger import CometLedger

            chain = stack.enter_context(CometLedger(wire.node, begun, files.outbox, patience_s=PATIENCE_S))
            yield Opened(chain, signs, "comet", nodes=nodes)
            return
        ledger = stack.enter_context(EmbeddedLedger(files.store, keys, begun))
        signs.check(ledger)
        publisher = stack.enter_context(Publisher(ledger, nodes, clock))
        if len(ledger.state.members) == 1:
            log.warning(
                "the ledger has one member: nobody else watches",
                extra={"ledger": ledger.id, "more": "docs/serving.md says how others join"},
            )
        yield Opened(ledger, signs, "embedded", publisher, nodes)


def _metering(wire: LedgerWire, files: Files) -> Party | None:
    if wire.metering is None:
        return None
    return Party(wire.metering.member, [Key.load(path) for path in files.metering])


def begin(wire: LedgerWire, files: Files, name: str) -> tuple[list[Key], bytes]:
    """The keys and the genesis; made where neither is there and nobody said where they would be."""
    if wire.genesis is None and not files.genesis.exists():
        if wire.driver == "comet":
            raise BadInput(
                "a chain begins with its members; give ledger.genesis the file that 'laag ledger found' wrote"
            )
        if files.store.exists():
            raise BadInput(f"{files.store} is there and {files.genesis} is not; restore it from a copy")
        key = _key(files.keys[0])  # before the genesis, which is of this key
        alone = Member(wire.member, key.public, tuple(sorted(NEEDED)))
        _written(files.genesis, founded(named(name), [alone]).data)
    return [Key.load(path) for path in files.keys], genesis_in(files.genesis)


def _key(path: Path) -> Key:
    if not path.exists():
        try:
            Key.new().save(path)
        except (BadInput, OSError) as odd:
            raise BadInput(f"{odd}; ledger.folder may name a folder that the server can write in") from odd
    return Key.load(path)


def _written(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(data + b"\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
