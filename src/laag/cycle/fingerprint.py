"""One short name for a whole input: equal inputs have equal names, whatever they are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

import numpy as np


def fingerprint(value: Any) -> str:
    """The SHA-256 of a value made of dataclasses, arrays, words and numbers, field by field in order.

    >>> fingerprint((1, "a")) == fingerprint((1, "a")), fingerprint(1) == fingerprint("1")
    (True, False)
    """
    whole = hashlib.sha256()
    _feed(whole, value)
    return whole.hexdigest()


def _feed(whole: Any, value: Any) -> None:
    match value:
        case np.ndarray():
            plain = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
            _word(whole, f"array {plain.dtype.str} {plain.shape}")
            whole.update(plain.tobytes())
        case Enum():
            _word(whole, f"enum {type(value).__name__}.{value.name}")
        case None | bool() | int() | float() | str():
            _word(whole, f"{type(value).__name__} {value!r}")
        case date() | datetime() | tzinfo():
            _word(whole, f"{type(value).__name__} {value}")
        case Mapping():
            _word(whole, f"mapping {len(value)}")
            for key in sorted(value):
                _feed(whole, key)
                _feed(whole, value[key])
        case frozenset():
            _word(whole, f"set {len(value)}")
            for one in sorted(fingerprint(one) for one in value):
                _word(whole, one)
        case tuple() | list():
            _word(whole, f"sequence {len(value)}")
            for one in value:
                _feed(whole, one)
        case _ if is_dataclass(value):
            _word(whole, type(value).__name__)
            for field in fields(value):
                said = getattr(value, field.name)
                if "later" in field.metadata and (said is None or said == field.default):
                    continue  # a run that was stored before the field was there can still go on
                _word(whole, field.name)
                _feed(whole, said)
        case _:
            raise TypeError(f"a {type(value).__name__} has no fingerprint")


def _word(whole: Any, text: str) -> None:
    data = text.encode()
    whole.update(len(data).to_bytes(8, "big") + data)
