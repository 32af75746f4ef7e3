"""Forecast error, taken by the cheapest device: a merit order of the plan's own worths against the connection's prices.

A plan that expects 1 kW where the kettle makes it 3 must leave the difference somewhere. At the connection it costs
what a departure from the agreed position costs there; in a battery what the energy will be missed for later; in a car
or a warm house the same. Whoever asks least takes it, unless the gain is too small to move for.
"""

from __future__ import annotations

from typing import NamedTuple

from laag.home.operate.bounds import UNBOUND, Bounds

BEYOND_A_LIMIT_EUR_PER_KWH = 1e3
"""What a kWh beyond a claimed limit weighs: more than any worth, so whatever can move moves."""


class Absorbing(NamedTuple):
    """When it is worth while; who has begun goes on for less, so that nothing flutters."""

    begin_eur_per_kwh: float = 0.01
    go_on_eur_per_kwh: float = 0.0
    least_kw: float = 0.02
    """What a meter's noise is."""


Offer = tuple[float, float, int]
"""What each kWh is worth to a device, how many kW it can take (or give up), and which device it is."""
Part = tuple[float, float]
"""EUR per kWh at the connection, and how many kW have this price."""


def slices(
    planned_kw: float, now_kw: float, prices: tuple[float, float, float], bounds: Bounds = UNBOUND
) -> list[Part]:
    """What lies between the net offtake now and the planned one, from its far end on.

    ``prices``: the position agreed, what a kWh above it costs and what one below it earns.

    >>> agreed = (0.0, 0.30, 0.10)
    >>> slices(-1.0, 2.0, agreed), slices(0.5, -0.5, agreed)
    ([(0.3, 2.0), (0.1, 1.0)], [(0.1, 0.5), (0.3, 0.5)])
    """
    position_kw, above, below = prices
    found: list[Part] = []
    if now_kw > planned_kw:
        if now_kw > bounds.import_kw:
            edge_kw = max(bounds.import_kw, planned_kw)
            found.append((BEYOND_A_LIMIT_EUR_PER_KWH, now_kw - edge_kw))
            now_kw = edge_kw
        edge_kw = max(position_kw, planned_kw)
        if now_kw > edge_kw:
            found.append((above, now_kw - edge_kw))
            now_kw = edge_kw
        if now_kw > planned_kw:
            found.append((below, now_kw - planned_kw))
        return found
    if now_kw < -bounds.export_kw:
        edge_kw = min(-bounds.export_kw, planned_kw)
        found.append((-BEYOND_A_LIMIT_EUR_PER_KWH, edge_kw - now_kw))
        now_kw = edge_kw
    edge_kw = min(position_kw, planned_kw)
    if now_kw < edge_kw:
        found.append((below, edge_kw - now_kw))
        now_kw = edge_kw
    if now_kw < planned_kw:
        found.append((above, planned_kw - now_kw))
    return found


def given_up(parts: list[Part], offers: list[Offer], margin_eur_per_kwh: float) -> list[tuple[int, float]]:
    """Who takes less, and how much (negative): the lowest worth first, while it is lower than the price.

    >>> given_up([(0.3, 2.0)], [(0.35, 5.0, 1), (0.2, 0.5, 2), (0.25, 1.0, 3)], 0.01)
    [(2, -0.5), (3, -1.0)]
    """
    return _merit(parts, sorted(_real(offers)), margin_eur_per_kwh, 1.0)


def taken_up(parts: list[Part], offers: list[Offer], margin_eur_per_kwh: float) -> list[tuple[int, float]]:
    """Who takes more, and how much: the highest worth first, while it is higher than the price.

    >>> taken_up([(0.1, 1.0)], [(0.08, 5.0, 1), (0.2, 0.5, 2)], 0.01)
    [(2, 0.5)]
    """
    return _merit(parts, sorted(_real(offers), reverse=True), margin_eur_per_kwh, -1.0)


def _real(offers: list[Offer]) -> list[Offer]:
    """Those with room, and free to move: what is not has no worth."""
    return [offer for offer in offers if offer[1] > 0 and offer[0] == offer[0]]


def _merit(parts: list[Part], offers: list[Offer], margin: float, sign: float) -> list[tuple[int, float]]:
    moves = []
    left = [kw for _, kw in parts]
    for worth, room, device in offers:
        total = 0.0
        for which, (price, _) in enumerate(parts):
            if not sign * (price - worth) > margin:
                break
            kw = min(left[which], room - total)
            left[which] -= kw
            total += kw
        if total > 0:
            moves.append((device, -sign * total))
    return moves
