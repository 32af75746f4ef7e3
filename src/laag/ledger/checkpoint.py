"""Checkpoints as signed notes, the way other transparency logs write them (C2SP: signed-note, tlog-checkpoint,
tlog-cosignature), so that witnesses of others can cosign ours.

The log is named after the ledger's id and a witness after its member. The log's line is signed by the sequencer with its
member key; a cosignature by another member with its own. No signature of one kind can be taken for one of another: what
is signed begins with ``laag/``, ``cosignature/v1`` or ``laag v1``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from laag.ledger.refused import Code, Refusal

_LOG, _COSIGNED = b"\x01", b"\x04"
_DASH = "— "
_ID, _SIGNATURE, _TIME = 4, 64, 8
MOST_BYTES = 64 * 1024
MOST_SIGNATURES = 64
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


def origin(ledger: str) -> str:
    """The name of a ledger's log, and of the key that signs its checkpoints."""
    return f"laag/{ledger}"


def witness(ledger: str, member: str) -> str:
    """The name of a member's witness."""
    return f"laag/{ledger}/{member}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log is, and its root.

    >>> print(Checkpoint("0" * 64, 2, bytes(32)).text.decode(), end="")
    laag/0000000000000000000000000000000000000000000000000000000000000000
    2
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    ledger: str
    size: int
    root: bytes

    @property
    def text(self) -> bytes:
        """What the log signs."""
        return f"{origin(self.ledger)}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()

    def cosigned(self, time_s: int) -> bytes:
        """What a witness signs, at a time in seconds since 1970."""
        return f"cosignature/v1\ntime {time_s}\n".encode() + self.text


@dataclass(frozen=True, slots=True)
class Line:
    """One signature under a note."""

    name: str
    id: bytes
    signature: bytes
    """As the note has it: a cosignature begins with its time."""

    @property
    def text(self) -> str:
        """As it stands under the note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it; nothing of it is verified yet."""

    text: bytes
    lines: tuple[Line, ...]

    @property
    def data(self) -> bytes:
        """The note as it is sent."""
        return self.text + b"\n" + "".join(line.text for line in self.lines).encode()


def log_line(ledger: str, public_hex: str, signature_hex: str) -> Line:
    """The sequencer's signature over ``Checkpoint.text``."""
    name = origin(ledger)
    return Line(name, _key_id(name, _LOG, public_hex), bytes.fromhex(signature_hex))


def cosignature_line(ledger: str, member: str, public_hex: str, time_s: int, signature_hex: str) -> Line:
    """A member's signature over ``Checkpoint.cosigned(time_s)``."""
    name = witness(ledger, member)
    stamped = time_s.to_bytes(_TIME, "big") + bytes.fromhex(signature_hex)
    return Line(name, _key_id(name, _COSIGNED, public_hex), stamped)


def stamped(line: Line) -> tuple[int, str] | None:
    """The time (s) and the signature (hex) of a cosignature; ``None`` where it is none."""
    if len(line.signature) != _TIME + _SIGNATURE or line.signature[0] & 0x80:
        return None
    return int.from_bytes(line.signature[:_TIME], "big"), line.signature[_TIME:].hex()


def note(data: bytes) -> Note:
    """A signed note as it was sent."""
    if len(data) > MOST_BYTES:
        raise _no_note("langer dan 64 KiB", "longer than 64 KiB")
    try:
        said = data.decode()
    except UnicodeDecodeError as wrong:
        raise _no_note("geen UTF-8", "not UTF-8") from wrong
    if any(ord(one) < 0x20 and one != "\n" for one in said):
        raise _no_note("er staan stuurtekens in", "it holds control characters")
    text, between, under = said.rpartition("\n\n")
    if not between or not under.endswith("\n"):
        raise _no_note("er staan geen handtekeningen onder", "there are no signatures under it")
    each = under.removesuffix("\n").split("\n")
    if len(each) > MOST_SIGNATURES:
        raise _no_note("te veel handtekeningen", "too many signatures")
    return Note(f"{text}\n".encode(), tuple(map(line_of, each)))


def line_of(said: str) -> Line:
    """One signature line, without its end."""
    name, between, signature = said.removeprefix(_DASH).partition(" ")
    data = _base64(signature)
    if not said.startswith(_DASH) or not name or not between or "+" in name or len(data) <= _ID:
        raise _no_note(f"{said[:80]!r} is geen handtekening", f"{said[:80]!r} is no signature")
    return Line(name, data[:_ID], data[_ID:])


def checkpoint(text: bytes) -> Checkpoint:
    """What the text of a checkpoint says; ours has three lines and no more."""
    lines = text.decode("utf-8", "replace").split("\n")
    if len(lines) != 4 or lines[3] or not _SIZE.fullmatch(lines[1]):
        raise _no_note("een checkpoint is drie regels: naam, omvang, wortel", "a checkpoint is three lines: origin, size, root")  # fmt: skip
    ledger, root = lines[0].removeprefix("laag/"), _base64(lines[2])
    found = Checkpoint(ledger, int(lines[1]), root)
    if len(root) != 32 or not re.fullmatch(r"[0-9a-f]{64}", ledger) or found.text != text:
        raise _no_note(f"{lines[0][:80]!r} is geen log van laag", f"{lines[0][:80]!r} is no log of laag")
    return found


def _key_id(name: str, kind: bytes, public_hex: str) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + bytes.fromhex(public_hex)).digest()[:_ID]


def _base64(said: str) -> bytes:
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _no_note(nl: str, en: str) -> Refusal:
    return Refusal(
        Code.FORM, f"dit is geen ondertekend checkpoint: {nl}", f"this is no signed checkpoint: {en}"
    )
