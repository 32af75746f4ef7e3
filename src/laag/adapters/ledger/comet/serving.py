"""The socket on which CometBFT asks its application: one answer to each request, in their order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from laag.adapters.ledger.comet.abci import (
    REQUESTS,
    RESPONSES,
    ExceptionResponse,
    FlushRequest,
    FlushResponse,
    Request,
    Response,
)
from laag.adapters.ledger.comet.protobuf import decoded, encoded, read_varint
from laag.foundation.errors import BadInput, LaagError
from laag.ledger.protobuf import delimited, message

log = logging.getLogger(__name__)
Answer = Callable[[Request], Response]
LARGEST_BYTES = 64 * 1024 * 1024
"""More than the largest block; what says that it is longer is not CometBFT."""
_READ_BYTES = 1 << 18


async def serve(socket: Path, answer: Answer) -> asyncio.Server:
    """Answer whoever connects to a unix socket in a folder that only its owner enters."""
    await asyncio.to_thread(socket.unlink, missing_ok=True)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await _answer_all(reader, writer, answer)
        writer.close()

    return await asyncio.start_unix_server(connected, socket)


async def _answer_all(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer) -> None:
    waiting = bytearray()
    while data := await reader.read(_READ_BYTES):
        waiting += data
        while (framed := _framed(waiting)) is not None:
            writer.write(delimited(answered(framed, answer)))
        await writer.drain()


def _framed(waiting: bytearray) -> bytes | None:
    """Take one whole message off the front, where there is one."""
    said = read_varint(waiting, 0)
    if said is None:
        return None
    size, start = said
    if size > LARGEST_BYTES:
        raise BadInput(f"a message of {size} bytes is announced, the largest is {LARGEST_BYTES}")
    if len(waiting) < start + size:
        return None
    whole = bytes(waiting[start : start + size])
    del waiting[: start + size]
    return whole


def answered(asked: bytes, answer: Answer) -> bytes:
    """The answer to one request, both in their envelopes; a fault of ours is said, and CometBFT then stops.

    >>> from laag.adapters.ledger.comet.abci import EchoRequest, EchoResponse
    >>> answered(bytes.fromhex("0a040a026869"), lambda echo: EchoResponse(echo.message)).hex()
    '12040a026869'
    """
    try:
        request = _request(asked)
        response = FlushResponse() if isinstance(request, FlushRequest) else answer(request)
    except LaagError as fault:
        log.error("the ledger's application stops: %s", fault)  # noqa: TRY400 - a sentence, not where it was raised
        response = ExceptionResponse(str(fault))
    except Exception as fault:  # whatever it was, CometBFT must hear that there is no answer
        log.exception("the ledger's application stops")
        response = ExceptionResponse(f"{type(fault).__name__}: {fault}")
    return message(RESPONSES[type(response)], encoded(response))


def _request(asked: bytes) -> Request:
    tag = read_varint(asked, 0)
    kind = None if tag is None else REQUESTS.get(tag[0] >> 3)
    if tag is None or kind is None or tag[0] & 7 != 2:
        raise BadInput("CometBFT asks what is not in ABCI 2.0; use cometbft 0.38")
    size = read_varint(asked, tag[1])
    if size is None or size[1] + size[0] != len(asked):
        raise BadInput("a request of CometBFT is torn; both ends are to be of one version, 0.38")
    return decoded(kind, asked[size[1] :])
