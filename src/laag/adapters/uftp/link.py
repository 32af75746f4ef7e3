"""The line to the other side: a door for what comes, a carrier for what goes, and one thread at the desk between them.

UFTP answers twice: 200 says that a message was taken and is kept, and the answer that says accepted or rejected is a
message of its own, later.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx
from fastapi import APIRouter, Request, Response

from laag.adapters.uftp.desk import Desk, Heard, Letter
from laag.adapters.uftp.guard import MOST_BYTES
from laag.foundation.ports import Clock

PATH = "/shapeshifter/api/v3/message"
T = TypeVar("T")
log = logging.getLogger("laag.uftp")
_TEMPORARY = {404, 408, 419, 425, 429}
_HEADERS = {"Content-Type": "text/xml; charset=utf-8"}
_PER_MINUTE = 600
"""Messages of one sender's address; more is told to come back."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """How hard is tried to deliver."""

    timeout_s: float = 20.0
    first_wait_s: float = 1.0
    longest_wait_s: float = 300.0
    within_s: float = 6 * 3600.0
    """Of trying; then a message is given up, and the log says so."""


class Line:
    """One participant on the network."""

    def __init__(
        self,
        opens: Callable[[], AbstractContextManager[Desk]],
        clock: Clock,
        carrying: Carrying | None = None,
    ) -> None:
        self.clock = clock
        self.news = asyncio.Event()
        """Something was heard or said."""
        self._opens, self._carrying = opens, carrying or Carrying()
        self._thread = ThreadPoolExecutor(1, "uftp desk")
        self._open = ExitStack()
        self._desk: Desk | None = None
        self._to_carry = asyncio.Event()
        self._busy: set[str] = set()
        self._heard: Counter[str] = Counter()
        self._minute = 0.0

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[Line, None]:
        """The desk is open, and what was said is carried."""
        loop = asyncio.get_running_loop()
        self._desk = await loop.run_in_executor(self._thread, lambda: self._open.enter_context(self._opens()))
        carrier = asyncio.create_task(self._carry())
        try:
            yield self
        finally:
            carrier.cancel()
            await asyncio.gather(carrier, return_exceptions=True)
            await loop.run_in_executor(self._thread, self._open.close)
            self._thread.shutdown()

    async def on_desk(self, does: Callable[[Desk], T]) -> T:
        """Do something at the desk, on its own thread, one after another."""
        desk = self._desk
        assert desk is not None, "the line is not open"
        done = await asyncio.get_running_loop().run_in_executor(self._thread, does, desk)
        self._to_carry.set()
        return done

    async def hear(self, envelope: bytes) -> Heard:
        """Take what came in; what comes back is kept already."""
        heard = await self.on_desk(lambda desk: desk.hear(envelope, self.clock.now()))
        if heard.known is not None:
            self.news.set()
        elif heard.status != 200:
            log.warning("a message was not taken (%d): %s", heard.status, heard.why)
        return heard

    def router(self, path: str = PATH) -> APIRouter:
        """The one route that participants call."""
        router = APIRouter(tags=["uftp"])
        router.add_api_route(path, self._door, methods=["POST"])
        return router

    async def _door(self, request: Request) -> Response:
        """Take a signed message."""
        kind = request.headers.get("content-type", "").lower().replace(" ", "")
        if kind.partition(";")[0] != "text/xml" or ("charset=" in kind and "charset=utf-8" not in kind):
            return _said(400, "Content-Type is text/xml; charset=utf-8")
        told = request.headers.get("content-length", "")
        if not told.isdigit():
            return _said(411, "say how long the message is in Content-Length")
        if int(told) > 2 * MOST_BYTES:
            return _said(400, f"a message has at most {MOST_BYTES} bytes")
        if self._too_many(request.client.host if request.client else ""):
            return _said(429, f"at most {_PER_MINUTE} messages a minute are taken; come back in a minute")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > 2 * MOST_BYTES:
                return _said(400, f"a message has at most {MOST_BYTES} bytes")
        heard = await self.hear(bytes(body))
        return _said(heard.status, "" if heard.status == 200 else heard.why)

    def _too_many(self, address: str) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._minute > 60:
            self._minute = now
            self._heard.clear()
        self._heard[address] += 1
        return self._heard[address] > _PER_MINUTE

    async def _carry(self) -> None:
        limits = httpx.Timeout(self._carrying.timeout_s)
        async with httpx.AsyncClient(timeout=limits, trust_env=False) as client, asyncio.TaskGroup() as tasks:
            while True:
                for peer in await self._peers_waiting():
                    self._busy.add(peer)
                    tasks.create_task(self._to(peer, client))
                await self._to_carry.wait()
                self._to_carry.clear()

    async def _peers_waiting(self) -> set[str]:
        waiting = await self.on_desk(Desk.waiting)
        self._to_carry.clear()
        return {letter.peer for letter in waiting} - self._busy

    async def _to(self, peer: str, client: httpx.AsyncClient) -> None:
        """Everything for one peer, in order; who does not answer holds up nobody else."""
        try:
            await self._in_order(peer, client)
        except Exception:
            # A store that takes nothing, or a participant that is listed no more: the others' post goes on.
            log.exception("the post for %s waits", peer)
            await asyncio.sleep(self._carrying.longest_wait_s)
        finally:
            self._busy.discard(peer)
            self._to_carry.set()

    async def _in_order(self, peer: str, client: httpx.AsyncClient) -> None:
        loop = asyncio.get_running_loop()
        wait_s, since = self._carrying.first_wait_s, loop.time()
        while letters := [one for one in await self.on_desk(Desk.waiting) if one.peer == peer]:
            letter = letters[0]
            status, why = await self._post(letter, client)
            if status == 200 or _final(status) or loop.time() - since > self._carrying.within_s:
                await self._ends(letter, status, why)
                wait_s, since = self._carrying.first_wait_s, loop.time()
                continue
            log.info("%s takes nothing (%s); again in %g s", peer, why or status, wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, self._carrying.longest_wait_s)

    async def _post(self, letter: Letter, client: httpx.AsyncClient) -> tuple[int, str]:
        to = await self.on_desk(lambda desk: desk.participant(letter.peer, letter.role))
        try:
            answer = await client.post(
                to.endpoint, content=letter.envelope, headers=_HEADERS, follow_redirects=False
            )
        except (httpx.HTTPError, httpx.InvalidURL) as gone:
            return 0, f"{type(gone).__name__}: {gone}"
        if answer.is_redirect:
            elsewhere = answer.headers.get("location", "")[:200]
            return (
                answer.status_code,
                f"it points to {elsewhere!r}; a message goes to the address that is listed, and nowhere else",
            )
        return answer.status_code, answer.text[:300] if answer.status_code != 200 else ""

    async def _ends(self, letter: Letter, status: int, why: str) -> None:
        if status != 200:
            log.error("%s will not take %s (%d %s); it is given up", letter.peer, letter.id, status, why)
        await self.on_desk(lambda desk: desk.delivered(letter.id, status, self.clock.now(), why))
        self.news.set()


def _final(status: int) -> bool:
    return 400 <= status < 500 and status not in _TEMPORARY


def _said(status: int, why: str) -> Response:
    return Response(why, status, media_type="text/plain")
