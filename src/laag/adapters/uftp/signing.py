"""How a message is sealed: an Ed25519 signature of 64 bytes, and behind it the message (NaCl's ``crypto_sign``)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error

import shapeshifter_uftp.uftp as u

from laag.adapters.keys import Key, verified
from laag.adapters.uftp.wire import read_envelope, written
from laag.foundation.errors import BadInput

_SIGNATURE = 64
_PUBLIC = 32


def sealed(data: bytes, domain: str, role: str, key: Key) -> bytes:
    """The envelope that is sent: who sends, and the sealed message."""
    body = bytes.fromhex(key.sign(data)) + data
    return written(u.SignedMessage(sender_domain=domain, sender_role=u.UsefRole(role), body=body))


def opened(envelope: bytes) -> tuple[str, str, bytes]:
    """Domain and role of who says to have sent it, and the sealed body; whether it is so is asked of ``unsealed``."""
    outer = read_envelope(envelope)
    return outer.sender_domain, str(outer.sender_role), bytes(outer.body)


def unsealed(body: bytes, public_keys: tuple[str, ...]) -> bytes | None:
    """The message in a body that the holder of one of these keys (hex) sealed; ``None`` where nobody of them did.

    >>> key = Key.new()
    >>> unsealed(bytes.fromhex(key.sign(b"hello")) + b"hello", (key.public,))
    b'hello'
    """
    signature, data = body[:_SIGNATURE].hex(), body[_SIGNATURE:]
    return data if any(verified(public, signature, data) for public in public_keys) else None


def public_hex(text: str) -> str:
    """A public key as USEF writes it (base64, with or without ``cs1.`` and a key for encryption) or as hex, as hex.

    >>> public_hex("cs1." + b64encode(bytes(64)).decode()) == "00" * 32
    True
    """
    word = text.strip().removeprefix("cs1.")
    try:
        raw = bytes.fromhex(word) if len(word) == 2 * _PUBLIC else b64decode(word, validate=True)
    except (ValueError, Error):
        raw = b""
    if len(raw) not in {_PUBLIC, 2 * _PUBLIC}:
        raise BadInput(
            f"{text[:40]!r} is no public key of 32 bytes; give it in base64, as the participant publishes it"
        )
    return raw[:_PUBLIC].hex()


def published(public: str) -> str:
    """A public key (hex) as other participants are told it."""
    return "cs1." + b64encode(bytes.fromhex(public)).decode()
