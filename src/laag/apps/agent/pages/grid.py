"""What the grid operator asks of this home, in plain sentences; whether it may offer anything, and a veto."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from laag.adapters.neighbourhood.own import OwnAsked, OwnLimit
from laag.adapters.neighbourhood.wire import Offers
from laag.apps.agent import promising
from laag.apps.agent.helping import ANSWERED
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import grid as words
from laag.apps.agent.pages.written import cents, clock, filled
from laag.apps.home.words import decimal
from laag.apps.web.written import day as day_in_words
from laag.cycle.living import Promise
from laag.foundation.ptu import PTU, midnight
from laag.foundation.words import Lang, Said
from laag.home.preferences import say
from laag.home.preferences.wishes import HelpFullCable
from laag.settlement.words import euros, kwh, per_kwh

router = APIRouter(include_in_schema=False)
NO = "no to a full cable"
_USUALLY = HelpFullCable(5.0)
"""What one press agrees to."""
_A_WASH_WH = 1000
_DONE = {
    "yes": words.DONE_YES,
    "no": words.DONE_NO,
    "let-go": words.DONE_LET_GO,
    "gone": words.GONE,
}
SELF = {"now": "/", "today": "/today", "wishes": "/wishes"}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is going on, sentence by sentence."""

    said: Sequence[str]
    request: str = ""
    """Of a promise that can be let go of."""
    costs: str = ""
    """What that comes to."""


@dataclass(frozen=True, slots=True)
class OnGrid:
    """All that a page says of the grid operator."""

    told: Sequence[Told]
    asks: bool
    """Whether the household is asked for its leave."""
    yes: str
    done: Said | None
    page: str

    @property
    def shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.told or self.asks or self.done)


def on_grid(home: Here, request: Request, lang: Lang, page: str) -> OnGrid:
    """For the page of this name."""
    told = [*_promises(home, lang), *_limits(home, lang), *_asked(home, lang)]
    asks = _asks(home) and (page == "wishes" or bool(home.life.grid and home.life.grid.asked))
    yes = filled(words.YES, lang, price=cents(_USUALLY.cents / 100, lang) + "/kWh")
    return OnGrid(told, asks, yes, _DONE.get(request.query_params.get("grid", "")), page)


@router.post("/grid/agree")
async def agree(request: Request) -> Response:
    """Yes, as most would; or no, and the question is not put again."""
    home, form = here(request), await request.form()
    yes = str(form.get("answer") or "") == "yes"
    if yes:
        home.agent.wishes.add(say(_USUALLY))
        home.life.tell("wishes", {})
    home.life.store.keep(NO, not yes)
    return _back(str(form.get("page") or ""), "yes" if yes else "no")


@router.post("/grid/not-now")
async def not_now(request: Request) -> Response:
    """Let go of what was promised on a request."""
    home, form = here(request), await request.form()
    done = promising.let_go(home.life, str(form.get("request") or ""))
    return _back(str(form.get("page") or ""), "let-go" if done else "gone")


def _back(page: str, done: str) -> Response:
    return RedirectResponse(f"{SELF.get(page, '/')}?grid={done}#grid", 303)


def _asks(home: Here) -> bool:
    """Nobody is asked who cannot help, who answered, or whose street has no grid operator that asks."""
    life = home.life
    if life.grid is None or life.store.kept(NO) or promising.wish_of(life) is not None:
        return False
    house = life.house
    return any((house.battery, house.charger, house.heat_pump, house.tank, house.appliances))


def _asked(home: Here, lang: Lang) -> Iterator[Told]:
    life = home.life
    answered = life.store.kept(ANSWERED) or {}
    for one in [] if life.grid is None else life.grid.asked:
        if one.until <= life.clock.now():
            continue
        until = filled(words.UNTIL, lang, at=clock(one.until, life.zone))
        said = [one.why.nl if lang is Lang.NL else one.why.en, filled(words.COUNTS, lang, until=until)]
        about = answered.get(one.id)
        offer = None if about is None or not about["offered"] else promising.said_on(life, one.id)
        if about is None:
            said.append(words.THINKS.to(lang))
        elif offer is not None:
            said += _offered(home, one, offer, lang)
        else:
            said.append((words.NOTHING if about["consent"] else words.NOT_AGREED).to(lang))
        yield Told(said)


def _offered(home: Here, one: OwnAsked, offer: Offers, lang: Lang) -> Iterator[str]:
    """How much, for how much, and why that."""
    much = abs(sum(map(sum, offer.less_wh)))
    low, high = min(offer.price_ticks), max(offer.price_ticks)
    price = per_kwh(low, lang)
    if per_kwh(high, lang) != price:
        price = filled(words.PRICES, lang, low=price, high=per_kwh(high, lang))
    yield filled(
        words.OFFERS_LESS if one.less else words.OFFERS_MORE, lang, much=kwh(much, lang), price=price
    )
    buy = _buying(home, midnight(one.day, home.life.zone) + min(one.ptu) * PTU)
    if buy is None:
        yield words.WHY_PRICE_PLAIN.to(lang)
    else:
        yield filled(words.WHY_PRICE, lang, buy=f"{cents(buy, lang)}/kWh")


def _buying(home: Here, at: datetime) -> float | None:
    """What a kWh costs then."""
    thought = home.life.thought
    if thought is None:
        return None
    ptu = thought.outlook.grid.index(at)
    return float(thought.outlook.buy_eur_per_kwh[ptu]) if 0 <= ptu < len(thought.outlook.grid) else None


def _promises(home: Here, lang: Lang) -> Iterator[Told]:
    now = home.life.clock.now()
    for one in home.life.promises:
        if one.ordered.less_wh.any() and promising.ends(one.ordered) > now:
            yield _promise(home, one, lang)


def _promise(home: Here, one: Promise, lang: Lang) -> Told:
    order, life = one.ordered, home.life
    told = [] if life.grid is None else [each for each in life.grid.ordered if each.request == order.request]
    paid = euros(sum(each.paid_units for each in told), lang)
    span = _span(home, promising.begins(order), promising.ends(order), lang)
    most = sum(each.penalty_ticks * sum(map(abs, each.less_wh)) for each in told)
    fine = filled(words.FINE, lang, fine=euros(most, lang)) if most else ""
    if one.let_go:
        return Told([filled(words.LET_GO, lang, span=span, paid=paid, fine=fine)])
    much = int(order.less_wh.sum())
    agreed = _agreed(home, one)
    instead = ""
    if agreed is not None:
        then = kwh(agreed - much, lang)
        instead = filled(words.INSTEAD, lang, then=then, agreed=kwh(agreed, lang))
    by = told[0].by if told else ""
    sentence = filled(
        words.SOLD_LESS if much > 0 else words.SOLD_MORE,
        lang,
        by=by,
        span=span,
        much=kwh(abs(much), lang),
        instead=instead,
        paid=paid,
    )
    said = [sentence]
    if abs(much) >= _A_WASH_WH:
        times = decimal(abs(much) / _A_WASH_WH, 1, lang)
        said.append(filled(words.WASH, lang, much=kwh(abs(much), lang), times=times))
    back = int(order.comes_back_wh.sum())
    if back > 0:
        said.append(filled(words.BACK, lang, much=kwh(back, lang)))
    return Told(said, order.request, filled(words.NOT_NOW_COSTS, lang, paid=paid, fine=fine))


def _agreed(home: Here, one: Promise) -> int | None:
    """What the market had cleared for the quarter-hours of which something was sold; ``None`` where that is not known."""
    positions, order = home.life.positions, one.ordered
    if positions is None:
        return None
    shift = order.grid.index(positions.start)
    wh = [
        positions.wh[ptu - shift] if 0 <= ptu - shift < len(positions.wh) else None
        for ptu in np.flatnonzero(order.less_wh).tolist()
    ]
    known = [each for each in wh if each is not None]
    return sum(known) if len(known) == len(wh) else None


def _limits(home: Here, lang: Lang) -> Iterator[Told]:
    now = home.life.clock.now()
    for one in [] if home.life.grid is None else home.life.grid.limits:
        if one.ends > now:
            yield Told([_why(one, lang), _compared(one).to(lang)])


def _why(one: OwnLimit, lang: Lang) -> str:
    return one.why.nl if lang is Lang.NL else one.why.en


def _compared(one: OwnLimit) -> Said:
    return words.TAKES_COMPARED if one.way == "takes" else words.GIVES_COMPARED


def _span(home: Here, begins: datetime, ends: datetime, lang: Lang) -> str:
    zone = home.life.zone
    day = begins.astimezone(zone).date()
    names = {home.today: words.TODAY.to(lang), home.today + timedelta(days=1): words.TOMORROW.to(lang)}
    return filled(
        words.SPAN,
        lang,
        day=names.get(day) or day_in_words(day, lang),
        begins=clock(begins, zone),
        ends=clock(ends, zone),
    )
