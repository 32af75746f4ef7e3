"""Where a broker is, and on which topics a device says and is told what."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from laag.adapters.devices import Kind, Place, Quantity, Sense, each_once
from laag.adapters.devices.command import Filled

Topic = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^#+\x00]+$")]
"""One topic: a wildcard would mix up devices."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Broker(_Wire):
    """Where it is and who we are to it."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(gt=0, lt=65536)] | None = None
    """By default 1883, and 8883 with TLS."""
    user: str = ""
    password: Place = ""
    """Where it is, never what it is: ``file:…`` or ``env:…``."""
    tls: bool = False
    ca_file: str = ""
    """Whom to trust; empty: whom this machine trusts."""

    @property
    def at(self) -> int:
        """The port."""
        return self.port or (8883 if self.tls else 1883)


class State(Sense):
    """A topic on which a device says something."""

    topic: Topic
    path: str = ""
    """Where in a JSON payload the number is, such as ``ENERGY.Power[0]``; empty: the payload is the number."""
    at_path: str = ""
    """Where in it the time is (ISO with its zone, or seconds or milliseconds since 1970), if it says."""
    retained: bool | None = None
    """Whether to believe what a broker kept, which may be of any time; by default only that a car is there."""

    @property
    def believes_retained(self) -> bool:
        """Whether a message without a time may be of long ago."""
        return self.what is Quantity.HERE if self.retained is None else self.retained


class Command(_Wire):
    """How a device is told its power."""

    topic: Topic
    template: Filled = "$w"
    """``$w``, ``$kw``, ``$a1`` and ``$a3`` (amperes of 230 V on one and on three phases), ``$on`` and ``$ON``."""
    free: Filled | None = None
    """What a roof is told that may give all it can; by default the template with a thousand kW."""
    scale: FiniteFloat = 1.0
    """-1 where they count what is given as positive."""
    retain: bool = False
    """A command that the broker keeps is obeyed again after any restart: only where a device needs it."""


class Availability(_Wire):
    """A topic on which a device, or its last will, says whether it is there."""

    topic: Topic
    path: str = ""
    online: str = "online"
    offline: str = "offline"


class MqttDevice(_Wire):
    """A device by its topics."""

    device: Kind
    which: str = ""
    states: tuple[State, ...] = ()
    command: Command | None = None
    availability: Availability | None = None


class MqttSettings(_Wire):
    """A broker and the devices behind it."""

    broker: Broker
    devices: tuple[MqttDevice, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        each_once((one.device, one.which) for one in self.devices)
        return self
