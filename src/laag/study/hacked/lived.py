"""The street second by second under an attack: the real ``instructions`` every ten seconds, devices that follow as devices do.

How devices follow is assumed, on the fast side (``SETTLES_S``): an inverter is there within a second, a charger within three, a heat
pump stops within a second and starts within ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.home.devices import Device
from laag.home.ladder import Claim
from laag.home.operate import Caution, Heard, Live, Memory, Pace, Reading, instructions
from laag.home.operate.caution import drawn
from laag.home.plan import Plan
from laag.study.hacked.attacks import Attack, Mood
from laag.study.hacked.street import LOAD_KW, OUTDOOR_C, START, Victim

Floats = NDArray[np.float64]

CONTROL_S = 10
WINDOWS_S = (1, 10, 60)
SETTLES_S = {
    Device.BATTERY: (1, 1),
    Device.PV: (1, 1),
    Device.EV: (3, 3),
    Device.HEAT_PUMP: (10, 1),
}
"""From nothing to all, and from all to nothing."""
DEVICES = tuple(SETTLES_S)
PROTECTED = Live()
BARE = Live(
    pace=Pace(full_swing_s=1e-3, prices_s=0.0, emergency_s=0.0, limits_s=0.0, lifted_s=1e-3, pause_s=0.0),
    caution=Caution(
        kw_per_min=1e9,
        emergency_kw_per_min=1e9,
        reversals_per_hour=10**9,
        back_s=0.0,
        least_import_kw=0.0,
        longest_h=1e6,
        most_h_a_day=24.0,
    ),
)
"""The same control with every protection off."""


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """What the steered devices of all homes take together, each second."""

    kw: Floats

    def steps_kw(self) -> tuple[float, ...]:
        """The largest change within each window."""
        return tuple(
            float(np.abs(self.kw[window:] - self.kw[:-window]).max()) if len(self.kw) > window else 0.0
            for window in WINDOWS_S
        )


class _Home:
    def __init__(self, victim: Victim, attack: Attack, live: Live, begin: datetime) -> None:
        self.victim, self.attack, self.live = victim, attack, live
        self.state = victim.state
        self.memory = Memory()
        self.told = dict(victim.kw(attack.before))
        self.kw = self.settled()
        self.plans: dict[tuple[Mood, Mood | None], Plan] = {}
        self.hears_s = _timed_s(victim, live, begin) if attack.timed else 0

    def settled(self) -> dict[Device, float]:
        sun = self.victim.sun_kw
        return {device: min(kw, sun) if device is Device.PV else kw for device, kw in self.told.items()}

    def plan(self, mood: Mood | None, then: Mood | None = None, made_at: datetime = START) -> Plan | None:
        if mood is None:
            return None
        if (mood, then) not in self.plans:
            self.plans[mood, then] = self.victim.plan(mood, then, made_at)
        return self.plans[mood, then]

    def hears(
        self, now: datetime, plan: Plan | None, claims: tuple[Claim, ...], back_at: datetime | None
    ) -> None:
        sun_kw = self.kw.get(Device.PV, 0.0)
        steered = sum(kw for device, kw in self.kw.items() if device is not Device.PV)
        heard = Heard(
            Reading(LOAD_KW + steered - sun_kw),
            None,
            {device: Reading(kw) for device, kw in self.kw.items()},
            car_here=self.victim.house.charger is not None,
            outdoor_c=OUTDOOR_C,
            back_at=back_at,
        )
        told, self.memory = instructions(
            now,
            plan,
            self.victim.house,
            self.state,
            heard,
            claims,
            self.memory,
            self.victim.secret,
            self.live,
        )
        self.told |= {one.device: one.power_kw for one in told}


def lived(street: Sequence[Victim], attack: Attack, live: Live = PROTECTED, seconds: int = 240) -> Lived:
    """Live through it. Before second zero all is as the attacker found it, long enough that nothing is on its way."""
    begin = START + timedelta(seconds=attack.begins_s)
    homes = [_Home(victim, attack, live, begin) for victim in street]
    back_at = begin if attack.power_back else None
    for home in homes:
        _settles(home, begin, live)
    now_kw = np.array([[home.kw.get(device, 0.0) for device in DEVICES] for home in homes])
    sign = np.array([-1.0 if device is Device.PV else 1.0 for device in DEVICES])
    most = np.array([[_most_kw(home.victim, device) for device in DEVICES] for home in homes])
    up = most / np.array([SETTLES_S[device][0] for device in DEVICES])
    down = most / np.array([SETTLES_S[device][1] for device in DEVICES])
    total = [float((now_kw * sign).sum())]
    for second in range(seconds):
        now = begin + timedelta(seconds=second)
        says = attack.says(second)
        for row, home in enumerate(homes):
            if second % CONTROL_S != home.victim.phase_s:
                continue
            home.kw = {d: float(now_kw[row, i]) for i, d in enumerate(DEVICES) if d in home.told}
            if second < home.hears_s:
                home.hears(now, home.plan(attack.before), attack.before_claims, back_at)
            else:
                home.hears(now, home.plan(says.mood, says.then, now), says.claims, back_at)
        wanted = np.array([[home.told.get(device, 0.0) for device in DEVICES] for home in homes])
        wanted[:, DEVICES.index(Device.PV)] = np.minimum(
            wanted[:, DEVICES.index(Device.PV)], [home.victim.sun_kw for home in homes]
        )
        now_kw += np.clip(wanted - now_kw, -down, up)
        total.append(float((now_kw * sign).sum()))
    return Lived(np.array(total))


def _settles(home: _Home, begin: datetime, live: Live) -> None:
    """In what it is found: under its plan and, where it had them, its limits, on a quick way into both."""
    attack = home.attack
    plan = home.plan(attack.before, made_at=START - timedelta(hours=1))
    steps = 30 if attack.before_claims else 4
    home.live = _quick(live)
    for step in range(steps, 0, -1):
        home.hears(begin - timedelta(seconds=CONTROL_S * step), plan, attack.before_claims, None)
        home.kw = home.settled()
    home.live = live


def _quick(live: Live) -> Live:
    """The same, on the way into limits in half a minute: what came before an attack is not part of it."""
    quick = Pace(full_swing_s=live.pace.full_swing_s, prices_s=0.0, emergency_s=30.0, limits_s=30.0)
    return Live(pace=quick, caution=live.caution)


def _timed_s(victim: Victim, live: Live, begin: datetime) -> int:
    """The second at which this home must hear it to answer, like all others, when the last possible wait is over."""
    wait_s = live.pace.prices_s
    aimed = int(wait_s)
    if not wait_s:
        return aimed
    best, found = float("inf"), 0
    for second in range(victim.phase_s, aimed + 1, CONTROL_S):
        answers = second + wait_s * drawn(victim.secret, "row", begin + timedelta(seconds=second))
        if abs(answers - aimed) < best:
            best, found = abs(answers - aimed), second
    return found


def _most_kw(victim: Victim, device: Device) -> float:
    house = victim.house
    return {
        Device.BATTERY: house.battery.charge_max_kw if house.battery else 0.0,
        Device.PV: victim.sun_kw,
        Device.EV: house.charger.max_kw if house.charger else 0.0,
        Device.HEAT_PUMP: house.heat_pump.power_max_kw if house.heat_pump else 0.0,
    }[device]
