"""The bill: a month line by line and day by day, and why one day cost what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.adapters.neighbourhood.own import OwnBill, OwnDay, OwnLine, OwnTotal
from laag.adapters.neighbourhood.wire import Both
from laag.apps.agent.pages import record
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.street import Answer
from laag.apps.agent.pages.words import bill as words
from laag.apps.agent.pages.words import frame
from laag.apps.agent.pages.words import record as record_words
from laag.apps.agent.pages.written import filled
from laag.apps.web import Line, chart
from laag.apps.web.languages import language
from laag.apps.web.rules import rule_of_line
from laag.apps.web.written import day as in_words
from laag.apps.web.written import short_day
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.words import Lang, Said, clock
from laag.settlement.words import count, euros, kwh

router = APIRouter(include_in_schema=False)
_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        """The one after it.

        >>> Month(date(2026, 12, 1)).next.first
        datetime.date(2027, 1, 1)
        """
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def before(self) -> Month:
        """The one before it."""
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def written(self) -> str:
        """As an address has it."""
        return f"{self.first:%Y-%m}"


@router.get("/bill")
async def page(request: Request) -> HTMLResponse:
    """A month."""
    home, lang = here(request), language(request)
    month = _month(request.query_params.get("month"), home.today)
    answer = await home.street.bill(month.first, month.last)
    if answer.said is None:
        return _nothing(home, request, answer)
    made = answer.said
    shown = record.on_bill(home, made, lang)
    return home.web.page(
        request,
        "home/bill.html",
        t=words,
        title=filled(words.OF, lang, first=in_words(made.first, lang), last=in_words(made.last, lang)),
        stale=None if answer.fresh else frame.STREET_AWAY,
        tiles=_tiles(made, lang),
        lines=[
            _line(one, lang) for one in made.lines if one.amount_units or one.energy_wh or one.code == _TOTAL
        ],
        benefit=[_said(one) for one in made.benefit],
        charters=_charters(made, lang),
        r=record_words,
        alarm=record.alarm(home, lang),
        record=shown.said,
        record_bad=shown.bad,
        days=[_day(one, lang, bad=one.day in shown.days) for one in reversed(made.days)],
        yesterday=_yesterday(made, home.today),
        corrections=[(in_words(one.day, lang), _said(one.because)) for one in made.corrections],
        waiting=_waiting(made, lang),
        before=month.before.written,
        after=month.next.written if month.next.first <= home.today else None,
    )


@router.get("/bill/{day}")
async def of_day(request: Request, day: date) -> HTMLResponse:
    """Why a day cost what it cost."""
    home, lang = here(request), language(request)
    answer = await home.street.day(day)
    if answer.said is None:
        why = words.DAY_NOT_THERE if answer.fresh else frame.STREET_AWAY_NOTHING
        title = Said(*(filled(words.DAY_TITLE, one, day=in_words(day, one)) for one in Lang))
        return home.web.message(request, title, why, status=404, back="/bill")
    told = answer.said
    return home.web.page(
        request,
        "home/bill_day.html",
        t=words,
        title=filled(words.DAY_TITLE, lang, day=in_words(day, lang)),
        alarm=record.alarm(home, lang),
        **record.of_day(home, request, day, told.units),
        stale=None if answer.fresh else frame.STREET_AWAY,
        tiles=_day_tiles(told, lang),
        moments=[(clock(one.quarter), euros(one.units, lang), _said(one.because)) for one in told.moments],
        lines=[_line(one, lang) for one in told.lines if one.amount_units or one.energy_wh],
        charts=_charts(told, lang),
        estimated=filled(words.ESTIMATED_DAY, lang, count=len(told.estimated)) if told.estimated else "",
        corrections=[_said(one.because) for one in told.corrections],
        unordered=None if told.unordered is None else _said(told.unordered),
    )


def _nothing(home: Here, request: Request, answer: Answer[OwnBill]) -> HTMLResponse:
    if not home.street.joined:
        return home.web.page(request, "home/not_joined.html", t=words, why=frame.NOT_A_MEMBER, frame=frame)
    why = words.NOTHING_YET if answer.fresh else frame.STREET_AWAY_NOTHING
    return home.web.page(request, "home/nothing.html", t=words, why=why)


def _month(asked: str | None, today: date) -> Month:
    try:
        year, month = map(int, (asked or "").split("-"))
        return Month(min(date(year, month, 1), today.replace(day=1)))
    except ValueError:
        return Month(today.replace(day=1))


def _charters(made: OwnBill, lang: Lang) -> str:
    """By which versions of the charter: one sentence."""
    each = [
        filled(words.CHARTER, lang, version=one.version, day=in_words(one.day, lang)) for one in made.charters
    ]
    return filled(words.CHARTERS, lang, versions="; ".join(each)) if each else ""


def _tiles(made: OwnBill, lang: Lang) -> list[dict[str, Any]]:
    days = len(made.days)
    note = words.PAID_DAY if days == 1 else Said(*(filled(words.PAID_DAYS, one, count=days) for one in Lang))
    return [
        _money(made.total_units, words.TOTAL, words.TOTAL_BACK, lang, note),
        {
            "label": words.TAKEN,
            "number": kwh(sum(one.taken_wh for one in made.days), lang),
            "live": None,
            "note": None,
        },
        {
            "label": words.GIVEN,
            "number": kwh(sum(one.given_wh for one in made.days), lang),
            "live": None,
            "note": None,
        },
    ]


def _day_tiles(told: OwnDay, lang: Lang) -> list[dict[str, Any]]:
    taken = sum(max(wh, 0) for wh in told.metered_wh)
    given = sum(max(-wh, 0) for wh in told.metered_wh)
    return [
        _money(told.units, words.DAY_TOTAL, words.DAY_TOTAL_BACK, lang),
        {"label": words.TAKEN, "number": kwh(taken, lang), "live": None, "note": None},
        {"label": words.GIVEN, "number": kwh(given, lang), "live": None, "note": None},
    ]


def _money(units: int, paid: Said, received: Said, lang: Lang, note: Said | None = None) -> dict[str, Any]:
    """An amount without its sign: what it is called says who gets it."""
    label = paid if units >= 0 else received
    return {"label": label, "number": euros(abs(units), lang), "live": None, "note": note}


def _line(one: OwnLine, lang: Lang) -> dict[str, Any]:
    return {
        "text": _said(one.text),
        "amount": euros(one.amount_units, lang),
        "energy": "" if one.energy_wh is None else kwh(one.energy_wh, lang),
        "because": _said(one.because),
        "otherwise": _said(one.otherwise),
        "total": one.code == _TOTAL,
        "rule": rule_of_line(one.code),
    }


def _day(one: OwnTotal, lang: Lang, *, bad: bool) -> dict[str, Any]:
    return {
        "path": f"/bill/{one.day}",
        "day": short_day(one.day, lang),
        "taken": kwh(one.taken_wh, lang),
        "given": kwh(one.given_wh, lang),
        "cost": euros(one.units, lang),
        "notes": [*_notes(one, lang), *([record_words.DAY_BAD.to(lang)] if bad else [])],
    }


def _notes(one: OwnTotal, lang: Lang) -> Iterator[str]:
    if one.estimated:
        yield filled(words.ESTIMATED, lang, count=count(one.estimated, lang))
    if one.corrected:
        yield words.CORRECTED.to(lang)


def _yesterday(made: OwnBill, today: date) -> str | None:
    yesterday = today - timedelta(days=1)
    return f"/bill/{yesterday}" if any(one.day == yesterday for one in made.days) else None


def _waiting(made: OwnBill, lang: Lang) -> str:
    if not made.waiting:
        return ""
    return filled(words.WAITING, lang, days="; ".join(in_words(day, lang) for day in made.waiting))


def _charts(told: OwnDay, lang: Lang) -> list[Any]:
    times = [clock(quarter) for quarter in told.quarter]
    powers = [
        Line(words.METERED, [wh / 250 for wh in told.metered_wh], "import"),
        Line(words.AGREED, [wh / 250 for wh in told.agreed_wh], "ink", dashed=True),
    ]
    money = [Line(words.PAID, [100 * units / UNITS_PER_EUR for units in told.units_each], "tax")]
    return [
        chart("metered", words.DAY_CHART, powers, times, "kW", lang),
        chart("money", words.MONEY_CHART, money, times, "ct", lang),
    ]


def _said(both: Both) -> Said:
    return Said(both.nl, both.en)
