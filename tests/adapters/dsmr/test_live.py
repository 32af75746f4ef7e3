"""Bytes that come over a cable, a network or from a file give the same readings, whatever happens on the way."""

import asyncio
import io
import os
import pty
import random
import sys
import termios
import time
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from tests.adapters.dsmr.telegrams import telegram

from laag.adapters.dsmr import (
    Framer,
    Kind,
    Notice,
    Patience,
    Reading,
    Replay,
    Serial,
    Stdin,
    Tcp,
    listen,
    reading_of,
)
from laag.foundation.errors import BadInput

QUICK = Patience(silent_after_s=5, retry_s=0.01, retry_at_most_s=0.05, clock_s=1e12)
STREAM = b"half of an earlier one)\r\n!12AB\r\n" + b"".join(
    telegram(stamp=f"240612131{i % 10:1d}{i // 10:02d}S", import_1_wh=1_000_000 + i) for i in range(20)
)
EXPECTED = [
    reading_of(found, datetime(2024, 1, 1, tzinfo=UTC), b"salt")
    for found in Framer().feed(STREAM)
    if found.body[:1] == b"/"
]


def pieces(stream, seed=1):
    rng, at = random.Random(seed), 0
    while at < len(stream):
        size = rng.choice((1, 2, 7, 100, 999, 4000))
        yield stream[at : at + size]
        at += size


async def heard(source, enough, patience=QUICK):
    """Events until there are enough readings."""
    events = []
    async with asyncio.timeout(20), aclosing(listen(source, b"salt", patience)) as stream:
        async for event in stream:
            events.append(event)
            if sum(isinstance(event, Reading) for event in events) >= enough:
                break
    return events


def readings(events):
    return [event for event in events if isinstance(event, Reading)]


def kinds(events):
    return [event.kind for event in events if isinstance(event, Notice)]


@asynccontextmanager
async def served(*behaviours):
    """A server on this machine that behaves each time in its turn; gives its port."""
    turn, answering = iter(behaviours), set()

    async def answer(_, writer):
        answering.add(asyncio.current_task())
        with suppress(ConnectionError, asyncio.CancelledError):
            await next(turn, behaviours[-1])(writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering)


def sends(stream, then_s=0.0):
    async def behaviour(writer):
        for piece in pieces(stream):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        await asyncio.sleep(then_s)

    return behaviour


async def over_tcp(*behaviours, enough=20, patience=QUICK):
    async with served(*behaviours) as port:
        return await heard(Tcp("127.0.0.1", port), enough, patience)


def test_over_tcp():
    events = asyncio.run(over_tcp(sends(STREAM)))
    assert readings(events) == EXPECTED
    assert kinds(events) == [Kind.LEFT]


def until_it_is_open(port):
    while termios.tcgetattr(port)[3] & termios.ECHO:
        time.sleep(0.01)
    time.sleep(0.1)


def test_over_a_cable():
    async def main():
        ours, theirs = pty.openpty()

        async def meter():
            # Not before the port is open and no longer echoes: what a pseudo-terminal holds is thrown away when it is.
            await asyncio.to_thread(until_it_is_open, theirs)
            for piece in pieces(STREAM):
                await asyncio.to_thread(os.write, ours, piece)

        try:
            speaking = asyncio.create_task(meter())
            events = await heard(Serial(os.ttyname(theirs)), 20)
            await speaking
        finally:
            os.close(ours)
            os.close(theirs)
        return events

    assert readings(asyncio.run(main())) == EXPECTED


def test_from_a_file(tmp_path):
    path = tmp_path / "telegrams.txt"
    path.write_bytes(STREAM)
    events = asyncio.run(heard(Replay(path), 99))
    assert (readings(events), kinds(events)) == (EXPECTED, [Kind.LEFT])


def test_a_file_is_replayed_at_any_speed(tmp_path):
    path = tmp_path / "telegrams.txt"
    path.write_bytes(b"".join(telegram(stamp=f"24061213{minute:02d}00S") for minute in (15, 16, 18)))

    async def main():
        loop = asyncio.get_running_loop()
        begin = loop.time()
        events = await heard(Replay(path, speed=900), 99)
        return loop.time() - begin, events

    took_s, events = asyncio.run(main())
    assert took_s >= 0.2
    assert len(events) == 3


def test_a_file_without_times_has_a_time_of_its_own(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(telegram("old") * 3)
    events = asyncio.run(heard(Replay(path), 99))
    assert [event.at - events[0].at for event in events] == [timedelta(seconds=10 * i) for i in range(3)]


def test_a_replay_that_never_ends_is_refused(tmp_path):
    with pytest.raises(BadInput, match="more than zero"):
        Replay(tmp_path / "x", speed=0)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        asyncio.run(heard(Replay(tmp_path / "nothing"), 1))


def test_from_another_program(tmp_path, monkeypatch):
    path = tmp_path / "telegrams.txt"
    path.write_bytes(STREAM)
    with path.open("rb") as given, io.TextIOWrapper(given) as text:
        monkeypatch.setattr(sys, "stdin", text)
        events = asyncio.run(heard(Stdin(), 99))
    assert readings(events) == EXPECTED


def test_a_lost_connection_is_told_once_and_taken_up_again():
    async def nothing(_):
        pass

    half = len(STREAM) // 2
    events = asyncio.run(over_tcp(sends(STREAM[:half]), nothing, nothing, sends(STREAM[half:], 5), enough=19))
    assert kinds(events) == [Kind.LEFT, Kind.LEFT, Kind.LOST, Kind.LEFT, Kind.BACK]
    assert [event for event in readings(events) if event not in EXPECTED] == []
    assert len(readings(events)) == 19


def test_a_port_that_is_not_there_is_told_with_a_way_out():
    async def main():
        async with aclosing(listen(Serial("/dev/no-such-meter"), b"salt", QUICK)) as stream:
            return await anext(stream)

    notice = asyncio.run(main())
    assert notice.kind is Kind.LOST
    assert "is the cable in?" in notice.finding.what


def test_a_silent_meter_is_reported_and_connected_anew():
    async def silent(_):
        await asyncio.sleep(0.5)

    patience = Patience(silent_after_s=0.2, retry_s=0.01, retry_at_most_s=0.01, clock_s=1e12)
    events = asyncio.run(over_tcp(silent, sends(STREAM, 5), patience=patience))
    assert kinds(events) == [Kind.SILENT, Kind.LEFT, Kind.BACK]
    assert events[0].finding.what == "nothing at all in 0.2 s"
    assert readings(events) == EXPECTED


def test_a_meter_that_speaks_rubbish_is_silent_too():
    async def rubbish(writer):
        for _ in range(200):
            writer.write(b"\xff/garbage!" * 40)
            await asyncio.sleep(0.005)

    patience = Patience(silent_after_s=0.2, retry_s=0.01, retry_at_most_s=0.01, clock_s=1e12)
    events = asyncio.run(over_tcp(rubbish, sends(STREAM, 5), patience=patience))
    assert Kind.SILENT in kinds(events)
    told = next(event for event in events if isinstance(event, Notice) and event.kind is Kind.SILENT)
    assert "none of it believed; is the speed right?" in told.finding.what
    assert readings(events) == EXPECTED


def test_a_clock_that_is_astray_is_told_once_until_it_agrees_again():
    stamps = [datetime.now(UTC) + timedelta(seconds=off) for off in (0, -300, -299, 0)]
    stream = b"".join(telegram(stamp=f"{at + timedelta(hours=1):%y%m%d%H%M%S}W") for at in stamps)
    events = asyncio.run(over_tcp(sends(stream, 5), enough=4, patience=Patience(clock_s=60)))
    assert [type(event).__name__ for event in events] == [
        "Reading",
        "Notice",
        "Reading",
        "Reading",
        "Notice",
        "Reading",
    ]
    told = [event.finding.what for event in events if isinstance(event, Notice)]
    assert told[0].endswith("s behind ours")
    assert told[1] == "the clocks agree again"
