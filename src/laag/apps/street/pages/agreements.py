"""The page of agreements between neighbours: which hold, how they are kept, one's own, and appeals that one judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street.pages import agreements_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.taking import NotTaken
from laag.apps.web import language
from laag.apps.web.kit import caller_of
from laag.apps.web.written import day as written_day
from laag.cycle import live
from laag.cycle.live.agreeing import held_on
from laag.cycle.living.agreed import runs
from laag.foundation.words import Lang, Said
from laag.neighbourhood.agreements import Case, Standing
from laag.neighbourhood.agreements import said as told
from laag.neighbourhood.charter.parts import Agreement
from laag.neighbourhood.charter.said import agreement as in_words

_READS = (Role.RESIDENT, Role.OPERATOR, Role.REGULATOR)
DOORS: Doors = {
    ("GET", "/agreements"): Door.of(
        *_READS, what=Said("afspraken tussen buren", "agreements between neighbours")
    ),
    ("POST", "/agreements/appeal"): Door.of(Role.RESIDENT),
    ("POST", "/agreements/voice"): Door.of(Role.RESIDENT),
    ("POST", "/agreements/cold"): Door.of(Role.OPERATOR),
}
_LATELY = timedelta(days=28)
_LONGEST_SOURCE = 60


def router(site: Site) -> APIRouter:
    """The page and what is done on it."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/agreements")
    async def agreements(request: Request) -> HTMLResponse:
        return await in_thread(_page, site, request)

    @pages.post("/agreements/appeal")
    async def appeal(request: Request) -> HTMLResponse:
        form, member = await _form(request), caller_of(request).member or ""
        day, today = _day(form), site.today().day
        if day is None:
            return await in_thread(_page, site, request)
        said = live.Appealed(member, form.get("agreement", ""), day, form.get("why", ""), today)
        return await _done(site, request, said, words.APPEALED)

    @pages.post("/agreements/voice")
    async def voice(request: Request) -> HTMLResponse:
        form, juror = await _form(request), caller_of(request).member or ""
        case = _before(site, juror).get(form.get("case", ""))
        if case is None:
            return await in_thread(_page, site, request)
        grants = form.get("grants") == "yes"
        said = live.Voiced(juror, case.member, case.agreement, case.day, grants, site.today().day)
        return await _done(site, request, said, words.HEARD)

    @pages.post("/agreements/cold")
    async def cold(request: Request) -> HTMLResponse:
        form = await _form(request)
        day, tenths, source = _day(form), _tenths(form.get("cold", "")), form.get("source", "")
        if day is None or tenths is None or not 0 < len(source) <= _LONGEST_SOURCE:
            return await in_thread(_page, site, request, words.COLD_ODD)
        return await _done(site, request, live.Expected(day, tenths, source), words.COLD_TOLD)

    return pages


async def _done(site: Site, request: Request, message: live.Message, done: Said) -> HTMLResponse:
    outcome = await site.running.keeper.tell(message)
    why = outcome.why if isinstance(outcome, NotTaken) else None
    return await in_thread(_page, site, request, why, None if why else done)


def _page(site: Site, request: Request, why: Said | None = None, done: Said | None = None) -> HTMLResponse:
    lang, caller, state = language(request), caller_of(request), site.state
    today = site.today().day
    charter = state.charter_on(today)
    own = _own(caller)
    return site.web.page(
        request,
        "street/agreements.html",
        words=words,
        why=why,
        done=done,
        agreements=[(in_words(one), list(_holds(site, one, today, lang))) for one in charter.agreements],
        own=[_case(site, one, lang) for one in reversed(state.book.of(own))] if own else None,
        judging=list(_judging(site, own, lang)) if own else [],
        lately=list(_lately(site, today, lang)),
        few=_filled(words.FEW, lang, floor=charter.data.floor_homes),
        operates=caller.role is Role.OPERATOR,
        tomorrow=(today + timedelta(days=1)).isoformat(),
    )


def _own(caller: Caller) -> str | None:
    return caller.member if caller.role is Role.RESIDENT else None


def _holds(site: Site, one: Agreement, today: date, lang: Lang) -> Iterator[str]:
    """Of today and tomorrow, where it can be one of its months at all."""
    for day, called in ((today, words.TODAY), (today + timedelta(days=1), words.TOMORROW)):
        if one not in site.state.charter_on(day).agreements or (one.months and day.month not in one.months):
            yield _filled(words.HOLDS_NOT, lang, day=called.to(lang))
            continue
        held = next((each for each in held_on(site.state, day) if each.agreement == one), None)
        if held is not None:
            times = [*site.times(day), "24:00"]
            hours = ", ".join(f"{times[first]}–{times[stop]}" for first, stop in runs(held.ptus))
            yield _filled(words.HOLDS, lang, day=called.to(lang), hours=hours)
        elif one.below_c is not None and day not in site.state.expected:
            yield _filled(words.UNKNOWN_COLD, lang, day=called.to(lang))
        else:
            yield _filled(words.HOLDS_NOT, lang, day=called.to(lang))


def _case(site: Site, case: Case, lang: Lang) -> dict[str, Any]:
    """One's own, with what can still be done."""
    rules = site.state.charter_on(case.day).consequences
    match case.standing:
        case Standing.OPEN:
            said = told.found(case, rules)
        case Standing.APPEALED:
            until = {one: written_day(case.until, one) for one in Lang}
            said = Said(*(_filled(words.JUDGED, one, until=until[one]) for one in Lang))
        case Standing.DROPPED:
            said = told.dropped(case)
        case _:
            said = told.stands(case, rules)
    may_appeal = case.standing == Standing.OPEN and site.today().day <= case.until
    return {
        "said": said,
        "heading": f"{case.agreement}, {written_day(case.day, lang)}",
        "appeal": may_appeal,
        "agreement": case.agreement,
        "day": case.day.isoformat(),
    }


def _judging(site: Site, juror: str, lang: Lang) -> Iterator[dict[str, Any]]:
    """Appeals that the lot put before this resident, without the name of who appeals."""
    for name, case in _before(site, juror).items():
        assert case.appealed is not None
        voice = case.voices.get(juror)
        yield {
            "about": _filled(
                words.ABOUT,
                lang,
                agreement=case.agreement,
                day=written_day(case.day, lang),
                kwh=told.kwh(case.wh).to(lang),
                until=written_day(case.until, lang),
            ),
            "text": case.appealed.text,
            "case": name,
            "voice": None if voice is None else words.SAID_GRANT if voice else words.SAID_REFUSE,
        }


def _before(site: Site, juror: str) -> dict[str, Case]:
    """By a name that is made of the appeal and not of who appeals; a voice goes to the case that was read, whatever came since."""
    today = site.today().day
    found: dict[str, Case] = {}
    for case in sorted(site.state.book.cases.values(), key=lambda one: (one.day, one.key)):
        if case.appealed is None or juror not in case.jury or today > case.until:
            continue
        if case.standing == Standing.APPEALED:
            about = f"{case.agreement}\n{case.day}\n{case.appealed.today}\n{case.appealed.text}"
            found.setdefault(sha256(about.encode()).hexdigest()[:16], case)
    return found


def _lately(site: Site, today: date, lang: Lang) -> Iterator[list[str]]:
    """Counts of homes, where there are enough of them to be nobody's."""
    state = site.state
    for (name, day), counts in sorted(state.book.looked.items(), key=lambda one: one[0][1], reverse=True):
        if day >= today - _LATELY and sum(counts) >= state.charter_on(day).data.floor_homes:
            yield [f"{written_day(day, lang)}", name, *(str(count) for count in counts)]


def _filled(said: Said, lang: Lang, **words_: object) -> str:
    return said.to(lang).format(**words_)


async def _form(request: Request) -> dict[str, str]:
    return {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}


def _day(form: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(form.get("day", ""))
    except ValueError:
        return None


def _tenths(text: str) -> int | None:
    """Degrees with a point or a comma, as tenths."""
    try:
        return round(10 * float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        return None
