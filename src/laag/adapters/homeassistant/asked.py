"""What a resident asks of us in Home Assistant, as a value; and the topics on which that goes."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from laag import __version__
from laag.adapters.homeassistant.shown import Entity, PanelSettings, entities, stop_of
from laag.home.preferences.blanks import Stop


class Ask(Enum):
    """What is asked, by the name of its entity."""

    PAUSE = "pause"
    """``True``: steer nothing until it is ``False`` again."""
    CAR_PERCENT = "car_percent"
    """How full the car is to be."""
    SLIDER = "slider"


@dataclass(frozen=True, slots=True)
class Asked:
    """A resident asked for this; it is done when the next ``Shown`` says so."""

    what: Ask
    value: bool | float | Stop
    at: datetime


_TRUTHS = {"ON": True, "OFF": False}
_LONGEST = 200


def asked(settings: PanelSettings, topic: str, payload: bytes, now: datetime) -> Asked | str:
    """A command, or why it is none.

    >>> from datetime import UTC
    >>> asked(PanelSettings(), "laag/home/pause/set", b"ON", datetime(2026, 6, 1, tzinfo=UTC)).value
    True
    """
    name = topic.removeprefix(f"{base(settings)}/").removesuffix("/set")
    try:
        what, text = Ask(name), payload[:_LONGEST].decode("utf-8").strip()
    except ValueError:
        return f"nothing that can be asked of us: {topic[:_LONGEST]!r}"
    value: bool | float | Stop | None
    match what:
        case Ask.PAUSE:
            value = _TRUTHS.get(text)
        case Ask.SLIDER:
            value = stop_of(text)
        case Ask.CAR_PERCENT:
            value = _percent(text)
    return f"{text[:40]!r} cannot be meant for {name}" if value is None else Asked(what, value, now)


def base(settings: PanelSettings) -> str:
    """Where our topics begin."""
    return f"laag/{settings.home}"


def there(settings: PanelSettings) -> str:
    """Where it says whether we are there."""
    return f"{base(settings)}/there"


def state_topic(settings: PanelSettings, name: str) -> str:
    """Where an entity's state is."""
    return f"{base(settings)}/{name}/state"


def set_topics(settings: PanelSettings) -> list[str]:
    """Where we are asked something."""
    return [f"{base(settings)}/{entity.name}/set" for entity in entities(settings) if entity.asks]


def configs(settings: PanelSettings) -> list[tuple[str, str]]:
    """What makes Home Assistant discover us: topics and JSON, to be kept by the broker."""
    return [
        (
            f"{settings.prefix}/{entity.kind}/laag_{settings.home}/{entity.name}/config",
            _config(settings, entity),
        )
        for entity in entities(settings)
    ]


def _config(settings: PanelSettings, entity: Entity) -> str:
    words = {
        "name": entity.called.to(settings.language),
        "unique_id": f"laag_{settings.home}_{entity.name}",
        "default_entity_id": f"{entity.kind}.laag_{settings.home}_{entity.name}",
        "state_topic": state_topic(settings, entity.name),
        "availability_topic": there(settings),
        "qos": 1,
        "device": {
            "identifiers": [f"laag_{settings.home}"],
            "name": "laag" if settings.home == "home" else f"laag {settings.home}",
            "manufacturer": "laag",
            "model": "home energy management",
            "sw_version": __version__,
        },
        "origin": {"name": "laag", "sw_version": __version__},
        **entity.more,
    }
    if entity.asks:
        words["command_topic"] = f"{base(settings)}/{entity.name}/set"
    return json.dumps(words, ensure_ascii=False)


def _percent(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= 100 else None
