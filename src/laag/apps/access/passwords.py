"""Passwords: hashed with Argon2id, long enough, and not the ones that everybody tries first."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from laag.foundation.words import Said

SHORTEST, LONGEST = 12, 200
TOO_SHORT = Said(
    f"Neem een wachtwoord van minstens {SHORTEST} tekens; een paar woorden achter elkaar onthoud je makkelijk.",
    f"Take a password of at least {SHORTEST} characters; a few words in a row are easy to remember.",
)
TOO_LONG = Said(
    f"Neem een wachtwoord van hoogstens {LONGEST} tekens.",
    f"Take a password of at most {LONGEST} characters.",
)
TOO_COMMON = Said(
    "Dit wachtwoord wordt als een van de eerste geprobeerd; neem liever een paar woorden die niet bij elkaar horen.",
    "This password is among the first that are tried; rather take a few words that do not belong together.",
)
_FIRST_TRIED = frozenset(
    [
        "password",
        "passwort",
        "wachtwoord",
        "welkom",
        "welcome",
        "geheim",
        "secret",
        "qwerty",
        "qwertyuiop",
        "azerty",
        "asdfghjkl",
        "iloveyou",
        "ikhouvanjou",
        "letmein",
        "admin",
        "administrator",
        "beheerder",
        "operator",
        "amsterdam",
        "rotterdam",
        "utrecht",
        "nederland",
        "holland",
        "ajax",
        "feyenoord",
        "psv",
        "zomer",
        "winter",
        "lente",
        "herfst",
        "voetbal",
        "football",
        "monkey",
        "dragon",
        "sunshine",
        "princess",
        "laag",
        "buurt",
        "zonnepaneel",
        "energie",
        "test",
    ]
)


def objection(password: str, *about: str) -> Said | None:
    """What speaks against a password, ``about`` being what others know of its owner; ``None`` where nothing does.

    >>> objection("kort").en.split(";")[0]
    'Take a password of at least 12 characters'
    >>> objection("Wachtwoord2026!") is TOO_COMMON, objection("fiets regen kaasplank") is None
    (True, True)
    """
    plain = _plain(password)
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(plain) > LONGEST:
        return TOO_LONG
    letters = re.sub(r"[\W\d_]", "", plain.casefold())
    known = _FIRST_TRIED | {re.sub(r"[\W\d_]", "", word.casefold()) for word in about}
    if (
        len(set(plain)) < 5
        or letters in known
        or any(w and letters == w * 2 for w in known)
        or _counts(plain)
    ):
        return TOO_COMMON
    return None


def _counts(plain: str) -> bool:
    """Whether it only counts on: 123456789012, abcdefghijkl."""
    return all((ord(b) - ord(a)) in {1, -1, -9, 9} for a, b in pairwise(plain))


def _plain(password: str) -> str:
    """One spelling for what looks the same, whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password)


class Passwords:
    """Argon2id: 45 MiB and three passes, about a tenth of a second on a small computer."""

    def __init__(self, *, passes: int = 3, memory_kib: int = 46_080) -> None:
        self._hasher = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=1, type=Type.ID, hash_len=32, salt_len=16
        )

    def hashed(self, password: str) -> str:
        """What is kept of it."""
        return self._hasher.hash(_plain(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; where nothing is kept the same work is done, so that time tells nothing."""
        try:
            fits = self._hasher.verify(self._nobodys if kept is None else kept, _plain(password))
        except (VerificationError, InvalidHashError):
            return False
        return fits and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether it was hashed by weaker measures than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("the password of nobody")
