"""Signatures, each checked once: the same entry is judged when it comes, when it is proposed, and when it is decided."""

from __future__ import annotations

from functools import lru_cache

from laag.adapters.keys import verified

_KNOWN = 20_000


@lru_cache(_KNOWN)
def verify(public: str, signature: str, data: bytes) -> bool:
    """Whether the holder of a public key made this signature over these bytes."""
    return verified(public, signature, data)
