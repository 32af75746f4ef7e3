"""What no attack can exceed, by arithmetic: with the homes' secrets known, and with them kept.

* **Secrets known.** A home is told something every ten seconds, and moves at each by at most its rate, besides the steps that devices
  cannot make smaller (a car's first six amperes; a whole ampere and the next). So within a window of ``w`` seconds it moves by at
  most ``rate x 10 s x (w // 10 + 1) + step``, and never by more than all it has.
* **Secrets kept.** Each home begins within ``W`` seconds of what it heard, all moments equally likely. Each part of its move then falls in
  a given window with a chance of at most ``(w + 10) / W``; by Hoeffding's inequality the street as a whole exceeds the sum of what
  is expected by the margin with a chance of at most one in a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from laag.home.devices.car import LEAST_AMPS, PHASE_VOLTS
from laag.home.operate import Live
from laag.study.hacked.attacks import Attack, Channel
from laag.study.hacked.lived import CONTROL_S, PROTECTED, WINDOWS_S
from laag.study.hacked.street import Victim

CHANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """kW for each window."""

    known_kw: tuple[float, ...]
    kept_kw: tuple[float, ...]


def bound(street: Sequence[Victim], attack: Attack, live: Live = PROTECTED) -> Bound:
    """For one attack: whose word it is says which rate and which wait hold."""
    pace, caution = live.pace, live.caution
    by_law = attack.channel is Channel.DSO and not attack.before_claims
    rate, wait_s = caution.kw_per_min / 60, pace.prices_s
    if by_law:
        rate, wait_s = caution.emergency_kw_per_min / 60, pace.emergency_s
    if attack.power_back:
        wait_s = caution.back_s
    known, kept = [], []
    for window in WINDOWS_S:
        each = [
            min(one.swing_kw, rate * CONTROL_S * (window // CONTROL_S + 1) + _step_kw(one)) for one in street
        ]
        share = min((window + CONTROL_S) / wait_s, 1.0)
        expected = sum(min(one.swing_kw * share, most) for one, most in zip(street, each, strict=True))
        margin = sqrt(log(1 / CHANCE) / 2 * sum(most**2 for most in each))
        known.append(sum(each))
        kept.append(min(expected + margin, sum(each)))
    return Bound(tuple(known), tuple(known if attack.timed else kept))


def _step_kw(one: Victim) -> float:
    """What its devices cannot make smaller."""
    charger, pump = one.house.charger, one.house.heat_pump
    amperes = LEAST_AMPS * PHASE_VOLTS / 1000 * charger.phases if charger is not None else 0.0
    return max(amperes, charger.min_kw if charger is not None else 0.0) + (pump.min_kw if pump else 0.0)
