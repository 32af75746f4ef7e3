"""The page of the neighbourhood: its market now and on any day, what goes through its gateway, and what it agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street import few
from laag.apps.street.pages import wires, words
from laag.apps.street.pages.merit import merit_picture
from laag.apps.street.pages.site import Moment, Site, in_thread, quarter_options
from laag.apps.street.together import Together
from laag.apps.web import Line, chart, language
from laag.apps.web.kit import caller_of
from laag.apps.web.tree import KINDS
from laag.apps.web.written import centiticks, count, kw, percent
from laag.apps.web.written import day as written_day
from laag.cycle.live.state import Day
from laag.cycle.live.views import Flow, change_of, flows, market_of
from laag.foundation.words import Lang, Said

_MEMBERS = (Role.RESIDENT, Role.OPERATOR, Role.REGULATOR, Role.RESEARCHER, Role.GRID)
_CENTITICKS_PER_CENT = 100_000
_WH_PER_QUARTER_KW = 250
_NEAR = 0.3
"""From this share of a limit on it is drawn."""


def doors(*, public: bool) -> Doors:
    """Members and who looks after them see the market; everybody does where the neighbourhood chose so."""
    return {("GET", "/"): Door.of(Role.ANYBODY) if public else Door.of(*_MEMBERS)}


def router(site: Site) -> APIRouter:
    """The page."""
    pages, together = APIRouter(include_in_schema=False), Together()

    @pages.get("/")
    async def neighbourhood(request: Request) -> HTMLResponse:
        return await in_thread(page, site, together, request)

    return pages


_SHOWN = ("street.traded", "street.gateway", "street.merit", "street.savings")
"""What the page tells of all homes together."""


def page(site: Site, together: Together, request: Request) -> HTMLResponse:
    """The page as it is now."""
    lang, moment = language(request), site.chosen(request)
    state = site.state
    known = state.day(moment.day)
    homes = len(known.members if known.closed else state.of_day(moment.day))
    role, data = caller_of(request).role, state.charter_on(moment.day).data
    open_ = all(few.visible(name, homes, role, data) for name in _SHOWN)
    times, street = site.times(moment.day), flows(state, moment.day)[0]
    return site.web.page(
        request,
        "street/neighbourhood.html",
        words=words,
        moment=moment,
        is_now=moment == site.today(),
        days=[
            (one.isoformat(), written_day(one, lang))
            for one in sorted({*site.days(), moment.day}, reverse=True)
        ],
        quarters=quarter_options(times),
        at=times[moment.ptu],
        before=_step(site, moment, -1),
        after=_step(site, moment, 1),
        tiles=[
            *tiles(known, moment, homes, lang, open_=open_),
            *(heard_last(street, times, lang) if open_ and _now(site, moment) is not None else ()),
        ],
        cable=_own_cable(site, moment, caller_of(request)),
        together=together.said(state) if open_ else (),
        notes=site.running.notes,
        few=few.note(homes) if open_ else few.WITHHELD if homes < few.FEW else few.NOT_LISTED,
        cleared=known.is_cleared,
        prices=prices_chart(known, moment, times, lang, now=_now(site, moment)),
        merit=_merit(site, moment, lang) if open_ else Markup(""),
        changed=_changed(site, moment) if open_ else (),
        flows=flow_chart(street, times, lang, now=_now(site, moment)) if open_ else Markup(""),
        charter=charter(site, lang),
    )


def _own_cable(site: Site, moment: Moment, caller: Caller) -> dict[str, Any] | None:
    """The colour of the cable of who looks, where it is a resident and the wires are known."""
    if caller.role is not Role.RESIDENT or caller.member is None:
        return None
    found = wires.of_member(site, caller.member, moment.day, moment.ptu)
    return None if found is None else {"kind": found[0], "word": KINDS[found[0]], "said": found[1]}


def _now(site: Site, moment: Moment) -> int | None:
    today = site.today()
    return today.ptu if today.day == moment.day else None


def _step(site: Site, moment: Moment, by: int) -> Moment | None:
    """The quarter-hour before or after, where there is one."""
    place = site.state.neighbourhood
    ptu, day = moment.ptu + by, moment.day
    if ptu < 0:
        day -= timedelta(days=1)
        ptu = len(place.grid(day)) - 1
    elif ptu >= len(place.grid(day)):
        day, ptu = day + timedelta(days=1), 0
    known = day in site.state.days or day == site.today().day
    return Moment(day, ptu) if known and day >= place.first_day else None


def tiles(known: Day, moment: Moment, homes: int, lang: Lang, *, open_: bool) -> list[dict[str, Any]]:
    """The figures at the top."""
    found = [_tile(count(homes, lang), words.MEMBERS)]
    market = known.market
    if market is None:
        return found
    found += [
        _tile(centiticks(int(market.buyer_centiticks[moment.ptu]), lang), words.BUYERS_PAY),
        _tile(centiticks(int(market.seller_centiticks[moment.ptu]), lang), words.SELLERS_GET),
    ]
    bought = int(market.traded.bought_wh.sum())
    if open_ and bought:
        inside = bought - int(market.clearings.imported_wh[: market.ptus].sum())
        found.append(_tile(percent(round(100 * inside / bought), lang), words.LOCAL_SHARE))
    if open_:
        nominated = int(market.nominated_wh[moment.ptu])
        way = words.THROUGH_GATE_OUT if nominated < 0 else words.THROUGH_GATE_IN
        found.append(_tile(kw(abs(nominated) / _WH_PER_QUARTER_KW, lang), way))
    return found


def heard_last(street: Flow, times: list[str], lang: Lang) -> list[dict[str, Any]]:
    """What went through the gateway in the last quarter-hour of which every meter has spoken."""
    told = np.flatnonzero(street.complete)
    if not len(told):
        return []
    ptu = int(told[-1])
    wh = int(street.metered_wh[ptu])
    way = words.MEASURED_OUT if wh < 0 else words.MEASURED_IN
    return [_tile(kw(abs(wh) / _WH_PER_QUARTER_KW, lang), way, words.quarter_from(times[ptu]))]


def _tile(number: str, label: Said, note: Said | None = None) -> dict[str, Any]:
    return {"number": number, "label": label, "note": note, "live": None}


def prices_chart(known: Day, moment: Moment, times: list[str], lang: Lang, *, now: int | None) -> Markup:
    """What power cost inside and outside."""
    if known.day_ahead_ticks is None:
        return Markup("")
    lines: list[Line] = []
    if known.market is not None:
        market = known.market
        lines += [
            Line(words.LANDED, (market.landed_ticks / 1000).tolist(), "import"),
            Line(words.BUYER, (market.buyer_centiticks / _CENTITICKS_PER_CENT).tolist(), "ink"),
            Line(words.SELLER, (market.seller_centiticks / _CENTITICKS_PER_CENT).tolist(), "local"),
            Line(words.EXPORT, (market.export_ticks / 1000).tolist(), "export"),
        ]
    lines.append(Line(words.DAY_AHEAD, (known.day_ahead_ticks / 1000).tolist(), "load", dashed=True))
    return chart(
        "prices",
        words.PRICES_OF_DAY,
        lines,
        times,
        "ct/kWh",
        lang,
        now=now if now is not None else moment.ptu,
    )


def flow_chart(flow: Flow, times: list[str], lang: Lang, *, now: int | None) -> Markup:
    """What went through a gateway or cable, and what it can carry."""
    heard = np.where(flow.complete, flow.metered_wh / _WH_PER_QUARTER_KW, np.nan)
    lines = [Line(words.METERED, heard.tolist(), "local")]
    if flow.agreed_wh is not None:
        lines.insert(0, Line(words.AGREED, (flow.agreed_wh / _WH_PER_QUARTER_KW).tolist(), "ink"))
    lines += limits(flow, len(times))
    return chart(f"flow-{flow.name}".replace(" ", "-"), words.FLOWS, lines, times, "kW", lang, now=now)


def limits(flow: Flow, steps: int) -> list[Line]:
    """The limits of a cable as lines, where what flows comes near enough for both to be seen."""
    found = []
    for name, most, sign in (
        (words.LIMIT_IN, flow.import_max_wh, 1),
        (words.LIMIT_OUT, flow.export_max_wh, -1),
    ):
        if most is not None and _reach(flow, sign) >= _NEAR * most:
            found.append(Line(name, [sign * most / _WH_PER_QUARTER_KW] * steps, "bad", dashed=True))
    return found


def _reach(flow: Flow, sign: int) -> int:
    """The most that flows one way."""
    given = [flow.metered_wh, *([] if flow.agreed_wh is None else [flow.agreed_wh])]
    return max(int((sign * wh).max(initial=0)) for wh in given)


def _merit(site: Site, moment: Moment, lang: Lang) -> Markup:
    picture = market_of(site.state, moment.day, moment.ptu)
    return Markup("") if picture is None else merit_picture(picture, lang)


def _changed(site: Site, moment: Moment) -> tuple[Said, ...]:
    """What homes changed of the quarter-hour after its market."""
    change = change_of(site.state, moment.day, moment.ptu)
    return () if change is None else change.said


def charter(site: Site, lang: Lang) -> list[Said]:
    """What was agreed, in sentences."""
    place = site.state.neighbourhood
    agreed, policy = site.state.charter, place.terms.policy
    sentences = [words.RULES[agreed.rule]]
    if agreed.rule == "layered":
        sentences.append(words.k(agreed.k_percent))
    return [
        *sentences,
        words.policy(policy.name, written_day(policy.facts_day, lang)),
        *([words.BANDS] if policy.bands else []),
        words.since(written_day(place.first_day, lang), agreed.version),
    ]
