"""The page of the grid operator: how full the gateway and each cable are, and never one home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street import few
from laag.apps.street.pages import wires, words
from laag.apps.street.pages.neighbourhood import limits
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web import Line, chart, language
from laag.apps.web.kit import caller_of
from laag.apps.web.written import NONE
from laag.apps.web.written import day as written_day
from laag.cycle.live.views import Flow, flows
from laag.foundation.words import Lang, Said

DOORS: Doors = {("GET", "/grid"): Door.of(Role.GRID, Role.OPERATOR, Role.REGULATOR)}
_WH_PER_QUARTER_KW = 250


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/grid")
    async def grid(request: Request) -> HTMLResponse:
        return await in_thread(page, site, request)

    return pages


def page(site: Site, request: Request) -> HTMLResponse:
    """Every cable of a day."""
    lang, moment, role = language(request), site.chosen(request), caller_of(request).role
    times, today = site.times(moment.day), site.today()
    now = today.ptu if today.day == moment.day else None
    found = flows(site.state, moment.day)
    drawn_wires = wires.shown(site, moment, times, role, lang)
    return site.web.page(
        request,
        "street/grid.html",
        words=words,
        moment=moment,
        days=[
            (one.isoformat(), written_day(one, lang))
            for one in sorted({*site.days(), moment.day}, reverse=True)
        ],
        rows=[row(flow, _name(found, flow), times, role) for flow in found],
        wires=drawn_wires,
        charts=[drawn(flow, _name(found, flow), times, lang, role, now) for flow in found],
        few=next((few.WITHHELD for flow in found if not few.shows_totals(flow.homes, role)), None),
    )


def row(flow: Flow, name: Said, times: list[str], role: Role) -> list[Any]:
    """A cable in the table: its fullest moment, and how often it was too full."""
    full = _fullest(flow)
    if full is None or flow.import_max_wh is None:
        of_limit: Any = words.NO_LIMIT if flow.import_max_wh is None else NONE
    else:
        of_limit = f"{few.tenths(*full[1:])} %"
    beyond = str(len(flow.beyond))
    if not few.shows_totals(flow.homes, role):
        return [name, words.FEW_HOMES, NONE, of_limit, beyond]
    return [name, str(flow.homes), times[full[0]] if full else NONE, of_limit, beyond]


def _fullest(flow: Flow) -> tuple[int, int, int | None] | None:
    """The quarter-hour in which most of the limit is used, how much goes through it then, and that limit."""
    wh = flow.agreed_wh
    if wh is None:
        return None
    most = np.where(wh >= 0, flow.import_max_wh or np.inf, flow.export_max_wh or np.inf)
    ptu = int(np.argmax(np.abs(wh) / most)) if np.isfinite(most).any() else int(np.argmax(np.abs(wh)))
    return ptu, int(wh[ptu]), flow.import_max_wh if wh[ptu] >= 0 else flow.export_max_wh


def drawn(flow: Flow, title: Said, times: list[str], lang: Lang, role: Role, now: int | None) -> Markup:
    """The day of a cable: in kW, or where it carries few homes in tenths of its limit."""
    name = "cable-" + re.sub(r"\W", "-", flow.name)
    if few.shows_totals(flow.homes, role):
        heard = np.where(flow.complete, flow.metered_wh / _WH_PER_QUARTER_KW, np.nan)
        lines = [Line(words.METERED, heard.tolist(), "local"), *limits(flow, len(times))]
        if flow.agreed_wh is not None:
            lines.insert(0, Line(words.AGREED, (flow.agreed_wh / _WH_PER_QUARTER_KW).tolist(), "ink"))
        return chart(name, title, lines, times, "kW", lang, now=now)
    if flow.agreed_wh is None or flow.import_max_wh is None:
        return Markup("")
    steps = [
        few.tenths(int(wh), flow.import_max_wh if wh >= 0 else flow.export_max_wh) for wh in flow.agreed_wh
    ]
    lines = [Line(words.LOAD_STEPS, steps, "ink")]
    return chart(name, title, lines, times, "%", lang, now=now, places=0, up_to=100.0)


def _name(found: Sequence[Flow], flow: Flow) -> Said:
    """What people call it: the first is the gateway, behind which are all homes."""
    return words.WHOLE_STREET if flow is found[0] else Said(flow.name, flow.name)
