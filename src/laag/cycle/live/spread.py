"""What is known of each of many members, where one of them speaks at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.packing import narrow

Value = TypeVar("Value")
Other = TypeVar("Other")
_PARTS = 64
_NOTHING: tuple[dict[str, object], ...] = ({},) * _PARTS


class Spread(Mapping[str, Value]):
    """A mapping that is never changed; one with an entry more shares nearly all with the one before.

    Copying a dictionary of 2,000 members for each of their messages takes 15 µs, this 2.

    >>> one = Spread().plus("ann", 1)
    >>> two = one.plus("bob", 2).plus("ann", 3)
    >>> one, two == {"ann": 3, "bob": 2}, len(two)
    (Spread({'ann': 1}), True, 2)
    """

    __slots__ = ("_count", "_parts")

    def __init__(self) -> None:
        self._parts: tuple[dict[str, Value], ...] = _NOTHING  # type: ignore[assignment]  # all empty, and never changed
        self._count = 0

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Value]]) -> Spread[Value]:
        """These entries, in an order that ``items`` gives again."""
        parts: tuple[dict[str, Value], ...] = tuple({} for _ in range(_PARTS))
        for key, value in entries:
            parts[_part(key)][key] = value
        whole: Spread[Value] = Spread()
        whole._parts, whole._count = parts, sum(map(len, parts))
        return whole

    def plus(self, key: str, value: Value) -> Spread[Value]:
        """The same with this entry, in the place of one of the same name."""
        at = _part(key)
        before = self._parts[at]
        more: Spread[Value] = Spread()
        more._parts = (*self._parts[:at], {**before, key: value}, *self._parts[at + 1 :])
        more._count = self._count + (key not in before)
        return more

    def __getitem__(self, key: str) -> Value:
        return self._parts[_part(key)][key]

    @overload
    def get(self, key: str, /) -> Value | None: ...
    @overload
    def get(self, key: str, default: Value | Other, /) -> Value | Other: ...
    def get(self, key: str, default: object = None, /) -> object:
        """The entry, or this; asked for every message, and twice as soon as by way of an exception."""
        return self._parts[_part(key)].get(key, default)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._parts[_part(key)]

    def __iter__(self) -> Iterator[str]:
        return (key for part in self._parts for key in part)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"Spread({dict(self)})"


def _part(key: str) -> int:
    # Not the language's own hash, which differs from process to process.
    return crc32(key.encode()) % _PARTS


@dataclass(frozen=True, slots=True, eq=False)
class Filed(Mapping[str, Value]):
    """Each member's quarter-hours of a day about which little is said any more, as one narrow table.

    >>> filed = Filed.of({"ann": 0, "bob": 1}, Spread().plus("bob", np.array([7, -300])))
    >>> filed["bob"].tolist(), "ann" in filed, filed.table.dtype.name
    ([7, -300], False, 'int16')
    >>> filed.plus("ann", np.array([1, 2]))["ann"].tolist()
    [1, 2]
    """

    row_of: Mapping[str, int]
    told: NDArray[np.bool_]
    """Of whom there is a row."""
    table: NDArray[np.generic]
    kind: str
    """Of the numbers that are given out."""
    since: Spread[Value] = field(default_factory=Spread)

    @classmethod
    def of(cls, row_of: Mapping[str, int], each: Mapping[str, Any]) -> Filed[Any]:
        """What is known of each; nobody is told of who has no row."""
        told = np.zeros(len(row_of), np.bool_)
        some = next(iter(each.values()), np.zeros(0, np.int64))
        whole = np.zeros((len(row_of), len(some)), some.dtype)
        for name, values in each.items():
            whole[row_of[name]], told[row_of[name]] = values, True
        return cls(row_of, told, narrow(whole), some.dtype.name)

    def plus(self, key: str, value: Value) -> Filed[Value]:
        """The same with this entry, in the place of one of the same name."""
        return replace(self, since=self.since.plus(key, value))

    def __getitem__(self, key: str) -> Value:
        if (newer := self.since.get(key)) is not None:
            return newer
        row = self.row_of[key]
        if not self.told[row]:
            raise KeyError(key)
        values: Any = self.table[row].astype(self.kind)
        found: Value = values
        return found

    def __iter__(self) -> Iterator[str]:
        first = (name for name, row in self.row_of.items() if self.told[row] and name not in self.since)
        yield from first
        yield from self.since

    def __len__(self) -> int:
        return sum(1 for _ in self)
