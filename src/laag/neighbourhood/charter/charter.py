"""What a community agreed on, with a version: rules change as people learn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from laag.foundation.contracts import Books, Gateways, Ints, Neighbours, Orders
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter.articles import ARTICLES
from laag.neighbourhood.charter.parts import (
    Agreement,
    ConsequencesTable,
    DataTable,
    GridTable,
    LadderTable,
    PowerPlantTable,
    SharingTable,
    SupportTable,
    VotingTable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from laag.neighbourhood.charter.values import Value

LATER = {"later": True}
"""Of a field that came after runs had been stored: at its usual value it is no part of what they are called by."""


@dataclass(frozen=True, slots=True)
class Charter:
    """The whole agreement; what of it stands in no table is about the market.

    >>> Charter("Our street", k_percent=100)
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: the charter of 'Our street': market.k_percent is 100; it may be a whole number from 0
    to 99
    """

    name: str
    rule: str = "layered"
    k_percent: int = 50
    scarcity_ticks: int | None = None
    """``None`` is the gateway's landed price."""
    surplus_ticks: int | None = None
    """``None`` is the gateway's export price."""
    version: str = "1"
    """Rises with every change; of the first it is 1."""
    silent_order_nothing: bool | None = field(default=None, metadata=LATER)
    """For a home that sends no list what it took in the same hours of last week is ordered, unless this is ``True``."""
    ladder: LadderTable = field(default=LadderTable(), metadata=LATER)
    grid: GridTable = field(default=GridTable(), metadata=LATER)
    sharing: SharingTable = field(default=SharingTable(), metadata=LATER)
    support: SupportTable = field(default=SupportTable(), metadata=LATER)
    vpp: PowerPlantTable = field(default=PowerPlantTable(), metadata=LATER)
    data: DataTable = field(default=DataTable(), metadata=LATER)
    agreements: tuple[Agreement, ...] = field(default=(), metadata=LATER)
    consequences: ConsequencesTable = field(default=ConsequencesTable(), metadata=LATER)
    voting: VotingTable = field(default=VotingTable(), metadata=LATER)

    def __post_init__(self) -> None:
        for article in ARTICLES:
            if (why := article.wrong(article.of(self))) is not None:
                raise BadInput(f"the charter of {self.name!r}: {why.en}")

    def books(self, gateways: Gateways, orders: Orders, neighbours: Neighbours | None = None) -> Books:
        """Orders and gateways, to be cleared as agreed."""
        return Books(
            gateways,
            orders,
            self.k_percent,
            _everywhere(self.scarcity_ticks, len(gateways)),
            _everywhere(self.surplus_ticks, len(gateways)),
            neighbours,
        )

    def changed(self, values: Mapping[str, Value]) -> Charter:
        """The next version, with these articles otherwise.

        >>> Charter("Our street").changed({"market.k_percent": 30}).version
        '2'
        """
        after = self
        for article in ARTICLES:
            if article.name in values:
                after = article.put(after, values[article.name])
        return replace(
            after, version=str(int(self.version) + 1) if self.version.isdecimal() else f"{self.version}+1"
        )


def tables() -> tuple[type, ...]:
    """What a charter is made of."""
    plain = Charter("")
    each = (getattr(plain, one.name) for one in fields(Charter))
    return tuple(type(table) for table in each if is_dataclass(table))


def digest(charter: Charter) -> str:
    """The SHA-256 of a charter's name, version and every article that is not as usual; by it a settled day names its rules.

    An article that a later version of this program adds changes the name of no charter that does not use it.
    """
    usual = Charter("")
    lines = [f"name = {charter.name}", f"version = {charter.version}"]
    lines += [f"{one.name} = {one.text(charter)}" for one in ARTICLES if one.of(charter) != one.of(usual)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _everywhere(ticks: int | None, books: int) -> Ints | None:
    return None if ticks is None else np.full(books, ticks, np.int64)
