"""What a sequencer or a witness is told in a TOML file; what cannot be meant is refused by its path."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from laag.adapters.homefile.fields import Name, Strict, wrong
from laag.adapters.homefile.parse import faults
from laag.adapters.keys import Key
from laag.foundation.errors import BadInput
from laag.ledger.canonical import EVIDENCE_BYTES, decode
from laag.ledger.genesis import genesis

WAY_OUT = "docs/ledger-witness.md has every field"


class SequencerWire(Strict):
    """Who puts entries in order."""

    genesis: Name = "genesis.json"
    key: Name | tuple[Name, ...] = "member.pem"
    """A file, or two where the key is about to change."""
    store: Name = "ledger.sqlite"
    host: Name = "127.0.0.1"
    port: int = Field(default=8410, ge=0, le=65535)
    witnesses: dict[Name, Name] = Field(default_factory=dict)
    """By member, the address of its ledger: ``https://dso.example/api/v1/ledger``."""


class AuditWire(Strict):
    """A street that a witness audits by itself, every day once it is settled."""

    url: Name
    """The street's address: ``https://kade.example``."""
    key_file: Name = "regulator.key"
    """With the key that its operator made for a regulator."""
    purpose: Name = "supervision"
    reasons: Name = "disputes"
    """A folder for the words of disputes; anybody may read them at this member's address."""
    facts: Name | None = None
    look_every_s: float = Field(default=60.0, gt=0, le=86_400)
    """Between looks at the ledger for a day that was settled."""


class WitnessWire(Strict):
    """Who watches."""

    member: Name
    follows: Name | None = None
    """The address of the sequencer's ledger; left out where the ledger is on a chain."""
    node: Name | None = None
    """Of a chain: where this member's own node answers, as ``127.0.0.1:26657``."""
    genesis: Name = "genesis.json"
    key: Name | tuple[Name, ...] = "member.pem"
    store: Name = "witness.sqlite"
    outbox: Name = "outbox.sqlite"
    """Of a chain: what this member said and is not in a block yet."""
    proofs: Name = "proofs"
    """A folder for the proofs of two histories."""
    audit: AuditWire | None = None
    host: Name = "127.0.0.1"
    port: int = Field(default=8411, ge=0, le=65535)

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.follows is None) == (self.node is None):
            raise wrong(
                " kan niet: geef follows (een sequencer) of node (een keten), een van beide",
                " cannot be: give follows (a sequencer) or node (a chain), one of them",
            )
        return self


class _File(Strict):
    sequencer: SequencerWire | None = None
    witness: WitnessWire | None = None


class Settings:
    """A read file, with its paths made whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._wire = _read(path)

    @property
    def sequencer(self) -> SequencerWire:
        """The table of a sequencer."""
        if self._wire.sequencer is None:
            raise BadInput(f"{self.path} has no [sequencer]; {WAY_OUT}")
        return self._wire.sequencer

    @property
    def witness(self) -> WitnessWire:
        """The table of a witness."""
        if self._wire.witness is None:
            raise BadInput(f"{self.path} has no [witness]; {WAY_OUT}")
        return self._wire.witness

    @property
    def watches(self) -> bool:
        """Whether it is a witness's."""
        return self._wire.witness is not None

    def at(self, name: str) -> Path:
        """A file that is named beside the settings."""
        return self.path.absolute().parent / name

    def keys(self, named: str | Sequence[str]) -> list[Key]:
        """The keys in these files."""
        return [Key.load(self.at(name)) for name in ([named] if isinstance(named, str) else named)]

    def genesis(self, named: str) -> bytes:
        """How the ledger began."""
        return genesis_in(self.at(named))


def genesis_in(path: Path) -> bytes:
    """How a ledger began, from the file that was written when it was founded."""
    try:
        data = path.read_bytes().removesuffix(b"\n")
    except FileNotFoundError as missing:
        raise BadInput(f"there is no genesis at {path}; ask a member for it, or found a ledger") from missing
    genesis(decode(data, EVIDENCE_BYTES))
    return data


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as missing:
        raise BadInput(f"there are no settings at {path}; {WAY_OUT}") from missing
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
        raise BadInput(f"{path} is not TOML ({odd}); {WAY_OUT}") from odd
    except ValidationError as odd:
        raise BadInput(f"{path}: {faults(odd)} ({WAY_OUT})") from None
