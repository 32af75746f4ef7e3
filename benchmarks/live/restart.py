"""How soon a server that was killed is back: `python -m benchmarks.live.restart [--homes 2000] [--days 43] [--single 1] [--store sqlite|postgres]`.

A log is written as homes would have filled it: on the last days (`--single`) each told every quarter-hour by itself, before
in one message a day, which gives the same state from fewer events. It is read whole, as without a checkpoint, and once more
as after a kill: from the checkpoint, and the most that can have come since. Each start is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
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
from laag.adapters.stores.shelf import open_shelf
from laag.apps.street.checkpoint import Bound
from laag.apps.street.checkpoints import EVERY_EVENTS
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.apps.street.opening import opened
from laag.cycle import live
from laag.foundation.ports import Event

AT_ONCE = 2_000
AIM_S = 30.0
"""After 43 days."""
TICKS = 8_000


def told(homes: list[Home], days: int, single: int, place: live.Neighbourhood) -> Iterator[Event]:
    """Everything that was said in so many days, in the order of a clock."""
    more = {"signature": NO_SIGNATURE, "came": "2026-03-27T00:15:03.123+00:00"}
    yield opened(place, "restart")
    for home in homes:
        yield live.to_event(live.Joined(home.member, FIRST, home.cable), {"public_key": home.key.public})
    number = 0
    for left, day in ((days - n, FIRST + timedelta(days=n)) for n in range(days)):
        ticks = TICKS + 50 * np.arange(len(place.grid(day)))
        for home in homes:
            rows = _within(home.rows(day), len(ticks))
            yield live.to_event(live.Ordered(home.member, day, number, rows), more)
        yield live.to_event(live.Closed(day))
        yield live.to_event(live.Priced(day, ticks, "exchange"))
        wh = [home.offtake_wh(day) for home in homes]
        each = 1 if left <= single else len(ticks)
        for ptu in range(0, len(ticks), each):
            number += 1
            ptus = np.arange(ptu, ptu + each)
            for home, mine in zip(homes, wh, strict=True):
                said = mine[np.minimum(ptus, len(mine) - 1)]
                yield live.to_event(live.Metered(home.member, day, number, ptus, said), more)
        yield live.to_event(live.Imbalanced(day, ticks + 500, ticks - 500, "operator"))
        yield live.to_event(live.Settle(day))
        number += 1


def _within(rows: live.Rows, ptus: int) -> live.Rows:
    """The orders are of a day of 96 quarter-hours; one on which the clock goes forward has fewer."""
    kept = rows.ptu < ptus
    return live.Rows(*(getattr(rows, part.name)[kept] for part in fields(rows)))


def written(store: str, events: Iterator[Event]) -> int:
    """How many there were."""
    count = 0
    with open_log(store) as log:
        while some := list(islice(events, AT_ONCE)):
            log.append(some)
            count += len(some)
    return count


def started(what: str, store: str, place: live.Neighbourhood, *, stops: bool) -> None:
    """A server's start, up to where it would let anybody in, in a process of its own; it is killed unless it ``stops``."""

    async def start() -> None:
        shelf = open_shelf(store)
        began, cpu = perf_counter(), process_time()
        async with Keeper(lambda: open_log(store), place, Wall(), shelf=shelf) as keeper:
            said = f"{keeper.kept.events:,} events known after {perf_counter() - began:.1f} s, {process_time() - cpu:.1f} s of a processor"
            print(
                f"  {what}: {said}; {memory_mb('VmRSS'):.0f} MB, at most {memory_mb('VmHWM'):.0f} MB",
                flush=True,
            )
            if not stops:
                os._exit(0)
            began, cpu = perf_counter(), process_time()
        print(
            f"    stopped in {perf_counter() - began:.1f} s, {process_time() - cpu:.1f} s of a processor",
            flush=True,
        )

    child = os.fork()
    if not child:
        try:
            asyncio.run(start())
        except Exception as fault:  # noqa: BLE001 - it is told here, and the parent stops
            print(f"{fault!r}", flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{what}: the server fell")


def memory_mb(which: str) -> float:
    """What this process holds, or held at most."""
    found = re.search(rf"{which}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


def measured(folder: Path, store: str, given: argparse.Namespace) -> None:
    """One store."""
    homes = [Home(number, Key.new()) for number in range(given.homes)]
    place = read(configured(folder, store)).place
    Bound.to(place, "")  # the source is read once, also where somebody works on it meanwhile
    total = sum(1 for _ in told(homes, given.days, given.single, place))
    events = told(homes, given.days, given.single, place)
    began = perf_counter()
    written(store, islice(events, total - EVERY_EVENTS))
    print(
        f"{given.homes:,} homes, {given.days} days, {given.single} of them by quarter-hour, {given.store}: {total:,} events, "
        f"written in {perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}; who measures holds {memory_mb('VmRSS'):.0f} MB already"
    )
    started("all of the log but the last 20,000", store, place, stops=True)
    written(store, events)
    started("as after a kill: the checkpoint and what came since", store, place, stops=True)
    started("as after a stop: the checkpoint alone", store, place, stops=False)
    laid = folder / "street-checkpoint"
    if laid.exists():
        files = [one.stat().st_size for one in laid.iterdir()]
        print(
            f"  the checkpoint: {len(files)} files, {sum(files) / 2**20:.0f} MB; the log {Path(store).stat().st_size / 2**20:.0f} MB"
        )


def main() -> int:
    """Print it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.restart", description=__doc__)
    ask.add_argument("--homes", type=int, default=2_000)
    ask.add_argument("--days", type=int, default=43)
    ask.add_argument(
        "--single", type=int, default=1, help="last days on which each quarter-hour is told by itself"
    )
    ask.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    given = ask.parse_args()
    templates()
    folder = Path(tempfile.mkdtemp(prefix="laag-restart-"))
    postgres = import_module("tests.ports.server").Server() if given.store == "postgres" else None
    try:
        if postgres is not None:
            postgres.start()
        measured(folder, postgres.fresh() if postgres else str(folder / "street.sqlite"), given)
    finally:
        if postgres is not None:
            postgres.stop("immediate")
            postgres.remove()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
