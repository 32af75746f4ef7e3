"""What a server bears on this machine: `python -m benchmarks.live.load [--homes 2000] [--store sqlite|postgres]`.

A real `laag serve` in a process of its own; the homes that call it run in this process, on the same processors. Orders are
sent in the minute before the gate, each home over its own line from its own address; latency counts from when a message
was due, not from when its turn came. Between the phases the server is stopped and started again with its clock set to what
comes next, so that a market day passes in minutes. See docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.live.caller import Line, asked, get, post
from benchmarks.live.homes import FIRST, Home, body, templates
from benchmarks.live.server import Server, configured
from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.stores import open_log
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import Told
from laag.cycle import live

MESSAGES = "/api/v1/messages"
AIM_S = 10.0
"""From the gate to everybody's results, reckoned with a whole day of quarter-hours."""
AIM_PER_S = 2_000


@dataclass(frozen=True, slots=True)
class Came:
    """What came of some questions."""

    seconds: list[float]
    whole_s: float
    odd: int

    def line(self, what: str) -> str:
        """One line."""
        p50, p99, most = (1e3 * float(np.quantile(self.seconds, q)) for q in (0.5, 0.99, 1))
        rate = len(self.seconds) / self.whole_s
        odd = f"; {self.odd} NOT TAKEN" if self.odd else ""
        return f"  {what}: {len(self.seconds):,} in {self.whole_s:.1f} s ({rate:,.0f}/s), ms p50 {p50:.0f} p99 {p99:.0f} max {most:.0f}{odd}"


def lines_of(port: int, homes: Sequence[Home]) -> list[Line]:
    """A line for every home."""
    return [Line(port, home.number) for home in homes]


async def sent(lines: Sequence[Line], requests: Sequence[Sequence[bytes]], over_s: float) -> Came:
    """Every home sends its own requests one after the other, all of them evenly spread over a time."""
    count = sum(len(mine) for mine in requests)
    start = perf_counter() + 0.2
    step_s = over_s / count
    odd = 0
    seconds: list[float] = []

    async def one(place: int, line: Line) -> None:
        nonlocal odd
        for turn, request in enumerate(requests[place]):
            took, status, answer = await asked(line, request, start + (turn * len(lines) + place) * step_s)
            seconds.append(took)
            if status != 200 or b'"refused"' in answer:
                odd += 1
                if odd < 3:
                    print("   ", status, answer[:300])

    await asyncio.gather(*(one(place, line) for place, line in enumerate(lines)))
    return Came(seconds, perf_counter() - start, odd)


async def heard(port: int, kinds: Sequence[str]) -> dict[str, float]:
    """When each of these was first told on the stream."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get("/api/v1/stream"))
    at: dict[str, float] = {}
    while set(kinds) - set(at):
        line = (await reader.readline()).decode().strip()
        if line.startswith("event:"):
            at.setdefault(line.removeprefix("event:").strip(), time.time())
    writer.close()
    return at


def joined(config: Path, homes: Sequence[Home]) -> None:
    """Make them members, in the log and without the server."""
    given = read(config)

    async def join() -> None:
        async with Keeper(lambda: open_log(given.store), given.place, Wall()) as keeper:
            asks = [
                Told(live.Joined(home.member, FIRST, home.cable), {"public_key": home.key.public})
                for home in homes
            ]
            await keeper.ask(asks)

    asyncio.run(join())


def orders_and_gate(config: Path, homes: Sequence[Home], over_s: float) -> float:
    """Orders in the time before the gate; seconds from the gate to its closing."""
    day = FIRST
    place = read(config).place
    lists = [[post(MESSAGES, body(home.orders(day, 1)))] for home in homes]
    gate = live.gate(place, day)
    with Server(config, gate - timedelta(seconds=over_s + 12)) as server:

        async def phase() -> float:
            lines = lines_of(server.port, homes)
            listens = asyncio.create_task(heard(server.port, ["closed"]))
            cpu_s = server.cpu_s()
            done = await sent(lines, lists, over_s)
            left = server.wall(gate) - time.time()
            print(
                done.line(f"order lists ({sum(len(one[0]) for one in lists) / len(lists) / 1e3:.1f} kB each)")
            )
            print(
                f"    the last answer {left:.1f} s before the gate; {server.cpu_s() - cpu_s:.1f} s of a processor, {server.rss_mb():.0f} MB"
            )
            at = (await listens)["closed"]
            for line in lines:
                line.hang_up()
            return at - server.wall(gate)

        return asyncio.run(phase())


def clearing_and_results(config: Path, homes: Sequence[Home]) -> float:
    """Seconds from the prices' hour until every home has its results."""
    place = read(config).place
    published = datetime.combine(FIRST - timedelta(days=1), datetime.min.time().replace(hour=13), place.zone)
    with Server(config, published - timedelta(seconds=60)) as server:

        async def phase() -> float:
            lines = lines_of(server.port, homes)
            at = await heard(server.port, ["priced", "cleared"])
            path = "/api/v1/members/{}/positions?count=196"
            asks = [[get(mine, home.asks(mine))] for home in homes for mine in [path.format(home.member)]]
            began = perf_counter()
            done = await sent(lines, asks, 0.001)
            fetched = perf_counter() - began
            due = server.wall(published)
            print(f"  prices asked for, known and cleared {at['cleared'] - due:.2f} s after their hour")
            print(done.line("everybody's positions"))
            for line in lines:
                line.hang_up()
            return at["cleared"] - due + fetched

        return asyncio.run(phase())


def readings(config: Path, homes: Sequence[Home], each: int, rate: int) -> None:
    """Single quarter-hours as fast as asked; then what is left of the day in one message of each home."""
    place = read(config).place
    ends = place.grid(FIRST).end
    single = [
        [post(MESSAGES, body(home.readings(FIRST, 2 + ptu, [ptu]))) for ptu in range(each)] for home in homes
    ]
    rest = [[post(MESSAGES, body(home.readings(FIRST, 2 + each, range(each, 96))))] for home in homes]
    with Server(config, ends + timedelta(minutes=10)) as server:

        async def phase() -> None:
            lines = lines_of(server.port, homes)
            server.quiet()
            cpu_s, own_s = server.cpu_s(), time.process_time()
            done = await sent(lines, single, each * len(homes) / rate)
            print(done.line(f"readings of one quarter-hour, {rate:,} a second asked"))
            print(
                f"    {server.cpu_s() - cpu_s:.1f} s of a processor in the server, {time.process_time() - own_s:.1f} s in who calls; "
                f"{server.rss_mb():.0f} MB, at most {server.rss_mb('VmHWM'):.0f} MB"
            )
            done = await sent(lines, rest, 0.5)
            print(done.line(f"readings of {96 - each} quarter-hours"))
            for line in lines:
                line.hang_up()

        asyncio.run(phase())


def settlement(config: Path) -> None:
    """The day's settlement, on the clock."""
    place = read(config).place
    due = live.settled_at(place, FIRST)
    with Server(config, due - timedelta(seconds=25)) as server:
        at = asyncio.run(heard(server.port, ["settled"]))["settled"]
        print(
            f"  settled {at - server.wall(due):.2f} s after it was due; {server.rss_mb():.0f} MB, at most {server.rss_mb('VmHWM'):.0f} MB"
        )
        (replayed,) = [one for one in server.said() if one["what"] == "replayed"]
        print(
            f"  a start before it: {replayed['events']:,} events in {replayed['seconds']:.1f} s, ready in {server.ready_s:.1f} s"
        )


def measured(folder: Path, store: str, homes: Sequence[Home], given: argparse.Namespace) -> None:
    """One store."""
    config = configured(folder, store)
    joined(config, homes)
    closed_s = orders_and_gate(config, homes, given.over)
    results_s = clearing_and_results(config, homes)
    print(
        f"  closed {closed_s:.2f} s after the gate, and {results_s:.2f} s to prices, clearing and everybody's results: {closed_s + results_s:.1f} s, aim {AIM_S:.0f} s"
    )
    readings(config, homes, given.each, given.rate)
    settlement(config)
    if "://" not in store:
        size = sum(path.stat().st_size for path in folder.glob(f"{store}*"))
        print(f"  log: {size / 2**20:.1f} MB")


def main() -> int:
    """Print all of it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.load", description=__doc__)
    ask.add_argument("--homes", type=int, default=2_000)
    ask.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    ask.add_argument("--over", type=float, default=30.0, help="seconds in which all orders come")
    ask.add_argument("--each", type=int, default=10, help="quarter-hours that each home tells one by one")
    ask.add_argument("--rate", type=int, default=AIM_PER_S, help="readings a second")
    given = ask.parse_args()
    began = perf_counter()
    templates()
    homes = [Home(number, Key.new()) for number in range(given.homes)]
    print(
        f"{given.homes:,} homes, {given.store}; {os.cpu_count()} processors for all, load {os.getloadavg()[0]:.1f} (made in {perf_counter() - began:.0f} s)"
    )
    folder = Path(tempfile.mkdtemp(prefix="laag-load-"))
    postgres = import_module("tests.ports.server").Server() if given.store == "postgres" else None
    try:
        if postgres is not None:
            postgres.start()
        measured(folder, postgres.fresh() if postgres else "street.sqlite", homes, given)
    finally:
        if postgres is not None:
            postgres.stop("immediate")
            postgres.remove()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
