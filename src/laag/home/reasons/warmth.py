"""Why something is heated in a quarter-hour or not: rooms and water alike, each with reasons of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.devices import Device
from laag.home.outlook import Floats, Ints
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.column import Column
from laag.home.reasons.limits import Least, Most
from laag.home.reasons.near import LEVEL_K, LITTLE_EUR_PER_KWH, NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.scan import at, cheapest_within, here_or_next, holds_at, next_where
from laag.home.reasons.view import View


@dataclass(frozen=True, slots=True)
class HeatCodes:
    """What the same findings are called of rooms, and of water."""

    all_it_can: Code
    paid: Code
    spare_sun: Code
    on_sun: Code
    holds: Code
    ahead: Code
    ahead_of_peak: Code
    for_after: Code
    worth: Code
    warmest: Code
    later: Code
    even: Code
    stays: Code
    enough: Code
    blocked: Code
    no_help: Code


@dataclass(frozen=True, slots=True, eq=False)
class Warmth:
    """A store of heat and what heats it; prices are per kWh of heat."""

    view: View
    device: Device
    heats: Flags
    limit: Most
    """Of the power that heats."""
    level_c: Floats
    low: Least
    high: Floats
    flat_out: Flags
    """No more heat can be had."""
    cop: Floats
    """Heat per kWh of electricity."""
    worth_eur_per_kwh: Floats
    """What a kWh of heat more would save by the plan."""
    decay: float
    """Which share of the warmth is left after one PTU."""
    at_reach: Flags
    """What heats it cannot make it warmer, at this price."""

    @property
    def spent(self) -> Floats:
        """What a kWh of heat less would save in money."""
        return self.view.down / self.cop

    @property
    def more(self) -> Floats:
        """What a kWh of heat more would cost in money."""
        return self.view.up / self.cop

    @property
    def nudge(self) -> Floats:
        """What the household's choice adds to either."""
        return self.view.nudge / self.cop

    @property
    def kept(self) -> Floats:
        """Which share of the warmth of the first PTU is left in each; only ratios mean something."""
        return np.power(self.decay, np.arange(len(self.view), dtype=np.float64))

    @property
    def needed_at(self) -> Ints:
        """This PTU, or the next, at whose end it is no warmer than it must be."""
        return here_or_next(self.level_c <= self.low.level + LEVEL_K)

    @property
    def heated_at(self) -> Ints:
        """The next PTU in which it is heated."""
        return next_where(self.heats)

    @property
    def numbers(self) -> dict[str, Floats | Ints]:
        """What its reasons may name."""
        own: dict[str, Floats | Ints] = {
            "price_eur_per_kwh": self.view.down,
            "price_would_bring": self.view.below,
            "heat_eur_per_kwh": self.spent,
            "cap_kw": self.limit.kw,
            "level_c": self.level_c,
            "low_c": self.low.level,
            "high_c": self.high,
            "needed_by": self.needed_at,
            "needed_at": self.needed_at,
            "needed_c": at(self.low.level, self.needed_at),
            "heated_at": self.heated_at,
            "heated_by": self.heated_at,
            "worth_eur_per_kwh": self.worth_eur_per_kwh * self.cop,
        }
        return own | self.view.numbers


def heats_because(warmth: Warmth, column: Column, codes: HeatCodes) -> None:
    """Give the reasons of what heats, and when else it could have."""
    view, heats, count = warmth.view, warmth.heats, len(warmth.view)
    worth = warmth.worth_eur_per_kwh * warmth.cop
    column.limited(heats, warmth.limit, worth - view.all_told)
    too_cold = warmth.level_c < warmth.low.level - LEVEL_K
    column.give(codes.all_it_can, heats & too_cold & warmth.flat_out)
    paid = view.pays_to_take & ~view.on_sun & (worth < LITTLE_EUR_PER_KWH)
    column.give(codes.paid, heats & paid)
    column.give(codes.spare_sun, heats & view.spare_sun, view.giving.claim)
    column.give(Code.SUN_FIRST, heats & view.keeps_sun(warmth.device), view.sun_first)
    needed_now = warmth.needed_at == np.arange(count)
    column.give(codes.holds, heats & needed_now, warmth.low.claim)
    # What it would heat from the grid as well, it does not heat because there is sun.
    column.give(codes.on_sun, heats & view.on_sun & (worth < view.above - SAME_EUR_PER_KWH))
    ahead = heats & (warmth.needed_at < count)
    column.give(codes.ahead_of_peak, ahead & holds_at(warmth.flat_out, warmth.needed_at))
    left = at(warmth.kept, warmth.needed_at) / warmth.kept
    money = at(warmth.more, warmth.needed_at) - warmth.spent / left
    column.decide(
        codes.ahead,
        ahead,
        money,
        money + at(warmth.nudge, warmth.needed_at) - warmth.nudge / left,
    )
    at_end = warmth.worth_eur_per_kwh[-1:] * warmth.kept[-1:] / warmth.kept
    column.decide(
        codes.for_after, heats & ~ahead, at_end - warmth.spent, at_end - warmth.spent - warmth.nudge
    )
    column.give(codes.worth, heats & (worth >= view.all_told - SAME_EUR_PER_KWH))
    _other_times_to_heat(warmth, column)


def _other_times_to_heat(warmth: Warmth, column: Column) -> None:
    """Heating elsewhen for the same warmth now: more of it if earlier, for some leaks away, less if later."""
    cost = np.where(warmth.flat_out | warmth.at_reach, np.inf, (warmth.more + warmth.nudge) * warmth.kept)
    cold, hot = (
        warmth.level_c <= warmth.low.level + LEVEL_K,
        (warmth.level_c >= warmth.high - LEVEL_K) | warmth.at_reach,
    )
    _, where = cheapest_within(cost, no_later=cold, no_earlier=hot)
    share = at(warmth.kept, where) / warmth.kept
    money = at(warmth.more, where) * share - warmth.spent
    weighs = money + at(warmth.nudge, where) * share - warmth.nudge
    column.next_best.put(warmth.heats, Doing.HEAT_THEN, where, money, weighs)


def rests_because(warmth: Warmth, column: Column, codes: HeatCodes) -> None:
    """Give the reasons of what does not heat."""
    view, rests, count = warmth.view, ~warmth.heats, len(warmth.view)
    cold = warmth.level_c < warmth.low.level - LEVEL_K
    claimed = (warmth.limit.claim != NOWHEN) & (warmth.limit.kw <= ON_KW)
    column.give(Code.CLAIMED, rests & cold & claimed, warmth.limit.claim)
    column.give(codes.blocked, rests & cold & view.full_in, view.taking.claim)
    column.give(codes.no_help, rests & cold)
    column.give(codes.warmest, rests & (warmth.level_c >= warmth.high - LEVEL_K))
    share = warmth.kept / at(warmth.kept, warmth.heated_at)
    saved = warmth.more * share - at(warmth.spent, warmth.heated_at)
    weighed = saved + warmth.nudge * share - at(warmth.nudge, warmth.heated_at)
    column.give(codes.later, rests & (saved > SAME_EUR_PER_KWH))
    column.give(codes.even, rests & (np.abs(saved) <= SAME_EUR_PER_KWH))
    column.give(Code.CHOSEN, rests & (weighed > SAME_EUR_PER_KWH))
    later = column.has(codes.later, codes.even) | (rests & column.has(Code.CHOSEN))
    column.next_best.put(later, Doing.HEAT_EARLIER, NOWHEN, saved, weighed)
    column.give(codes.stays, rests & (warmth.heated_at == count))
    column.give(codes.enough, rests)
