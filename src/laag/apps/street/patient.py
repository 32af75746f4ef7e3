"""Connections that keep a server waiting are let go, so that nobody holds a door open by saying nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import ReferenceType, ref

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

WITHIN_S = 30.0
"""From its first byte, or from when somebody connected, a call has this long to be said; 4 MB are 1.1 Mbit/s."""
TAKEN_WITHIN_S = 60.0
"""Whoever does not read what is sent for so long is gone."""
MOST_HEAD_BYTES = 64 * 1024
AT_ONCE = "laag.at_once"
"""Where a call's scope holds a way to answer 200 in one write: headers as they are sent, and a body."""
AtOnce = Callable[[bytes, bytes], bool]


class Patient(HttpToolsProtocol):
    """Waits so long for a call and no longer; how long an answer takes, such as a stream, is not its business."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._until_s: float | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Somebody connected."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """They went."""
        self._heard()
        self._taken()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """They say something."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """A call begins."""
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """What follows is a body, whose size is watched where it is read."""
        self._head_bytes = -(2**62)
        super().on_headers_complete()
        self.scope[AT_ONCE] = partial(_at_once, ref(self.cycle))  # type: ignore[literal-required]  # ours beside theirs

    def on_message_complete(self) -> None:
        """All of it is said."""
        self._heard()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """They do not read as fast as we write."""
        self._unread = self.loop.call_later(TAKEN_WITHIN_S, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        """They do again."""
        self._taken()
        super().resume_writing()

    def _taken(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _wait(self) -> None:
        self._head_bytes = 0
        self._until_s = self.loop.time() + WITHIN_S
        if self._timer is None:
            self._timer = self.loop.call_at(self._until_s, self._look)

    def _heard(self) -> None:
        # The timer stays for the next call: one for each would be a twentieth of a call's work.
        self._until_s = None

    def _look(self) -> None:
        self._timer = None
        if self._until_s is None:
            return
        if self._until_s <= self.loop.time():
            self.transport.abort()
        else:
            self._timer = self.loop.call_at(self._until_s, self._look)


def _at_once(of: ReferenceType[RequestResponseCycle], headers: bytes, body: bytes) -> bool:
    """Answer in one write; whether it could be. Head and body apart, each header looked at, take a fifth longer a reading."""
    cycle = of()  # which knows the scope that knows us: held fast, every call would be garbage that somebody has to look for
    if cycle is None or cycle.flow.write_paused or cycle.response_started:
        return False
    if cycle.disconnected:
        return True  # nobody is there to be answered
    always = b"".join(b"%s: %s\r\n" % header for header in cycle.default_headers)
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    cycle.response_started = cycle.response_complete = True
    cycle.transport.write(
        b"".join((b"HTTP/1.1 200 OK\r\n", always, headers, b"content-length: %d\r\n" % len(body), end, body))
    )
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
    return True
