"""A meter that another program reads and passes on through a broker: telegrams as they are, or DSMR-reader's figures."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from laag.adapters.dsmr.dsmr_reader import Gathered, reading_of
from laag.adapters.dsmr.link import Live, Piece, Unreachable
from laag.foundation.words import Said

try:
    import aiomqtt
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"a meter behind a broker needs {missing.name}, which is not installed; pip install 'laag[devices]' adds it",
        name=missing.name,
    ) from missing

_MOST_BYTES = 64 * 1024
_WAITING = 100
"""Messages that may wait to be read; of a meter only the newest matter."""
_REFUSED = Said(
    "de broker weigert deze naam of dit wachtwoord; kijk ze na in de broker",
    "the broker refuses this name or password; check them there",
)


@dataclass(frozen=True)
class Mqtt(Live):
    """A topic with telegrams or JSON on it; one that ends in ``/#`` has a value on each topic below."""

    host: str
    topic: str
    port: int = 1883
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    encrypted: bool = False

    @property
    def name(self) -> str:
        """Host, port and topic; never a password."""
        return f"{self.host}:{self.port}/{self.topic}"

    async def chunks(self) -> AsyncGenerator[Piece, None]:
        """What is said from now on; what the broker kept from earlier is not what the meter says now."""
        gathered = Gathered()
        try:
            async with aiomqtt.Client(
                self.host,
                self.port,
                username=self.user,
                password=self.password,
                tls_context=ssl.create_default_context() if self.encrypted else None,
                timeout=10,
                max_queued_incoming_messages=_WAITING,
            ) as client:
                await client.subscribe(self.topic)
                async for message in client.messages:
                    if not message.retain and (piece := self._piece(gathered, message)) is not None:
                        yield piece
        except aiomqtt.MqttError as fault:
            raise _said(fault) from fault

    def _piece(self, gathered: Gathered, message: aiomqtt.Message) -> Piece | None:
        payload = message.payload if isinstance(message.payload, bytes) else b""
        if not payload or len(payload) > _MOST_BYTES:
            return None
        if self.topic.endswith("#"):
            return gathered.add(str(message.topic), payload, self.now())
        if payload.lstrip()[:1] == b"{":
            return reading_of(payload, self.now())
        return payload + b"\r\n"


def _said(fault: aiomqtt.MqttError) -> OSError:
    """As an error of the system, which a lost cable gives too."""
    text = str(fault)
    if "uthori" in text or "ser name" in text:
        return Unreachable(_REFUSED)
    return fault.__cause__ if isinstance(fault.__cause__, OSError) else ConnectionError(text[:200])
