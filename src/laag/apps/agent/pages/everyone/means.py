"""Whether energy weighs heavily, for the household alone; and its yes to support, which is all that ever goes out."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.adapters.neighbourhood.everyone import OwnSupport, SupportYes
from laag.adapters.neighbourhood.link import Away
from laag.apps.agent.pages.everyone import kept, words
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.written import filled
from laag.apps.home.words import euros
from laag.apps.web.languages import language
from laag.apps.web.written import month as written_month
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.means import BANDS, Band, Means, sign

router = APIRouter(include_in_schema=False)
_MONTHS_ASKED = (1, 3, 6, 12)
_UNITS = 10**8
_MOST_EUR = 5_000.0


@router.get("/means")
async def page(request: Request) -> HTMLResponse:
    """The form, what came of it, and support."""
    return await _page(here(request), request)


async def _page(
    home: Here, request: Request, *, done: Said | None = None, why: Said | None = None, status: int = 200
) -> HTMLResponse:
    lang, said = language(request), kept.means(home.life.store)
    cost = kept.usual_cost_eur(home.life, home.today) if said is None or said[1] is None else said[1]
    found = None if said is None or cost is None else sign(said[0], cost)
    support = await home.street.support()
    return home.web.page(
        request,
        "home/everyone/means.html",
        status=status,
        t=words,
        done=done,
        why=why,
        found=None if found is None else found.said,
        unknown=said is not None and found is None,
        bands=[(one.value, BANDS[one][0]) for one in Band],
        band="" if said is None else said[0].band.value,
        people=1 if said is None else said[0].people,
        cost="" if said is None or said[1] is None else f"{said[1]:g}",
        kept_any=said is not None,
        joined=home.street.joined,
        months=[(str(one), str(one)) for one in _MONTHS_ASKED],
        asked=[] if support.said is None else list(_supported(support.said, lang)),
        may_stop=support.said is not None and support.said.until is not None,
    )


def _supported(one: OwnSupport, lang: Lang) -> list[str]:
    found = [] if one.until is None else [filled(words.SUPPORT_ASKED, lang, month=in_month(one.until, lang))]
    given = (
        filled(
            words.SUPPORT_GIVEN, lang, month=in_month(had.month, lang), eur=euros(had.units / _UNITS, lang)
        )
        for had in one.given
    )
    together = (
        filled(
            words.SUPPORT_ALL,
            lang,
            month=in_month(had.month, lang),
            homes=had.homes,
            eur=euros((had.total_units or 0) / _UNITS, lang),
        )
        for had in one.all
        if had.homes is not None
    )
    return [*found, *given, *together]


def in_month(month: str, lang: Lang) -> str:
    """A month as it is said.

    >>> in_month("2026-11", Lang.NL)
    'november 2026'
    """
    return written_month(date.fromisoformat(f"{month}-01"), lang)


@router.post("/means")
async def look(request: Request) -> Response:
    """Keep at home what was said, and work it out."""
    home, form = here(request), await request.form()
    try:
        said = Means(Band(str(form.get("band") or "")), int(str(form.get("people") or "1")))
        text = str(form.get("cost") or "").strip().replace(",", ".")
        cost = float(text) if text else None
        if cost is not None and not 0.0 <= cost <= _MOST_EUR:
            return await _page(home, request, why=words.WRONG, status=422)
    except (BadInput, ValueError):
        return await _page(home, request, why=words.WRONG, status=422)
    kept.keep_means(home.life.store, said, cost)
    return RedirectResponse("/means", 303)


@router.post("/means/forget")
async def forget(request: Request) -> Response:
    """Nothing of it is kept any more."""
    kept.keep_means(here(request).life.store, None)
    return RedirectResponse("/means", 303)


@router.post("/means/support")
async def support(request: Request) -> Response:
    """Send a yes to the fund, or take it back."""
    home, form = here(request), await request.form()
    if not home.street.joined:
        return await _page(home, request, why=words.NEEDS_STREET, status=409)
    text = str(form.get("months") or "")
    months = int(text) if text.isdigit() and int(text) in (0, *_MONTHS_ASKED) else _MONTHS_ASKED[0]
    try:
        await home.street.tell(OwnSupport, "POST", "support", SupportYes(months=months))
    except (Away, BadInput):
        return await _page(home, request, why=words.STREET_AWAY, status=503)
    return await _page(home, request, done=None if months else words.SUPPORT_STOPPED)
