"""A day coordinated by prices alone: the rounds of the neighbourhood with the homes' own planners, in one process.

Nothing passes between the two but the messages; ``Told`` counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU_HOURS
from laag.home.plan.priced import AskedAgain, Priced
from laag.neighbourhood.coordination import Answer, Ask, Coordination, Settled, Terms, closed, heard, opened

Floats = NDArray[np.float64]
Post = Callable[[Ask, list[Answer]], list[Answer]]
"""What becomes of the answers of a round on their way."""


@dataclass(slots=True)
class Told:
    """What went over the wire."""

    rounds: int = 0
    messages: int = 0
    bytes: int = 0
    seconds: float = 0.0
    """Of one processor: all homes after each other, and the aggregator."""


class AtHome:
    """A home that answers: its planner, and what it said in each round."""

    def __init__(self, name: str, planner: AskedAgain, *, moves: bool = True) -> None:
        self.name, self.planner, self.moves = name, planner, moves
        self.said: dict[int, Priced] = {}
        self._first: Priced | None = None
        self._last: Priced | None = None

    def answer(self, ask: Ask) -> Answer | None:
        """By the prices, and what was answered before; ``None`` where its planner found nothing."""
        buy, sell = ask.buy_ticks / 100_000, ask.sell_ticks / 100_000
        near = None if ask.round == 0 or self._last is None else self._last.connection_kw
        weight = 0.0 if near is None else ask.weight_eur_per_kwh_per_kw
        made = self.planner.between(buy, sell, near, weight)
        if made is None:
            return None
        self._first = self._first or made
        self._last = self.said[ask.round] = made
        beside = round((made.beside_eur - self._first.beside_eur) * 100)
        return Answer(self.name, ask.round, _wh(made.connection_kw), beside, self.moves)

    def mixed(self, shares: Mapping[int, float]) -> Priced:
        """The day that stands, of its own days: of a round without an answer the last before it."""
        days = {at: self.said[max(r for r in self.said if r <= at)] for at in shares}
        return Priced(
            np.asarray(sum(share * days[at].connection_kw for at, share in shares.items()), np.float64),
            sum(share * days[at].beside_eur for at, share in shares.items()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """What stands, with the days behind it (which stay in the homes; here they are counted)."""

    settled: Settled
    days: Mapping[str, Priced]
    told: Told
    course: tuple[float, ...] = field(default=())


def by_prices(
    terms: Terms,
    homes: Mapping[str, AskedAgain],
    moves: Mapping[str, bool] | None = None,
    post: Post | None = None,
) -> Agreed:
    """All rounds of a day; ``moves`` says who has anything to move, ``post`` what becomes of answers on their way."""
    can = moves or {}
    at = {name: AtHome(name, homes[name], moves=can.get(name, True)) for name in sorted(homes)}
    now, told = opened(terms), Told()
    while now.done is None:
        asked = now.asked
        answers = [one for one in (at[name].answer(now.ask) for name in asked) if one is not None]
        told.rounds += 1
        told.messages += len(asked) + len(answers)
        told.bytes += len(asked) * now.ask.bytes + sum(one.bytes for one in answers)
        now = _heard(now, answers if post is None else post(now.ask, answers))
        now, _ = closed(now)
    days = {name: home.mixed(now.done.shares) for name, home in at.items() if home.said}
    return Agreed(now.done, days, told, now.course)


def _heard(now: Coordination, answers: list[Answer]) -> Coordination:
    for answer in answers:
        now, _ = heard(now, answer)
    return now


def _wh(kw: Floats) -> Ints:
    return np.rint(kw * (1000 * PTU_HOURS)).astype(np.int64)
