"""The rounds as a state machine: prices, answers, next prices, until enough is gained or the rounds are up.

Sharing-form ADMM. With ``S`` the sum of the answers, ``Z`` what the gateway would rather see, ``y`` the price and ``c`` how far all
homes together move for one EUR/kWh::

    V = relax S + (1 - relax) Z + c y      Z = nearest sum to V for the gateway      y = (V - Z) / c
    asked of every home:  y + (S - Z) / c, and to move no further than that pays for

``y`` always lies between what one kWh less and one kWh more would change at the gateway, so it can be the price that is
settled. Only ``S`` enters. At any moment the best mixture of the rounds so far stands (``mixed``), so that it never costs the community
more than round 0, the day without each other; each home's part in it is the same mixture of days that it told itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.words import Said
from laag.neighbourhood.coordination import judged
from laag.neighbourhood.coordination.gate import Floats
from laag.neighbourhood.coordination.messages import Answer, Ask, Refused, Settled, same
from laag.neighbourhood.coordination.mixed import Mixture, mixed
from laag.neighbourhood.coordination.terms import Terms

TICKS_PER_EUR_PER_KWH = 100_000
SETTLED_SHARE = 0.02
"""Of what flows: by so little the street is still beside what the prices mean when it may be enough."""

ENOUGH = Said("Verder zoeken levert niets meer op.", "Looking further gains nothing more.")
UP = Said("Het afgesproken aantal rondes is om.", "The agreed number of rounds is up.")
NOBODY = Said("Niemand heeft iets te verschuiven.", "Nobody has anything to move.")


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A round that is over: what stood of each home, and their sums."""

    told: Mapping[str, Answer]
    sum_wh: Ints
    beside_cents: int


@dataclass(frozen=True, slots=True, eq=False)
class Coordination:
    """Between two messages."""

    terms: Terms
    ask: Ask
    price: Floats
    """``y``, EUR/kWh."""
    near_kw: Floats | None
    """``Z``."""
    told: Mapping[str, Answer]
    """By each home the last that counts."""
    first: Mapping[str, Answer]
    arrived: Mapping[str, Answer] = field(default_factory=dict)
    void: frozenset[str] = frozenset()
    """Who told two days in this round."""
    past: tuple[Past, ...] = ()
    """Since all who answer had answered once."""
    course: tuple[float, ...] = ()
    """What the best mixture of rounds costs the community after each of them, EUR; the first is what round 0 costs."""
    best: Mixture | None = None
    done: Settled | None = None

    @property
    def round(self) -> int:
        """Which is open."""
        return self.ask.round

    @property
    def asked(self) -> tuple[str, ...]:
        """Who is asked: from round 1 on not those who said that they have nothing to move."""
        return tuple(
            sorted(
                home.name
                for home in self.terms.homes
                if home.name not in self.first or self.first[home.name].moves
            )
        )


def opened(terms: Terms, standing: Mapping[str, Ints] | None = None) -> Coordination:
    """Round 0; ``standing`` is what is expected of a home that may not answer, in Wh, zero where nothing is."""
    gate, known = terms.gate, standing or {}
    nothing = np.zeros(len(gate), np.int64)
    told = {home.name: Answer(home.name, -1, known.get(home.name, nothing)) for home in terms.homes}
    for name, answer in told.items():
        if answer.wh.shape != nothing.shape:
            raise BadInput(
                f"what is expected of {name} has {len(answer.wh)} quarter-hours, the gateway's prices {len(gate)}; "
                "give both for the same"
            )
    ask = Ask(0, _ticks(gate.landed_eur_per_kwh), _ticks(gate.export_eur_per_kwh), 0.0)
    return Coordination(
        terms, ask, (gate.landed_eur_per_kwh + gate.export_eur_per_kwh) / 2, None, told, first={}
    )


def heard(now: Coordination, answer: Answer) -> tuple[Coordination, Refused | None]:
    """An answer came in; in which order answers come changes nothing."""
    why = _why_not(now, answer)
    if why is not None:
        return now, Refused(answer.home, answer.round, why)
    earlier = now.arrived.get(answer.home)
    if answer.home in now.void or (earlier is not None and not same(earlier, answer)):
        kept = {name: one for name, one in now.arrived.items() if name != answer.home}
        now = replace(now, arrived=kept, void=now.void | {answer.home})
        return now, Refused(answer.home, answer.round, judged.twice())
    wh = answer.wh.copy()
    wh.setflags(write=False)
    return replace(now, arrived={**now.arrived, answer.home: replace(answer, wh=wh)}), None


def closed(now: Coordination) -> tuple[Coordination, tuple[Refused, ...]]:
    """The round is over, whoever answered: the next one is open, or ``done`` says what stands."""
    if now.done is not None:
        return now, ()
    absent = tuple(
        Refused(name, now.round, judged.missing())
        for name in now.asked
        if name not in now.arrived and name not in now.void
    )
    new = [name for name in now.arrived if name not in now.first]
    now = replace(
        now,
        told={**now.told, **now.arrived},
        first={**now.first, **{name: now.arrived[name] for name in new}},
        arrived={},
        void=frozenset(),
    )
    if (
        new and now.round > 0
    ):  # who is heard for the first time changes what every earlier round would have cost
        now = replace(now, past=(), course=())
    return _judged(_moved(now)), absent


def _why_not(now: Coordination, answer: Answer) -> Said | None:
    home = next((one for one in now.terms.homes if one.name == answer.home), None)
    if home is None:
        return judged.stranger()
    if now.done is not None:
        return judged.over()
    if answer.round != now.round:
        return judged.late(answer, now.round)
    gate, first = now.terms.gate, now.first.get(home.name)
    dear = float(np.max(np.abs(np.stack(gate.slopes)), initial=0.0))
    most = max(home.import_max_wh, home.export_max_wh) * len(gate) / 1000 * dear * 100
    return judged.refused(
        answer,
        home,
        len(gate),
        None if first is None else first.wh,
        int(now.terms.moved_kwh * 1000),
        int(most) + 1,
    )


def street_wh(told: Mapping[str, Answer]) -> Ints:
    """The sum: whole numbers, so that no order of adding changes it."""
    return np.asarray(np.sum([one.wh for one in told.values()], axis=0), np.int64)


def _moved(now: Coordination) -> Coordination:
    """The next prices, from the sum of what stands."""
    terms, gate = now.terms, now.terms.gate
    sum_kw = street_wh(now.told) / (1000 * PTU_HOURS)
    reach = max(sum(one.moves for one in now.first.values()), 1) / terms.weight
    over = sum_kw if now.near_kw is None else terms.relax * sum_kw + (1 - terms.relax) * now.near_kw
    wished = over + reach * now.price
    near = gate.nearest_kw(wished, reach)
    price = (wished - near) / reach
    asked = _ticks(price + (sum_kw - near) / reach)
    past = (
        *now.past,
        Past(now.told, street_wh(now.told), sum(one.beside_cents for one in now.told.values())),
    )
    best = mixed(gate, [one.sum_wh for one in past], [one.beside_cents for one in past])
    return replace(
        now,
        ask=Ask(now.round + 1, asked, asked, terms.weight),
        price=price,
        near_kw=near,
        past=past,
        best=best,
        course=(*now.course, best.eur),
    )


def _judged(now: Coordination) -> Coordination:
    """Whether it is enough."""
    assert now.near_kw is not None
    last, patience = now.round - 1, now.terms.patience
    if not any(one.moves for one in now.first.values()):
        return _settled(now, NOBODY)
    if last >= now.terms.most_rounds:
        return _settled(now, UP)
    sum_kw = now.past[-1].sum_wh / (1000 * PTU_HOURS)
    aside = float(np.abs(sum_kw - now.near_kw).sum())
    if aside > SETTLED_SHARE * float(np.abs(sum_kw).sum()) or len(now.course) <= patience:
        return now
    scale = float(np.abs(sum_kw) @ np.abs(now.terms.gate.landed_eur_per_kwh)) * PTU_HOURS
    gained = now.course[-1 - patience] - now.course[-1]
    return _settled(now, ENOUGH) if gained <= now.terms.gain * scale else now


def _settled(now: Coordination, why: Said) -> Coordination:
    assert now.best is not None
    first = now.round - len(now.past)
    shares = {first + at: float(share) for at, share in enumerate(now.best.shares) if share > 0}
    stands = {
        name: np.rint(sum(share * now.past[at - first].told[name].wh for at, share in shares.items())).astype(
            np.int64
        )
        for name in sorted(now.told)
    }
    settled = Settled(
        price_ticks=_ticks(now.price),
        shares=shares,
        stands=stands,
        street_wh=np.asarray(np.sum(list(stands.values()), axis=0), np.int64),
        rounds=now.round,
        saved_eur=now.course[0] - now.best.eur,
        why=why,
        silent=tuple(sorted(home.name for home in now.terms.homes if home.name not in now.first)),
    )
    return replace(now, done=settled)


def _ticks(eur_per_kwh: Floats) -> Ints:
    return np.rint(eur_per_kwh * TICKS_PER_EUR_PER_KWH).astype(np.int64)
