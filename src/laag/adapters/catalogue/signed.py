"""An entry as a file that is the same byte for byte wherever it is made, signed with Ed25519."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from laag.adapters.catalogue.entry import Community, Entry, Home, Words
from laag.adapters.homefile.parse import faults
from laag.adapters.keys import Key, verified
from laag.foundation.errors import BadInput

MOST_BYTES = 100_000
_DOMAIN = b"laag catalogue 1\n"
_SIGNATURE = "signature"


def example_key() -> Key:
    """A key that everybody has: what it signs is an example, and nobody's word."""
    seed = hashlib.sha256(b"laag: the key of examples, which everybody has").digest()
    return Key(Ed25519PrivateKey.from_private_bytes(seed))


EXAMPLE = example_key().public


def signed(key: Key, title: str, description: Words, licence: str, body: Home | Community) -> bytes:
    """The whole file."""
    try:
        entry = Entry(
            title=title,
            description=description,
            licence=licence,
            example=key.public == EXAMPLE,
            body=body,
            key=key.public,
        )
    except ValidationError as odd:
        raise BadInput(f"this cannot be an entry: {faults(odd)}") from None
    return _file(entry, key.sign(_said(entry)))


def read(path: Path) -> Entry:
    """The entry in a file; refused where a byte of it was changed since it was signed."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise BadInput(f"{path} cannot be read ({fault.strerror}); give the path of an entry") from None
    return parse(data, str(path))


def parse(data: bytes, where: str = "the entry") -> Entry:
    """The same from its bytes."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"{where} has {len(data)} bytes; an entry has at most {MOST_BYTES}")
    try:
        given: dict[str, Any] = json.loads(data)
        signature = str(given.pop(_SIGNATURE))
        entry = Entry.model_validate(given)
    except ValidationError as odd:
        raise BadInput(f"{where}: {faults(odd)}") from None
    except (ValueError, KeyError, AttributeError, RecursionError) as odd:
        raise BadInput(f"{where} is no entry of a catalogue ({odd}); ask for the file anew") from None
    whole = _file(entry, signature) == data
    if not (whole and verified(entry.key, signature, _said(entry))):
        raise BadInput(
            f"{where} is not as it was signed: at least one byte was changed; do not use it, ask for it anew"
        )
    if entry.example != (entry.key == EXAMPLE):
        raise BadInput(f"{where} is an example and does not say so, or says so and is none; do not use it")
    return entry


def _said(entry: Entry) -> bytes:
    plain = entry.model_dump(mode="json")
    return _DOMAIN + json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _file(entry: Entry, signature: str) -> bytes:
    plain = {**entry.model_dump(mode="json"), _SIGNATURE: signature}
    return (json.dumps(plain, indent=1, ensure_ascii=False) + "\n").encode()
