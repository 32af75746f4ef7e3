"""Clearing with fills and money per order, beside the least that plain numpy does to find the volume alone.

The reference sorts both sides by limit, sums them up and looks for where they cross: no ties, no gateway, no fills,
no money. Both run on the same book in the same minute, so compare the ratio before the milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from laag.foundation.contracts import NO_LIMIT_WH, Books, Gateways, Orders, Side
from laag.neighbourhood.market import layered

AIMS_MS = {10_000: 2.0, 100_000: 25.0, 1_000_000: 100.0}


def random_books(orders: int, books: int = 1, quantity_max_wh: int = 5_000) -> Books:
    """Limits from -50 to +400 EUR/MWh at the exchange's tick; ``quantity_max_wh=1`` makes all quantities equal."""
    rng = np.random.default_rng(orders + books)
    every = orders * books
    gate = Gateways(*(np.full(books, x) for x in (8_000, 6_000, 10_000, NO_LIMIT_WH, NO_LIMIT_WH)))
    return Books(
        gate,
        Orders(
            np.repeat(np.arange(books), orders),
            rng.integers(0, 2, every),
            rng.integers(1, quantity_max_wh + 1, every),
            rng.integers(-5_000, 40_001, every),
            rng.permutation(every),
        ),
    )


def volume_by_sorting(orders: Orders) -> int:
    """Wh that cross in one book: two argsorts, two running sums, one search."""
    buys, sells = orders.side == Side.BUY, orders.side == Side.SELL
    bids, asks = -orders.limit_ticks[buys], orders.limit_ticks[sells]
    by_bid, by_ask = np.argsort(bids), np.argsort(asks)
    wanted, offered = (
        np.cumsum(orders.quantity_wh[buys][by_bid]),
        np.cumsum(orders.quantity_wh[sells][by_ask]),
    )
    bids, asks = bids[by_bid], asks[by_ask]
    supply = np.append(0, offered)[np.searchsorted(asks, -bids, side="right")]
    return int(np.minimum(wanted, supply).max())


def milliseconds(work: Callable[[], object], runs: int) -> list[float]:
    """How long each of several runs took, after one that does not count."""
    work()
    took = []
    for _ in range(runs):
        started = perf_counter()
        work()
        took.append(1_000 * (perf_counter() - started))
    return took


def main() -> None:
    """Print the table."""
    print(f"{'book':32}{'laag ms':>10}{'(best)':>9}{'numpy ms':>10}{'ratio':>7}{'aim ms':>8}")
    for count, aim in AIMS_MS.items():
        for name, most in (("random quantities", 5_000), ("equal quantities", 1)):
            books = random_books(count, quantity_max_wh=most)
            runs = max(5, min(40, 2_000_000 // count))
            ours = milliseconds(lambda b=books: layered.clear(b), runs)  # type: ignore[misc]
            plain = milliseconds(lambda b=books: volume_by_sorting(b.orders), runs)  # type: ignore[misc]
            row(f"{count:,} orders, {name}", ours, plain, aim)
    books = random_books(300, books=96)
    row("96 books x 300 orders", milliseconds(lambda: layered.clear(books), 40), None, None)


def row(name: str, ours: list[float], plain: list[float] | None, aim: float | None) -> None:
    beside = f"{median(plain):10.2f}{median(ours) / median(plain):7.2f}" if plain else " " * 17
    print(f"{name:32}{median(ours):10.2f}{min(ours):9.2f}{beside}" + (f"{aim:8.0f}" if aim else ""))


if __name__ == "__main__":
    main()
