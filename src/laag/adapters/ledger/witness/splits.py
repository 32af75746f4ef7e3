"""Proof that a sequencer signed two histories: two notes with its signature that cannot both be true."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from laag.adapters.keys import verified
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.ledger.checkpoint import checkpoint, note
from laag.ledger.heads import NoteHead, noted
from laag.ledger.members import Member
from laag.ledger.proofs import consistent
from laag.ledger.refused import Refusal

MembersAt = Callable[[int], Sequence[Member]]
"""Who the members were when the log was so large."""


@dataclass(frozen=True, slots=True)
class Split:
    """Two notes of one log; ``root`` is what the longer had at the shorter's size, and ``path`` shows that it had."""

    shorter: str
    longer: str
    root: bytes
    path: tuple[bytes, ...] = ()

    def proves(self, ledger: str, members_at: MembersAt) -> Said | None:
        """What it proves, to anybody who knows the members; ``None`` where that is nothing."""
        try:
            one, other = (_head(said, ledger, members_at) for said in (self.shorter, self.longer))
        except Refusal:
            return None
        if (
            one.by != other.by
            or one.root == self.root
            or not 0 < one.size <= other.size
            or not consistent(one.size, other.size, self.root, other.root, self.path)
        ):
            return None
        return Said(
            f"{one.by} ondertekende twee geschiedenissen: een van {one.size} inschrijvingen met wortel {_short(one.root)} en "
            f"een van {other.size} die bij {one.size} wortel {_short(self.root)} had; leg dit de leden voor en vertrouw geen "
            "nieuwe stand voordat zij weten wie wat zag",
            f"{one.by} signed two histories: one of {one.size} entries with root {_short(one.root)} and one of {other.size} "
            f"that at {one.size} had root {_short(self.root)}; put this before the members and trust no new head before they "
            "know who saw what",
        )


def _head(said: str, ledger: str, members_at: MembersAt) -> NoteHead:
    signed = note(said.encode())
    return noted(signed, ledger, members_at(checkpoint(signed.text).size), verified)


def _short(root: bytes) -> str:
    return f"{root.hex()[:12]}…"


def keep(split: Split, folder: Path) -> Path:
    """Write a proof to a file of its own; the same proof is kept once."""
    words = {
        "kind": "split",
        "longer": split.longer,
        "path": [one.hex() for one in split.path],
        "root": split.root.hex(),
        "shorter": split.shorter,
    }
    sizes = "-".join(said.split("\n")[1] for said in (split.shorter, split.longer))
    path = folder / f"split-{sizes}-{split.root.hex()[:12]}.json"
    part = path.with_name(path.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps(words, indent=1, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        raise BadInput(
            f"the proof of two histories cannot be kept at {path} ({fault.strerror}); make room"
        ) from fault
    return path


def kept(path: Path) -> Split:
    """A proof from its file."""
    try:
        words = json.loads(path.read_text("utf-8"))
        hashes = tuple(bytes.fromhex(one) for one in words["path"])
        return Split(str(words["shorter"]), str(words["longer"]), bytes.fromhex(words["root"]), hashes)
    except (OSError, ValueError, KeyError, TypeError) as odd:
        raise BadInput(f"{path} holds no proof of two histories ({odd})") from odd
