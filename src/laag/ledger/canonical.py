r"""The one way to write something down before it is hashed or signed: a small part of JSON, always the same bytes.

Whole numbers below 2^63 in size, strings of printable ASCII without ``"`` and ``\``, lists, and objects with sorted
names; no spaces between them. What would not come out the same when it is written again is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from laag.ledger.refused import Code, Refusal

Word: TypeAlias = int | str | list["Word"] | dict[str, "Word"]
"""What is read."""
Words: TypeAlias = dict[str, Word]
Writable: TypeAlias = int | str | Sequence["Writable"] | Mapping[str, "Writable"]
"""What can be written."""

DEEPEST = 16
ENTRY_BYTES = 16 * 1024
EVIDENCE_BYTES = 1024 * 1024
_TEXT = re.compile(r"[ !#-\[\]-~]*")
_STRING = re.compile(rb'"([ !#-\[\]-~]*)"')
_NUMBER = re.compile(rb"0|-?[1-9][0-9]{0,18}")
_SIZE = 2**63


def encode(value: Writable) -> bytes:
    """The canonical bytes.

    >>> encode({"wh": [120, -5], "by": "coop"})
    b'{"by":"coop","wh":[120,-5]}'
    >>> encode({"price": 0.25})
    Traceback (most recent call last):
    laag.ledger.refused.Refusal: a ledger holds whole numbers, plain words, lists and objects; 0.25 is none of them
    """
    return _written(value).encode("ascii")


def decode(data: bytes, at_most: int = ENTRY_BYTES) -> Word:
    """What canonical bytes say.

    >>> decode(b'{"by":"coop","wh":[120,-5]}')
    {'by': 'coop', 'wh': [120, -5]}
    >>> decode(b'{"wh": 1}')
    Traceback (most recent call last):
    laag.ledger.refused.Refusal: byte 6 is not written the canonical way: an object, list, string or whole number begins here
    """
    if len(data) > at_most:
        raise Refusal(
            Code.TOO_LONG,
            f"{len(data)} bytes is te lang; er mogen er {at_most} zijn, zet een wortel op het grootboek in plaats van de regels",
            f"{len(data)} bytes are too long; there may be {at_most}, commit a root in the place of the lines",
        )
    value, end = _read(data, 0, DEEPEST)
    if end != len(data):
        raise _not_canonical(end, "hier is het af", "it ends here")
    return value


def _written(value: Writable) -> str:
    match value:
        case bool():
            pass
        case int() if -_SIZE < value < _SIZE:
            return str(int(value))
        case str() if _TEXT.fullmatch(value):
            return f'"{value}"'
        case list() | tuple():
            return f"[{','.join(map(_written, value))}]"
        case Mapping() if all(isinstance(name, str) for name in value):
            return f"{{{','.join(f'{_written(name)}:{_written(value[name])}' for name in sorted(value))}}}"
        case _:
            pass
    raise Refusal(
        Code.FORM,
        f"een grootboek bevat hele getallen, gewone woorden, lijsten en objecten; {repr(value)[:80]} is geen daarvan",
        f"a ledger holds whole numbers, plain words, lists and objects; {repr(value)[:80]} is none of them",
    )


def _read(data: bytes, at: int, deeper: int) -> tuple[Word, int]:
    if string := _STRING.match(data, at):
        return string[1].decode("ascii"), string.end()
    if number := _NUMBER.match(data, at):
        value = int(number[0])
        if -_SIZE < value < _SIZE:
            return value, number.end()
    elif deeper and (opens := data[at : at + 1]) in {b"{", b"["}:
        return _object(data, at + 1, deeper - 1) if opens == b"{" else _list(data, at + 1, deeper - 1)
    raise _not_canonical(
        at,
        "hier begint een object, lijst, woord of heel getal",
        "an object, list, string or whole number begins here",
    )


def _list(data: bytes, at: int, deeper: int) -> tuple[list[Word], int]:
    found: list[Word] = []
    if data[at : at + 1] == b"]":
        return found, at + 1
    while True:
        value, at = _read(data, at, deeper)
        found.append(value)
        if data[at : at + 1] != b",":
            return found, _closed(data, at, b"]")
        at += 1


def _object(data: bytes, at: int, deeper: int) -> tuple[Words, int]:
    found: Words = {}
    last: str | None = None
    if data[at : at + 1] == b"}":
        return found, at + 1
    while True:
        name = _STRING.match(data, at)
        if not name or data[name.end() : name.end() + 1] != b":":
            raise _not_canonical(
                at, "hier staat een naam met een dubbele punt", "a name and a colon stand here"
            )
        said = name[1].decode("ascii")
        if last is not None and said <= last:
            raise _not_canonical(at, "namen staan op volgorde, elk een keer", "names are sorted, each once")
        found[said], at = _read(data, name.end() + 1, deeper)
        last = said
        if data[at : at + 1] != b",":
            return found, _closed(data, at, b"}")
        at += 1


def _closed(data: bytes, at: int, by: bytes) -> int:
    if data[at : at + 1] != by:
        raise _not_canonical(at, f"hier staat , of {by.decode()}", f", or {by.decode()} stands here")
    return at + 1


def _not_canonical(at: int, nl: str, en: str) -> Refusal:
    return Refusal(
        Code.FORM,
        f"byte {at} is niet op de vaste manier geschreven: {nl}",
        f"byte {at} is not written the canonical way: {en}",
    )
