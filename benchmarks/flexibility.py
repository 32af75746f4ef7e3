"""The cheapest set of offers beside "cheapest offers first": `python -m benchmarks.flexibility`.

A feeder tree: a transformer, cables behind it, and a voltage that each home feels the more, the further out it is. An
evening of eight quarter-hours is over by a share of what everybody offers; heat pumps catch up later, batteries do not.
One in ten offers comes from next door, where it does little. How long a choice takes, what it costs, and what the named
reference (`laag.neighbourhood.flexibility.first`) makes of the same offers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from time import process_time

import numpy as np

from benchmarks.homes import plain_home
from laag.foundation.highs import quiet_highs
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PtuGrid
from laag.home.flex import Asked, offer
from laag.home.plan.solver import Solver
from laag.neighbourhood.flexibility import Chosen, Need, Offer, Rebound, Step, cheapest, cheapest_first

GRID = PtuGrid(datetime(2026, 1, 14, 23, tzinfo=UTC), 96)
EVENING = range(68, 76)
SIZES = (60, 500, 5_000)
SEEDS = 3
MOST_WITH_WHOLE = 500
"""Offers; with more, all-or-nothing is a search that is not worth its time here."""


def street(seed: int, homes: int, *, share: float, whole: float = 0.0) -> tuple[Need, list[Offer]]:
    """A need for this share of what is offered, and an offer of every home; ``whole`` is how many are all or nothing."""
    rng = np.random.default_rng(seed)
    cables = max(homes // 40, 2)
    cable, far = rng.integers(cables, size=homes), rng.uniform(0, 1, homes)
    behind = np.where(rng.random(homes) < 0.1, 0.05, 1.0)
    relief = np.zeros((2 * cables + 1, homes))
    relief[0] = behind
    for number in range(cables):
        relief[1 + number] = np.where(cable == number, behind, 0.0)
        relief[1 + cables + number] = np.where(cable == number, 0.02 + 0.3 * far * behind, 0.02)
    offers = [_offer(rng, home, whole) for home in range(homes)]
    most = np.zeros((homes, len(GRID)))
    for home, made in enumerate(offers):
        for step in made.steps:
            most[home, made.first : made.ptus.stop] += np.array(step.less_wh) / 250
    could = relief @ most
    over = np.full(could.shape, -np.inf)
    strained = [0, *(1 + rng.permutation(2 * cables)[: max(cables // 2, 1)])]
    for element in strained:
        over[element] = -0.15 * could[element].max()
        over[element, EVENING] = share * could[element, EVENING] * rng.uniform(0.5, 1.0)
    names = (
        "transformer",
        *(f"cable {i}" for i in range(cables)),
        *(f"end of cable {i}" for i in range(cables)),
    )
    return Need(GRID, names, tuple(f"home {i}" for i in range(homes)), over, relief), offers


def _offer(rng: np.random.Generator, home: int, whole: float) -> Offer:
    size, count = rng.integers(1, 12) * 50, 8 if rng.random() < 0.5 else 4
    first = EVENING.start + (0 if count == 8 else int(rng.integers(0, 5)))
    price = int(rng.integers(20, 400)) * 100
    back: tuple[Rebound, ...] = ()
    if rng.random() < 0.6:
        share = rng.uniform(0.3, 1.0) / 8
        back = tuple(Rebound(EVENING.stop + i, round(share * size * count)) for i in range(8))
    steps = tuple(Step((int(size),) * count, price + 4_000 * i, back) for i in range(int(rng.integers(1, 4))))
    return Offer(
        f"offer {home:05}",
        f"home {home}",
        first,
        steps,
        together=True,
        least_share=float(rng.random() < whole),
    )


def compared(homes: int, *, share: float, whole: float = 0.0) -> Iterator[tuple[float, Chosen, Chosen]]:
    """Seconds of a processor, and both choices, per seed."""
    highs = quiet_highs()
    for seed in range(SEEDS):
        need, offers = street(seed, homes, share=share, whole=whole)
        began = process_time()
        best = cheapest(need, offers, highs=highs)
        yield process_time() - began, best, cheapest_first(need, offers)


def offered(homes: int = 60) -> tuple[float, int]:
    """Seconds of a processor in which so many homes, of many kinds, make their offers; and how many had one."""
    solver = Solver()
    began, made = process_time(), 0
    for seed in range(homes):
        home = plain_home(seed, 192)
        asked = Asked("evening", home.outlook.grid, tuple(range(70, 78)))
        made += offer(*home, asked, solver=solver) is not None
    return process_time() - began, made


def _row(homes: int, share: float, whole: float) -> str:
    runs = list(compared(homes, share=share, whole=whole))
    seconds = median(second for second, _, _ in runs)
    best = sum(int(one.asked_units.sum()) for _, one, _ in runs) / UNITS_PER_EUR
    plain = sum(int(one.asked_units.sum()) for _, _, one in runs) / UNITS_PER_EUR
    left, plain_left = (
        sum(one.unresolved_kwh for _, one, _ in runs),
        sum(one.unresolved_kwh for *_, one in runs),
    )
    return (
        f"| {homes} | {share:.0%} | {whole:.0%} | {seconds:.2f} | {best:.2f} | {plain:.2f} | {plain / best - 1:.0%} | "
        f"{left:.1f} | {plain_left:.1f} |"
    )


def main() -> None:
    """Print the tables."""
    print(
        "| offers | asked for | all or nothing | s | EUR | first: EUR | dearer | kWh left | first: kWh left |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for homes in SIZES:
        for share, whole in ((0.3, 0.0), (0.6, 0.0), (0.3, 0.2)):
            if not whole or homes <= MOST_WITH_WHOLE:
                print(_row(homes, share, whole))
    seconds, made = offered()
    print(
        f"\n60 homes plan their evening again, up to five times each: {seconds:.1f} s; {made} have something to offer"
    )


if __name__ == "__main__":
    main()
