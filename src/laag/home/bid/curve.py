"""How much a device takes at each price: a curve that never rises, from what it takes in several courses of the day."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.series import ticks, wh
from laag.home.bid.steps import Steps
from laag.home.devices import Device
from laag.home.outlook import Floats


def falling(levels: Floats) -> Floats:
    """The nearest numbers, in least squares, that never rise along the first axis.

    It is what pooling adjacent violators finds, for all columns at once: the least, over all starts before a place, of
    the greatest mean over all ends after it.

    >>> falling(np.array([[3.0, 1.0], [4.0, 0.0], [1.0, 2.0]])).tolist()
    [[3.5, 1.0], [3.5, 1.0], [1.0, 1.0]]
    """
    place = np.arange(len(levels))
    width = (place[None, :] - place[:, None] + 1)[:, :, None]
    until = np.concatenate([np.zeros_like(levels[:1]), np.cumsum(levels, axis=0)])
    mean = np.where(width > 0, (until[None, 1:] - until[:-1, None]) / np.maximum(width, 1), -np.inf)
    greatest = np.maximum.accumulate(mean[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(np.where(width > 0, greatest, np.inf).min(axis=0), np.float64)


def steps(
    device: Device, power_kw: Floats, price_eur_per_kwh: Floats, most_ticks: Ints, least_ticks: Ints
) -> tuple[Steps, Steps]:
    """What a device would buy and what it would sell, in whole Wh.

    ``power_kw`` and ``price_eur_per_kwh`` have a row per course and a column per PTU. Between two courses the curve
    steps halfway between their prices; what is left at the dearest is bought up to ``most_ticks``, what is given at the
    cheapest is sold down to ``least_ticks``.
    """
    order = np.argsort(price_eur_per_kwh, axis=0, kind="stable")
    price = np.take_along_axis(price_eur_per_kwh, order, axis=0)
    taken = wh(falling(np.take_along_axis(power_kw, order, axis=0)))
    between = ticks(0.5 * (price[1:] + price[:-1]))
    bought, sold = np.maximum(taken, 0), np.maximum(-taken, 0)
    nothing = np.zeros_like(taken[:1])
    bought_less = bought - np.concatenate([bought[1:], nothing])
    sold_more = sold - np.concatenate([nothing, sold[:-1]])
    return (
        Steps.of(device, bought_less, np.concatenate([between, most_ticks[None]])),
        Steps.of(device, sold_more, np.concatenate([least_ticks[None], between])),
    )
