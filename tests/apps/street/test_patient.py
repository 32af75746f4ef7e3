"""Nobody holds a connection by saying nothing, too much, or too slowly; whoever waits for an answer may wait."""

import asyncio
import gc
import socket
from contextlib import asynccontextmanager

import uvicorn
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from laag.apps.street import patient
from laag.apps.street.bounded import MOST_BYTES, Bounded
from laag.apps.street.patient import AT_ONCE, Patient

HEAD = b"POST / HTTP/1.1\r\nHost: kade\r\n"
SOON_S = 20


async def slow(_, receive, send):
    """Reads all, thinks for a second, and answers."""
    while (await receive()).get("more_body"):
        pass
    await asyncio.sleep(1.0)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def endless(_, __, send):
    """More of an answer than anybody's buffers hold."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(1_000):
        await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        await asyncio.sleep(0)


async def until(so):
    """Once this is so."""
    async with asyncio.timeout(SOON_S):
        while not so():  # noqa: ASYNC110 - nobody rings a bell
            await asyncio.sleep(0.02)


@asynccontextmanager
async def served(app=slow):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(
                Bounded(app), http=Patient, lifespan="off", log_config=None, timeout_graceful_shutdown=1
            )
        )
        task = asyncio.create_task(server.serve([door]))
        await until(lambda: server.started)
        try:
            yield door.getsockname()[1], server
        finally:
            server.should_exit = True
            await task


async def answer(port, *parts, pause_s=0.0):
    """What comes back until the other side hangs up or says ok."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = b""
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
        async with asyncio.timeout(SOON_S):
            while not heard.endswith(b"ok") and (more := await reader.read(65_536)):
                heard += more
    except ConnectionError:
        pass
    finally:
        writer.close()
    return heard


def done(coroutine):
    return asyncio.run(coroutine)


def test_who_says_nothing_half_a_head_or_half_a_body_is_let_go(monkeypatch):
    monkeypatch.setattr(patient, "WITHIN_S", 0.3)

    async def lived():
        async with served() as (port, server):
            heard = await asyncio.gather(
                answer(port),
                answer(port, HEAD),
                answer(port, HEAD + b"Content-Length: 10\r\n\r\n12345"),
                answer(port, *[b"X-%d: y\r\n" % n for n in range(40)], pause_s=0.05),
            )
            return heard, len(server.server_state.connections)

    heard, left = done(lived())
    assert not any(b" 200 " in one for one in heard)
    assert left == 0


def test_who_waits_for_an_answer_may_wait(monkeypatch):
    monkeypatch.setattr(patient, "WITHIN_S", 0.3)

    async def lived():
        async with served() as (port, _):
            return await answer(port, HEAD + b"Content-Length: 2\r\n\r\nhi")

    assert done(lived()).endswith(b"ok")


def test_a_head_without_end_is_not_kept():
    async def lived():
        async with served() as (port, server):
            heard = await answer(port, HEAD, *[b"X-More: " + b"y" * 8_000 + b"\r\n" for _ in range(40)])
            return heard, len(server.server_state.connections)

    heard, left = done(lived())
    assert b" 200 " not in heard
    assert left == 0


def test_a_body_without_end_is_refused_however_it_is_sent():
    chunk = b"10000\r\n" + b"z" * 65_536 + b"\r\n"

    async def lived():
        async with served() as (port, _):
            told = await answer(port, HEAD + b"Content-Length: 1000000000\r\n\r\n", b"zz")
            untold = await answer(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 80)
            most = MOST_BYTES // 65_536
            allowed = await answer(
                port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * most, b"0\r\n\r\n"
            )
            return told, untold, allowed

    told, untold, allowed = done(lived())
    assert told.startswith(b"HTTP/1.1 413")
    assert b"stuur het in delen" in told
    # Who goes on sending after it was refused may lose the answer with the connection.
    assert untold == b"" or untold.startswith(b"HTTP/1.1 413")
    assert allowed.endswith(b"ok")


def test_who_does_not_read_is_let_go(monkeypatch):
    monkeypatch.setattr(patient, "TAKEN_WITHIN_S", 0.3)

    async def lived():
        async with served(endless) as (port, server):
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_024)
            writer.write(b"GET / HTTP/1.1\r\nHost: kade\r\n\r\n")
            await until(lambda: server.server_state.connections)
            await until(lambda: not server.server_state.connections)
            writer.close()
            return True

    assert done(lived())


def test_a_call_that_was_answered_leaves_no_garbage():
    """Nobody looks for it often."""
    calls = 50

    async def lived():
        async with served(quick) as (port, _):
            await answer(
                port, *[HEAD + b"Content-Length: 3\r\n\r\none"] * 2, HEAD + b"Content-Length: 2\r\n\r\nok"
            )
            gc.collect()
            gc.disable()
            try:
                await answer(
                    port,
                    *[HEAD + b"Content-Length: 3\r\n\r\none"] * calls,
                    HEAD + b"Content-Length: 2\r\n\r\nok",
                )
                return sum(isinstance(one, RequestResponseCycle) for one in gc.get_objects())
            finally:
                gc.enable()

    assert done(lived()) < calls / 5


async def quick(scope, receive, send):
    """Reads all and answers in one write."""
    said = b""
    while (message := await receive()).get("more_body"):
        said += message["body"]
    assert scope[AT_ONCE](b"x-who: kade\r\n", said + message["body"])
    assert not scope[AT_ONCE](b"", b"again")


def test_an_answer_in_one_write_is_an_answer_like_any_other():
    """In the order of the calls, with its length and the server's own headers; hung up where who calls asked for that."""
    one = HEAD + b"Content-Length: 3\r\n\r\none"
    last = HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nok"

    async def lived():
        async with served(quick) as (port, server):
            heard = await answer(port, one + one, last)
            old = await answer(port, HEAD.replace(b"1.1", b"1.0") + b"Content-Length: 2\r\n\r\nok")
            await until(lambda: not server.server_state.connections)
            return heard, old

    heard, old = done(lived())
    first, second, third = heard.removeprefix(b"HTTP/1.1 200 OK\r\n").split(b"HTTP/1.1 200 OK\r\n")
    assert first.endswith(b"x-who: kade\r\ncontent-length: 3\r\n\r\none")
    assert second == first
    assert third.endswith(b"content-length: 2\r\nconnection: close\r\n\r\nok")
    assert b"date: " in first
    assert old.endswith(b"connection: close\r\n\r\nok")
