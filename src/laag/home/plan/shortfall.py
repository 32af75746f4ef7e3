"""What a plan or a day could not meet: a value with a sentence, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession
from laag.home.ladder import Floor, Guarantee, Ladder, Level, Limit, On, Rung
from laag.home.outlook import Floats, Gap

if TYPE_CHECKING:  # a plan holds shortfalls, and they are found by reading one
    from laag.home.plan.day import Plan
    from laag.home.plan.question import Question

_WORTH_SAYING = 1e-3
_ALWAYS = "asks for less than what every home may always use"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that could not be met, by how much, from which PTU of the grid on, and why.

    ``kind`` is ``ev``, ``too_cold``, ``too_warm``, ``water``, ``programme``, ``limit``, ``floor``, ``connection``,
    ``phase``, ``state``, ``forecast`` or ``solver``.
    """

    kind: str
    amount: float
    unit: str
    ptu: int
    why: str
    rung: Rung | None = None
    """The rung of what was wished for."""
    decided_by: Rung | None = None
    """The rung above it that took what it lacks; ``None``: nothing could give it."""
    source: str = ""
    """The claim that is short, where it was one."""
    ptus: int = 0
    """In how many PTUs it lacks, where it lasts."""
    worst: float = 0.0
    """The most it lacks at any moment: K, kW or kWh."""


def from_gaps(gaps: tuple[Gap, ...]) -> tuple[Shortfall, ...]:
    """What was missing from the outlook."""
    return tuple(
        Shortfall(
            "forecast", gap.ptus, "PTU", gap.first, f"{gap.series} is not known; taken as {gap.stand_in}"
        )
        for gap in gaps
    )


def from_state(said: tuple[str, ...]) -> tuple[Shortfall, ...]:
    """What a device said about itself that cannot be."""
    return tuple(Shortfall("state", 1.0, "reading", 0, sentence) for sentence in said)


def of_stay(stay: EvSession, left_with_kwh: float, ptu: int) -> Shortfall | None:
    """What the car lacked when it left; ``None`` when it had enough."""
    lacking = stay.wanted_kwh - left_with_kwh
    if not lacking > _WORTH_SAYING:
        return None
    return Shortfall(
        "ev",
        lacking,
        "kWh",
        ptu,
        f"the car leaves with {left_with_kwh:.1f} of the {stay.wanted_kwh:.1f} kWh it should have",
        Rung.COMFORT,
    )


def from_plan(asked: Question, plan: Plan, ladder: Ladder) -> tuple[Shortfall, ...]:
    """What a plan leaves unmet, each with the rung that it stands on and the rung that took it."""
    found = [
        *_car(asked, plan),
        *_warmth(asked, plan),
        *_water(asked, plan),
        *_programmes(asked, plan),
        *_connection(asked, plan),
        *_claims(asked, plan),
    ]
    binding = _binding_rungs(asked, plan)
    conflicting = {missed.rung for missed in plan.missed}
    return tuple(_decided(one, binding, conflicting, ladder) for one in found if one is not None)


def _decided(short: Shortfall, binding: frozenset[Rung], conflicting: set[Rung], ladder: Ladder) -> Shortfall:
    """The lowest rung above this one whose claim is at its bound, where the plan had to choose.

    A rung that misses nothing of what is within reach gave way to nobody: time, power or a machine fell short.
    """
    if short.rung is None or short.decided_by is not None or short.rung not in conflicting:
        return short
    above = [rung for rung in ladder.order[: ladder.place(short.rung)] if rung in binding]
    return replace(short, decided_by=above[-1]) if above else short


def _car(asked: Question, plan: Plan) -> list[Shortfall | None]:
    found: list[Shortfall | None] = []
    charger, count = asked.house.charger, asked.count
    for stay in asked.stays:
        if stay.departs <= count:
            found.append(of_stay(stay, float(plan.ev_stored_kwh[stay.departs - 1]), stay.departs - 1))
        elif charger is not None:
            later = charger.max_kw * charger.efficiency * PTU_HOURS * (stay.departs - count)
            found.append(of_stay(stay, float(plan.ev_stored_kwh[-1]) + later, count - 1))
    return found


def _warmth(asked: Question, plan: Plan) -> list[Shortfall | None]:
    from laag.home.plan.question import comfort_low_c

    if not asked.heats:
        return []
    low = comfort_low_c(asked.house, asked.outlook)
    high = np.maximum(low, asked.house.comfort.high_c)
    cold, hot = low - plan.indoor_c, plan.indoor_c - high
    return [
        _sum("too_cold", cold, "K.h", "the house cannot be kept warm enough", Rung.COMFORT),
        _sum("too_warm", hot, "K.h", "sun and people warm the house more than it loses", Rung.COMFORT),
    ]


def _water(asked: Question, plan: Plan) -> list[Shortfall | None]:
    tank = asked.house.tank
    if tank is None:
        return []
    why = "the hot water cannot be kept warm enough"
    hot = asked.reach.legionella_c - plan.tank_c
    return [
        _sum("water", tank.low_c - plan.tank_c, "K.h", why, Rung.COMFORT),
        _sum("water", hot, "K.h", "the tank does not get hot enough against legionella", Rung.SAFETY),
    ]


def _programmes(asked: Question, plan: Plan) -> list[Shortfall | None]:
    return [
        Shortfall(
            "programme",
            run.job.appliance.energy_kwh,
            "kWh",
            max(run.job.earliest, 0),
            f"the {run.job.appliance.name} cannot be finished in time",
            Rung.COMFORT,
        )
        for run in plan.runs
        if run.start is None and run.job.deadline - len(run.job.appliance.programme_kw) < asked.count
    ]


def _connection(asked: Question, plan: Plan) -> list[Shortfall | None]:
    house, net = asked.house, plan.connection_kw
    beyond = np.maximum(net - house.import_max_kw, -net - house.export_max_kw)
    why = "what the home cannot shift is more than its connection carries"
    found = [_sum("connection", beyond, "kWh", why, Rung.SAFETY)]
    if house.wiring is not None:
        for phase, kw in enumerate(phase_kw(asked, plan), start=1):
            why = f"what the home cannot shift is more than phase {phase} carries"
            found.append(_sum("phase", np.abs(kw) - house.wiring.phase_max_kw, "kWh", why, Rung.SAFETY))
    return found


def phase_kw(asked: Question, plan: Plan) -> list[Floats]:
    """What each phase carries."""
    wiring = asked.house.wiring
    assert wiring is not None
    return [
        wiring.load[p] * plan.load_kw
        - wiring.pv[p] * plan.pv_kw
        + wiring.battery[p] * plan.battery_kw
        + wiring.car[p] * plan.ev_kw
        + wiring.heat_pump[p] * (plan.heat_pump_kw + plan.water_kw - plan.element_kw)
        + wiring.water[p] * plan.element_kw
        + wiring.appliances[p] * plan.appliance_kw
        for p in range(3)
    ]


def limited_kw(plan: Plan, on: On) -> Floats:
    """The power of a plan that a limit is about, zero or more."""
    if on is On.IMPORT:
        return np.maximum(plan.connection_kw, 0.0)
    if on is On.EXPORT:
        return np.maximum(-plan.connection_kw, 0.0)
    if on is On.CHARGE:
        return np.maximum(plan.battery_kw, 0.0)
    if on is On.DISCHARGE:
        return np.maximum(-plan.battery_kw, 0.0)
    if on is On.CAR:
        return np.maximum(plan.ev_kw, 0.0)
    return plan.heat_pump_kw + plan.water_kw - plan.element_kw


def level_of(plan: Plan, on: Level) -> Floats:
    """The level of a plan that a floor is about."""
    return {Level.STORED: plan.stored_kwh, Level.INDOOR: plan.indoor_c, Level.TANK: plan.tank_c}[on]


def _claims(asked: Question, plan: Plan) -> list[Shortfall | None]:
    found: list[Shortfall | None] = []
    least = [claim for claim in asked.outlook.claims if isinstance(claim, Guarantee)]
    for claim in asked.outlook.claims:
        if not isinstance(claim, Limit | Floor):
            continue
        here = np.zeros(asked.count, np.bool_)
        here[max(claim.first, 0) : max(claim.stop, 0)] = True
        if isinstance(claim, Limit):
            short = (_signed_kw if claim.promised else limited_kw)(plan, claim.on) - claim.max_kw
            kind, unit, why = "limit", "kWh", f"more flows than {claim.source} allows"
            if _lifted(claim, least):
                why = f"{claim.source} {_ALWAYS}"
        else:
            short = claim.least - level_of(plan, claim.on)
            unit = "kWh.h" if claim.on is Level.STORED else "K.h"
            kind, why = "floor", f"less is kept than {claim.source} asks for"
        one = _sum(kind, np.where(here & np.isfinite(short), short, 0.0), unit, why, claim.rung)
        lifted = Rung.MINIMUM if why.endswith(_ALWAYS) else None
        found.append(None if one is None else replace(one, source=claim.source, decided_by=lifted))
    return found


def _signed_kw(plan: Plan, on: On) -> Floats:
    """Of what was promised: what the connection gives counts as taking less than nothing, and the other way about."""
    return plan.connection_kw if on is On.IMPORT else -plan.connection_kw


def _lifted(claim: Limit, least: list[Guarantee]) -> bool:
    """Whether a guarantee keeps it from holding in full."""
    if claim.promised or claim.on not in {On.IMPORT, On.EXPORT}:
        return False
    return _guaranteed(claim, least) > claim.max_kw


def _guaranteed(claim: Limit, least: list[Guarantee]) -> float:
    kw = [g.import_kw if claim.on is On.IMPORT else g.export_kw for g in least]
    return max(kw, default=0.0)


def _binding_rungs(asked: Question, plan: Plan) -> frozenset[Rung]:
    """The rungs of which some claim is at its bound somewhere."""
    close, rungs = 1e-4, set()
    if _guarantee_binds(asked, plan, close):
        rungs.add(Rung.MINIMUM)
    for on in On:
        for cut in asked.cuts(on):
            if cut.rung is not None and bool((limited_kw(plan, on) >= cut.at - close).any()):
                rungs.add(cut.rung)
    for level in Level:
        for cut in asked.floors(level):
            if cut.rung is not None and bool((level_of(plan, level) <= cut.at + close).any()):
                rungs.add(cut.rung)
    if asked.house.wiring is not None:
        most = asked.house.wiring.phase_max_kw - close
        if any(bool((np.abs(kw) >= most).any()) for kw in phase_kw(asked, plan)):
            rungs.add(Rung.SAFETY)
    if asked.stays:
        rungs.add(Rung.COMFORT)
    return frozenset(rungs)


def _guarantee_binds(asked: Question, plan: Plan, close: float) -> bool:
    """Whether a limit was lifted to what every home may always use, and the home uses it."""
    least = [claim for claim in asked.outlook.claims if isinstance(claim, Guarantee)]
    for claim in asked.outlook.claims:
        if isinstance(claim, Limit) and _lifted(claim, least):
            lifted = _guaranteed(claim, least)
            here = slice(max(claim.first, 0), max(claim.stop, 0))
            if bool((limited_kw(plan, claim.on)[here] >= lifted - close).any()):
                return True
    return False


def _sum(kind: str, excess: Floats, unit: str, why: str, rung: Rung) -> Shortfall | None:
    amount = float(np.maximum(excess, 0.0).sum()) * PTU_HOURS
    if amount <= _WORTH_SAYING:
        return None
    lacks = excess > _WORTH_SAYING
    return Shortfall(
        kind, amount, unit, int(np.argmax(lacks)), why, rung, ptus=int(lacks.sum()), worst=float(excess.max())
    )
