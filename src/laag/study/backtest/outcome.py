"""A case lived in every way, and what many cases say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laag.home.plan.solver import Solver
from laag.study.backtest.case import Case
from laag.study.backtest.foresight import foreseen
from laag.study.backtest.rolling import Way, lived
from laag.study.backtest.rules import rule_of_thumb, uncontrolled
from laag.study.backtest.score import Score, score


@dataclass(frozen=True, slots=True)
class Outcome:
    """One home, mix and window: what each way of running it cost."""

    mix: str
    home: str
    window: str
    days: float
    none: Score
    thumb: Score
    laag: Score
    perfect: Score
    plans: int

    @property
    def gain_eur(self) -> float:
        """What there was to gain on no control at all."""
        return self.none.cost_eur - self.perfect.cost_eur

    def gained_eur(self, way: Score) -> float:
        """How much of it this way gained."""
        return self.none.cost_eur - way.cost_eur


OUR_WAY = Way()


def outcome(case: Case, mix: str, window: str, solver: Solver, way: Way = OUR_WAY) -> Outcome:
    """Live the case by no rule, by the usual rules, by laag and by perfect foresight."""
    best = foreseen(case)
    course = lived(case, way, solver)
    ways = (uncontrolled(case), rule_of_thumb(case), course, best.course)
    none, thumb, laag, perfect = (score(case, one, best.worth) for one in ways)
    return Outcome(mix, case.house.name, window, case.days, none, thumb, laag, perfect, course.plans)


@dataclass(frozen=True, slots=True)
class MixRow:
    """All outcomes of a mix: euros together, so that a window with little to gain counts little."""

    mix: str
    cases: int
    gain_eur_per_4_weeks: float
    """Of a home, on average."""
    thumb_share: float
    laag_share: float
    lowest_share: float
    """Of the home and window with the least share, among those with at least ``WORTH_A_SHARE_EUR`` to gain."""
    discomfort_kh: tuple[float, float, float, float]
    """K.h outside the comfort band per home and four weeks: no control, thumb, laag, perfect."""
    missing_kwh: tuple[float, float, float, float]
    """kWh that the car lacked on departure, likewise."""


WORTH_A_SHARE_EUR = 1.0
"""A share of less than this in a window says nothing."""


def by_mix(outcomes: Iterable[Outcome]) -> tuple[MixRow, ...]:
    """One row per mix, in the order in which they first come."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(one.mix, []).append(one)
    return tuple(_row(mix, group) for mix, group in groups.items())


def _row(mix: str, group: list[Outcome]) -> MixRow:
    gain = sum(one.gain_eur for one in group)
    weeks = sum(one.days for one in group) / 28
    shares = [
        one.gained_eur(one.laag) / one.gain_eur
        for one in group
        if one.gain_eur > WORTH_A_SHARE_EUR * one.days / 28
    ]
    ways = [(one.none, one.thumb, one.laag, one.perfect) for one in group]
    cold, lack = (
        tuple(sum(getattr(way[k], field) for way in ways) / weeks for k in range(4))
        for field in ("discomfort_kh", "missing_kwh")
    )
    return MixRow(
        mix,
        len(group),
        gain / weeks,
        sum(one.gained_eur(one.thumb) for one in group) / gain if gain else 0.0,
        sum(one.gained_eur(one.laag) for one in group) / gain if gain else 0.0,
        min(shares, default=0.0),
        (cold[0], cold[1], cold[2], cold[3]),
        (lack[0], lack[1], lack[2], lack[3]),
    )
