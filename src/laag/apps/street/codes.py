"""Codes with which a home becomes a member: made by the operator, used once, and gone when they are old."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from laag.cycle.live import Neighbourhood
from laag.foundation.errors import BadInput
from laag.foundation.ports import Records
from laag.neighbourhood.people.kinds import ABOUT, MemberKind
from laag.settlement import bands

KIND = "code"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L: it is read from paper."""
LETTERS = 8
GOOD_FOR = timedelta(days=14)
USUAL = "3x25A"
"""The connection of most homes."""
PAGE = "/enrol"
"""Where the link of a code leads. The code is part of what is asked, so that it works without scripts."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code, and who used it."""

    code: str
    cable: str
    note: str
    expires: datetime
    public_key: str | None = None
    member: str | None = None
    connection: str = USUAL
    """As the grid operator's tariffs name it."""
    kind: MemberKind = MemberKind.PERSON
    lived_in: bool = True
    """Whether the connection has a function to stay in."""
    follows: str = ""
    """Which member's connection is taken over; empty: nobody's."""

    @property
    def used(self) -> bool:
        """Whether a home has taken it."""
        return self.public_key is not None

    def body(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "cable": self.cable,
            "connection": self.connection,
            "kind": self.kind.value,
            "lived_in": self.lived_in,
            "follows": self.follows,
            "note": self.note,
            "expires": self.expires.isoformat(),
            "public_key": self.public_key,
            "member": self.member,
        }


def connections(place: Neighbourhood) -> tuple[str, ...]:
    """Those that the grid operator has a tariff for: any other would leave a home without a bill; the usual one first."""
    found = bands.connections(place.terms.policy, place.terms.facts, place.grid_operator)
    return tuple(sorted(found, key=lambda one: one != USUAL))


def made(
    records: Records,
    cable: str,
    note: str,
    now: datetime,
    connection: str = USUAL,
    *,
    kind: MemberKind = MemberKind.PERSON,
    lived_in: bool | None = None,
    follows: str = "",
    good_for: timedelta = GOOD_FOR,
) -> Code:
    """A code that was not there before; whether the connection is lived in is as usual for its kind, where nobody says."""
    stays = ABOUT[kind].usually_lived_in if lived_in is None else lived_in
    while True:
        code = Code(
            _letters(),
            cable,
            note,
            now + good_for,
            connection=connection,
            kind=kind,
            lived_in=stays,
            follows=follows,
        )
        if records.put_if(KIND, code.code, None, code.body()):
            return code


def claimed(records: Records, given: str, public_key: str, now: datetime) -> Code | None:
    """The code, now this key's; the same again for the same key, and ``None`` where it is not to be had.

    It is taken before the home becomes a member: should all stop in between, only the same key can go on.
    """
    name = plain(given)
    while (body := records.get(KIND, name)) is not None:
        code = _code(name, body)
        if code.used:
            return code if code.public_key == public_key else None
        if now > code.expires:
            return None
        mine = replace(code, public_key=public_key, member=f"m-{secrets.token_hex(4)}")
        if records.put_if(KIND, name, body, mine.body()):
            return mine
    return None


def found(records: Records, given: str) -> Code | None:
    """A code, whether or not it can still be used."""
    name = plain(given)
    body = records.get(KIND, name)
    return None if body is None else _code(name, body)


def link(base: str, one: Code) -> str:
    """Where a resident reads what the code is for.

    >>> link("http://kade.example/", Code("K7QP3MXA", "", "", datetime(2026, 3, 28)))
    'http://kade.example/enrol?code=K7QP-3MXA'
    """
    return f"{base.rstrip('/')}{PAGE}?code={shown(one.code)}"


def listed(records: Records) -> list[Code]:
    """All codes."""
    return [_code(name, body) for name, body in records.list(KIND)]


def withdrawn(records: Records, given: str) -> bool:
    """Forget a code that nobody used; ``False`` where there is none such."""
    name = plain(given)
    body = records.get(KIND, name)
    return body is not None and not _code(name, body).used and records.put_if(KIND, name, body, None)


def plain(given: str) -> str:
    """A code as it is kept, however it was typed.

    >>> plain(" k7qp-3mxa ")
    'K7QP3MXA'
    """
    return "".join(letter for letter in given.upper() if letter.isalnum())[:40]


def shown(code: str) -> str:
    """A code as it is read aloud.

    >>> shown("K7QP3MXA")
    'K7QP-3MXA'
    """
    return f"{code[:4]}-{code[4:]}"


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def _code(name: str, body: Mapping[str, Any]) -> Code:
    try:
        expires = datetime.fromisoformat(body["expires"])
        # A code that was made before codes had a connection is for the usual one.
        connection = str(body.get("connection", USUAL))
        return Code(
            name,
            body["cable"],
            body["note"],
            expires,
            body["public_key"],
            body["member"],
            connection,
            MemberKind(body.get("kind", MemberKind.PERSON.value)),
            bool(body.get("lived_in", True)),
            str(body.get("follows", "")),
        )
    except (KeyError, TypeError, ValueError) as odd:
        raise BadInput(f"the record of the code {name} cannot be read ({odd}); withdraw it") from odd
