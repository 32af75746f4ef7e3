"""What the grid operator asked, bought and settles, for the operator of a neighbourhood: sums of homes only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street.pages import flex_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web import language
from laag.apps.web.written import NONE, euros, kwh, short_day, short_moment
from laag.cycle.live.views.requests import Requested, requested
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU
from laag.foundation.words import Lang, Said

DOORS: Doors = {("GET", "/operator/flex"): Door.of(Role.OPERATOR)}
_CENT = UNITS_PER_EUR // 100
_LEAST = 10


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/operator/flex")
    async def flex(request: Request) -> HTMLResponse:
        line = site.running.grid
        settled = {} if line is None else await line.settled()
        return await in_thread(_flex, site, request, settled)

    return pages


def _flex(site: Site, request: Request, settled: Mapping[date, Decimal]) -> HTMLResponse:
    lang, line = language(request), site.running.grid
    rows = requested(site.state)
    return site.web.page(
        request,
        "street/flex.html",
        words=words,
        line=line is not None,
        rows=[_row(site, one, lang) for one in rows],
        settlements=[_settlement(day, list(some), settled, lang) for day, some in groupby(rows, lambda one: one.day) if day in settled or _is_done(site, day)],
        withheld=[] if line is None else [words.withheld(point, homes, line.wire.least_homes) for point, homes in line.withheld()],
    )  # fmt: skip


def _row(site: Site, one: Requested, lang: Lang) -> list[str | Said]:
    zone = site.state.neighbourhood.zone
    begins, ends = one.begins.astimezone(zone), one.ends.astimezone(zone)
    came = one.delivered
    return [
        f"{short_day(one.day, lang)} {begins:%H:%M}–{ends:%H:%M}",
        one.point,
        words.LESS if one.less else words.MORE,
        words.homes(one.answered, one.homes),
        kwh(one.offered_wh, lang) if one.passed else NONE,
        kwh(one.ordered_wh, lang) if one.orders else NONE,
        kwh(came.wh, lang) if came and one.orders else NONE,
        euros(came.units, lang) if came and one.orders else NONE,
        _how(site, one, lang, zone),
    ]


def _how(site: Site, one: Requested, lang: Lang, zone: ZoneInfo) -> Said | str:
    """In a sentence or two."""
    until, now = short_moment(one.until, lang, zone), site.now()
    if one.orders:
        said = words.of(one.bundled, euros(one.promised_units, lang))
        if one.delivered is None:
            return said
        share = f"{round(100 * one.delivered.wh / max(one.ordered_wh, 1))} %"
        more = words.settled(share, euros(abs(one.delivered.units), lang), one.delivered.units < 0)
        return Said(f"{said.nl} {more.nl}", f"{said.en} {more.en}")
    if one.passed and one.bundled:
        return words.NO_ORDER if now >= one.begins else words.OFFERED_NOW
    if one.passed:
        line = site.running.grid
        least = _LEAST if line is None else line.wire.least_homes
        return words.too_few(one.gave, least) if one.gave else words.NOBODY
    if now >= min(one.begins, one.until + PTU):
        return words.over(until)
    return words.waits(one.homes - one.answered, until)


def _is_done(site: Site, day: date) -> bool:
    """Whether we have settled something that was ordered."""
    known = site.state.day(day)
    return known.is_settled and any(one.orders for one in known.askings.values())


def _settlement(day: date, rows: list[Requested], settled: Mapping[date, Decimal], lang: Lang) -> Said | str:
    written = short_day(day, lang)
    if day not in settled:
        return words.not_yet(written)
    theirs = int(settled[day] * UNITS_PER_EUR)
    ours = sum(one.delivered.units for one in rows if one.delivered is not None)
    if abs(theirs - ours) <= _CENT:
        return words.same(written, euros(theirs, lang))
    return words.differs(written, euros(theirs, lang), euros(ours, lang), euros(abs(theirs - ours), lang))
