"""A home's own key: made once, kept in a file that only its owner reads, and never shown."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from laag.foundation.errors import BadInput

_KNOWN_KEYS = 20_000
"""Public keys kept ready, so that a street's readings do not wait for the same keys to be read again."""


class Key:
    """Signs; shown by its public half only.

    >>> key = Key.new()
    >>> verified(key.public, key.sign(b"120 Wh"), b"120 Wh"), verified(key.public, key.sign(b"120 Wh"), b"12 Wh")
    (True, False)
    """

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()
        """The half that everybody may know: 32 bytes in hex."""

    @classmethod
    def new(cls) -> Self:
        """A key that nobody else has."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key that ``save`` wrote; refuses one that others on this machine can read."""
        try:
            # The rights are asked of the file that is read, not of a name that may mean another by then.
            with path.open("rb") as file:
                _only_ours(path, os.fstat(file.fileno()).st_mode)
                private = load_pem_private_key(file.read(), None)
        except FileNotFoundError as missing:
            raise BadInput(
                f"there is no key at {path}; give the path of the home's key, or enrol to make one"
            ) from missing
        except OSError as fault:
            raise BadInput(
                f"the key at {path} cannot be read ({fault.strerror}); check its path and rights"
            ) from fault
        except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
            raise BadInput(f"{path} holds no key that laag wrote; restore its copy, or enrol anew") from wrong
        if not isinstance(private, Ed25519PrivateKey):
            raise BadInput(f"{path} holds a key of another kind; laag signs with Ed25519, enrol to make one")
        return cls(private)

    def save(self, path: Path) -> None:
        """Write it where nobody else can read it; a key that is there already is never written over."""
        text = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        fresh = path.with_name(path.name + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.link(fresh, path)  # all of it appears at once, and only where nothing was
        except FileExistsError as there:
            raise BadInput(f"there is a key at {path} already; load it, or give another place") from there
        except OSError as fault:
            raise BadInput(
                f"the key cannot be kept at {path} ({fault.strerror}); make room or give another place"
            ) from fault
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def sign(self, data: bytes) -> str:
        """The signature under these bytes: 64 bytes in hex."""
        return self._private.sign(data).hex()

    def __repr__(self) -> str:
        return f"Key({self.public[:12]}…)"


def verified(public_hex: str, signature_hex: str, data: bytes) -> bool:
    """Whether the holder of this key signed exactly these bytes; ``False`` for anything that is no key or signature."""
    try:
        _public(public_hex).verify(bytes.fromhex(signature_hex), data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(_KNOWN_KEYS)
def _public(public_hex: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))


def _only_ours(path: Path, mode: int) -> None:
    if mode & 0o077:
        raise BadInput(f"the key at {path} can be read by others on this machine; chmod 600 {path}")
