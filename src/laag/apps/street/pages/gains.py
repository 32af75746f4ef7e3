"""The page of who gains: groups of ten homes or more, the same gain by each sharing key, and to a resident its own."""

from __future__ import annotations

from threading import Lock
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street.pages import gains_words as words
from laag.apps.street.pages.gains_picture import gains_picture
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web import language
from laag.apps.web.kit import caller_of
from laag.apps.web.written import NONE
from laag.cycle.live import Live
from laag.cycle.live.views import Gains, gains
from laag.cycle.live.views.gains import NOW
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.sharing.fairness import FLOOR
from laag.settlement.words import count, euros, percent

DOORS: Doors = {
    ("GET", "/gains"): Door.of(
        Role.RESIDENT, Role.OPERATOR, Role.REGULATOR, what=Said("wie er wint", "who gains")
    )
}


class Counted:
    """Counted anew only when a day was settled: a page is asked for more often than that."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] | None = None
        self._found: Gains | None = None
        self._counting = Lock()

    def of(self, state: Live) -> Gains | None:
        """Of the newest settled days."""
        settled = tuple(
            (day, state.days[day].revision) for day in sorted(state.days) if state.days[day].is_settled
        )
        with self._counting:
            if settled != self._of:
                self._found, self._of = gains(state), settled
            return self._found


def router(site: Site) -> APIRouter:
    """The page."""
    pages, counted = APIRouter(include_in_schema=False), Counted()

    @pages.get("/gains")
    async def who_gains(request: Request) -> HTMLResponse:
        return await in_thread(page, site, counted, request)

    return pages


def page(site: Site, counted: Counted, request: Request) -> HTMLResponse:
    """The page as it is now."""
    lang, caller = language(request), caller_of(request)
    found = counted.of(site.state)
    member = caller.member if caller.role is Role.RESIDENT else None
    shown = found is not None and len(found.members) >= FLOOR
    return site.web.page(
        request,
        "street/gains.html",
        words=words,
        note=words.NONE_YET if found is None else None if shown else words.FEW,
        yours=found.of(member) if found is not None and member else (),
        **(parts(found, lang) if found is not None and shown else {"tiles": (), "tables": ()}),
    )


def parts(found: Gains, lang: Lang) -> dict[str, Any]:
    """Everything that is of groups."""
    spread, third = found.unequal(NOW)
    tiles = [
        _tile(euros(found.whole_units, lang), words.TOGETHER),
        _tile(count(len(found.members), lang), words.MEMBERS),
        _tile(count(found.days, lang), words.DAYS),
        _tile(_two(spread, lang), words.GINI, words.GINI_NOTE),
        *([_tile(_share(third, lang), words.THIRD, words.THIRD_NOTE)] if third is not None else []),
    ]
    columns = tuple(found.columns)
    return {
        "tiles": tiles,
        "picture": gains_picture(found, lang),
        "tables": [
            (
                words.WAYS[way],
                [words.GROUP, words.MEMBERS, *(words.COLUMNS[one] for one in columns)],
                [
                    [
                        words.label(group.names),
                        count(len(group.rows), lang),
                        *(euros(found.mean_units(one, group), lang) for one in columns),
                    ]
                    for group in found.groups(way)
                ],
            )
            for way in found.ways
        ],
        "unequal": [
            [words.COLUMNS[one], _two(found.unequal(one)[0], lang), _share(found.unequal(one)[1], lang)]
            for one in columns
        ],
    }


def _tile(number: str, label: Said, note: Said | None = None) -> dict[str, Any]:
    return {"number": number, "label": label, "note": note, "live": None}


def _two(number: float | None, lang: Lang) -> str:
    return NONE if number is None else pointed(f"{number:.2f}", lang)


def _share(number: float | None, lang: Lang) -> str:
    return NONE if number is None else percent(round(100 * number), lang)
