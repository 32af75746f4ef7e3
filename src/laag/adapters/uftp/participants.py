"""Who takes part: by domain and role, where it listens and with which keys it signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from laag.adapters.uftp.signing import public_hex
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Participant:
    """One of them."""

    domain: str
    role: str
    endpoint: str
    public_keys: tuple[str, ...]
    """In hex; two while a key changes."""
    barred: bool = False
    """What it sends is refused."""

    @classmethod
    def of(cls, domain: str, role: str, endpoint: str, *keys: str, barred: bool = False) -> Participant:
        """From what stands in a file."""
        if not endpoint.startswith(("http://", "https://")):
            raise BadInput(
                f"the endpoint of {domain} is {endpoint!r}; write it as https://HOST/shapeshifter/api/v3/message"
            )
        return cls(domain, role, endpoint, tuple(public_hex(key) for key in keys), barred)


class Participants(Protocol):
    """A list, or a directory that somebody else keeps."""

    def find(self, domain: str, role: str) -> Participant | None:
        """Whoever has this domain and role; ``None`` where nobody is known."""
        ...


class Listed:
    """The participants of a file.

    >>> Listed([]).find("dso.example", "DSO") is None
    True
    """

    def __init__(self, participants: Iterable[Participant]) -> None:
        self._known = {(one.domain, one.role): one for one in participants}

    def find(self, domain: str, role: str) -> Participant | None:
        """Whoever has this domain and role."""
        return self._known.get((domain, role))

    def of_role(self, role: str) -> list[Participant]:
        """All with this role, by domain."""
        return [one for (_, had), one in sorted(self._known.items()) if had == role]
