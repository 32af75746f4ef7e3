"""The two ways in which members stand for a log: a checkpoint that they cosigned, and a block that they committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from laag.ledger.canonical import Word, Words
from laag.ledger.checkpoint import (
    Checkpoint,
    Note,
    checkpoint,
    cosignature_line,
    log_line,
    stamped,
)
from laag.ledger.comet_header import BlockId, Header, Precommit, block_id, header, precommit
from laag.ledger.fields import Fields, wrong
from laag.ledger.members import Member, Role
from laag.ledger.refused import Code, Refusal
from laag.ledger.rules import Verify


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A member's witness saw this checkpoint, at a time in seconds since 1970."""

    by: str
    time: int
    signature: str

    def words(self) -> Words:
        """As evidence has it."""
        return {"by": self.by, "signature": self.signature, "time": self.time}


@dataclass(frozen=True, slots=True)
class NoteHead:
    """A checkpoint signed by the sequencer (``by``) and cosigned by other members, in the order of their ids."""

    size: int
    root: bytes
    by: str
    signature: str
    cosigned: tuple[Cosigned, ...] = ()

    def words(self) -> Words:
        """As evidence has it."""
        return {
            "by": self.by,
            "cosigned": [one.words() for one in self.cosigned],
            "kind": "note",
            "root": self.root.hex(),
            "signature": self.signature,
            "size": self.size,
        }

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signed, each once; not verified by this."""
        return tuple(sorted({self.by, *(one.by for one in self.cosigned)}))

    def checkpoint(self, ledger: str) -> Checkpoint:
        """What was signed."""
        return Checkpoint(ledger, self.size, self.root)

    def note(self, ledger: str, members: Sequence[Member]) -> Note:
        """The same as a C2SP signed note."""
        keys = {one.id: one.key for one in members}
        lines = [
            cosignature_line(ledger, one.by, keys[one.by], one.time, one.signature) for one in self.cosigned
        ]
        return Note(self.checkpoint(ledger).text, (log_line(ledger, keys[self.by], self.signature), *lines))


def noted(note: Note, ledger: str, members: Sequence[Member], verify: Verify) -> NoteHead:
    """A note's checkpoint with those signatures under it that are members' and hold; others are left out."""
    said = checkpoint(note.text)
    if said.ledger != ledger:
        raise Refusal(
            Code.OTHER_LEDGER,
            f"dit checkpoint is van grootboek {said.ledger[:12]}… en dit is {ledger[:12]}…",
            f"this checkpoint is of ledger {said.ledger[:12]}… and this is {ledger[:12]}…",
        )
    log = _log_signature(note, said, members, verify)
    if log is None:
        raise Refusal(
            Code.HEAD_SIGNATURE,
            "geen operator van dit grootboek heeft dit checkpoint ondertekend; vraag het opnieuw bij de bron",
            "no operator of this ledger signed this checkpoint; ask the source for it again",
        )
    cosigned = {one.by: one for one in _cosigned(note, said, members, verify)}
    return NoteHead(said.size, said.root, *log, tuple(cosigned[who] for who in sorted(cosigned)))


def _log_signature(
    note: Note, said: Checkpoint, members: Sequence[Member], verify: Verify
) -> tuple[str, str] | None:
    for one in members:
        for line in note.lines:
            signature = line.signature.hex()
            if (
                Role.OPERATOR in one.roles
                and line == log_line(said.ledger, one.key, signature)
                and verify(one.key, signature, said.text)
            ):
                return one.id, signature
    return None


def _cosigned(note: Note, said: Checkpoint, members: Sequence[Member], verify: Verify) -> list[Cosigned]:
    return [
        Cosigned(one.id, *found)
        for one in members
        for line in note.lines
        if (found := stamped(line))
        and line == cosignature_line(said.ledger, one.id, one.key, *found)
        and verify(one.key, found[1], said.cosigned(found[0]))
    ]


@dataclass(frozen=True, slots=True)
class CometHead:
    """A block's header and who committed it; its app hash is that of ``size``, ``root`` and ``state``."""

    size: int
    root: bytes
    state: str
    """``State.digest`` at this size."""
    header: Header
    block: BlockId
    round: int
    commits: tuple[Precommit, ...]
    """In the order of the members' ids."""

    def words(self) -> Words:
        """As evidence has it."""
        return {
            "block": self.block.words(),
            "commits": [one.words() for one in self.commits],
            "header": self.header.words(),
            "kind": "comet",
            "root": self.root.hex(),
            "round": self.round,
            "size": self.size,
            "state": self.state,
        }

    @property
    def signers(self) -> tuple[str, ...]:
        """Who committed; not verified by this."""
        return tuple(one.by for one in self.commits)


Head: TypeAlias = NoteHead | CometHead


def head(said: Word, where: str = "head") -> Head:
    """A head as evidence has it."""
    fields = Fields(said, where)
    found: Head
    match fields.take("kind"):
        case "note":
            found = NoteHead(
                fields.count("size"), bytes.fromhex(fields.hash("root")), fields.name("by"),
                fields.signature("signature"), fields.each("cosigned", _cosignature),
            )  # fmt: skip
            _once([one.by for one in found.cosigned], f"{where}.cosigned")
        case "comet":
            found = CometHead(
                fields.count("size"), bytes.fromhex(fields.hash("root")), fields.hash("state"),
                fields.one("header", header), fields.one("block", block_id), fields.count("round"),
                fields.each("commits", precommit),
            )  # fmt: skip
            _once([one.by for one in found.commits], f"{where}.commits")
        case _:
            raise wrong(f"{where}.kind", "'note' of 'comet'", "'note' or 'comet'")
    fields.done()
    return found


def _cosignature(said: Word, where: str) -> Cosigned:
    fields = Fields(said, where)
    found = Cosigned(fields.name("by"), fields.count("time"), fields.signature("signature"))
    fields.done()
    return found


def _once(who: list[str], where: str) -> None:
    if sorted(set(who)) != who:
        raise wrong(where, "op volgorde van leden, elk een keer", "in the order of members, each once")
