"""Protocol buffers, as far as CometBFT's application socket needs them: a dataclass is a message, its fields say their numbers.

Of our own, in a hundred lines, and not a package with generated code: twenty small messages change less often than a
package's runtime has to agree with its generator.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from laag.foundation.errors import BadInput
from laag.ledger.protobuf import message as _message
from laag.ledger.protobuf import varint

M = TypeVar("M")
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_TORN = "a message of CometBFT is torn: {}; both ends are to be of one version, 0.38"


def at(number: int, default: Any) -> Any:
    """A field of a message under its number; what is as by default is not sent."""
    return field(default=default, metadata={"number": number})


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    number: int
    many: bool
    kind: type
    default: Any


@cache
def _parts(message: Hashable) -> dict[int, _Part]:
    hints = get_type_hints(message)
    kind = cast("Any", message)
    return {
        one.metadata["number"]: _Part(one.name, one.metadata["number"], *_kind(hints[one.name]), one.default)
        for one in fields(kind)
    }


def _kind(hint: Any) -> tuple[bool, type]:
    if get_origin(hint) is tuple:
        return True, get_args(hint)[0]
    if isinstance(hint, UnionType):
        return False, next(kind for kind in get_args(hint) if kind is not type(None))
    return False, hint


def read_varint(data: bytes | bytearray | memoryview, start: int) -> tuple[int, int] | None:
    """A number and where it ends; ``None`` where it is not all there yet."""
    number = 0
    for place, byte in enumerate(data[start : start + 10]):
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number & ((1 << 64) - 1), start + place + 1
    if len(data) - start >= 10:
        raise BadInput(_TORN.format("a number does not end"))
    return None


def encoded(message: Any) -> bytes:
    """A message as bytes, its fields in the order of their numbers.

    >>> @dataclass(frozen=True)
    ... class Tx:
    ...     data: bytes = at(1, b"")
    ...     again: bool = at(2, False)
    >>> encoded(Tx(b"abc")).hex(), decoded(Tx, encoded(Tx(b"", True)))
    ('0a03616263', Tx(data=b'', again=True))
    """
    out: list[bytes] = []
    for number, part in sorted(_parts(cast("Hashable", type(message))).items()):
        value = getattr(message, part.name)
        if part.many:
            out += [_field(number, one) for one in value]
        elif value is not None and value != part.default:
            out.append(_field(number, value))
    return b"".join(out)


def _field(number: int, value: Any) -> bytes:
    if isinstance(value, int):
        return varint(number << 3 | _VARINT) + varint(value)
    body = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else encoded(value)
    return _message(number, body)


def decoded(kind: type[M], data: bytes) -> M:
    """A message from its bytes; fields that this version does not know are passed over."""
    parts = _parts(cast("Hashable", kind))
    values: dict[str, Any] = {}
    for number, wire, raw in _fields(data):
        part = parts.get(number)
        if part is None:
            continue
        if wire != (_VARINT if issubclass(part.kind, int) else _BYTES):
            raise BadInput(_TORN.format(f"field {number} of {kind.__name__} has wire type {wire}"))
        value = _value(part.kind, raw)
        if part.many:
            values.setdefault(part.name, []).append(value)
        else:
            values[part.name] = value
    return kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    )


def _value(kind: type, raw: int | bytes) -> Any:
    if isinstance(raw, int):
        return bool(raw) if kind is bool else raw - (1 << 64) if raw >> 63 else raw
    if is_dataclass(kind):
        return decoded(kind, raw)
    return raw if kind is bytes else raw.decode("utf-8", "replace")


def _fields(data: bytes) -> Iterator[tuple[int, int, int | bytes]]:
    place = 0
    while place < len(data):
        tag, place = _whole(data, place)
        number, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            raw, place = _whole(data, place)
            yield number, wire, raw
            continue
        match wire:
            case 2:
                size, place = _whole(data, place)
            case 1:
                size = 8
            case 5:
                size = 4
            case _:
                raise BadInput(_TORN.format(f"there is no wire type {wire}"))
        if place + size > len(data):
            raise BadInput(_TORN.format(f"field {number} says {size} bytes"))
        yield number, wire, data[place : place + size]
        place += size


def _whole(data: bytes, place: int) -> tuple[int, int]:
    found = read_varint(data, place)
    if found is None:
        raise BadInput(_TORN.format("it ends within a number"))
    return found
