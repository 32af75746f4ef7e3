"""What the load is compared with: `python -m benchmarks.live.limits [--homes 2000]`.

The same bytes, sent in the same way to a bare uvicorn that reads them and answers as many bytes as a server would; one
thread that does nothing but verify signatures; and the clearing and the settlement of the same day alone, beside a sort.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter, process_time
from typing import Any

import numpy as np
import uvicorn

from benchmarks.live.caller import post
from benchmarks.live.homes import CABLES, FIRST, Home, body, templates
from benchmarks.live.load import MESSAGES, lines_of, sent
from laag.adapters.keys import Key, verified
from laag.adapters.neighbourhood.signing import message_bytes
from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.foundation.contracts import Side

ANSWER = b'{"answers":[{"number":7,"status":"taken"}],"now":"2026-03-28T00:10:00.123456Z"}'
Says = MutableMapping[str, Any]


async def echo(
    _: Says, receive: Callable[[], Awaitable[Says]], send: Callable[[Says], Awaitable[None]]
) -> None:
    """Reads all and answers."""
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(ANSWER)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})


def bare(homes: list[Home], each: int, rate: int) -> None:
    """A uvicorn that does nothing, in a process of its own."""
    requests = [
        [post(MESSAGES, body(home.readings(FIRST, 2 + ptu, [ptu]))) for ptu in range(each)] for home in homes
    ]
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(2048)
        child = os.fork()
        if not child:
            config = uvicorn.Config(echo, http="httptools", lifespan="off", log_config=None, access_log=False)
            asyncio.run(uvicorn.Server(config).serve([door]))
            os._exit(0)

        async def phase() -> str:
            lines = lines_of(door.getsockname()[1], homes)
            return (await sent(lines, requests, each * len(homes) / rate)).line(
                f"a bare uvicorn, {rate:,} a second asked"
            )

        print(asyncio.run(phase()))
        os.kill(child, 9)
        _, _, used = os.wait4(child, 0)
        spent = (used.ru_utime + used.ru_stime) / (each * len(homes))
        print(f"    {1e3 * spent:.2f} ms of a processor each")


def signatures(homes: list[Home]) -> None:
    """How long one takes."""
    wires = [home.readings(FIRST, 2, [0]) for home in homes]
    given = [
        (home.key.public, one.signature, message_bytes(one)) for home, one in zip(homes, wires, strict=True)
    ]
    began = process_time()
    assert all(verified(*one) for one in given)
    print(f"  a signature verified: {1e3 * (process_time() - began) / len(given):.2f} ms of a processor")


def day(homes: list[Home]) -> None:
    """Clearing and settlement alone."""
    cables = tuple(live.Cable(f"c{n}", 250.0, 250.0) for n in range(CABLES))
    state = live.begin(live.Neighbourhood("Load", terms_of(Options()), FIRST, cables))

    def told(message: live.Message) -> float:
        nonlocal state
        began = process_time()
        state, effects = live.apply(state, message)
        assert not any(isinstance(one, live.Refused) for one in effects)
        return process_time() - began

    for home in homes:
        told(live.Joined(home.member, FIRST, home.cable))
        told(live.Ordered(home.member, FIRST, 1, home.rows(FIRST)))
    told(live.Closed(FIRST))
    ticks = 8_000 + 20 * np.arange(96)
    cleared_s = told(live.Priced(FIRST, ticks, "exchange"))
    market = state.day(FIRST).market
    assert market is not None
    orders = market.orders
    began = process_time()
    order = np.lexsort(
        (np.where(orders.side == Side.BUY, -orders.limit_ticks, orders.limit_ticks), orders.side, orders.ptu)
    )
    np.cumsum(orders.quantity_wh[order])
    sorted_s = process_time() - began
    print(
        f"  {len(orders):,} orders cleared in {cleared_s:.2f} s; a numpy sort and running sum of them takes {sorted_s:.2f} s"
    )
    for home in homes:
        told(live.Metered(home.member, FIRST, 2, np.arange(96), home.offtake_wh(FIRST)))
    told(live.Imbalanced(FIRST, ticks + 500, ticks - 500, "operator"))
    print(f"  the day settled in {told(live.Settle(FIRST)):.2f} s")


def main() -> int:
    """Print it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.limits", description=__doc__)
    ask.add_argument("--homes", type=int, default=2_000)
    ask.add_argument("--each", type=int, default=10)
    ask.add_argument("--rate", type=int, default=2_000)
    given = ask.parse_args()
    templates()
    homes = [Home(number, Key.new()) for number in range(given.homes)]
    print(f"{given.homes:,} homes; load {os.getloadavg()[0]:.1f}")
    began = perf_counter()
    day(homes)
    signatures(homes)
    bare(homes, given.each, given.rate)
    print(f"  ({perf_counter() - began:.0f} s in all)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
