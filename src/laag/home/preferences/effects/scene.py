"""What wishes are applied to, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from laag.foundation.words import Said
from laag.home.house import HomeState, House
from laag.home.ladder import Claim
from laag.home.outlook import Floats, Outlook
from laag.home.preferences.effects.wall import Wall
from laag.home.preferences.meant import Contradiction, Meant, Remark, Why
from laag.home.preferences.wishes import Wished

W = TypeVar("W", bound=Wished)
AllMeant = tuple[Meant[Wished], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What is expected of the country and the street, one number per PTU of the outlook; ``None`` is not known."""

    sun_w_m2: Floats | None = None
    wind_share: Floats | None = None
    """What the country's turbines give, as a share of what they could."""
    kg_co2_per_kwh: Floats | None = None
    stress: Floats | None = None
    """What the grid can bear less of: 1 at its limit with taking, -1 at its limit with giving, 0 at ease."""


@dataclass(frozen=True, slots=True)
class SliderWeights:
    """What the slider's ends put on a kWh besides its price."""

    stress_eur_per_kwh: float = 0.10
    """At full stress, with the slider on the grid."""
    eur_per_kg_co2: float = 0.13
    """With the slider on green."""


@dataclass(frozen=True, slots=True)
class UsualDay:
    """What past stays of the car teach."""

    used_kwh: float
    """What all but the longest tenth of days take."""
    departs_quarter: tuple[int | None, ...] = (None,) * 7
    """Per day of the week, before which only one departure in five comes."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything a wish may look at."""

    house: House
    outlook: Outlook
    wall: Wall
    signals: Signals = Signals()
    usual_day: UsualDay | None = None
    state: HomeState | None = None
    begun: Mapping[str, datetime] = field(default_factory=dict)
    """When each machine last began, by the appliance's name."""
    weights: SliderWeights = SliderWeights()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a group of wishes adds to the outlook besides its own field, and what is to be said of them."""

    claims: tuple[Claim, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    remarks: tuple[Remark, ...] = ()


def together(*parts: Outcome) -> Outcome:
    """All of them."""
    return Outcome(
        tuple(claim for part in parts for claim in part.claims),
        tuple(each for part in parts for each in part.contradictions),
        tuple(each for part in parts for each in part.remarks),
    )


def of_kind(meant: AllMeant, kind: type[W]) -> tuple[Meant[W], ...]:
    """Those of one kind, in the order of the lines."""
    return tuple(Meant(each.wish, each.default) for each in meant if isinstance(each.wish, kind))


def without_device(meant: AllMeant, device: Said) -> Outcome:
    """Wishes about something the home does not have."""
    what = Said(
        f"dit huis heeft geen {device.nl}, dus hier gebeurt niets mee",
        f"this home has no {device.en}, so nothing follows from it",
    )
    return Outcome(remarks=tuple(Remark(each, Why.NO_DEVICE, what) for each in meant))
