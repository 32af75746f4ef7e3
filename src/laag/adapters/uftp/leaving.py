"""What a street says to its grid operator, held against the register before it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from laag.adapters.neighbourhood.leaving import passes
from laag.adapters.uftp.wire import Message
from laag.foundation.data import Purpose

STREET = "AGR"


def leaves(message: Message) -> None:
    """Nothing where all that it says is registered; else ``Stays``: an EAN is in no message of ours."""
    passes((f"uftp.{name}" for name in _said(message)), Purpose.FLEXIBILITY)


def _said(part: Message) -> Iterator[str]:
    """Every name under which something is said, of its parts as well."""
    for field in fields(part):
        value = getattr(part, field.name)
        if value is None or value == []:
            continue
        yield field.name
        for one in value if isinstance(value, list) else [value]:
            if is_dataclass(one):
                yield from _said(one)
