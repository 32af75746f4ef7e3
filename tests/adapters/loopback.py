"""A server on this machine that answers as others do, from a function of the request; and a broker that passes messages on."""

import asyncio
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qsl, urlsplit

_WORDS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
}


@asynccontextmanager
async def http(answer):
    """``answer(path, query)`` gives a body, or ``(status, body)``, or ``(status, body, headers)``; gives the address."""

    async def serve(reader, writer):
        while line := (await reader.readline()).decode():
            while (await reader.readline()).strip():
                pass
            target = urlsplit(line.split()[1])
            status, body, headers = _whole(answer(target.path, dict(parse_qsl(target.query))))
            lines = [f"HTTP/1.1 {status} {_WORDS.get(status, 'Well')}", f"content-length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()

    async with _server(serve) as port:
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def _server(serve):
    """Whoever is still being served when it is over is let go, and nothing stays open."""
    serving = set()

    async def one(reader, writer):
        serving.add(asyncio.current_task())
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await serve(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async with await asyncio.start_server(one, "127.0.0.1", 0) as server:
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            for task in serving:
                task.cancel()
            await asyncio.gather(*serving)


def _whole(said):
    said = said if isinstance(said, tuple) else (200, said)
    status, body, headers = (*said, {})[:3]
    return status, body.encode() if isinstance(body, str) else body, headers


@asynccontextmanager
async def broker(messages, code=0, *, hang_up=False):
    """MQTT as far as one listener needs it: it says ``(topic, payload, retained)`` once somebody subscribes; gives the port."""
    seen = []

    async def packet(reader):
        kind, size, shift = (await reader.readexactly(1))[0], 0, 0
        while True:
            byte = (await reader.readexactly(1))[0]
            size |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                return kind >> 4, await reader.readexactly(size)

    async def serve(reader, writer):
        while True:
            kind, body = await packet(reader)
            if kind == 1:
                seen.append(body)
                writer.write(bytes([0x20, 2, 0, code]))
            elif kind == 8:
                writer.write(bytes([0x90, 3]) + body[:2] + b"\0")
                for topic, payload, retained in messages:
                    writer.write(_published(topic, payload, retained))
                    await writer.drain()
                if hang_up:
                    return
            elif kind == 12:
                writer.write(b"\xd0\0")
            elif kind == 14:
                return

    async with _server(serve) as port:
        yield port, seen


def _published(topic, payload, retained):
    body = len(topic).to_bytes(2, "big") + topic.encode() + payload
    size, left = b"", len(body)
    while True:
        left, byte = divmod(left, 128)
        size += bytes([byte | (128 if left else 0)])
        if not left:
            return bytes([0x30 | (1 if retained else 0)]) + size + body
