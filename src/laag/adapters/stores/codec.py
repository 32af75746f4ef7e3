"""Events as bytes: a canonical JSON head, then each column as little-endian int64 or float64.

The same event gives the same bytes on every machine; compression comes after hashing, since compressors differ
between versions.
"""

from __future__ import annotations

import json
from math import prod
from typing import Any

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.ports import Column, Event

_KINDS = {"i": np.dtype("<i8"), "f": np.dtype("<f8")}


def encode(event: Event) -> bytes:
    """Canonical bytes of an event.

    >>> import numpy as np
    >>> event = Event("reading", "2025-01-01", {"home": "nr-1"}, {"wh": np.array([1, 2])})
    >>> decode("reading", "2025-01-01", encode(event)).columns["wh"].tolist()
    [1, 2]
    """
    columns = sorted(event.columns.items())
    head = {
        "facts": dict(event.facts),
        "columns": [[name, _code(name, column), list(column.shape)] for name, column in columns],
    }
    text = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    body = [np.ascontiguousarray(column, _KINDS[_code(name, column)]).tobytes() for name, column in columns]
    encoded = text.encode()
    return b"".join([len(encoded).to_bytes(4, "big"), encoded, *body])


def decode(kind: str, key: str, data: bytes) -> Event:
    """The event that ``encode`` was given."""
    size = int.from_bytes(data[:4], "big")
    head: dict[str, Any] = json.loads(data[4 : 4 + size])
    at = 4 + size
    columns: dict[str, Column] = {}
    for name, code, shape in head["columns"]:
        count = prod(shape)
        flat = np.frombuffer(data, _KINDS[code], count, at)
        columns[name] = flat.astype(flat.dtype.newbyteorder("=")).reshape(shape)
        at += 8 * count
    return Event(kind, key, head["facts"], columns)


def _code(name: str, column: Column) -> str:
    code = column.dtype.kind
    if code not in _KINDS or column.dtype.itemsize != 8:
        raise BadInput(f"column {name} is {column.dtype}; events hold int64 and float64 only")
    return code
