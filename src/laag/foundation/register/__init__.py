"""The register: one entry for each field that leaves a home or a street. What is not here cannot be sent.

Each module holds the fields of some messages or answers; whoever sends something new adds them here, with the reason
why nothing less would do, and the page "What leaves my home", the documentation and the boundary know of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from laag.foundation.data import Field, Purpose, Scale
from laag.foundation.errors import BadInput
from laag.foundation.register import answers, calls, charter, commons, everyone, messages, outside, street


def registered(*tables: Iterable[Field]) -> Mapping[str, Field]:
    """Fields by name, each once."""
    found: dict[str, Field] = {}
    for field in (one for table in tables for one in table):
        if field.name in found:
            raise BadInput(f"the register has {field.name} twice; keep one of the two")
        found[field.name] = field
    return MappingProxyType(found)


REGISTER: Mapping[str, Field] = registered(
    answers.FIELDS,
    calls.FIELDS,
    charter.FIELDS,
    commons.FIELDS,
    everyone.FIELDS,
    messages.FIELDS,
    outside.FIELDS,
    street.FIELDS,
)


def least(purpose: Purpose, scale: Scale) -> tuple[Field, ...]:
    """The least that a purpose needs at a scale: all that may be used for it there, and nothing else.

    >>> [one.name for one in least(Purpose.ADVERTISING, Scale.HOME)]
    []
    """
    return tuple(one for one in REGISTER.values() if one.scale is scale and one.serves(purpose))
