"""What a ledger asks of a witness, as C2SP's ``tlog-witness`` writes it: from where on, the proof, the checkpoint."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from laag.foundation.errors import BadInput

MOST_BYTES = 64 * 1024
"""A proof of 63 hashes and a note with all members' signatures is a tenth of this."""
MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")
SHAPE = "a line `old SIZE`, a line with a hash in base64 for each step of the proof, an empty line, and the checkpoint"


@dataclass(frozen=True, slots=True)
class Asked:
    """A checkpoint to cosign, and why it goes on from the one that was cosigned before."""

    old: int
    """How large the log was when it was last cosigned; 0 where it never was."""
    proof: tuple[bytes, ...]
    note: str


def written(asked: Asked) -> bytes:
    r"""The body of a call.

    >>> written(Asked(old=3, proof=(bytes(32),), note="street.example/ledger\n5\n"))[:26]
    b'old 3\nAAAAAAAAAAAAAAAAAAAA'
    """
    hashes = (base64.b64encode(one).decode() for one in asked.proof)
    return "\n".join((f"old {asked.old}", *hashes, "", asked.note)).encode()


def read(body: bytes) -> Asked:
    r"""The call with this body.

    >>> one = Asked(old=3, proof=(bytes(32), bytes(32)), note="street.example/ledger\n5\n")
    >>> read(written(one)) == one
    True
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as odd:
        raise BadInput(f"the call is no UTF-8 text; write {SHAPE}") from odd
    before, empty, note = text.partition("\n\n")
    first, *hashes = before.split("\n")
    old = _OLD.fullmatch(first)
    if old is None or not empty or not note:
        raise BadInput(f"the call cannot be read; write {SHAPE}")
    if len(hashes) > MOST_HASHES:
        raise BadInput(f"the proof has {len(hashes)} hashes, and no log needs more than {MOST_HASHES}")
    return Asked(int(old[1]), tuple(_hash(one) for one in hashes), note)


def _hash(line: str) -> bytes:
    try:
        one = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        one = b""
    if len(one) != 32 or base64.b64encode(one).decode() != line:
        raise BadInput("a line of the proof is no hash of 32 bytes in base64")
    return one
