"""Secrets that are shown once: random, 256 bits, and kept only as their hash."""

from __future__ import annotations

import hashlib
import hmac
from secrets import token_urlsafe


def new() -> str:
    """A secret that nobody guesses."""
    return token_urlsafe(32)


def kept(secret: str) -> str:
    """What is kept of a secret: it is random itself, so one plain hash is enough.

    >>> kept("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(secret: str) -> str:
    """What a form shows of the cookie that it belongs to, without showing the cookie."""
    return hmac.new(secret.encode(), b"laag form", "sha256").hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, taking as long where they are not."""
    return hmac.compare_digest(one.encode(), other.encode())
