"""The street as the market sees it: a tree of layers, and who belongs to which.

The street itself is layer 0, the root; each feeder is a child whose gateway is the street.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.cycle.events import DayOrders
from laag.cycle.street import Street
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU_HOURS
from laag.home.bid import Device

DEVICES = tuple(device.name.lower() for device in Device)
"""What an order can stand for, in the order of their codes."""

MOST_NUMBERS = 100
"""Fewer than this many orders of one device in one PTU: two digits number them."""


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """Names and capacities (Wh per PTU) of all layers, root first; ``of_member`` and ``rank`` of all members."""

    names: tuple[str, ...]
    parent: Ints
    """Index of each layer's parent; the root is its own."""
    import_max_wh: Ints
    export_max_wh: Ints
    members: tuple[str, ...]
    of_member: Ints
    place: NDArray[np.int64]
    """Shape ``(members, devices)``: the place of ``member/device`` among all of them as UTF-8 bytes."""

    def rank(self, orders: DayOrders) -> Ints:
        """The place of each order's id among all ids: first whose it is, then its number."""
        return self.place[orders.member, orders.device] * MOST_NUMBERS + orders.number

    def order_ids(self, orders: DayOrders) -> tuple[Ints, list[str]]:
        """Ids as codes and words: ``member/device``, and for a device's further orders in a PTU ``/01``, ``/02`` after it."""
        most = int(orders.number.max(initial=0)) + 1
        code = (orders.member * len(DEVICES) + orders.device) * most + orders.number
        whose = [f"{member}/{device}" for member in self.members for device in DEVICES]
        return code, [f"{one}/{number:02}" if number else one for one in whose for number in range(most)]


def layers(street: Street) -> Layers:
    """The tree of a street: itself, and a child per feeder that has homes.

    Raises ``BadInput`` for a home on an unknown feeder, and for two homes or two layers with one name.
    """
    return tree_of(
        tuple((home.house.name, home.feeder) for home in street.homes),
        tuple((one.name, one.import_max_kw, one.export_max_kw) for one in street.feeders),
        (street.import_max_kw, street.export_max_kw),
    )


def tree_of(
    homes: Sequence[tuple[str, str]],
    feeders: Sequence[tuple[str, float, float]],
    root_max_kw: tuple[float, float],
) -> Layers:
    """The tree of these homes (name and feeder) and feeders (name, import and export kW), as ``layers`` says."""
    names = ("street", *(name for name, _, _ in feeders))
    place = {name: i for i, name in enumerate(names)} | {"": 0}
    members = tuple(name for name, _ in homes)
    _each_once("layers", names, "every feeder needs a name of its own, and none is 'street'")
    _each_once("homes", members, "every member needs a name of its own")
    for name, feeder in homes:
        if feeder not in place:
            raise BadInput(
                f"home {name!r} is on feeder {feeder!r}, which the street does not have; "
                f"it has {', '.join(names[1:]) or 'none'}"
            )
    return Layers(
        names,
        np.zeros(len(names), np.int64),
        _capacity([root_max_kw[0], *(kw for _, kw, _ in feeders)]),
        _capacity([root_max_kw[1], *(kw for _, _, kw in feeders)]),
        members,
        np.array([place[feeder] for _, feeder in homes], np.int64),
        _ranks(members),
    )


def _each_once(what: str, names: tuple[str, ...], way_out: str) -> None:
    if twice := sorted(name for name, count in Counter(names).items() if count > 1):
        raise BadInput(f"two {what} are called {twice[0]!r}; {way_out}")


def _capacity(limits_kw: list[float]) -> Ints:
    """Whole Wh per PTU that surely fit; no limit becomes the market's word for it."""
    fits_wh = np.floor(np.minimum(limits_kw, NO_LIMIT_WH) * (1000 * PTU_HOURS)).astype(np.int64)
    return np.where(np.isinf(limits_kw), NO_LIMIT_WH, fits_wh)


def _ranks(members: tuple[str, ...]) -> NDArray[np.int64]:
    ids = [f"{member}/{device}".encode() for member in members for device in DEVICES]
    rank = np.empty(len(ids), np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return rank.reshape(len(members), len(DEVICES))
