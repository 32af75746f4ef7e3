"""How soon a server that was killed is back: `python -m benchmarks.live.restart [--homes 2000] [--days 1] [--store sqlite|postgres]`.

A log is written as homes would have filled it that told every quarter-hour by itself, and read again as a start reads it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.live.homes import FIRST, NO_SIGNATURE, Home, templates
from benchmarks.live.server import configured
from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.stores import open_log
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.apps.street.opening import opened
from laag.cycle import live
from laag.foundation.ports import Event

AT_ONCE = 2_000
AIM_S = 30.0
"""For a week."""
TICKS = 8_000


def told(homes: list[Home], days: int, place: live.Neighbourhood) -> Iterator[Event]:
    """Everything that was said in so many days, in the order of a clock."""
    more = {"signature": NO_SIGNATURE, "came": "2026-03-27T00:15:03.123+00:00"}
    yield opened(place, "restart")
    for home in homes:
        yield live.to_event(live.Joined(home.member, FIRST, home.cable), {"public_key": home.key.public})
    number = 0
    for day in (FIRST + timedelta(days=n) for n in range(days)):
        for home in homes:
            yield live.to_event(live.Ordered(home.member, day, number, home.rows(day)), more)
        ticks = TICKS + 50 * np.arange(len(place.grid(day)))
        yield live.to_event(live.Closed(day))
        yield live.to_event(live.Priced(day, ticks, "exchange"))
        wh = [home.offtake_wh(day) for home in homes]
        for ptu in range(len(ticks)):
            number += 1
            for home, mine in zip(homes, wh, strict=True):
                at = min(ptu, len(mine) - 1)
                yield live.to_event(
                    live.Metered(home.member, day, number, np.array([ptu]), mine[at : at + 1]), more
                )
        yield live.to_event(live.Imbalanced(day, ticks + 500, ticks - 500, "operator"))
        yield live.to_event(live.Settle(day))
        number += 1


def written(store: str, events: Iterator[Event]) -> int:
    """How many there were."""
    count = 0
    with open_log(store) as log:
        while some := list(islice(events, AT_ONCE)):
            log.append(some)
            count += len(some)
    return count


def started(store: str, place: live.Neighbourhood) -> None:
    """A server's start, up to where it would let anybody in, and one again right after it."""

    async def start() -> None:
        async with Keeper(lambda: open_log(store), place, Wall()) as keeper:
            assert keeper.kept.events > 0

    for which in ("the first start", "the next one"):
        began, cpu = perf_counter(), process_time()
        asyncio.run(start())
        print(f"  {which}: {perf_counter() - began:.1f} s, {process_time() - cpu:.1f} s of a processor")


def main() -> int:
    """Print it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.restart", description=__doc__)
    ask.add_argument("--homes", type=int, default=2_000)
    ask.add_argument("--days", type=int, default=1)
    ask.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    given = ask.parse_args()
    templates()
    homes = [Home(number, Key.new()) for number in range(given.homes)]
    folder = Path(tempfile.mkdtemp(prefix="laag-restart-"))
    postgres = import_module("tests.ports.server").Server() if given.store == "postgres" else None
    try:
        if postgres is not None:
            postgres.start()
        store = postgres.fresh() if postgres else str(folder / "street.sqlite")
        place = read(configured(folder, store)).place
        began = perf_counter()
        count = written(store, told(homes, given.days, place))
        size = f", {Path(store).stat().st_size / 2**20:.0f} MB" if postgres is None else ""
        print(
            f"{given.homes:,} homes, {given.days} days, {given.store}: {count:,} events{size}, written in {perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}"
        )
        started(store, place)
    finally:
        if postgres is not None:
            postgres.stop("immediate")
            postgres.remove()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
