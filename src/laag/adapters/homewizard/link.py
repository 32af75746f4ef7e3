"""Asking a HomeWizard P1 meter every second: for the telegram itself where it gives that, else for its figures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from laag.adapters.dsmr import Live, Piece, Unreachable
from laag.adapters.fetch import Answer, asking, fetch
from laag.adapters.homewizard.translate import reading_of
from laag.adapters.homewizard.wire import Data, Product, read
from laag.foundation.findings import Finding
from laag.foundation.words import Said

_P1 = "HWE-P1"
_MOST_BYTES = 64 * 1024
_OFF = Said(
    "de lokale API van de HomeWizard staat uit; zet hem aan in de app: Instellingen, Meters, je meter, Lokale API",
    "the local API of the HomeWizard is off; switch it on in its app: Settings, Meters, your meter, Local API",
)


@dataclass(frozen=True)
class HomeWizard(Live):
    """A P1 meter of HomeWizard, by the address that the home's router gave it."""

    host: str
    port: int = 80
    every_s: float = 1.0
    """They ask for no more than twice a second."""

    @property
    def name(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    async def chunks(self) -> AsyncGenerator[Piece, None]:
        """What the meter says, each telegram once."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        async with asking(f"http://{host}:{self.port}", timeout_s=5, proxies=False) as client:
            await self._known(client)
            first = await self._telegram(client)
            said = self._telegrams(client, first) if first else self._figures(client)
            async with aclosing(said) as pieces:
                async for piece in pieces:
                    yield piece

    async def _known(self, client: httpx.AsyncClient) -> None:
        """Whether this is a P1 meter at all."""
        answer = await self._ask(client, "/api")
        product = read(Product, answer.body) if answer.status == 200 else ""
        if isinstance(product, Product) and product.product_type == _P1:
            return
        found = product.product_type[:40] if isinstance(product, Product) else None
        raise Unreachable(
            Said(
                f"op {self.name} antwoordt {found or 'iets anders'}, en geen P1-meter van HomeWizard; geef het adres van de P1-meter",
                f"at {self.name} {found or 'something else'} answers, and no P1 meter of HomeWizard; give the P1 meter's address",
            )
        )

    async def _telegram(self, client: httpx.AsyncClient) -> bytes | None:
        """The last telegram as it was; ``None`` where there is none to be had."""
        answer = await self._ask(client, "/api/v1/telegram")
        return answer.body + b"\r\n" if answer.status == 200 and answer.body.lstrip()[:1] == b"/" else None

    async def _telegrams(self, client: httpx.AsyncClient, first: bytes) -> AsyncGenerator[Piece, None]:
        """What was said before is not said again: an older meter speaks every ten seconds only."""
        yield first
        last: bytes | None = first
        while True:
            await asyncio.sleep(self.every_s)
            now = await self._telegram(client)
            if now and now != last:
                yield now
            last = now or last

    async def _figures(self, client: httpx.AsyncClient) -> AsyncGenerator[Piece, None]:
        while True:
            answer = await self._ask(client, "/api/v1/data")
            now = self.now()
            data = read(Data, answer.body) if answer.status == 200 else f"it answers {answer.status}"
            if isinstance(data, Data):
                yield reading_of(data, now)
            else:
                yield Finding(self.name, f"{now:%Y-%m-%dT%H:%M:%SZ}", f"an answer was left: {data}")
            await asyncio.sleep(self.every_s)

    async def _ask(self, client: httpx.AsyncClient, path: str) -> Answer:
        answer = await fetch(client, path, most_bytes=_MOST_BYTES, within_s=10)
        if answer.status == 403:
            raise Unreachable(_OFF)
        return answer
