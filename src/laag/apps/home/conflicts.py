"""Signals and wishes of a home that met each other: what went first, what it cost, what would have been otherwise."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from laag.apps.home.day import Day
from laag.apps.home.headline import period
from laag.apps.home.lines import capital, line, title
from laag.apps.home.shortfalls import shortfall
from laag.apps.home.words import said
from laag.foundation.words import Lang, Said
from laag.home.conflicts import Change, Outcome, Request, Ruling, Taken, conflicts, say, say_apart
from laag.home.conflicts.request import NEEDS
from laag.home.ladder import Rung
from laag.home.ladder.words import RUNGS
from laag.home.plan.solver import Solver
from laag.home.reasons import Moment

_SET_BY = {
    "law": Said("bij wet", "by law"),
    "community": Said("door de buurt", "by the neighbourhood"),
    "household": Said("door jou", "by you"),
}
_RUNG = Said(
    "{rung}, {place} van {of}, {whom} op die plaats gezet", "{rung}, {place} of {of}, put there {whom}"
)
_NOTHING = Said(
    "Niets zit elkaar in de weg: alles wat gevraagd wordt, kan.",
    "Nothing stands in the way of anything: all that is asked can be done.",
)
_REST = Said(
    "Van {all} vragen aan dit huis botsten er {met}.",
    "Of {all} things asked of this home {met} met something.",
)
_REST_THEN = Said(
    "Van de {all} vragen aan dit huis die toen overbleven, botsten er {met}.",
    "Of the {all} things asked of this home that were then left {met} met something.",
)
_BEFORE = Said("Wat al vóór het plannen toegaf", "What gave way before anything was planned")
_SHORT = Said("Wat niet kon", "What could not be met")
_COUNTED = Said(
    "Wat iets hier kost of scheelt, telt ook slijtage en wat er aan het eind over is; 'Deze dag kost' bij het plan doet dat niet.",
    "What something costs or saves here counts wear and what is left at the end too; 'This day costs' with the plan does not.",
)
_UNKNOWN = Said("{unknown} zijn niet nagegaan.", "{unknown} were not looked into.")
_DECIMALS = 6


def rulings(day: Day, solver: Solver) -> tuple[Ruling, ...]:
    """A ruling on everything that is asked of this home."""
    return conflicts(
        day.house,
        day.state,
        day.outlook,
        day.plan,
        solver=solver,
        settings=day.settings,
        ladder=day.asked.ladder,
    )


def show(day: Day, found: tuple[Ruling, ...], lang: Lang, console: Console) -> None:
    """Print those that met something, rung by rung."""
    console.print(Text(day.house.name, style="bold"))
    console.print(period(day, lang))
    met = [ruling for ruling in found if ruling.is_conflict]
    short = (
        [] if any(ruling.missed for ruling in met) else [shortfall(one, day, lang) for one in day.shortfalls]
    )
    gave_way = day.gave_way(lang)
    for heading, lines in ((_BEFORE, gave_way), (_SHORT, short)):
        if lines:
            title(console, heading, lang)
        for told in lines:
            line(console, "  ", capital(told))
    for rung, rulings_ in groupby(met, key=lambda ruling: ruling.request.rung):
        console.print()
        console.print(Text(_heading(day, rung, lang), style="bold"))
        for ruling in rulings_:
            first, *then = say_apart(ruling, lang)
            line(console, "  ", first)
            for words in then:
                line(console, "    ", words)
    console.print()
    if any(ruling.cost_eur and ruling.request.kind not in NEEDS for ruling in met):
        line(console, "", _COUNTED.to(lang))
    if not (met or short or gave_way):
        line(console, "", _NOTHING.to(lang))
    rest = said(_REST_THEN if gave_way else _REST, lang, all=len(found), met=len(met))
    if unknown := sum(ruling.outcome is Outcome.UNKNOWN for ruling in found):
        rest += " " + said(_UNKNOWN, lang, unknown=unknown)
    line(console, "", rest)


def _heading(day: Day, rung: Rung, lang: Lang) -> str:
    ladder = day.asked.ladder
    return said(
        _RUNG,
        lang,
        rung=capital(RUNGS[rung].to(lang)),
        place=ladder.place(rung) + 1,
        of=len(ladder.order),
        whom=_SET_BY[ladder.set_by(rung)].to(lang),
    )


def as_words(day: Day, found: tuple[Ruling, ...], lang: Lang) -> dict[str, Any]:
    """Every ruling, for a program."""
    return {
        "version": 1,
        "home": day.house.name,
        "ladder": [rung.name.lower() for rung in day.asked.ladder.order],
        "gave_way": list(day.gave_way(lang)),
        "rulings": [_ruling(day, ruling, lang) for ruling in found],
    }


def _ruling(day: Day, ruling: Ruling, lang: Lang) -> dict[str, Any]:
    return {
        **_request(day, ruling.request),
        "outcome": ruling.outcome.value,
        "is_conflict": ruling.is_conflict,
        "missed": _rounded(ruling.missed),
        "worst": _rounded(ruling.worst),
        "unit": ruling.request.unit,
        "decided_by": [_request(day, one) for one in ruling.decided_by],
        "cost_eur": None if ruling.cost_eur is None else _rounded(ruling.cost_eur),
        "took": [_taken(day, one) for one in ruling.took],
        "otherwise": None if ruling.otherwise is None else _change(day, ruling.otherwise),
        "sentence": say(ruling, lang),
    }


def _request(day: Day, request: Request) -> dict[str, Any]:
    return {
        "source": request.source,
        "kind": request.kind.value,
        "rung": request.rung.name.lower(),
        "set_by": request.set_by,
        "low": _rounded(request.low),
        "high": _rounded(request.high),
        "since": _at(day, request.since),
        "until": _at(day, request.until),
        "name": request.name or None,
    }


def _taken(day: Day, one: Taken) -> dict[str, Any]:
    return {**_request(day, one.request), "amount": _rounded(one.amount), "unit": one.request.unit}


def _change(day: Day, change: Change) -> dict[str, Any]:
    return {
        "device": change.subject.value,
        "at": _at(day, change.at),
        "planned_kw": _rounded(change.planned_kw),
        "otherwise_kw": _rounded(change.otherwise_kw),
        "moved_kwh": _rounded(change.moved_kwh),
    }


def _at(day: Day, moment: Moment | None) -> str | None:
    return None if moment is None else day.local(moment.ptu).isoformat()


def _rounded(value: float) -> float:
    return round(value, _DECIMALS) + 0.0
