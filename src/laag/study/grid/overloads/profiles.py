"""A year of profiles, of which some kinds of connection let a stated share be moved for a stated price.

A profile says when something draws and not what it needs. So what can be moved is a statement of the study and no finding:
what is put off comes back whole, evenly over some hours; a roof held back is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from laag.foundation.flex import Offer, Rebound, Step
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.flex import Asked
from laag.neighbourhood.flexibility import Chosen
from laag.neighbourhood.grid.network import Floats, Network

WH_PER_KW = 1000 * PTU_HOURS
LEAST_WH = 10


@dataclass(frozen=True, slots=True)
class Movable:
    """What of a kind may be moved: a share of what it takes or gives, its price, and when that comes back."""

    share: float
    price_ticks: int
    """Per Wh; a ct/kWh is 1000."""
    back_after_ptus: int = 0
    back_ptus: int = 0
    """Zero: it does not come back."""


CAR = Movable(0.8, 5_000, back_after_ptus=8, back_ptus=24)
HEAT_PUMP = Movable(0.5, 10_000, back_after_ptus=1, back_ptus=12)
STORAGE = Movable(1.0, 6_000, back_after_ptus=8, back_ptus=24)
ROOF = Movable(0.7, 8_000)
"""Of what it gives; the price of what would have been sold."""


def kind_of(profile: str) -> Movable | None:
    """By the name of a SimBench profile; ``None`` moves for nobody.

    >>> kind_of("HLS_A_11.0") is CAR, kind_of("Air_Parallel_2") is HEAT_PUMP, kind_of("H0-A")
    (True, True, None)
    """
    named = (
        (("HLS", "APLS"), CAR),
        (("Air", "Soil"), HEAT_PUMP),
        (("Storage",), STORAGE),
        (("PV", "WP"), ROOF),
    )
    return next((kind for starts, kind in named if profile.startswith(starts)), None)


class Profiles:
    """A ``Load`` that was written down beforehand."""

    def __init__(
        self,
        network: Network,
        grid: PtuGrid,
        kw: Floats,
        kvar: Floats,
        kinds: Sequence[Movable | None],
        *,
        takes: float = 1.0,
        gives: float = 1.0,
    ) -> None:
        """``takes``: so many times the cars and heat pumps that were drawn; ``gives``: the roofs and storage."""
        factor = np.array([takes if kind in {CAR, HEAT_PUMP} else gives if kind else 1.0 for kind in kinds])
        self.network, self.grid = network, grid
        self.kw, self.kvar = kw * factor, kvar * factor
        self._kinds = {one.name: kind for one, kind in zip(network.connections, kinds, strict=True)}
        self._at = {one.name: i for i, one in enumerate(network.connections)}
        self._span, self._own = slice(0, 0), 0

    def planned_kw(self, span: slice, own: int) -> Floats:
        """As it stands."""
        self._span, self._own = span, own
        return np.array(self.kw[span])

    def offers(self, asked: Mapping[str, tuple[Asked, ...]]) -> list[Offer]:
        """One for each quarter-hour in which a connection that can be moved takes or gives something."""
        found: list[Offer] = []
        for name, wanted in asked.items():
            kind = self._kinds[name]
            if kind is not None:
                for one in wanted:
                    found += self._of(name, kind, one)
        return found

    def _of(self, name: str, kind: Movable, asked: Asked) -> Iterator[Offer]:
        kw = self.kw[self._span][:, self._at[name]]
        for ptu in asked.ptus:
            way = 1 if asked.less else -1
            wh = round(kind.share * way * float(kw[ptu]) * WH_PER_KW)
            if wh < LEAST_WH:
                continue
            first = ptu + kind.back_after_ptus
            back = range(first, min(first + kind.back_ptus, len(kw)))
            rebound = tuple(
                Rebound(at, way * part) for at, part in zip(back, _spread(wh, len(back)), strict=True) if part
            )
            yield Offer(
                f"{name}:{asked.id}:{ptu}", name, ptu, (Step((way * wh,), kind.price_ticks, rebound),)
            )

    def lived_kw(self, chosen: Chosen | None) -> Floats:
        """With what was ordered, which changes later hours too."""
        if chosen is not None:
            self.kw[self._span] -= chosen.less_kw
        return np.array(self.kw[self._span][: self._own])


def _spread(wh: int, over: int) -> list[int]:
    """Whole Wh, evenly.

    >>> _spread(10, 4)
    [2, 3, 2, 3]
    """
    edges = [wh * i // over for i in range(over + 1)] if over else []
    return [stop - start for start, stop in pairwise(edges)]
