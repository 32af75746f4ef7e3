"""One request: an answer whatever its status, or one kind of error. No address is ever in an error or a log: it may hold a key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from laag.foundation.errors import BadInput
from laag.foundation.words import Said

try:
    import httpx
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"asking over the network needs {missing.name}, which is not installed; pip install 'laag[live]' adds it",
        name=missing.name,
    ) from missing

_MOST_BYTES = 4 * 1024 * 1024
_LONGEST_WAIT_S = 24 * 3600.0


class Unfetched(OSError):
    """Nobody answered, or not within the time or the size that an answer may have."""


class Away(OSError):
    """A source gives nothing that can be used, and residents may read why; it is asked again after ``wait_s`` at the earliest."""

    def __init__(self, said: Said, wait_s: float | None = None) -> None:
        super().__init__(said.en)
        self.said, self.wait_s = said, wait_s


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    retry_after_s: float | None = None
    """How long the other side asks to wait, where it does."""


@asynccontextmanager
async def asking(
    base: str, timeout_s: float = 20.0, query: Mapping[str, str] | None = None, *, proxies: bool = True
) -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client for one server; ``query`` goes with every request and is added where no log sees it.

    ``proxies`` off never leaves the own network.
    """
    try:
        transport = _Quietly(httpx.AsyncHTTPTransport(trust_env=proxies), query or {})
        client = httpx.AsyncClient(base_url=base, timeout=timeout_s, transport=transport)
    except (httpx.InvalidURL, ValueError) as wrong:
        raise BadInput(f"{base!r} is no address; write it as https://HOST") from wrong
    async with client:
        yield client


async def fetch(
    client: httpx.AsyncClient,
    path: str,
    query: Mapping[str, str] | None = None,
    *,
    most_bytes: int = _MOST_BYTES,
    within_s: float = 60.0,
) -> Answer:
    """Ask once. Every status is an answer; ``Unfetched`` is none."""
    host = client.base_url.host
    try:
        async with (
            asyncio.timeout(within_s),
            client.stream("GET", path, params=dict(query or {})) as response,
        ):
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > most_bytes:
                    raise Unfetched(
                        f"{host} sends more than {most_bytes} bytes, which no answer of it should be"
                    )
            return Answer(response.status_code, bytes(body), _wait_s(response.headers.get("retry-after")))
    except TimeoutError as slow:
        raise Unfetched(f"{host} did not finish its answer in {within_s:g} s") from slow
    except httpx.TimeoutException as slow:
        raise Unfetched(f"{host} does not answer") from slow
    except (httpx.HTTPError, httpx.StreamError) as gone:
        raise Unfetched(f"{host} cannot be reached ({_said(gone)})") from gone


def _said(fault: BaseException) -> str:
    """What the system said of the connection; nothing else of an error is repeated, for it may hold the address."""
    if isinstance(fault, httpx.ConnectError):
        return str(fault) or "no connection"
    return type(fault).__name__


def _wait_s(header: str | None) -> float | None:
    """In seconds only; a date would need a clock, and is rare."""
    text = (header or "").strip()
    return min(float(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() else None


class _Quietly(httpx.AsyncBaseTransport):
    """Adds what must not be seen to the address, below the client that writes addresses to the log."""

    def __init__(self, inner: httpx.AsyncBaseTransport, query: Mapping[str, str]) -> None:
        self._inner, self._query = inner, dict(query)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._query:
            return await self._inner.handle_async_request(request)
        whole = httpx.Request(
            request.method,
            request.url.copy_merge_params(self._query),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(whole)

    async def aclose(self) -> None:
        await self._inner.aclose()
