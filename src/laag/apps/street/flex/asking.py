"""A grid operator's request as members are asked it, and their answers as what is offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import numpy as np

from laag.adapters.uftp.agr import Asked as Request
from laag.adapters.uftp.flexing import Bundle, bundled, put_together
from laag.cycle.live.messages import Asked, Offered, Passed
from laag.cycle.live.state import Asking, Day
from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer, Rebound, Step
from laag.foundation.ptu import PtuGrid

Expires = Callable[[Ints], datetime]
MORE = ".more"
_PART_OF_WAIT = 4


def questions(request: Request, homes: Ints, by: str, now: datetime, margin: timedelta) -> list[Asked]:
    """One for each way that is asked for; homes have until a margin before the request ends."""
    until = request.expires - min(margin, (request.expires - now) / _PART_OF_WAIT)
    space = request.space
    less = space.requested & (space.high_w <= 0)
    ways = ((request.id, less, True), (request.id + MORE, space.requested & ~less, False))
    return [
        Asked(request.day, name, request.point, by, way, until, np.flatnonzero(ptus), homes)
        for name, ptus, way in ways
        if ptus.any()
    ]


def bundles(one: Asking, known: Day, grid: PtuGrid, expires: Expires, least_homes: int) -> list[Bundle]:
    """What is passed on: as it was, or where nothing was yet, what was offered by now."""
    if one.passed is not None:
        return _as_passed(one, one.passed, known, grid, expires)
    offers = [_offer(known, said) for said in one.offers.values() if len(said.steps)]
    return bundled(offers, grid, expires, least_homes=least_homes)


def passed(one: Asking, known: Day, made: Sequence[Bundle]) -> Passed:
    """For the log: which step of whom went into which bundle."""
    parts = [
        (known.row_of[offer.connection], step, number)
        for number, bundle in enumerate(made)
        for offer, step in bundle.parts
    ]
    home, step, bundle = np.array(parts, np.int64).reshape(-1, 3).T
    return Passed(one.asked.day, one.asked.request, home.copy(), step.copy(), bundle.copy())


def _as_passed(one: Asking, said: Passed, known: Day, grid: PtuGrid, expires: Expires) -> list[Bundle]:
    offers = {name: _offer(known, offer) for name, offer in one.offers.items() if len(offer.steps)}
    names = [known.members[row].member for row in said.home.tolist()]
    parts = list(zip(names, said.step.tolist(), said.bundle.tolist(), strict=True))
    return [
        put_together(
            tuple((offers[name], step) for name, step, at in parts if at == number), grid, expires, number + 1
        )
        for number in sorted({at for _, _, at in parts})
    ]


def _offer(known: Day, said: Offered) -> Offer:
    """As a home said it, in the core's words; rows of members by their place, so that the order is everybody's."""
    steps = said.steps
    rows = steps.less_wh.reshape(len(steps), -1).tolist()
    back = list(
        zip(steps.rebound_step.tolist(), steps.rebound_ptu.tolist(), steps.rebound_wh.tolist(), strict=True)
    )
    made = tuple(
        Step(tuple(row), price, tuple(Rebound(ptu, wh) for step, ptu, wh in back if step == at and wh))
        for at, (row, price) in enumerate(zip(rows, steps.price_ticks.tolist(), strict=True))
    )
    place = f"{known.row_of[said.member]:06}"
    return Offer(place, said.member, said.ptu, made, together=True, least_share=said.least_permille / 1000)
