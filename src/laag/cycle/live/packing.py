"""Values of the state as few bytes, and back: plain numbers and words, of which nothing is ever run.

Only types that are named when it is read come out of it. What several places share is written once, and shared again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_NARROW = (np.int8, np.int16, np.int32)
_COUNT_BYTES = 8


def narrow(array: Array) -> Array:
    """The same whole numbers in as few bytes each as they fit in; what is not of whole numbers stays as it is.

    >>> narrow(np.array([-3, 200])).dtype.name, narrow(np.array([0.5])).dtype.name
    ('int16', 'float64')
    """
    if array.dtype.kind != "i" or not array.size:
        return array
    low, high = array.min(), array.max()
    fits = (one for one in _NARROW if np.iinfo(one).min <= low and high <= np.iinfo(one).max)
    return array.astype(next(fits, np.int64))


class Packer:
    """Makes trees of values; the columns of numbers in them stand beside them, each once."""

    def __init__(self) -> None:
        self.columns: list[bytes] = []
        self._at: dict[int, int] = {}
        # What was written stays alive, or another value would get its place in memory.
        self._alive: list[object] = []

    def tree(self, value: object) -> bytes:
        """One value, whose columns come behind those before."""
        branch = _Branch(self)
        branch.write(value)
        return zlib.compress(bytes(branch.written), 1)

    def column(self, array: Array) -> int:
        """The number of a column."""
        at = self._at.get(id(array))
        if at is None:
            at = self._at[id(array)] = len(self.columns)
            self._alive.append(array)
            self.columns.append(_pressed(array))
        return at


class _Branch:
    def __init__(self, packer: Packer) -> None:
        self.written = bytearray()
        self._packer = packer
        self._seen: dict[int | str, int] = {}
        self._count = 0
        self._alive: list[object] = []

    def write(self, value: object) -> None:
        match value:
            case None:
                self.written += b"N"
            case bool():
                self.written += b"T" if value else b"F"
            case int():
                self.written += b"I" + _sized(value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))
            case datetime():
                self.written += b"M" + _sized(value.isoformat().encode())
            case date():
                self.written += b"D" + value.toordinal().to_bytes(4, "big")
            case bytes():
                self.written += b"B" + _sized(value)
            case np.ndarray():
                self.written += b"A" + self._packer.column(value).to_bytes(4, "big")
            case str():
                self._once(value, value)
            case _:
                self._once(id(value), value)

    def _once(self, known_by: int | str, value: object) -> None:
        at = self._seen.get(known_by)
        if at is not None:
            self.written += b"X" + at.to_bytes(4, "big")
            return
        self._compound(value)
        self._alive.append(value)
        self._seen[known_by] = self._count
        self._count += 1

    def _compound(self, value: object) -> None:
        match value:
            case str():
                self.written += b"S" + _sized(value.encode("utf-8", "surrogatepass"))
            case tuple():
                self._all(b"t", value)
            case _ if is_dataclass(value):
                self.written += b"c" + _sized(type(value).__name__.encode())
                self._all(b"t", [getattr(value, one.name) for one in fields(value)])
            case Mapping():
                self._mapping(value)
            case _:
                raise TypeError(f"a {type(value).__name__} is not packed")

    def _all(self, tag: bytes, values: Sequence[object]) -> None:
        self.written += tag + len(values).to_bytes(4, "big")
        for one in values:
            self.write(one)

    def _mapping(self, value: Mapping[Any, Any]) -> None:
        """By columns where all values are alike: two thousand lists of orders are five columns then."""
        self.written += b"m" + _sized(type(value).__name__.encode())
        keys, values = list(value), list(value.values())
        kinds = {type(one) for one in values}
        if kinds == {int} and all(abs(one) < 2**62 for one in values):
            self._all(b"i", keys)
            self._fresh(np.array(values, np.int64))
        elif kinds == {np.ndarray} and _alike(values):
            self._all(b"a", keys)
            self._joined(values)
        elif len(kinds) == 1 and _of_columns(values):
            self._all(b"r", keys)
            self.written += _sized(type(values[0]).__name__.encode())
            names = [one.name for one in fields(values[0])]
            self.written += len(names).to_bytes(4, "big")
            for name in names:
                self._joined([getattr(one, name) for one in values])
        else:
            self._all(b"p", keys)
            self._all(b"t", values)

    def _joined(self, arrays: Sequence[Array]) -> None:
        self._fresh(np.array([len(one) for one in arrays], np.int64))
        self._fresh(np.concatenate(arrays))

    def _fresh(self, array: Array) -> None:
        self.written += b"A" + self._packer.column(array).to_bytes(4, "big")


class Unpacker:
    """Gives back what a ``Packer`` was given, of these types."""

    def __init__(self, columns: Sequence[bytes | memoryview], types: Mapping[str, Any]) -> None:
        self._columns = columns
        self._types = types
        self._pulled: dict[int, Array] = {}

    def value(self, tree: bytes | memoryview) -> Any:
        """One value."""
        return _Reader(self, self._types, memoryview(zlib.decompress(tree))).read()

    def column(self, at: int) -> Array:
        """A column, the same one every time."""
        found = self._pulled.get(at)
        if found is None:
            found = self._pulled[at] = _pulled(self._columns[at])
        return found


class _Reader:
    def __init__(self, columns: Unpacker, types: Mapping[str, Any], tree: memoryview) -> None:
        self._columns, self._types, self._tree = columns, types, tree
        self._at = 0
        self._seen: list[Any] = []

    def read(self) -> Any:
        tag = bytes(self._take(1))
        match tag:
            case b"N":
                return None
            case b"T" | b"F":
                return tag == b"T"
            case b"I":
                return int.from_bytes(self._sized(), "big", signed=True)
            case b"D":
                return date.fromordinal(self._number())
            case b"M":
                return datetime.fromisoformat(self._word())
            case b"B":
                return bytes(self._sized())
            case b"A":
                return self._columns.column(self._number())
            case b"X":
                return self._seen[self._number()]
        value = self._compound(tag)
        self._seen.append(value)
        return value

    def _compound(self, tag: bytes) -> Any:
        match tag:
            case b"S":
                return str(self._sized(), "utf-8", "surrogatepass")
            case b"t":
                return tuple(self._all())
            case b"c":
                kind = self._types[self._word()]
                return kind(*self._all(self._take(1)))
            case b"m":
                return self._mapping(self._word())
        raise ValueError(f"no value begins with {tag!r}")

    def _mapping(self, kind: str) -> Any:
        form = bytes(self._take(1))
        keys = list(self._all())
        entries = zip(keys, self._values(form), strict=True)
        return dict(entries) if kind == "dict" else self._types[kind].of(entries)

    def _values(self, form: bytes) -> Iterator[Any]:
        match form:
            case b"i":
                return iter(self._array().tolist())
            case b"a":
                return iter(self._cut())
            case b"r":
                kind, columns = self._types[self._word()], self._number()
                return (kind(*one) for one in zip(*[self._cut() for _ in range(columns)], strict=True))
            case b"p":
                return self._all(self._take(1))
        raise ValueError(f"no mapping has the form {form!r}")

    def _all(self, _: object = None) -> Iterator[Any]:
        return iter([self.read() for _ in range(self._number())])

    def _cut(self) -> list[Array]:
        lengths = self._array()
        return np.split(self._array(), np.cumsum(lengths)[:-1])

    def _array(self) -> Array:
        self._take(1)
        return self._columns.column(self._number())

    def _word(self) -> str:
        return str(self._sized(), "utf-8")

    def _sized(self) -> memoryview:
        return self._take(self._number())

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "big")

    def _take(self, count: int) -> memoryview:
        some = self._tree[self._at : self._at + count]
        if len(some) < count:
            raise ValueError("what was packed ends half-way")
        self._at += count
        return some


def bound(parts: Sequence[bytes]) -> bytes:
    """Several pieces as one.

    >>> [bytes(part) for part in loose(bound([b"one", b"", b"three"]))]
    [b'one', b'', b'three']
    """
    counts = [len(parts), *(len(part) for part in parts)]
    return b"".join([*(count.to_bytes(_COUNT_BYTES, "big") for count in counts), *parts])


def loose(whole: bytes | memoryview) -> list[memoryview]:
    """The pieces that ``bound`` was given."""
    view = memoryview(whole)
    numbers = np.frombuffer(view[: len(view) // _COUNT_BYTES * _COUNT_BYTES], ">i8")
    count = int(numbers[0])
    ends = (count + 1) * _COUNT_BYTES + np.cumsum([0, *numbers[1 : count + 1].tolist()])
    return [view[start:end] for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]


def _sized(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _alike(values: Sequence[Array]) -> bool:
    return len({one.dtype for one in values}) == 1 and all(one.ndim == 1 for one in values)


def _of_columns(values: Sequence[Any]) -> bool:
    """Whether these are all plain columns side by side."""
    if not is_dataclass(values[0]):
        return False
    names = [one.name for one in fields(values[0])]
    return all(
        all(isinstance(one, np.ndarray) for one in column) and _alike(column)
        for column in ([getattr(value, name) for value in values] for name in names)
    )


def _pressed(array: Array) -> bytes:
    """One number where all are the same; else narrow, and compressed where that is worth it."""
    if array.dtype.kind not in "ibf":
        raise TypeError(f"a column of {array.dtype} is not packed")
    first = array.flat[:1]
    constant = array.size > 1 and array.dtype.kind != "f" and bool((array == first).all())
    kept = narrow(first if constant else np.ascontiguousarray(array))
    shape = np.array([constant, array.ndim, *array.shape], "<i8").tobytes()
    head = b"".join(f"{one.kind}{one.itemsize}".encode().ljust(4) for one in (array.dtype, kept.dtype))
    return head + shape + zlib.compress(kept.astype(kept.dtype.newbyteorder("<")).tobytes(), 1)


def _pulled(pressed: bytes | memoryview) -> Array:
    view = memoryview(pressed)
    kind, stored = (bytes(view[at : at + 4]).decode().strip() for at in (0, 4))
    constant, ndim = np.frombuffer(view[8:24], "<i8").tolist()
    ends = 24 + 8 * ndim
    shape = tuple(np.frombuffer(view[24:ends], "<i8").tolist())
    numbers = np.frombuffer(zlib.decompress(view[ends:]), f"<{stored}").astype(kind)
    whole = np.broadcast_to(numbers, shape) if constant else numbers.reshape(shape)
    whole.flags.writeable = False
    return whole
