"""What the household uses: a day, a week or a month of electricity and gas, beside itself and beside homes like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from laag.adapters.neighbourhood.own import OwnLike
from laag.apps.agent.pages.bars import Bar, bars
from laag.apps.agent.pages.everyone import words as everyone
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.street import Answer
from laag.apps.agent.pages.words import frame
from laag.apps.agent.pages.words import use as words
from laag.apps.agent.pages.written import filled
from laag.apps.home.words import decimal, euros
from laag.apps.web import Line, chart
from laag.apps.web.languages import language
from laag.apps.web.written import NONE, short_day
from laag.apps.web.written import day as in_words
from laag.foundation.ptu import PtuGrid, midnight
from laag.foundation.words import Lang, Said, pointed
from laag.home.outlook import Floats

router = APIRouter(include_in_schema=False)
_SPANS = {"day": (1, words.DAY), "week": (7, words.WEEK), "month": (28, words.MONTH)}
_FROM_QUARTER, _TO_QUARTER = 4, 20
_HOURS_A_YEAR = 8766
_SHORT = Said("ma di wo do vr za zo", "Mo Tu We Th Fr Sa Su")


@dataclass(frozen=True, slots=True)
class Used:
    """What is known of some days; ``None`` where nothing is."""

    taken_kwh: float | None
    given_kwh: float | None
    sun_kwh: float | None
    gas_m3: float | None
    known: float
    """Share of the quarter-hours."""


@router.get("/use")
async def page(request: Request) -> HTMLResponse:
    """A day, a week or a month."""
    home, lang = here(request), language(request)
    view = request.query_params.get("view", "week")
    count, _ = _SPANS.get(view, _SPANS["week"])
    view = view if view in _SPANS else "week"
    last = _last(request.query_params.get("to"), home.today)
    first = last - timedelta(days=count - 1)
    days = [last - timedelta(days=back) for back in reversed(range(count))]
    now = used(home, first, last)
    earlier_days = 7 if count == 1 else count
    like = await home.street.like(home.today - timedelta(days=1), 7)
    return home.web.page(
        request,
        "home/use.html",
        t=words,
        everyone=everyone,
        spans=[(name, said, name == view) for name, (_, said) in _SPANS.items()],
        view=view,
        to=last.isoformat(),
        title=in_words(last, lang)
        if count == 1
        else filled(words.FROM_TO, lang, first=in_words(first, lang), last=in_words(last, lang)),
        tiles=list(_tiles(home, now, first, last, earlier_days, lang)),
        known=_known(now, last, home.today, lang),
        picture=day_chart(home, last, lang) if count == 1 else _bars(home, days, lang),
        rows=[] if count == 1 else [_row(home, day, lang) for day in days],
        has_gas=bool(now.gas_m3),
        base=base_load(home, lang),
        like=_like(home, like),
        like_stale=frame.STREET_AWAY if like.stale else None,
        earlier=(first - timedelta(days=1)).isoformat() if _anything_before(home, first) else None,
        later=(last + timedelta(days=count)).isoformat() if last < home.today else None,
    )


def _like(home: Here, answer: Answer[OwnLike]) -> Said:
    """This home beside others, or why that is not there."""
    if answer.said is not None:
        return Said(answer.said.said.nl, answer.said.said.en)
    if not home.street.joined:
        return words.LIKE_NOT_JOINED
    return words.LIKE_NOTHING_YET if answer.fresh else frame.STREET_AWAY_NOTHING


def _anything_before(home: Here, first: date) -> bool:
    known = home.life.store.first()
    return known is not None and known < midnight(first, home.life.zone)


def _last(asked: str | None, today: date) -> date:
    try:
        return min(date.fromisoformat(asked or ""), today)
    except ValueError:
        return today


def grid_of(home: Here, first: date, last: date) -> PtuGrid:
    """The quarter-hours of these local days."""
    zone = home.life.zone
    return PtuGrid.between(midnight(first, zone), midnight(last + timedelta(days=1), zone))


def used(home: Here, first: date, last: date) -> Used:
    """What the meter counted on these days."""
    series = home.life.store.series(grid_of(home, first, last))
    known = float(np.isfinite(series["import_wh"]).mean())
    return Used(
        _total(series["import_wh"], 1000.0),
        _total(series["export_wh"], 1000.0),
        _total(series["pv_kw"], 4.0) if home.life.house.pv is not None else None,
        _counted(series["gas_dm3"]),
        known,
    )


def _total(values: Floats, per: float) -> float | None:
    return None if np.isnan(values).all() else float(np.nansum(values)) / per


def _counted(register: Floats) -> float | None:
    """What a register went up by, m3."""
    known = register[np.isfinite(register)]
    return float(known[-1] - known[0]) / 1000.0 if len(known) > 1 else None


def _tiles(home: Here, now: Used, first: date, last: date, back: int, lang: Lang) -> Iterator[dict[str, Any]]:
    week = used(home, first - timedelta(days=back), last - timedelta(days=back))
    year = used(home, first - timedelta(days=364), last - timedelta(days=364))
    span = words.A_WEEK if back == 7 else words.FOUR_WEEKS
    for label, name, unit in (
        (words.TAKEN, "taken_kwh", "kWh"),
        (words.GIVEN, "given_kwh", "kWh"),
        (words.SUN, "sun_kwh", "kWh"),
        (words.GAS, "gas_m3", "m³"),
    ):
        value = getattr(now, name)
        if value is None or (name == "gas_m3" and not value):
            continue
        notes = [
            filled(words.THEN, lang, span=said.to(lang), amount=f"{decimal(then, 1, lang)} {unit}")
            for said, other in ((span, week), (words.A_YEAR, year))
            if (then := getattr(other, name)) is not None and other.known > 0.9
        ]
        yield {
            "label": label,
            "number": f"{decimal(value, 1, lang)} {unit}",
            "live": None,
            "note": "; ".join(notes),
        }


def _known(now: Used, last: date, today: date, lang: Lang) -> str:
    if now.known == 0:
        return words.NOTHING.to(lang)
    if now.known > 0.98 or last == today:
        return ""
    return filled(words.MISSING, lang, percent=round(100 * now.known))


def day_chart(home: Here, day: date, lang: Lang) -> Markup:
    """What passed the meter on a day, and on the same day a week before."""
    grid = grid_of(home, day, day)
    times = [f"{at.astimezone(home.life.zone):%H:%M}" for at in grid]

    def through(first: date) -> list[float | None]:
        series = home.life.store.series(grid_of(home, first, first))
        kw = ((series["import_wh"] - np.nan_to_num(series["export_wh"])) / 250.0).tolist()
        found = [None if value != value else value for value in kw]  # noqa: PLR0124 - nan
        return [*found, *([None] * len(grid))][: len(grid)]

    lines = [
        Line(words.THIS_DAY, through(day), "import"),
        Line(words.WEEK_EARLIER, through(day - timedelta(days=7)), "load", dashed=True),
    ]
    return chart("day", words.CHART_DAY, lines, times, "kW", lang)


def _bars(home: Here, days: list[date], lang: Lang) -> Markup:
    found = []
    for day in days:
        one = used(home, day, day)
        label = f"{_SHORT.to(lang).split()[day.weekday()]} {day.day}" if len(days) <= 7 else str(day.day)
        found.append(Bar(label, one.taken_kwh, one.given_kwh))
    return bars("days", words.CHART_DAYS, found, "kWh", lang)


def _row(home: Here, day: date, lang: Lang) -> dict[str, Any]:
    one = used(home, day, day)
    return {
        "path": f"/use?view=day&to={day}" if one.known else None,
        "day": short_day(day, lang),
        "cells": [
            _written(value, unit, lang)
            for value, unit in ((one.taken_kwh, "kWh"), (one.given_kwh, "kWh"), (one.gas_m3, "m³"))
        ],
    }


def _written(value: float | None, unit: str, lang: Lang) -> str:
    return NONE if value is None else f"{decimal(value, 1, lang)} {unit}"


def base_load(home: Here, lang: Lang) -> str:
    """The least that the home took last night, and what that comes to in a year."""
    grid = grid_of(home, home.today, home.today)
    quarter = grid.quarter_of_day(home.life.zone)
    load = home.life.store.series(grid)["load_kw"][(quarter >= _FROM_QUARTER) & (quarter < _TO_QUARTER)]
    if np.isnan(load).any() or not len(load):
        return words.BASE_UNKNOWN.to(lang)
    least_kw = float(np.min(load)) + home.life.house.standby_kw
    week = home.life.store.series(
        grid_of(home, home.today - timedelta(days=7), home.today - timedelta(days=1))
    )
    price = week["buy_eur_per_kwh"]
    mean = float(np.nanmean(price)) if np.isfinite(price).any() else home.life.alone.buy_eur_per_kwh
    kwh = least_kw * _HOURS_A_YEAR
    return filled(
        words.BASE_SAID,
        lang,
        watt=f"{round(1000 * least_kw)} W",
        kwh=f"{pointed(str(round(kwh)), lang)} kWh",
        eur=euros(round(kwh * mean), lang).removesuffix(",00").removesuffix(".00"),
    )
