"""What there is of a full cable, shared over connections: the same floor for all, then by band, then by the charter's key.

Whole Wh per PTU, either way. The sum never exceeds the capacity; with more capacity nobody gets less; who asked first does not
matter. Nobody is below the floor unless the capacity itself is below the sum of floors: then all get the same, and it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.apportion import apportioned
from laag.neighbourhood.limits_said import said

WH_PER_KW = 250
"""One kW for one PTU."""


class Way(IntEnum):
    """Which way the energy goes."""

    TAKES = 1
    GIVES = -1


class Rule(StrEnum):
    """How a limit came to be; each has its sentence."""

    SHARED = "shared"
    """Everybody has at least the floor."""
    BELOW_FLOOR = "below_floor"
    """There is too little even for that: all have the same."""
    SUN = "sun"
    """Panels give less, each the same share of what it makes."""
    DEVICES = "devices"
    """Large devices take less, after §14a EnWG."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Who shares: its fuse, its subscribed band, and its weight in the charter's key, in whole Wh per PTU and parts."""

    name: str
    most_wh: int
    band_wh: int
    key: int = 1

    def __post_init__(self) -> None:
        if min(self.most_wh, self.band_wh, self.key) < 0:
            raise BadInput(
                f"{self.name} has {self.most_wh} Wh, a band of {self.band_wh} Wh and the weight {self.key}; none is negative"
            )


@dataclass(frozen=True, slots=True)
class Share:
    """A connection's part of a capacity, and where it comes from."""

    floor_wh: int
    band_wh: int
    """Above the floor, up to its band."""
    key_wh: int
    """Above its band."""

    @property
    def wh(self) -> int:
        """All of it."""
        return self.floor_wh + self.band_wh + self.key_wh

    @property
    def kw(self) -> float:
        """As a mean power."""
        return self.wh / WH_PER_KW


@dataclass(frozen=True, slots=True)
class Limited:
    """The record of one limit: whose it is, how much, for how long, by whom and why. It always ends."""

    connection: str
    way: Way
    wh: int
    """Per PTU."""
    share: Share | None
    """``None`` where it is not a share of a cable: the sun's, or a device's."""
    begins: datetime
    ends: datetime
    rule: Rule
    point: str
    """The cable or transformer that is too full."""
    source: str
    """Whose word it is, as in ``home.ladder``: ``dso:…``."""

    def __post_init__(self) -> None:
        if not (self.begins < self.ends and self.wh >= 0):
            raise BadInput(
                f"a limit of {self.wh} Wh from {self.begins} until {self.ends}; give one that ends after it begins, of zero or more"
            )

    @property
    def kw(self) -> float:
        """As a mean power."""
        return self.wh / WH_PER_KW

    def say(self) -> Said:
        """What the household reads."""
        return said(self.rule, takes=self.way is Way.TAKES, kw=self.kw, until=self.ends)


@dataclass(frozen=True, slots=True)
class Shared:
    """All parts of one capacity."""

    parts: Mapping[str, Share]
    below_floor: bool

    def records(
        self, way: Way, begins: datetime, ends: datetime, point: str, source: str
    ) -> tuple[Limited, ...]:
        """One record for each connection, in the order of their names."""
        rule = Rule.BELOW_FLOOR if self.below_floor else Rule.SHARED
        return tuple(
            Limited(name, way, part.wh, part, begins, ends, rule, point, source)
            for name, part in self.parts.items()
        )


def shared(capacity_wh: int, connections: Sequence[Connection], floor_wh: int) -> Shared:
    """The capacity shared out. A fuse below the floor is that connection's floor.

    >>> homes = [Connection("a", 4312, 1000), Connection("b", 4312, 2000), Connection("c", 4312, 4250)]
    >>> {name: part.wh for name, part in shared(4500, homes, 500).parts.items()}
    {'a': 761, 'b': 1283, 'c': 2456}
    >>> {name: part.wh for name, part in shared(900, homes, 500).parts.items()}
    {'a': 300, 'b': 300, 'c': 300}
    """
    if capacity_wh < 0 or floor_wh < 0:
        raise BadInput(
            f"a capacity of {capacity_wh} Wh and a floor of {floor_wh} Wh; give both as zero or more"
        )
    by_name = {one.name: one for one in sorted(connections, key=lambda one: one.name.encode())}
    if len(by_name) != len(connections):
        raise BadInput("two connections share a name; each shares once")
    floors = {name: min(floor_wh, one.most_wh) for name, one in by_name.items()}
    first = apportioned(capacity_wh, dict.fromkeys(by_name, 1), floors)
    left = capacity_wh - sum(first.values())
    bands = {name: max(min(one.band_wh, one.most_wh) - floors[name], 0) for name, one in by_name.items()}
    second = apportioned(left, bands, bands)
    left -= sum(second.values())
    rest = {name: one.most_wh - floors[name] - bands[name] for name, one in by_name.items()}
    third = apportioned(left, {name: one.key for name, one in by_name.items()}, rest)
    parts = {name: Share(first[name], second[name], third[name]) for name in by_name}
    return Shared(parts, any(first[name] < floors[name] for name in by_name))


def curtailed(over_wh: int, makes_wh: Mapping[str, int]) -> dict[str, int]:
    """In an emergency of sun: what each may still make, so that together they make so much less, each in proportion.

    >>> curtailed(600, {"a": 1000, "b": 500, "c": 0})
    {'a': 600, 'b': 300, 'c': 0}
    """
    if over_wh < 0:
        raise BadInput(f"{over_wh} Wh too much sun; give zero or more")
    return apportioned(max(sum(makes_wh.values()) - over_wh, 0), makes_wh, makes_wh)
