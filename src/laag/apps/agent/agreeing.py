"""Keeping agreements between neighbours: what holds is planned with, and how it went is told once, by who said yes to that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from laag.apps.agent.life import Life
from laag.apps.agent.neighbour import Neighbour
from laag.cycle.living.agreed import Agreed, limits, needed_by, took_wh
from laag.foundation.data import Purpose
from laag.foundation.ptu import PtuGrid
from laag.home.ladder import Limit
from laag.home.operate import Signal
from laag.home.plan import Plan

HELD = "agreements"
"""What held on the last days, and what became of it: kept over a restart."""
_KEPT = timedelta(days=3)
_LATEST = timedelta(days=2)
"""Later than so long after its day nobody is told any more."""


def of_board(life: Life) -> tuple[Agreed, ...]:
    """What the newest board says."""
    if life.board is None:
        return ()
    return tuple(Agreed(one.name, one.device, one.day, tuple(one.ptu)) for one in life.board.agreements)


def claims(life: Life, ahead: PtuGrid, first: int) -> tuple[Limit, ...]:
    """On the ladder of this home; nothing where its household follows no requests."""
    if Signal.REQUESTS in life.caution.veto:
        return ()
    return tuple(limits(of_board(life), ahead, first, life.zone))


def noted(life: Life, plan: Plan) -> None:
    """Remember what holds, and which rung needs what a plan takes all the same."""
    now, kept = life.clock.now(), _kept(life)
    today = now.astimezone(life.zone).date()
    needs = needed_by(plan.shortfalls)
    for one in of_board(life):
        about = kept.setdefault(_key(one.name, one.day), {"device": one.device, "ptu": list(one.ptus)})
        if one.name in needs and one.day == today:
            about["because"] = needs[one.name]
    fresh = {key: one for key, one in kept.items() if date.fromisoformat(key[:10]) + _KEPT >= today}
    if fresh != _kept(life):
        life.store.keep(HELD, fresh)


def tells(life: Life, neighbour: Neighbour) -> None:
    """Of every day that is over, once; nothing where the household gave no yes, or nothing was measured."""
    kept, today = _kept(life), life.clock.now().astimezone(life.zone).date()
    if neighbour.link.member is None or not neighbour.consents.may(Purpose.AGREEMENT):
        return
    yes = neighbour.consents.held(Purpose.AGREEMENT)
    for one, about in list(_over(kept, today)):
        if about.get("told") is not None or (yes is not None and one.day < yes.day):
            continue
        wh = took_wh(one.device, _measured(life, one))
        if wh is not None and neighbour.put_telling(one.name, one.day, wh, about.get("because", "")):
            kept[_key(one.name, one.day)] = {**about, "told": wh}
    if kept != _kept(life):
        life.store.keep(HELD, kept)
        life.tell("agreements", {})


def lately(life: Life) -> list[tuple[Agreed, int | None]]:
    """What held on the last days and what was told of it, the newest first."""
    kept = _kept(life)
    found = [(_read(key, about), about.get("told")) for key, about in kept.items()]
    return sorted(found, key=lambda one: (one[0].day, one[0].name), reverse=True)


def _over(kept: dict[str, Any], today: date) -> Iterator[tuple[Agreed, dict[str, Any]]]:
    for key, about in kept.items():
        one = _read(key, about)
        if one.day < today <= one.day + _LATEST:
            yield one, about


def _measured(life: Life, one: Agreed) -> dict[str, Any]:
    series = life.store.series(one.grid(life.zone))
    return {name: values[list(one.ptus)] for name, values in series.items()}


def _key(name: str, day: date) -> str:
    return f"{day.isoformat()} {name}"


def _read(key: str, about: dict[str, Any]) -> Agreed:
    return Agreed(key[11:], str(about["device"]), date.fromisoformat(key[:10]), tuple(about["ptu"]))


def _kept(life: Life) -> dict[str, Any]:
    with suppress(TypeError, ValueError):
        return {str(key): dict(about) for key, about in (life.store.kept(HELD) or {}).items()}
    return {}
