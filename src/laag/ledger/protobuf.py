"""As much of protobuf as it takes to write what a CometBFT validator signs, byte for byte."""

from __future__ import annotations

_MASK = 2**64 - 1


def varint(value: int) -> bytes:
    """A whole number, seven bits a byte; a negative one as 64 bits.

    >>> varint(300).hex(), len(varint(-1))
    ('ac02', 10)
    """
    left, found = value & _MASK, bytearray()
    while left > 0x7F:
        found.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes((*found, left))


def number(field: int, value: int) -> bytes:
    """A varint field; zero is left out."""
    return varint(field << 3) + varint(value) if value else b""


def fixed64(field: int, value: int) -> bytes:
    """A field of eight bytes; zero is left out."""
    return varint(field << 3 | 1) + value.to_bytes(8, "little", signed=True) if value else b""


def blob(field: int, value: bytes) -> bytes:
    """Bytes, words or a message; empty ones are left out."""
    return message(field, value) if value else b""


def message(field: int, value: bytes) -> bytes:
    """A message that is written also where it is empty."""
    return varint(field << 3 | 2) + delimited(value)


def delimited(value: bytes) -> bytes:
    """A message after its length."""
    return varint(len(value)) + value
