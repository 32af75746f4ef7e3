"""The folder of one member's node: what it was told in node.toml, its keys, and the ledger it takes part in."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from laag.adapters.keys import Key
from laag.adapters.ledger.comet import keys
from laag.adapters.ledger.comet.settings import Settings, Sync, config_toml, genesis_json
from laag.adapters.ledger.store.lock import Lock
from laag.foundation.errors import BadInput
from laag.ledger.canonical import decode
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.members import Member

WAY_OUT = "docs/ledger-node.md has every field"
_AT = re.compile(r"[\w.-]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", re.ASCII)
_PEER = re.compile(rf"[0-9a-f]{{40}}@(?:{_AT.pattern})", re.ASCII)


def _address(said: str) -> str:
    if not _AT.fullmatch(said):
        raise ValueError("write it as host:port")
    return said


def _peer(said: str) -> str:
    if not _PEER.fullmatch(said):
        raise ValueError("write it as id@host:port; the member's own 'laag ledger status' says its id")
    return said


At = Annotated[str, AfterValidator(_address)]
Peer = Annotated[str, AfterValidator(_peer)]
Name = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    """Refuses what it does not know; of its own, so that a node starts without all that a home file needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SyncWire(_Strict):
    """A block that was checked when this member joined, after which it takes a snapshot."""

    servers: tuple[At, ...] = Field(min_length=2)
    height: int = Field(ge=1)
    hash: str = Field(pattern="[0-9A-F]{64}")


class NodeWire(_Strict):
    """What differs between nodes."""

    member: Name
    listen: At = "0.0.0.0:26656"
    rpc: At = "127.0.0.1:26657"
    peers: tuple[Peer, ...] = ()
    cometbft: Name = "cometbft"
    keep_blocks: int = Field(default=100_000, ge=100)
    snapshot_every: int = Field(default=1_000, ge=0)
    commit_ms: int = Field(default=50, ge=0, le=60_000)
    propose_ms: int = Field(default=1_500, ge=100, le=60_000)
    sync: SyncWire | None = None


class _File(_Strict):
    node: NodeWire


class Folder:
    """Where everything of a node is."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.told = self.path / "node.toml"
        self.ledger = self.path / "ledger.json"
        self.record = self.path / "ledger.sqlite"
        self.outbox = self.path / "outbox.sqlite"
        self.halted = self.path / "halted.txt"
        self.comet = self.path / "comet"

    @property
    def config(self) -> Path:
        """Where CometBFT's settings and keys are."""
        return self.comet / "config"

    def wire(self) -> NodeWire:
        """What it was told."""
        try:
            return _File.model_validate(tomllib.loads(self.told.read_text("utf-8"))).node
        except FileNotFoundError as missing:
            raise BadInput(f"{self.path} is no node's folder; make one with: laag ledger init") from missing
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
            raise BadInput(f"{self.told} is not TOML ({odd}); {WAY_OUT}") from odd
        except ValidationError as odd:
            raise BadInput(f"{self.told}: {_fault(odd)} ({WAY_OUT})") from None

    def tell(self, wire: NodeWire) -> None:
        """Write node.toml anew."""
        said = wire.model_dump(exclude_none=True, mode="json")
        sync = said.pop("sync", None)
        # A string, number or list of JSON is one of TOML.
        lines = ["[node]", *(f"{name} = {json.dumps(value)}" for name, value in said.items())]
        if sync:
            lines += ["", "[node.sync]", *(f"{name} = {json.dumps(value)}" for name, value in sync.items())]
        _replaced(self.told, "\n".join([*lines, ""]))

    def genesis(self) -> Genesis:
        """How the ledger began."""
        return genesis(decode(self.genesis_data()))

    def genesis_data(self) -> bytes:
        """The same, as its bytes."""
        try:
            return self.ledger.read_bytes().removesuffix(b"\n")
        except FileNotFoundError as missing:
            raise BadInput(
                f"{self.path} takes part in no ledger yet; give it one with: laag ledger join"
            ) from missing

    def keep_genesis(self, data: bytes) -> None:
        """Take part in this ledger; never in another one afterwards."""
        if self.ledger.exists() and self.genesis_data() != data:
            raise BadInput(
                f"{self.path} takes part in another ledger already; make another folder for this one"
            )
        _replaced(self.ledger, data.decode("ascii") + "\n")

    def member(self) -> Member:
        """This member as it is to be written in a genesis, or voted on."""
        return read_member(self.path / "member.json")

    def keep_member(self, one: Member) -> None:
        """Write it, for the others."""
        _replaced(self.path / "member.json", json.dumps(one.words(), indent=1, sort_keys=True) + "\n")

    def key(self) -> Key:
        """With which this member signs entries."""
        return Key.load(self.path / "member.pem")

    def peers(self) -> frozenset[str]:
        """Who may connect: read each time, so that a new member's node is let in without a start."""
        return frozenset(peer.partition("@")[0] for peer in self.wire().peers)

    def peer(self) -> str:
        """This node among its peers."""
        return f"{keys.peer(self.config)}@{self.wire().listen}"

    def prepare(self) -> None:
        """Write CometBFT's settings as they follow from ours."""
        wire, begun = self.wire(), self.genesis()
        nodes = {one.id: one.node for one in begun.members if one.node}
        sync = Sync(wire.sync.servers, wire.sync.height, wire.sync.hash) if wire.sync else None
        settings = Settings(
            wire.member, wire.listen, wire.rpc, wire.peers, wire.commit_ms, wire.propose_ms, sync
        )
        _replaced(self.config / "config.toml", config_toml(settings))
        _replaced(self.config / "genesis.json", genesis_json(begun.ledger, nodes))

    def fetched(self) -> list[Path]:
        """What can be fetched again from the others; a node that runs is in the way, and what it signed stays."""
        Lock(self.record).close()
        data = self.comet / "data"
        ours = [path for path in data.iterdir() if path.name != keys.SIGNED]
        return [*ours, *(path for path in self.path.glob("ledger.sqlite*") if path.suffix != ".lock")]

    def forgets(self) -> int:
        """How many times it was done before, and one."""
        return 1 + len(list(self.path.glob("before-*")))

    def halt(self, why: str) -> None:
        """Leave word of why the node stands still."""
        _replaced(self.halted, why + "\n")


def _fault(odd: ValidationError) -> str:
    """The first, by its path in the file.

    >>> try:
    ...     NodeWire.model_validate({"member": "dso", "listen": "here"})
    ... except ValidationError as odd:
    ...     print(_fault(odd))
    listen is 'here': Value error, write it as host:port
    """
    one = odd.errors()[0]
    return f"{'.'.join(map(str, one['loc']))} is {one['input']!r}: {one['msg']}"


def read_member(path: Path) -> Member:
    """A member as another wrote it."""
    from laag.ledger.members import member

    try:
        return member(json.loads(path.read_text("utf-8")), str(path))
    except FileNotFoundError as missing:
        raise BadInput(f"there is no member at {path}; give the member.json of a node's folder") from missing
    except ValueError as odd:
        raise BadInput(f"{path} is no member.json ({odd}); ask the member for it again") from odd


def made(path: Path, wire: NodeWire, roles: Sequence[str], group: str) -> Folder:
    """A new folder with new keys."""
    folder = Folder(path)
    if folder.told.exists():
        raise BadInput(f"{path} is a node's folder already; give another")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.comet.mkdir(mode=0o700)
    keys.made(folder.config, folder.comet / "data")
    signs = Key.new()
    signs.save(folder.path / "member.pem")
    folder.keep_member(
        Member(wire.member, signs.public, tuple(sorted(roles)), group, keys.node(folder.config))
    )
    folder.tell(wire)
    return folder


def _replaced(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
