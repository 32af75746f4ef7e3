"""What stands between laag and perfect foresight: one thing changed at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from laag.home.operate import Absorbing
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.study.backtest import Case, Sight, Way, foreseen, lived, score, uncontrolled

LEVERS = {
    "as it is": Way(),
    "load known": Way(Sight(load=1.0)),
    "load error halved": Way(Sight(load=0.5)),
    "panels known": Way(Sight(pv=1.0)),
    "panel error halved": Way(Sight(pv=0.5)),
    "weather known": Way(Sight(weather=1.0)),
    "all prices known": Way(Sight(prices=True)),
    "all stays known": Way(Sight(stays=True)),
    "all known": Way(Sight(load=1.0, pv=1.0, weather=1.0, prices=True, stays=True)),
    "36 h ahead": Way(Sight(horizon_ptus=144)),
    "72 h ahead": Way(Sight(horizon_ptus=288)),
    "end worth the median": Way(settings=PlanSettings(end_quantile=0.5)),
    "end worth the dearest 15 %": Way(settings=PlanSettings(end_quantile=0.85)),
    "a plan every hour": Way(every_ptus=4),
    "sure of its day": Way(hedged=False),
    "a plan every 4 hours": Way(every_ptus=16),
    "nothing absorbed": Way(absorbing=None),
    "absorbed without margin": Way(absorbing=Absorbing(0.0, 0.0, 0.0)),
}


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was gained with one lever pulled, of what there was to gain."""

    mix: str
    home: str
    lever: str
    gained_eur: float
    gain_eur: float


def pulled(cases: Iterable[tuple[str, Case]], solver: Solver) -> Iterator[Pulled]:
    """Every case with every lever that does something in it."""
    for mix, case in cases:
        best = foreseen(case)
        none, least = (score(case, one, best.worth).cost_eur for one in (uncontrolled(case), best.course))
        for lever, way in LEVERS.items():
            cost = score(case, lived(case, way, solver), best.worth).cost_eur
            yield Pulled(mix, case.house.name, lever, none - cost, none - least)


def table(rows: Sequence[Pulled]) -> Iterator[str]:
    """Shares per lever (down) and mix (across)."""
    mixes = list(dict.fromkeys(row.mix for row in rows))
    yield f"{'':28}" + "".join(f"{mix:>26}" for mix in mixes)
    for lever in LEVERS:
        shares = [_share([row for row in rows if (row.lever, row.mix) == (lever, mix)]) for mix in mixes]
        yield f"{lever:28}" + "".join(f"{share:26.1%}" for share in shares)


def _share(rows: Sequence[Pulled]) -> float:
    gain = sum(row.gain_eur for row in rows)
    return sum(row.gained_eur for row in rows) / gain if gain else 0.0
