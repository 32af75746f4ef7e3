"""Ten thousand who listen to a server's stream: `python -m benchmarks.live.listeners`.

As many as there is room for are let in, the others told to come back; what happens then reaches everybody.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.live.caller import get, own_address
from benchmarks.live.homes import FIRST
from benchmarks.live.server import Server, configured
from laag.apps.street.config import read
from laag.cycle import live

LEAD_S = 90.0


async def listens(port: int, number: int, heard: list[float]) -> tuple[int, asyncio.Task[None] | None]:
    """The status that one is answered with; who is let in notes when the gate's closing was heard."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(own_address(number % 2_000), 0)
    )
    writer.write(get("/api/v1/stream"))
    status = int((await reader.readline()).split(b" ")[1])

    async def hear() -> None:
        while line := await reader.readline():
            if line.startswith(b"event: closed"):
                heard.append(time.time())
                break
        writer.close()  # also: a line that nobody holds on to is hung up

    if status != 200:
        writer.close()
        return status, None
    return status, asyncio.create_task(hear())


async def crowd(server: Server, many: int, due: float) -> None:
    """All of them, and what they hear."""
    before = server.rss_mb()
    heard: list[float] = []
    came = [await listens(server.port, number, heard) for number in range(many)]
    let_in = [task for _, task in came if task is not None]
    away = sum(status == 503 for status, _ in came)
    grown = 1_024 * (server.rss_mb() - before) / max(len(let_in), 1)
    print(
        f"  {len(let_in):,} of {many:,} let in, {away:,} told to come back; {grown:.0f} kB each, {server.rss_mb():.0f} MB in all"
    )
    began = time.perf_counter()
    await asyncio.to_thread(server.get, "/health")
    print(
        f"  meanwhile /health answers in {1e3 * (time.perf_counter() - began):.0f} ms; {due - time.time():.0f} s before the gate"
    )
    await asyncio.gather(*let_in)
    print(
        f"  the gate's closing was heard by the first {min(heard) - due:.2f} s and by the last {max(heard) - due:.2f} s after it"
    )


def main() -> int:
    """Print it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.listeners", description=__doc__)
    ask.add_argument("--many", type=int, default=10_000)
    given = ask.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="laag-listeners-"))
    config = configured(folder, "street.sqlite")
    gate = live.gate(read(config).place, FIRST)
    with Server(config, gate - timedelta(seconds=LEAD_S)) as server:
        asyncio.run(crowd(server, given.many, server.wall(gate)))
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
