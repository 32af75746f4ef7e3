"""What a home holds of its grid operator: what it was asked, what it answered, and what it promised; kept over a restart."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from pydantic import ValidationError

from laag.adapters.neighbourhood.flexing import bound_by
from laag.adapters.neighbourhood.own import OwnGrid
from laag.adapters.neighbourhood.wire import Offers
from laag.apps.agent.life import Life
from laag.cycle.living import Ordered, Promise
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.flex import Consent
from laag.home.operate import Signal
from laag.home.preferences import parse
from laag.home.preferences.wishes import HelpFullCable

GRID, PROMISED = "grid", "promised"
_KEPT = timedelta(days=2)
"""So long after its last quarter-hour a promise is still shown."""


def heard(life: Life, told: OwnGrid) -> None:
    """What the neighbourhood says now; planned for at once where that is news."""
    if told == life.grid:
        return
    life.grid = told
    life.store.keep(GRID, told.model_dump(mode="json"))
    life.replan.set()
    life.tell("grid", {})


def recall(life: Life) -> None:
    """What was told and promised before a stop."""
    with suppress(ValidationError):
        if (kept := life.store.kept(GRID)) is not None:
            life.grid = OwnGrid.model_validate(kept, strict=False)
    with suppress(ValueError, KeyError, TypeError):
        life.promises = tuple(_promise(one) for one in life.store.kept(PROMISED) or ())


def keep(life: Life, promises: Sequence[Promise]) -> None:
    """Hold these, and forget those that are long over."""
    now = life.clock.now()
    life.promises = tuple(one for one in promises if ends(one.ordered) + _KEPT > now)
    life.store.keep(PROMISED, [_plain(one) for one in life.promises])


def wish_of(life: Life) -> HelpFullCable | None:
    """What the household said of helping; the later line holds."""
    said = [parse(line) for _, line in life.store.wishes()]
    return next((one for one in reversed(said) if isinstance(one, HelpFullCable)), None)


def consent(life: Life, day: date) -> Consent | None:
    """Whether this home may offer something of a day, and for what; ``None`` where its household did not say so."""
    wish = wish_of(life)
    over = wish is not None and wish.last is not None and wish.last < day
    if wish is None or over or Signal.REQUESTS in life.caution.veto:
        return None
    most_kw = float("inf") if wish.kw is None else wish.kw
    return Consent(most_kw=most_kw, least_eur_per_kwh=max(wish.cents, 0.0) / 100)


def all_said_on(life: Life, request: str) -> list[Offers]:
    """What this home answered on a request and was not refused, in order."""
    found = life.store.outbox.said('"kind":"offers"', f'"request":"{request}"')
    return [one for one in map(_offers, found) if one is not None and one.request == request]


def said_on(life: Life, request: str) -> Offers | None:
    """The newest of them that has any steps; ``None``: it offered nothing."""
    return next((one for one in reversed(all_said_on(life, request)) if one.less_wh), None)


def ordered(life: Life) -> tuple[Ordered, ...]:
    """What was ordered of this home, no more than it offered."""
    if life.grid is None:
        return ()
    said = {one.request: said_on(life, one.request) for one in life.grid.ordered}
    known = {request: offer for request, offer in said.items() if offer is not None}
    return tuple(bound_by(life.grid.ordered, known, life.zone))


def unbound(life: Life) -> tuple[Ordered, ...]:
    """Orders to which this home does not hold itself yet, and that are not over."""
    now = life.clock.now()
    held = {one.ordered.request: one.ordered for one in life.promises}
    return tuple(
        one
        for one in ordered(life)
        if one.less_wh.any() and ends(one) > now and not _same(one, held.get(one.request))
    )


def let_go(life: Life, request: str) -> bool:
    """Not now: comfort goes first, and what that costs is paid; ``False`` where nothing was promised there."""
    there = [one for one in life.promises if one.ordered.request == request]
    if not there:
        return False
    keep(
        life,
        [
            Promise(one.ordered, one.most_kw, let_go=True) if one.ordered.request == request else one
            for one in life.promises
        ],
    )
    life.replan.set()
    life.tell("grid", {})
    return True


def plainly(life: Life) -> dict[str, Any]:
    """All of it for a program; of a promise the quarter-hours in which something was ordered."""
    told = life.grid or OwnGrid(asked=[], ordered=[], limits=[])
    asked = [
        {**one.model_dump(mode="json"), "answered": _answered(all_said_on(life, one.id))}
        for one in told.asked
    ]
    promised = [_promised(one) for one in life.promises if one.ordered.less_wh.any()]
    limits = [one.model_dump(mode="json") for one in told.limits]
    return {"asked": asked, "promised": promised, "limits": limits}


def _answered(said: list[Offers]) -> dict[str, Any] | None:
    """The newest answer, as it was sent; ``None`` before the first."""
    return (
        said[-1].model_dump(mode="json", include={"ptu", "less_wh", "price_ticks", "number"})
        if said
        else None
    )


def _promised(one: Promise) -> dict[str, Any]:
    order = one.ordered
    there = np.flatnonzero(order.less_wh).tolist()
    most = np.where(np.isfinite(one.most_kw), one.most_kw, np.nan)
    return {
        "request": order.request,
        "let_go": one.let_go,
        "start": [order.grid[at].isoformat() for at in there],
        "less_wh": order.less_wh[there].tolist(),
        "takes_kw": [None if np.isnan(kw) else round(kw, 4) for kw in most[0, there].tolist()],
        "gives_kw": [None if np.isnan(kw) else round(kw, 4) for kw in most[1, there].tolist()],
    }


def begins(one: Ordered) -> datetime:
    """When the first quarter-hour begins of which something was ordered."""
    return one.grid[int(np.flatnonzero(one.less_wh)[0])]


def ends(one: Ordered) -> datetime:
    """When the last one ends."""
    at = np.flatnonzero(one.less_wh)
    return one.grid.start if not len(at) else one.grid[int(at[-1])] + PTU


def _same(one: Ordered, other: Ordered | None) -> bool:
    return (
        other is not None
        and one.grid == other.grid
        and np.array_equal(one.less_wh, other.less_wh)
        and np.array_equal(one.comes_back_wh, other.comes_back_wh)
    )


def _offers(body: str) -> Offers | None:
    try:
        return Offers.model_validate_json(body)
    except ValidationError:
        return None


def _plain(one: Promise) -> dict[str, Any]:
    order = one.ordered
    return {
        "request": order.request,
        "start": order.grid.start.isoformat(),
        "less_wh": order.less_wh.tolist(),
        "comes_back_wh": order.comes_back_wh.tolist(),
        "most_kw": [[kw if np.isfinite(kw) else None for kw in row] for row in one.most_kw.tolist()],
        "let_go": one.let_go,
    }


def _promise(kept: dict[str, Any]) -> Promise:
    less = np.array(kept["less_wh"], np.int64)
    grid = PtuGrid(datetime.fromisoformat(kept["start"]), len(less))
    most = np.array([[np.inf if kw is None else kw for kw in row] for row in kept["most_kw"]], np.float64)
    order = Ordered(kept["request"], grid, less, np.array(kept["comes_back_wh"], np.int64))
    return Promise(order, most, kept["let_go"])
