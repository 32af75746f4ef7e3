"""The plan: prices and powers with the present marked, what will happen and why, and what cannot be met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import numpy as np
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from laag.apps.agent.pages.agreed import on_agreements
from laag.apps.agent.pages.grid import on_grid
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import agreed as agreed_words
from laag.apps.agent.pages.words import grid as grid_words
from laag.apps.agent.pages.words import today as words
from laag.apps.agent.pages.written import filled
from laag.apps.home.because import because
from laag.apps.home.day import Day
from laag.apps.home.happenings import happenings
from laag.apps.home.headline import amounts
from laag.apps.home.lines import capital
from laag.apps.home.sentences import sentence
from laag.apps.home.shortfalls import shortfall
from laag.apps.home.words import day as day_in_words
from laag.apps.web import Line, chart
from laag.apps.web.languages import language
from laag.apps.web.written import short_day
from laag.foundation.ptu import PtuGrid, midnight
from laag.foundation.words import Lang
from laag.home.outlook import Floats

router = APIRouter(include_in_schema=False)
_SEEN_KW = 0.01


@dataclass(frozen=True, slots=True)
class Happens:
    """One stretch, in words."""

    span: str
    what: str
    why: str


@router.get("/today")
async def page(request: Request) -> HTMLResponse:
    """The plan."""
    home, lang = here(request), language(request)
    day = home.day()
    if day is None:
        return home.web.page(request, "home/no_plan.html", t=words)
    return home.web.page(
        request,
        "home/today.html",
        t=words,
        g=grid_words,
        a=agreed_words,
        agreements=on_agreements(home, lang),
        on_grid=on_grid(home, request, lang, "today"),
        lead=_lead(home, day, lang),
        tiles=[
            {"label": name, "number": amount, "live": None, "note": None}
            for name, amount in amounts(day, lang)
        ],
        charts=charts(home, day, lang),
        unsure=_unsure(home, lang),
        days=list(days(home, day, lang)),
        short=list(short(day, lang)),
    )


def _lead(home: Here, day: Day, lang: Lang) -> str:
    until = day.local(len(day.plan))
    made = day.plan.made_at.astimezone(home.life.zone)
    return filled(words.LEAD, lang, made=f"{made:%H:%M}", until=f"{day_in_words(until, lang)} {until:%H:%M}")


def _unsure(home: Here, lang: Lang) -> str:
    board = home.life.board
    if board is None:
        return ""
    until = board.published_until.astimezone(home.life.zone)
    return filled(words.UNSURE, lang, until=f"{day_in_words(until, lang)} {until:%H:%M}")


def days(home: Here, day: Day, lang: Lang) -> Iterator[tuple[str, list[Happens]]]:
    """What happens until the end of tomorrow, day by day."""
    ends = home.today + timedelta(days=2)
    told = [one for one in happenings(day) if day.local(one.first).date() < ends]
    for date, some in groupby(told, lambda one: day.local(one.first).date()):
        title = day_in_words(datetime.combine(date, datetime.min.time()), lang)
        yield (
            title,
            [
                Happens(
                    f"{day.local(one.first):%H:%M}–{day.local(one.stop):%H:%M}",
                    capital(sentence(one, lang)) + ".",
                    because(day, one, lang),
                )
                for one in some
            ],
        )


def short(day: Day, lang: Lang) -> Iterator[str]:
    """What cannot be met and on which day, and what gave way to what."""
    for one in day.shortfalls:
        at, _, what = shortfall(one, day, lang).partition(" ")  # it begins with its time
        yield f"{capital(day_in_words(day.local(one.ptu), lang))}, {at}: {what}."
    yield from (capital(said) for said in day.gave_way(lang))


def charts(home: Here, day: Day, lang: Lang) -> list[Markup]:
    """From midnight to the end of tomorrow: what was measured, then what is planned."""
    zone = home.life.zone
    begins = midnight(home.today, zone)
    ends = min(midnight(home.today + timedelta(days=2), zone), day.plan.grid.end)
    grid = PtuGrid.between(begins, ends)
    local = [at.astimezone(zone) for at in grid]
    times, names = [f"{at:%H:%M}" for at in local], [short_day(at.date(), lang) for at in local]
    now = grid.index(home.life.clock.now())
    past = home.life.store.series(grid)
    put = _Puts(grid, day.plan.grid)
    plan, outlook = day.plan, day.outlook
    measured_kw = (past["import_wh"] - np.nan_to_num(past["export_wh"])) / 250.0
    prices = [
        Line(words.BUY, put(past["buy_eur_per_kwh"], outlook.buy_eur_per_kwh, 100.0), "import"),
        Line(words.SELL, put(past["sell_eur_per_kwh"], outlook.sell_eur_per_kwh, 100.0), "export"),
    ]
    powers = [
        Line(words.CONNECTION, put(measured_kw, plan.connection_kw), "ink"),
        Line(words.SUN, put(past["pv_kw"], plan.pv_kw), "pv"),
        Line(words.BATTERY, _busy(put(past["battery_kw"], plan.battery_kw)), "battery"),
        Line(words.CAR, _busy(put(past["ev_kw"], plan.ev_kw)), "ev"),
        Line(
            words.HEAT_PUMP,
            _busy(put(past["heat_pump_kw"], plan.heat_pump_kw + plan.water_kw)),
            "heat_pump",
        ),
    ]
    if not any(map(_there, powers[1:])):
        powers.append(Line(words.HOUSEHOLD, put(past["load_kw"], plan.load_kw), "load"))
    kept = [powers[0], *(line for line in powers[1:] if _there(line))]
    return [
        chart("price", words.PRICE_CHART, prices, times, "ct/kWh", lang, now=now, days=names),
        chart("power", words.POWER_CHART, kept, times, "kW", lang, now=now, days=names),
    ]


@dataclass(frozen=True, slots=True)
class _Puts:
    """Puts what was measured and what is planned behind each other."""

    grid: PtuGrid
    plan: PtuGrid

    def __call__(self, past: Floats, ahead: Floats, times: float = 1.0) -> Sequence[float | None]:
        first = self.grid.index(self.plan.start)
        whole = np.full(len(self.grid), np.nan)
        whole[: max(first, 0)] = past[: max(first, 0)]
        room = len(self.grid) - first
        whole[first:] = ahead[:room]
        return [None if value != value else times * value for value in whole.tolist()]  # noqa: PLR0124 - nan


def _there(line: Line) -> bool:
    return any(value is not None and abs(value) > _SEEN_KW for value in line.values)


def _busy(values: Sequence[float | None]) -> list[float | None]:
    """What rests draws no line: five lines at zero tell nothing."""
    return [None if value is None or abs(value) <= _SEEN_KW else value for value in values]
