"""What a household should know of its devices, in plain sentences: support that ends, clouds, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from laag.apps.home.words import day as in_words
from laag.apps.upkeep.inventory import Device
from laag.foundation.words import Lang, Said

SOON = timedelta(days=365)
"""So long before its end support is worth a word: a heat pump is not replaced in a week."""
STALE = timedelta(days=365)
"""What was looked up longer ago may have changed."""


class Weight(IntEnum):
    """How much it matters; the heaviest is said first."""

    NOTE = 0
    WARNING = 1
    DANGER = 2


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing about one device."""

    device: str
    weight: Weight
    said: Said


def concerns(devices: Iterable[Device], today: date) -> tuple[Concern, ...]:
    """Everything worth a word, the heaviest first, in the order of the devices.

    >>> old = Device(name="charger", kind="charger", support_until=date(2024, 6, 30), checked=date(2026, 1, 1), source="letter")
    >>> concerns([old], date(2026, 11, 22))[0].said.en
    'charger: its maker stopped mending its security after Sunday 30 June 2024; keep it off the internet, or replace it'
    """
    found = [one for device in devices for one in _of(device, today)]
    return tuple(sorted(found, key=lambda one: -one.weight))


def _of(device: Device, today: date) -> Iterator[Concern]:
    for weight, said in (
        *_support(device, today),
        *_cloud(device),
        *_unknown(device),
        *_sources(device, today),
    ):
        named = Said(f"{device.name}: {said.nl}", f"{device.name}: {said.en}")
        yield Concern(device.name, weight, named)


def _support(device: Device, today: date) -> Iterator[tuple[Weight, Said]]:
    until = device.support_until
    if until is None:
        yield (
            Weight.WARNING,
            Said(
                "het is niet bekend tot wanneer de maker de beveiliging bijhoudt; vraag het de maker of de installateur",
                "it is not known until when its maker mends its security; ask the maker or the installer",
            ),
        )
    elif until < today:
        yield (
            Weight.DANGER,
            Said(
                f"de maker houdt de beveiliging sinds {_day(until, Lang.NL)} niet meer bij; "
                "houd het van internet af, of vervang het",
                f"its maker stopped mending its security after {_day(until, Lang.EN)}; "
                "keep it off the internet, or replace it",
            ),
        )
    elif until - today < SOON:
        yield (
            Weight.WARNING,
            Said(
                f"de maker houdt de beveiliging nog bij tot en met {_day(until, Lang.NL)}; kijk uit naar wat daarna komt",
                f"its maker mends its security until {_day(until, Lang.EN)}; look for what comes after it",
            ),
        )


def _cloud(device: Device) -> Iterator[tuple[Weight, Said]]:
    if device.works_without_cloud is False:
        yield (
            Weight.WARNING,
            Said(
                "het werkt niet zonder de computers van de maker; stopt die ermee, dan stopt dit ook",
                "it does not work without its maker's computers; when those stop, so does this",
            ),
        )
    elif device.works_without_cloud is None:
        yield (
            Weight.NOTE,
            Said(
                "het is niet bekend of het zonder internet werkt; trek de stekker van de router er eens een uur uit",
                "it is not known whether it works without the internet; unplug the router for an hour and see",
            ),
        )


_FIELDS = (
    ("make", Said("de maker", "its maker")),
    ("model", Said("het model", "its model")),
    ("protocol", Said("het protocol", "its protocol")),
    ("firmware", Said("de versie van de software", "the version of its software")),
)


def _unknown(device: Device) -> Iterator[tuple[Weight, Said]]:
    lost = [what for field, what in _FIELDS if getattr(device, field) is None]
    if lost:
        yield (
            Weight.NOTE,
            Said(
                f"nog in te vullen: {', '.join(one.nl for one in lost)}",
                f"still to be filled in: {', '.join(one.en for one in lost)}",
            ),
        )


def _sources(device: Device, today: date) -> Iterator[tuple[Weight, Said]]:
    claimed = device.support_until is not None or device.works_without_cloud is not None
    if claimed and (device.source is None or device.checked is None):
        yield (
            Weight.NOTE,
            Said(
                "er staat niet bij waar en wanneer dit is nagekeken; zet de bron en de dag erbij",
                "it does not say where and when this was looked up; add the source and the day",
            ),
        )
    elif device.checked is not None and today - device.checked > STALE:
        yield (
            Weight.NOTE,
            Said(
                f"voor het laatst nagekeken op {_day(device.checked, Lang.NL)}; kijk of het nog klopt",
                f"last looked up on {_day(device.checked, Lang.EN)}; see whether it still holds",
            ),
        )


def _day(day: date, lang: Lang) -> str:
    return in_words(datetime.combine(day, time()), lang)
