"""What is looked at before a message is parsed: its size, its depth, and that every word in it has the shape that UFTP gives it.

XML can do more than a message needs: name files to be read, grow a thousandfold, say one number in many ways. None of
that is in UFTP, so none of it comes further than here.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from laag.adapters.uftp.words import shape_of
from laag.foundation.errors import BadInput

MOST_BYTES = 2 * 2**20
"""A month of a settlement fits many times over."""
_DEEPEST = 6
_MOST_ELEMENTS = 20_000
_MOST_ATTRIBUTES = 40
_LONGEST_WORD = 1_000
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES = re.compile(rb"<!\s*(doctype|entity|element|attlist|notation)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")


class Unreadable(BadInput):
    """Bytes that are no message of UFTP 3.1; the transport answers 400."""


def guarded(data: bytes, most_bytes: int = MOST_BYTES) -> bytes:
    """The same bytes, once nothing in them is more than a message needs.

    >>> guarded(b'<!DOCTYPE x [<!ENTITY a "b">]><FlexOffer/>')
    Traceback (most recent call last):
    laag.adapters.uftp.guard.Unreadable: the message names a document type; UFTP has none, leave it out
    """
    if len(data) > most_bytes:
        raise Unreadable(f"the message has {len(data)} bytes and may have {most_bytes}; send it in parts")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as odd:
        raise Unreadable(f"the message is not UTF-8 (byte {odd.start}); UFTP is") from odd
    said = _ENCODING.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if said and said[1].lower() not in {b"utf-8", b"utf8"}:
        raise Unreadable(f"the message says it is {said[1].decode()}; UFTP is UTF-8")
    if _TYPES.search(data):
        raise Unreadable("the message names a document type; UFTP has none, leave it out")
    _Walk().over(data)
    return data


class _Walk:
    """Once through, counting."""

    def __init__(self) -> None:
        self._depth = self._elements = 0

    def over(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _no_types
        parser.ProcessingInstructionHandler = _no_instructions
        parser.XmlDeclHandler = _plainly_declared
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = _only_space
        try:
            parser.Parse(data, True)
        except expat.ExpatError as odd:
            raise Unreadable(f"the message is not XML ({odd})") from odd

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST:
            raise Unreadable(f"elements stand {self._depth} deep in one another; in UFTP at most {_DEEPEST}")
        if self._elements > _MOST_ELEMENTS:
            raise Unreadable(f"the message has more than {_MOST_ELEMENTS} elements; send it in parts")
        if "}" in name:
            raise Unreadable(
                f"{name.rpartition('}')[2]} is in the namespace {name.rpartition('}')[0]}; UFTP has none"
            )
        if len(attributes) > _MOST_ATTRIBUTES:
            raise Unreadable(f"{name} has {len(attributes)} attributes; in UFTP at most {_MOST_ATTRIBUTES}")
        for key, word in attributes.items():
            _shaped(name, key, word)

    def _ends(self, _: str) -> None:
        self._depth -= 1


def _shaped(element: str, key: str, word: str) -> None:
    if key.startswith(_XSI):
        raise Unreadable(f"{element} says of which schema or type it is; UFTP follows from its name alone")
    if key == "Body":
        return
    if len(word) > _LONGEST_WORD:
        raise Unreadable(f"{key} of {element} has {len(word)} characters; at most {_LONGEST_WORD}")
    if (shape := shape_of(element, key)) is not None and not shape.fits(word):
        raise Unreadable(f"{key} of {element} is {word[:60]!r}; {shape.way_out}")


def _plainly_declared(version: str, *_: object) -> None:
    if version != "1.0":
        raise Unreadable(f"the message says it is XML {version[:20]!r}; UFTP is XML 1.0")


def _no_types(*_: object) -> None:
    raise Unreadable("the message names a document type; UFTP has none, leave it out")


def _no_instructions(target: str, _: str) -> None:
    raise Unreadable(f"the message has an instruction {target[:40]!r} for a program; UFTP has none")


def _only_space(text: str) -> None:
    if text.strip():
        raise Unreadable(f"there is text between the elements ({text.strip()[:40]!r}); UFTP has none")
