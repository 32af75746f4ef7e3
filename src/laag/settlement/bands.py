"""Subscribed bands in the books: which band a connection has, what it costs a year, and what going beyond it costs.

A connection that is named after a band ("8 kW") has that one; one that is named after its fuses has the band that today's
tariffs reckon it with. Every price of a band is an example, for none was ever set.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.settlement.policy import Policy, net_value
from laag.settlement.tariff import Facts

Ints = NDArray[np.int64]

FAMILY = "bandwidth."
BEYOND = "bandwidth.beyond"
_RECKONED_KW = {"1x10A": 2, "1x25A": 4, "1x35A": 4, "3x25A": 4}
"""As today's capacity tariff reckons with, in the nearest band; larger connections count as the largest."""
_KW = " kW"
_WIDEST_KW = 17
_USUAL = "3x25A"
WATT_MINUTES_PER_WH = 60


def name_of(kw: int) -> str:
    """A connection by its band.

    >>> name_of(8)
    '8 kW'
    """
    return f"{kw}{_KW}"


def kw_of(connection: str) -> int:
    """The band of a connection.

    >>> kw_of("8 kW"), kw_of("3x25A"), kw_of("3x63A")
    (8, 4, 17)
    """
    kw = connection.removesuffix(_KW)
    if kw.isascii() and kw.isdigit() and kw != connection:
        return int(kw)
    if connection not in _RECKONED_KW and not _fuses(connection):
        raise BadInput(
            f"{connection!r} is no connection; name its band, as in {name_of(4)!r}, or its fuses, as in '3x25A'"
        )
    return _RECKONED_KW.get(connection, _WIDEST_KW)


def _fuses(connection: str) -> bool:
    phases, _, amperes = connection.removesuffix("A").partition("x")
    return connection.endswith("A") and all(part.isascii() and part.isdigit() for part in (phases, amperes))


def figure_of(policy: Policy, dso: str, connection: str) -> str:
    """The name of the figure that says what a connection costs a year.

    Where there are no bands, one that is named after its band is the one whose place bands took.
    """
    if policy.bands:
        return f"{FAMILY}{kw_of(connection)}"
    return f"network.{dso}.{_USUAL if connection.endswith(_KW) else connection}"


def sizes(facts: Facts) -> tuple[int, ...]:
    """The bands that have a price, rising."""
    names = (name.removeprefix(FAMILY) for name in facts.figures if name.startswith(FAMILY))
    return tuple(sorted(int(kw) for kw in names if kw.isdigit()))


def connections(policy: Policy, facts: Facts, dso: str) -> tuple[str, ...]:
    """Every connection that has a price: bands first where there are, then by their fuses."""
    family = f"network.{dso}."
    fuses = sorted(name.removeprefix(family) for name in facts.figures if name.startswith(family))
    return (*(name_of(kw) for kw in sizes(facts) if policy.bands), *fuses)


def yearly_units(facts: Facts, kw: int, earned_permille: int = 0) -> int:
    """What a year of a band costs before VAT: as much nearer to the next smaller one as was earned by answering."""
    price = net_value(facts, f"{FAMILY}{kw}")
    smaller = [one for one in sizes(facts) if one < kw]
    step = price - net_value(facts, f"{FAMILY}{smaller[-1]}") if smaller else 0
    return price - step * earned_permille // 1000


@dataclass(frozen=True, slots=True, eq=False)
class Pooling:
    """What became of a day's power above and below everybody's bands: rows are members, columns PTUs, in watt-minutes."""

    borrowed_wmin: Ints
    lent_wmin: Ints
    beyond_wmin: Ints
    ticks: int
    """What a Wh beyond costs."""

    @property
    def units(self) -> Ints:
        """What each pays for what went beyond, rounded down per PTU; in whole Wh it is exact."""
        return np.asarray(beyond_units(self.beyond_wmin, self.ticks), np.int64)


def beyond_units(watt_minutes: Ints | int, ticks: int) -> Ints | int:
    """In 1e-8 EUR.

    >>> beyond_units(60_000, 30_000)
    30000000
    """
    return watt_minutes * ticks // WATT_MINUTES_PER_WH
