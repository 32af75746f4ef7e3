"""A proxy on loopback that keeps every byte between homes and their neighbourhood, and reads it as HTTP afterwards."""

import asyncio
import gzip
import json
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import h11

from laag.adapters.neighbourhood.bindings import field_of
from laag.adapters.neighbourhood.calls import Call, call_of
from laag.adapters.neighbourhood.leaving import KINDS, Stays, seen
from laag.adapters.neighbourhood.wire import Messages
from laag.apps.street.api.homes import SettledDay
from laag.apps.street.registered import ANSWERS
from laag.foundation.register import REGISTER

ROOT = "/api/v1"
HTTP = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"}
"""What HTTP itself needs; of it only ``user-agent`` could say something, and every home says the same."""
SIGNED = {"laag-member", "laag-at", "laag-signature"}
MORE_ANSWERS = {"/members/{member}/settled/{day}": SettledDay}
"""What a home reads as it comes."""
STREAM_SAYS = {"day", "revision", "ptu", "wh", "what", "source", "start", "members"}
"""What stands beside the kind of an event: of the whole street, or of nobody."""


@dataclass
class Line:
    """One connection, both ways."""

    asked: bytearray = field(default_factory=bytearray)
    told: bytearray = field(default_factory=bytearray)


@dataclass
class Said:
    """A request with its answer, as they went over the wire."""

    method: str
    target: str
    headers: dict
    body: bytes
    status: int
    answer: bytes

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return [name for name, _ in parse_qsl(urlsplit(self.target).query, keep_blank_values=True)]


@asynccontextmanager
async def proxy(port):
    """Carries what is said to a server on this port; the address, and the lines it heard."""
    lines, ends = [], []

    async def carries(reader, writer, kept):
        with suppress(OSError):
            while piece := await reader.read(1 << 16):
                kept += piece
                writer.write(piece)
                await writer.drain()
        with suppress(OSError):
            writer.close()

    async def hears(reader, writer):
        lines.append(line := Line())
        theirs = await asyncio.open_connection("127.0.0.1", port)
        ends.extend((writer, theirs[1]))
        await asyncio.gather(carries(reader, theirs[1], line.asked), carries(theirs[0], writer, line.told))

    server = await asyncio.start_server(hears, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lines
        for end in ends:
            end.close()
        await asyncio.gather(*(end.wait_closed() for end in ends), return_exceptions=True)


def conversations(lines):
    """Everything that was said, read from the bytes by a parser that is not ours."""
    for line in lines:
        if not line.asked:
            continue
        ours, theirs = h11.Connection(h11.SERVER), h11.Connection(h11.CLIENT)
        ours.receive_data(bytes(line.asked))
        theirs.receive_data(bytes(line.told))
        while (asked := _message(ours)) is not None:
            request, body = asked
            told = _answer(theirs, request)
            headers = {name.decode().lower(): value.decode() for name, value in request.headers}
            yield Said(request.method.decode(), request.target.decode(), headers, body, *told)
            with suppress(h11.LocalProtocolError):
                ours.send(h11.Response(status_code=200, headers=[("content-length", "0")]))
                ours.send(h11.EndOfMessage())
                ours.start_next_cycle()
            if ours.our_state is not h11.IDLE:
                break


def _message(conn):
    """The next request, whole; ``None`` where there is no other."""
    event = conn.next_event()
    if not isinstance(event, h11.Request):
        return None
    body = b""
    while isinstance(part := conn.next_event(), h11.Data):
        body += part.data
    return event, body


def _answer(conn, request):
    """What was answered; of a stream that was cut off, as far as it came."""
    conn.send(h11.Request(method=request.method, target=request.target, headers=[("host", "h")]))
    conn.send(h11.EndOfMessage())
    event, body, packed = conn.next_event(), b"", False
    if not isinstance(event, h11.Response):
        return 0, b""
    packed = (b"content-encoding", b"gzip") in event.headers
    with suppress(h11.RemoteProtocolError):
        while isinstance(part := conn.next_event(), h11.Data):
            body += part.data
    with suppress(h11.LocalProtocolError):
        conn.start_next_cycle()
    return event.status_code, gzip.decompress(body) if packed and body else body


def looked_at(said: Said, found: Counter):
    """Every name in one conversation held against the register of its purpose; ``AssertionError`` or ``Stays`` at a stranger."""
    path = said.path.removeprefix(ROOT)
    call = call_of(said.method, path)
    assert call is not None, f"a home made a call that is not in the table: {said.method} {said.path}"
    found[call.method, call.path] += 1
    _headers(said, call)
    for name in said.query:
        assert name in call.query, (said.target, name)
        _serves(f"call.{name}", call, found)
    for name in SIGNED & said.headers.keys():
        _serves(f"call.{name}", call, found)
    _body(said, call, found)
    if said.status == 200:
        _told(said, call, found)


def _headers(said, call):
    more = set(said.headers) - HTTP - SIGNED
    assert not more, f"{said.target} carries {more}"
    assert bool(SIGNED & said.headers.keys()) is call.signed, said.target
    assert said.headers.get("user-agent") == "laag", "which program a home runs is nobody's business"


def _body(said, call: Call, found):
    if call.body is None:
        assert not said.body, said.target
        return
    given = json.loads(said.body)
    if call.body is Messages:
        assert set(given) == {"messages"}, set(given)
        for one in given["messages"]:
            assert one["kind"] in KINDS, one["kind"]
            found.update(field.name for field in seen(one, KINDS[one["kind"]]))
    else:
        found.update(field.name for field in seen(given, call.body))


def _told(said, call, found):
    if call.path == "/stream":
        for line in said.answer.decode().splitlines():
            if line.startswith("data:"):
                about = json.loads(line.removeprefix("data:"))
                assert set(about) <= STREAM_SAYS, about
        return
    kind = call.answer or MORE_ANSWERS[call.path]
    found.update(field.name for field in seen(json.loads(said.answer), kind, ANSWERS))


def _serves(name, call, found):
    assert name in REGISTER, name
    assert REGISTER[name].serves(call.purpose), (name, call.purpose)
    found[name] += 1


__all__ = ["Counter", "Stays", "conversations", "field_of", "looked_at", "proxy"]
