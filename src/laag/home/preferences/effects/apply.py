"""All wishes at once, applied to a house and to what is expected of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from laag.foundation.words import Said
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.preferences.effects.car import stays
from laag.home.preferences.effects.charging import charging
from laag.home.preferences.effects.energy import energy
from laag.home.preferences.effects.machines import jobs
from laag.home.preferences.effects.scene import (
    AllMeant,
    Outcome,
    Scene,
    Signals,
    SliderWeights,
    UsualDay,
    together,
    without_device,
)
from laag.home.preferences.effects.slider import nudge
from laag.home.preferences.effects.wall import Wall
from laag.home.preferences.effects.warmth import warmth
from laag.home.preferences.meant import Contradiction, Meant, Remark
from laag.home.preferences.wishes import (
    CarAtMost,
    CarBy,
    CarForDrive,
    CarForUsualDay,
    CarKeeps,
    Travel,
    Wished,
)

_ABOUT_THE_CAR = (CarAtMost, CarBy, CarForDrive, CarForUsualDay, CarKeeps, Travel)


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A house and an outlook that hold what was wished, and what is to be said of the wishes."""

    house: House
    outlook: Outlook
    contradictions: tuple[Contradiction, ...]
    remarks: tuple[Remark, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """All that a resident should know, a sentence each."""
        return tuple(each.said for each in self.contradictions) + tuple(each.said for each in self.remarks)


def applied(
    meant: Iterable[Meant[Wished]],
    house: House,
    calendar: Calendar,
    outlook: Outlook,
    *,
    signals: Signals = Signals(),  # noqa: B008 - a frozen value
    usual_day: UsualDay | None = None,
    state: HomeState | None = None,
    begun: Mapping[str, datetime] | None = None,
    weights: SliderWeights = SliderWeights(),  # noqa: B008
) -> Applied:
    """Put what is meant into the house's comfort and into the outlook: claims, stays, jobs, warmth and nudge.

    ``calendar`` covers the outlook's grid; ``begun`` says when each appliance last began. Nothing here fails: what
    contradicts and what has no device is said.
    """
    lines = tuple(meant)
    scene = Scene(
        house, outlook, Wall.of(calendar, outlook.grid), signals, usual_day, state, begun or {}, weights
    )
    sessions, car = _car(lines, scene)
    comfort, low_c, warm = warmth(lines, scene)
    programmes, machines = jobs(lines, scene)
    weighs, slid = nudge(lines, scene)
    all_said = together(car, warm, machines, energy(lines, scene), slid)
    return Applied(
        replace(house, comfort=comfort),
        replace(
            outlook,
            sessions=sessions,
            claims=(*outlook.claims, *all_said.claims),
            jobs=programmes,
            comfort_low_c=low_c,
            nudge_eur_per_kwh=weighs,
        ),
        tuple(dict.fromkeys(all_said.contradictions)),
        tuple(dict.fromkeys(all_said.remarks)),
    )


def _car(lines: AllMeant, scene: Scene) -> tuple[tuple[EvSession, ...], Outcome]:
    if scene.house.charger is None:
        about = tuple(line for line in lines if isinstance(line.wish, _ABOUT_THE_CAR))
        return scene.outlook.sessions, together(
            without_device(about, Said("laadpaal", "wall box")), charging(lines, scene, ())
        )
    ready, said = stays(lines, scene)
    parts = tuple(part for stay in ready for part in stay.parts)
    return parts, together(said, charging(lines, scene, ready))
