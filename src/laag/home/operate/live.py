"""Live control: every few seconds, from what is measured now, the next instruction for every device and its reason.

A pure function of its arguments: the plan and the claims come from above, the measurements from the devices, and the
memory is handed back to be given again. In each step, later stages overrule earlier ones:

1. the plan's quarter-hour (each home at its own moment), or what a home without a plan does;
2. what must be met: the car ready, the rooms warm;
3. what was not foreseen goes to the cheapest device;
4. ramps, pauses and a smallest change, so that nothing flutters, and all of it no faster than caution allows;
5. claimed limits, the connection and each phase, at once and in the order of the ladder;
6. whole amperes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from laag.foundation.ptu import PTU
from laag.home.devices import Device
from laag.home.house import HomeState, House
from laag.home.ladder import Claim
from laag.home.operate.bounds import bounds_at
from laag.home.operate.caution import Signal, drawn, heeded
from laag.home.operate.heard import NEVER, Heard, Patience, Sight, sight
from laag.home.operate.instruct import Because, Instruction, Why
from laag.home.operate.memory import Live, Memory
from laag.home.operate.row import row_of
from laag.home.operate.step import Step
from laag.home.physics import NO_LIMIT
from laag.home.plan import Plan


def instructions(
    now: datetime,
    plan: Plan | None,
    house: House,
    state: HomeState,
    heard: Heard,
    claims: Iterable[Claim],
    memory: Memory,
    secret: float,
    settings: Live = Live(),  # noqa: B008 - a frozen value
) -> tuple[tuple[Instruction, ...], Memory]:
    """What each device is told now, and what to remember.

    ``claims`` count PTUs from the start of the plan's grid (without a plan, from now). ``secret`` is a number of this home's own,
    drawn once: out of it come the moments at which the home answers, so that nobody else can tell them.
    """
    seen = sight(heard.meter, settings.patience)
    silent = _silent(house, heard, settings.patience)
    parting = tuple(_left_alone(house, device, heard) for device in sorted(silent - memory.silent))
    if seen is Sight.HOLDING and memory.told_kw:
        held = {d: kw for d, kw in memory.told_kw.items() if d not in silent}
        because = Because(Why.SILENT_METER, {"silent_s": heard.meter.age_s})
        kept = tuple(Instruction(device, held[device], because) for device in sorted(held))
        return parting + kept, replace(memory, told_kw=held, silent=silent)
    speaking = _without(house, silent)
    caution = settings.caution
    row = row_of(plan, speaking, now, heard, settings.patience)
    if Signal.PRICES in caution.veto:
        row = None
    ptu = plan.grid.index(now) if plan is not None else 0
    claims, limited = heeded(claims, ptu, now, memory.limited, caution)
    step = Step(now, speaking, state, heard, memory, secret, settings, blind=seen is not Sight.LIVE)
    step.follows(row)
    step.is_bound(bounds_at(claims, ptu))
    step.wants()
    step.keeps_pace()
    step.keeps_safe()
    told, after = step.told()
    wait_s = settings.pace.prices_s
    starts, began = _programmes(
        plan, now, memory.began, lambda begins: wait_s * drawn(secret, "start", begins)
    )
    return parting + told + starts, replace(after, silent=silent, began=began, limited=limited)


def _silent(house: House, heard: Heard, patience: Patience) -> frozenset[Device]:
    there = {
        Device.BATTERY: house.battery is not None,
        Device.EV: house.charger is not None and heard.car_here,
        Device.HEAT_PUMP: house.heat_pump is not None,
        Device.WATER: house.tank is not None,
        Device.PV: house.pv is not None and house.pv.curtailable,
    }
    return frozenset(
        device
        for device, is_there in there.items()
        if is_there and not heard.devices.get(device, NEVER).age_s <= patience.device_s
    )


def _left_alone(house: House, device: Device, heard: Heard) -> Instruction:
    """The last that a silent device is told, should it still hear: what is safe without anybody watching."""
    safe_kw = {
        Device.BATTERY: 0.0,
        Device.EV: min(house.charger.min_kw, house.charger.max_kw) if house.charger else 0.0,
        Device.HEAT_PUMP: house.heat_pump.power_max_kw if house.heat_pump else 0.0,
        Device.WATER: house.tank.element_max_kw if house.tank else 0.0,
        Device.PV: NO_LIMIT,
    }
    age_s = heard.devices.get(device, NEVER).age_s
    return Instruction(device, safe_kw[device], Because(Why.SILENT_DEVICE, {"silent_s": age_s}))


def _without(house: House, silent: frozenset[Device]) -> House:
    """The house as far as it answers; what a silent device takes is load."""
    gone = {
        Device.BATTERY: {"battery": None},
        Device.EV: {"charger": None},
        Device.HEAT_PUMP: {"heat_pump": None},
        Device.WATER: {"tank": None},
        Device.PV: {"pv": None},
    }
    for device in sorted(silent):
        house = replace(house, **gone[device])  # type: ignore[arg-type]
    return house


def _programmes(
    plan: Plan | None,
    now: datetime,
    began: frozenset[tuple[str, datetime]],
    wait_s: Callable[[datetime], float],
) -> tuple[tuple[Instruction, ...], frozenset[tuple[str, datetime]]]:
    """Machines whose planned start has come, each a while after it; each is told once."""
    if plan is None:
        return (), began
    told, ptu = [], plan.grid.index(now)
    for run in plan.runs:
        appliance = run.job.appliance
        key = (appliance.name, plan.grid.start + run.job.deadline * PTU)
        if run.start is None or run.job.started is not None or key in began:
            continue
        begins = plan.grid.start + run.start * PTU
        latest = run.job.deadline - len(appliance.programme_kw)
        if run.start <= ptu <= latest and now >= begins + timedelta(seconds=wait_s(begins)):
            because = Because(Why.STARTS)
            told.append(Instruction(Device.APPLIANCE, appliance.programme_kw[0], because, appliance.name))
            began |= {key}
    return tuple(told), began
