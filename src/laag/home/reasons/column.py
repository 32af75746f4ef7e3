"""The reasons of one device over a whole plan, found for all quarter-hours at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats, Ints
from laag.home.reasons.codes import Bound, Code, Doing, Subject
from laag.home.reasons.limits import Most
from laag.home.reasons.near import NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.sentences import KINDS

CODES = tuple(Code)
DOINGS = tuple(Doing)
_PLACE = {code: place for place, code in enumerate(CODES)}
_PLACE_OF_DOING = {doing: place for place, doing in enumerate(DOINGS)}
_OPEN = -1
_FREE = {Bound.PRICE, Bound.WORTH, Bound.NOTHING, Bound.CHOICE}
_PRICED = [_OPEN, *(place for place, code in enumerate(CODES) if KINDS[code].bound in _FREE)]
"""Reasons that only money gives."""
_ALL_TOLD = [place for place, code in enumerate(CODES) if "all_told_eur_per_kwh" in KINDS[code].names]


class Options:
    """One alternative per PTU; ``nan`` where there is none."""

    def __init__(self, count: int) -> None:
        self.doing = np.zeros(count, np.int64)
        self.at = np.full(count, NOWHEN, np.int64)
        self.worse_eur_per_kwh = np.full(count, np.nan)
        self.weighs_eur_per_kwh = np.full(count, np.nan)
        self.at_most_eur_per_kwh = np.full(count, np.nan)
        """What it would cost if nothing else answered, where that is known."""

    def put(
        self,
        where: Flags,
        doing: Doing,
        at: Ints | int,
        worse: Floats,
        weighs: Floats | None = None,
        at_most: Floats | float = np.nan,
    ) -> None:
        """Write an alternative where it is meant and its cost is known; ``weighs`` is ``worse`` unless given."""
        # What would be better than the plan cannot be: some limit that is not looked at here stands in its way.
        known = where & np.isfinite(worse) & ((worse if weighs is None else weighs) >= -SAME_EUR_PER_KWH)
        self.doing[known] = _PLACE_OF_DOING[doing]
        np.copyto(self.at, at, where=known)
        np.copyto(self.worse_eur_per_kwh, worse, where=known)
        np.copyto(self.weighs_eur_per_kwh, worse if weighs is None else weighs, where=known)
        np.copyto(self.at_most_eur_per_kwh, at_most, where=known)

    def answered_by(self, other: Options) -> None:
        """Keep what these cost as the most, and take as the least what they cost where all else answers.

        There the same may be done at yet another moment for less still; and what is not known may cost nothing.
        """
        self.at_most_eur_per_kwh = self.worse_eur_per_kwh.copy()
        least = np.nan_to_num(np.fmax(other.worse_eur_per_kwh, 0.0))
        self.worse_eur_per_kwh = np.minimum(least, self.worse_eur_per_kwh)


@dataclass(slots=True, eq=False)
class Column:
    """Code, numbers and alternatives of one subject, per PTU; the first reason that holds is the one that is given."""

    subject: Subject
    power_kw: Floats
    name: str = ""
    numbers: dict[str, Floats | Ints] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    """Numbers that every reason carries, whatever its sentence needs."""
    code: Ints = field(init=False)
    claim: Ints = field(init=False)
    """Place among the outlook's claims of the one that bound it."""
    next_best: Options = field(init=False)
    unplanned: Options = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.power_kw)
        self.code = np.full(count, _OPEN, np.int64)
        self.claim = np.full(count, NOWHEN, np.int64)
        self.next_best, self.unplanned = Options(count), Options(count)

    def give(self, code: Code, where: Flags, claim: Ints | None = None) -> None:
        """Give this reason wherever it holds and none was given before."""
        here = where & (self.code == _OPEN)
        self.code[here] = _PLACE[code]
        if claim is not None:
            self.claim[here] = claim[here]

    def limited(self, where: Flags, limit: Most, more_eur_per_kwh: Floats) -> None:
        """Give a claimed limit as the reason where the power is at it and more would pay."""
        there = (limit.claim != NOWHEN) & (np.abs(self.power_kw) >= limit.kw - ON_KW) & (limit.kw > ON_KW)
        self.give(Code.LIMITED, where & there & (more_eur_per_kwh > SAME_EUR_PER_KWH), limit.claim)

    def decide(self, code: Code, where: Flags, money: Floats, weighed: Floats) -> None:
        """Give this reason where it saves money, and that of the household's choice where only its weight is less."""
        self.give(code, where & (money >= -SAME_EUR_PER_KWH))
        self.give(Code.CHOSEN, where & (weighed >= -SAME_EUR_PER_KWH))

    def rest(self, code: Code) -> None:
        """The reason of whatever has none yet."""
        self.give(code, np.ones(len(self.code), np.bool_))

    def tariff(self, where: Flags, at_peak: Flags, at_band: Flags) -> None:
        """Give the charge on the peak or beyond the band as the reason, where it keeps a device from taking more."""
        self.give(Code.UNDER_PEAK, where & at_peak)
        self.give(Code.WITHIN_BAND, where & at_band)

    def finish(self, firm: Flags, beyond_money: Flags) -> None:
        """Where a rung above the market holds the power, no price is the reason; what is left fits the rest of the day."""
        told = beyond_money & np.isin(self.code, _ALL_TOLD)
        self.code[told | (firm & np.isin(self.code, _PRICED))] = _PLACE[Code.HELD]
        self.give(Code.HELD, beyond_money)
        self.rest(Code.WHOLE_DAY)

    def leave_unsaid(self) -> None:
        """No sentence is begun whose numbers are not known: what it explains then fits the rest of the day."""
        for place in np.unique(self.code).tolist():
            here = self.code == place
            for name in KINDS[CODES[place]].names:
                self.code[here & ~np.isfinite(self.numbers[name])] = _PLACE[Code.WHOLE_DAY]

    def answered_by(self, answered: Column) -> Column:
        """The reasons by prices that a resident knows, with what their alternatives cost where all else answers.

        What those prices do not explain goes by the answers alone.
        """
        plainer = self.has(Code.WHOLE_DAY) & ~answered.has(Code.WHOLE_DAY)
        for ours, theirs in ((self.code, answered.code), (self.claim, answered.claim)):
            np.copyto(ours, theirs, where=plainer)
        self.next_best.answered_by(answered.next_best)
        self.unplanned.answered_by(answered.unplanned)
        return self

    def has_next_best(self) -> Flags:
        """Where an alternative is known, and so that it is no better."""
        return np.array(np.isfinite(self.next_best.worse_eur_per_kwh), np.bool_)

    def has(self, *codes: Code) -> Flags:
        """Where one of these is the reason."""
        return np.array(np.isin(self.code, [_PLACE[code] for code in codes]), np.bool_)
