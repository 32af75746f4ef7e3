"""What wishes make of the car's stays: how full it should be, by when, and how full at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from laag.foundation.words import Lang, Said, pointed
from laag.home.devices import Charger, EvSession
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, of_kind
from laag.home.preferences.meant import Contradiction, Meant, Remark, Rule, Why
from laag.home.preferences.wishes import (
    CarAtMost,
    CarBy,
    CarForDrive,
    CarForUsualDay,
    CarKeeps,
    Travel,
    Wished,
)

LEFT_EARLY_PTUS = 16
"""A car that leaves up to four hours before the time it should be ready at, should be ready when it leaves."""
KWH_PER_KM = 0.20
"""At the battery; a middle-class electric car over a Dutch year, winter included."""
SPARE_SHARE = 0.25
"""What a usual day leaves in the battery: nobody likes to come home empty."""
WHEN_NOTHING_IS_LEARNED = 0.60
"""How full for a usual day while no stay has been seen: about 180 km with a battery of 60 kWh."""


@dataclass(frozen=True, slots=True)
class Demand:
    """So many kWh before the PTU ``by``, and whose wish that is."""

    by: int
    kwh: float
    meant: Meant[Wished]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay of the car as the wishes want it: its parts, and what they should hold."""

    whole: EvSession
    parts: tuple[EvSession, ...]
    demands: tuple[Demand, ...]


def stays(meant: AllMeant, scene: Scene) -> tuple[tuple[Stay, ...], Outcome]:
    """The outlook's sessions, each cut where the car must be ready before it leaves."""
    charger = scene.house.charger
    assert charger is not None, "asked only of a home with a charger"
    ready: list[Stay] = []
    contradictions: list[Contradiction] = []
    remarks: list[Remark] = []
    for session in scene.outlook.sessions:
        caps = _caps(meant, scene, session, charger)
        demands, beyond = _demands(meant, scene, session, charger)
        capped = [_capped(demand, caps) for demand in demands]
        contradictions += [each for _, met in capped for each in met]
        remarks += beyond
        kept = tuple(demand for demand, _ in capped)
        most_kwh = max(min((kwh for _, kwh in caps), default=inf), max((d.kwh for d in kept), default=0.0))
        ready.append(_cut(session, kept, most_kwh, _least(meant, charger), gives=charger.gives))
        remarks += _replaced(min(session.wanted_kwh, charger.capacity_kwh), ready[-1], caps)
    keeps = of_kind(meant, CarKeeps)
    if keeps and not charger.gives:
        what = Said(
            "deze auto geeft niet terug, dus er blijft altijd alles in",
            "this car does not give back, so everything always stays in it",
        )
        remarks += [Remark(each, Why.NO_DEVICE, what) for each in keeps]
    return tuple(ready), Outcome((), tuple(contradictions), tuple(remarks))


def _capped(demand: Demand, caps: list[tuple[Meant[Wished], float]]) -> tuple[Demand, list[Contradiction]]:
    """The demand within the limits; a limit of a public default does not hold against a household's own wish."""
    beyond = [(cap, kwh) for cap, kwh in caps if kwh < demand.kwh]
    own = [(cap, kwh) for cap, kwh in beyond if demand.meant.default or not cap.default]
    if own:
        limit, kwh = own[0]
        rule = Rule.WISH_FIRST if demand.meant.default and not limit.default else Rule.LIMIT_FIRST
        return replace(demand, kwh=kwh), [Contradiction(limit, demand.meant, rule)]
    return demand, [Contradiction(demand.meant, cap, Rule.WISH_FIRST) for cap, _ in beyond]


def _demands(
    meant: AllMeant, scene: Scene, session: EvSession, charger: Charger
) -> tuple[tuple[Demand, ...], list[Remark]]:
    """What should be in the car by when during this stay, the earliest first."""
    found: list[Demand] = []
    remarks: list[Remark] = []
    for by in of_kind(meant, CarBy):
        kwh = by.wish.percent / 100 * charger.capacity_kwh
        found += _at(scene, session, by, by.wish.by_quarter, kwh)
    for drive in of_kind(meant, CarForDrive):
        kwh = drive.wish.km * KWH_PER_KM
        if kwh > charger.capacity_kwh:
            km = int(charger.capacity_kwh / KWH_PER_KM)
            remarks.append(
                Remark(
                    drive,
                    Why.BEYOND_DEVICE,
                    Said(
                        f"vol rijdt deze auto ongeveer {km} km; hij wordt vol",
                        f"full, this car drives about {km} km; it is charged full",
                    ),
                )
            )
        found += _at(scene, session, drive, drive.wish.by_quarter, min(kwh, charger.capacity_kwh))
    leaves = scene.wall.date_at(session.departs)
    found += [
        Demand(session.departs, charger.capacity_kwh, trip)
        for trip in of_kind(meant, Travel)
        if trip.wish.first <= leaves <= trip.wish.last
    ]
    for usual in of_kind(meant, CarForUsualDay):
        if leaves.weekday() in usual.wish.days:
            found.append(Demand(_usually_leaves(scene, session), _usual_kwh(scene, charger), usual))
    return tuple(sorted(found, key=lambda d: (d.by, -d.kwh, d.meant.source))), remarks


def _at(scene: Scene, session: EvSession, meant: Meant[Wished], quarter: int, kwh: float) -> list[Demand]:
    """The moments of this stay at which the wall shows the quarter; or its end, if it ends a little before."""
    found = []
    for ptu, day in scene.wall.moments(quarter, meant.wish.on):
        left_early = session.departs <= ptu <= session.departs + LEFT_EARLY_PTUS
        if session.arrives < ptu <= session.departs:
            found.append(Demand(ptu, kwh, meant))
        elif left_early and scene.wall.date_at(session.departs) == day:
            found.append(Demand(session.departs, kwh, meant))
    return found


def _usually_leaves(scene: Scene, session: EvSession) -> int:
    """When a car usually leaves on the day this stay ends, if that is during the stay; else when it is to leave."""
    day = scene.wall.date_at(session.departs)
    quarter = scene.usual_day.departs_quarter[day.weekday()] if scene.usual_day else None
    if quarter is None:
        return session.departs
    usual = next(
        (ptu for ptu, on in scene.wall.moments(quarter, (day.weekday(),)) if on == day), session.departs
    )
    return usual if session.arrives < usual < session.departs else session.departs


def _usual_kwh(scene: Scene, charger: Charger) -> float:
    if scene.usual_day is None:
        return WHEN_NOTHING_IS_LEARNED * charger.capacity_kwh
    return min(scene.usual_day.used_kwh + SPARE_SHARE * charger.capacity_kwh, charger.capacity_kwh)


def _caps(
    meant: AllMeant, scene: Scene, session: EvSession, charger: Charger
) -> list[tuple[Meant[Wished], float]]:
    """The limits on how full the car may be during this stay, the lowest first."""
    leaves = scene.wall.date_at(session.departs)
    travelling = any(trip.wish.first <= leaves <= trip.wish.last for trip in of_kind(meant, Travel))
    caps = [
        (cap, cap.wish.percent / 100 * charger.capacity_kwh)
        for cap in of_kind(meant, CarAtMost)
        if not (cap.wish.unless_travelling and travelling)
    ]
    return sorted(caps, key=lambda cap: (cap[1], cap[0].source))


def _replaced(set_kwh: float, stay: Stay, caps: list[tuple[Meant[Wished], float]]) -> list[Remark]:
    """What to say where the car leaves with less than was set for this stay, because a wish says otherwise."""
    kwh = stay.parts[-1].wanted_kwh
    by = [cap for cap, most_kwh in caps if most_kwh == kwh] or [demand.meant for demand in stay.demands]
    if not by or set_kwh <= kwh:
        return []
    nl, en = (f"{pointed(f'{set_kwh:.1f}', lang)} kWh" for lang in (Lang.NL, Lang.EN))
    now_nl, now_en = (f"{pointed(f'{kwh:.1f}', lang)} kWh" for lang in (Lang.NL, Lang.EN))
    what = Said(
        f"voor deze keer was {nl} gevraagd; het wordt {now_nl}",
        f"{en} was set for this stay; it becomes {now_en}",
    )
    return [Remark(by[0], Why.REPLACED, what)]


def _least(meant: AllMeant, charger: Charger) -> float | None:
    keeps = [each.wish.percent for each in of_kind(meant, CarKeeps)]
    return max(keeps) / 100 * charger.capacity_kwh if keeps and charger.gives else None


def _cut(
    session: EvSession, demands: tuple[Demand, ...], most_kwh: float, least_kwh: float | None, *, gives: bool
) -> Stay:
    """The stay in parts, each ending where the car must hold more than before; of a car that gives back, at each."""
    session = replace(
        session,
        most_kwh=min(session.most_kwh, most_kwh),
        least_kwh=session.least_kwh if least_kwh is None else least_kwh,
    )
    if not demands:
        wanted = min(session.wanted_kwh, most_kwh)
        return Stay(session, (replace(session, wanted_kwh=wanted),), ())
    parts: list[EvSession] = []
    arrives, held = session.arrives, 0.0
    for demand in demands:
        more = demand.kwh > held or gives
        held = max(held, demand.kwh)
        if demand.by < session.departs and demand.by > max(arrives, 0) and more:
            parts.append(_part(session, arrives, demand.by, held, parts))
            arrives = demand.by
    parts.append(_part(session, arrives, session.departs, held, parts))
    return Stay(session, tuple(parts), demands)


def _part(
    whole: EvSession, arrives: int, departs: int, wanted_kwh: float, before: list[EvSession]
) -> EvSession:
    """A part that follows another begins with what that one ended with: nothing was driven between them."""
    part = replace(whole, arrives=arrives, departs=departs, wanted_kwh=wanted_kwh)
    return replace(part, stored_kwh=before[-1].wanted_kwh, used_kwh=0.0) if before else part
