"""The pages of the operator: how things stand, homes and codes, days and their settlement."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from laag.apps.access import Door, Doors, Role
from laag.apps.street import codes, few
from laag.apps.street.api.operator import changed, no_connection, status_of
from laag.apps.street.keeper import Away, Busy
from laag.apps.street.pages import flex_words, words
from laag.apps.street.pages.neighbourhood import flow_chart
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.sending import allowed
from laag.apps.street.taking import NotTaken, Taken
from laag.apps.web import language
from laag.apps.web.written import NONE, count, short_day, short_moment
from laag.apps.web.written import day as written_day
from laag.apps.web.written import moment as written_moment
from laag.cycle.live import DaySettled, Settle, first_open
from laag.cycle.live.views import expected_against_actual, flows, missing, said_of
from laag.foundation.words import Lang, Said
from laag.neighbourhood.people.kinds import ABOUT, MemberKind, kind_of

_OPERATOR = Door.of(Role.OPERATOR)
DOORS: Doors = {
    ("GET", "/operator"): _OPERATOR,
    ("POST", "/operator/prices"): _OPERATOR,
    ("GET", "/operator/homes"): _OPERATOR,
    ("POST", "/operator/homes"): _OPERATOR,
    ("POST", "/operator/homes/change"): _OPERATOR,
    ("POST", "/operator/homes/withdraw"): _OPERATOR,
    ("GET", "/operator/days"): _OPERATOR,
    ("POST", "/operator/days"): _OPERATOR,
}
_MOST_SHOWN = 100


def router(site: Site) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/operator")
    async def overview(request: Request) -> HTMLResponse:
        return await in_thread(_overview, site, request)

    @pages.post("/operator/prices")
    async def believe(request: Request) -> HTMLResponse:
        await site.running.believe()
        return await in_thread(_overview, site, request)

    @pages.get("/operator/homes")
    async def homes(request: Request) -> HTMLResponse:
        return await in_thread(_homes, site, request)

    @pages.post("/operator/homes")
    async def make_code(request: Request) -> HTMLResponse:
        form = await request.form()
        given = {
            name: str(form.get(name, "")) for name in ("cable", "note", "connection", "kind", "lived_in")
        }
        place = site.state.neighbourhood
        if given["connection"] not in codes.connections(place):
            return await in_thread(_homes, site, request, None, no_connection(place))
        known = {one.name for one in place.cables} | {""}
        made = await in_thread(
            partial(
                codes.made,
                kind=kind_of(given["kind"]) or MemberKind.PERSON,
                lived_in={"yes": True, "no": False}.get(given["lived_in"]),
            ),
            site.running.records,
            given["cable"] if given["cable"] in known else "",
            given["note"][:200],
            site.now(),
            given["connection"],
        )
        return await in_thread(_homes, site, request, made)

    @pages.post("/operator/homes/change")
    async def change(request: Request) -> HTMLResponse:
        form = await request.form()
        given = {name: str(form.get(name, "")) for name in ("member", "day", "new_cable", "new_connection")}
        why = await _changed(site, given)
        return await in_thread(_homes, site, request, None, why, None if why else words.CHANGE_DONE)

    @pages.post("/operator/homes/withdraw")
    async def withdraw(request: Request) -> HTMLResponse:
        await in_thread(codes.withdrawn, site.running.records, str((await request.form()).get("code", "")))
        return await in_thread(_homes, site, request)

    @pages.get("/operator/days")
    async def days(request: Request) -> HTMLResponse:
        return await in_thread(_days, site, request)

    @pages.post("/operator/days")
    async def settle(request: Request) -> Response:
        said, why = await _settled(site, str((await request.form()).get("day", "")))
        return await in_thread(_days, site, request, said, why)

    return pages


def _overview(site: Site, request: Request) -> HTMLResponse:
    lang, now = language(request), site.now()
    told = status_of(site.running)
    place = site.state.neighbourhood
    silent = missing(site.state, now)[:_MOST_SHOWN]
    keeper, shared = site.running.keeper, site.running.shared
    alarms = [] if shared is None else shared.alarms()
    agreed = site.running.agreed.agreed()
    figures = [
        (count(told.members, lang), words.MEMBERS, None),
        (count(keeper.waiting, lang), words.WAITING, None),
        (
            count(told.events, lang),
            words.EVENTS_IN_LOG,
            words.STORE_OPEN if keeper.away is None else words.STORE_AWAY,
        ),
        (count(told.refused, lang), words.REFUSED_COUNT, None),
    ]
    return site.web.page(
        request,
        "street/operator.html",
        words=words,
        tiles=[
            {"number": number, "label": label, "note": note, "live": None} for number, label, note in figures
        ],
        notes=[one for one in site.running.notes if one not in alarms],
        alarms=alarms,
        held=site.running.sending.why,
        allowed=allowed(agreed.bounds, agreed.at_once),
        grid=flex_words.LINK if site.running.grid is not None else None,
        silent=[said_of(one, place.grid(one.day).quarter_of_day(place.zone)) for one in silent],
        sources=[
            [Said(one.name.nl, one.name.en), words.ANSWERS if one.failing is None else one.failing]
            for one in told.sources
        ],
        refused=[
            [written_moment(datetime.fromisoformat(one.at), lang, place.zone), one.member, one.day, one.why]
            for one in reversed(keeper.kept.refused[-_MOST_SHOWN:])
        ],
    )


async def _changed(site: Site, given: dict[str, str]) -> Said | None:
    """Why a member's cable or connection does not change; ``None`` where it does."""
    try:
        day = date.fromisoformat(given["day"])
        return await changed(site.running, given["member"], day, given["new_cable"], given["new_connection"])
    except ValueError:
        return words.DAY_NEEDED
    except (Away, Busy):
        return words.STORE_TROUBLE


def _homes(
    site: Site,
    request: Request,
    made: codes.Code | None = None,
    why: Said | None = None,
    said: Said | None = None,
) -> HTMLResponse:
    lang, state = language(request), site.state
    zone = state.neighbourhood.zone
    told = {one.member: one for one in status_of(site.running).meters}
    rows = []
    for name, one in state.members.items():
        meter = told.get(name)
        last = meter.last_reading if meter else None
        newest = state.stands(name) or one.joined
        rows.append(
            [
                name,
                newest.cable or words.AT_TRANSFORMER,
                newest.connection,
                ABOUT[MemberKind(one.joined.kind)].called,
                short_day(one.joined.first_day, lang, year=True),
                short_day(one.last_day, lang, year=True) if one.last_day else NONE,
                short_moment(last, lang, zone) if last else NONE,
                count(meter.missing_today, lang) if meter else NONE,
            ]
        )
    return site.web.page(
        request,
        "street/homes.html",
        words=words,
        rows=rows,
        cables=[("", words.AT_TRANSFORMER), *((one.name, one.name) for one in state.neighbourhood.cables)],
        kinds=[(one.value, about.called) for one, about in ABOUT.items()],
        lived_in=[("", words.AS_USUAL), ("yes", words.YES), ("no", words.NO)],
        connections=[(one, one) for one in codes.connections(state.neighbourhood)],
        members=[(name, name) for name in state.members],
        open_day=first_open(state).isoformat(),
        why=why,
        said=said,
        status=422 if why else 200,
        codes=[_shown(one, lang, site) for one in codes.listed(site.running.records)],
        made=_new(site, request, made, lang) if made else None,
    )


def _shown(one: codes.Code, lang: Lang, site: Site) -> dict[str, Any]:
    return {
        "code": codes.shown(one.code),
        "note": one.note or NONE,
        "cable": one.cable or words.AT_TRANSFORMER,
        "connection": one.connection,
        "expires": short_moment(one.expires, lang, site.state.neighbourhood.zone),
        "used_by": one.member if one.used else None,
    }


def _new(site: Site, request: Request, made: codes.Code, lang: Lang) -> dict[str, Any]:
    """A new code with its link, and the square that a phone reads."""
    base = site.running.public_url or str(request.base_url)
    link = codes.link(base, made)
    square = segno.make(link, error="m").svg_inline(border=4, omitsize=True, lineclass=None, svgclass="square", title=words.QR_ABOUT.to(lang))  # fmt: skip
    return {**_shown(made, lang, site), "link": link, "square": Markup(square)}  # noqa: S704 - drawn here from our own link


def _days(site: Site, request: Request, said: Said | None = None, why: Said | None = None) -> HTMLResponse:
    lang, state, moment = language(request), site.state, site.chosen(request)
    times, street = site.times(moment.day), flows(state, moment.day)[0]
    kept = expected_against_actual(state, moment.day)
    return site.web.page(
        request,
        "street/days.html",
        words=words,
        said=said,
        why=why,
        moment=moment,
        days=[
            (one.isoformat(), written_day(one, lang))
            for one in sorted({*site.days(), moment.day}, reverse=True)
        ],
        rows=[_day_row(site, day, lang) for day in site.days()],
        chart=flow_chart(street, times, lang, now=None),
        kept=kept.said if kept else None,
        few=few.note(street.homes),
    )


def _day_row(site: Site, day: date, lang: Lang) -> dict[str, Any]:
    known = site.state.day(day)
    kept = expected_against_actual(site.state, day)
    ready = known.is_cleared and known.imbalance_ticks is not None
    over = site.state.neighbourhood.grid(day).end <= site.now()
    return {
        "day": day.isoformat(),
        "words": short_day(day, lang),
        "gate": words.CLOSED if known.closed else words.OPEN,
        "nation": words.UNKNOWN if known.day_ahead_ticks is None else words.KNOWN,
        "imbalance": words.UNKNOWN if known.imbalance_ticks is None else words.KNOWN,
        "departed": NONE if kept is None or kept.error_percent is None else f"{kept.error_percent} %",
        "revision": words.NOT_YET if not known.is_settled else str(known.revision),
        "action": (words.SETTLE_NOW if not known.is_settled else words.SETTLE_AGAIN)
        if ready and over
        else None,
    }


async def _settled(site: Site, text: str) -> tuple[Said | None, Said | None]:
    """Settle a day again: what came of it, or why not."""
    try:
        outcome = await site.running.keeper.tell(Settle(date.fromisoformat(text)))
    except ValueError:
        return None, words.NOT_CLEARED
    except (Away, Busy):
        return None, words.STORE_TROUBLE
    if isinstance(outcome, NotTaken):
        return None, outcome.why
    effects = outcome.effects if isinstance(outcome, Taken) else ()
    done = next((one for one in effects if isinstance(one, DaySettled)), None)
    if done is None:
        return None, words.STORE_TROUBLE
    return (words.DONE_SETTLED if len(done.postings) else words.DONE_UNCHANGED), None
