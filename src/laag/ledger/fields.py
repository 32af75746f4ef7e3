"""What an object on the ledger says, field by field; a refusal names the field and says what belongs there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from laag.ledger.canonical import Word, Words
from laag.ledger.refused import Code, Refusal

NAME = re.compile(r"[a-z0-9][a-z0-9.:_-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_TARGET = re.compile(rf"[a-z]{{4,6}}(/{NAME.pattern}){{2,4}}")
MOST = 2**53 - 1
"""What every language counts to exactly."""
FEWEST_LEAVES, MOST_LEAVES = 16, 2**32
FEWEST_TOLD = 10
T = TypeVar("T")


class Fields:
    """The fields of one object, each to be asked for once; ``done`` refuses what nobody asked for."""

    def __init__(self, said: Word, where: str) -> None:
        if not isinstance(said, dict):
            raise wrong(where, "een object", "an object")
        self._left: Words = dict(said)
        self.where = where

    def take(self, name: str) -> Word:
        """What a field says."""
        if name not in self._left:
            raise Refusal(
                Code.FORM, f"{self.where} mist het veld {name!r}", f"{self.where} lacks the field {name!r}"
            )
        return self._left.pop(name)

    def done(self) -> None:
        """Refuse what is left over."""
        for name in self._left:
            raise Refusal(
                Code.FORM,
                f"{self.where} heeft een veld {name[:80]!r} dat daar niet hoort",
                f"{self.where} has a field {name[:80]!r} that does not belong there",
            )

    def name(self, name: str) -> str:
        """A short name in small letters."""
        return self._text(name, NAME, "een naam van kleine letters, cijfers en . : _ -", "a name of small letters, digits and . : _ -")  # fmt: skip

    def hash(self, name: str) -> str:
        """A SHA-256 or a public key."""
        return self._text(name, _HASH, "64 tekens klein hex", "64 characters of small hex")

    def hash_or_none(self, name: str) -> str:
        """A public key, or nothing."""
        said = self.take(name)
        if said == "":
            return ""
        self._left[name] = said
        return self.hash(name)

    def signature(self, name: str) -> str:
        """An Ed25519 signature."""
        return self._text(name, _SIGNATURE, "128 tekens klein hex", "128 characters of small hex")

    def target(self, name: str) -> str:
        """Another entry's key."""
        return self._text(name, _TARGET, "de sleutel van een inschrijving", "the key of an entry")

    def count(self, name: str, least: int = 0, most: int = MOST) -> int:
        """A whole number within bounds."""
        said = self.take(name)
        if isinstance(said, int) and least <= said <= most:
            return said
        raise wrong(
            f"{self.where}.{name}",
            f"een heel getal van {least} tot en met {most}",
            f"a whole number from {least} to {most}",
        )

    def version(self, name: str) -> int:
        """1, 2, 3 …"""
        return self.count(name, 1)

    def leaves(self, name: str) -> int:
        """How many leaves a tree has: never how many homes."""
        said = self.count(name, FEWEST_LEAVES, MOST_LEAVES)
        if said & (said - 1):
            raise wrong(
                f"{self.where}.{name}",
                "een macht van twee, zodat niemand huizen telt",
                "a power of two, so that nobody counts homes",
            )
        return said

    def told(self, name: str) -> int:
        """How many there are, which is told from ten on."""
        said = self.count(name)
        if 0 < said < FEWEST_TOLD:
            raise wrong(
                f"{self.where}.{name}",
                f"0, of {FEWEST_TOLD} of meer: een klein aantal wordt niet verteld",
                f"0, or {FEWEST_TOLD} or more: a small number is not told",
            )
        return said

    def texts(self, name: str) -> tuple[str, ...]:
        """A sorted list of names, each once."""
        said = self.take(name)
        if isinstance(said, list):
            names = [one for one in said if isinstance(one, str) and NAME.fullmatch(one)]
            if len(names) == len(said) and sorted(set(names)) == names:
                return tuple(names)
        raise wrong(f"{self.where}.{name}", "een lijst namen op volgorde", "a sorted list of names")

    def each(self, name: str, read: Callable[[Word, str], T]) -> tuple[T, ...]:
        """A list, each read in the same way."""
        said = self.take(name)
        if not isinstance(said, list):
            raise wrong(f"{self.where}.{name}", "een lijst", "a list")
        return tuple(read(one, f"{self.where}.{name}[{place}]") for place, one in enumerate(said))

    def one(self, name: str, read: Callable[[Word, str], T]) -> T:
        """An object of its own."""
        return read(self.take(name), f"{self.where}.{name}")

    def _text(self, name: str, form: re.Pattern[str], nl: str, en: str) -> str:
        said = self.take(name)
        if isinstance(said, str) and form.fullmatch(said):
            return said
        raise wrong(f"{self.where}.{name}", nl, en)


def wrong(where: str, nl: str, en: str) -> Refusal:
    """The refusal of a field, by what belongs there."""
    return Refusal(Code.FORM, f"in {where} hoort {nl}", f"{where} has to be {en}")


def hash_in(said: Word, where: str) -> bytes:
    """A hash of a list, as bytes."""
    if isinstance(said, str) and _HASH.fullmatch(said):
        return bytes.fromhex(said)
    raise wrong(where, "64 tekens klein hex", "64 characters of small hex")


Read = Callable[[Fields, str], Any]
"""How a field is read."""
