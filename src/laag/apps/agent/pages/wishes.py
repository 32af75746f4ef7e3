"""What the household wants: sentences to fill in, what a change would do, and who goes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.adapters.neighbourhood.agreed import agreed_ladder
from laag.apps.agent.pages.controls import KIND, Form, form_of, wish_of
from laag.apps.agent.pages.grid import on_grid
from laag.apps.agent.pages.here import Here, Wanted, here
from laag.apps.agent.pages.today import short
from laag.apps.agent.pages.words import grid as grid_words
from laag.apps.agent.pages.words import wishes as words
from laag.apps.agent.pages.written import filled
from laag.apps.agent.wishing import putting_first
from laag.apps.home import what_if
from laag.apps.home.day import Day
from laag.apps.home.lines import capital
from laag.apps.home.sentences import sentence
from laag.apps.home.words import day as day_in_words
from laag.apps.home.words import euros
from laag.apps.web.languages import language
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.ladder import Ladder, Rung
from laag.home.ladder.words import RUNGS
from laag.home.preferences import KINDS, Misheard, Wished, hear, parse, say
from laag.home.preferences.blanks import Unfit
from laag.home.preferences.sentences import example
from laag.home.preferences.wishes import HelpFullCable

router = APIRouter(include_in_schema=False)
_SET_BY = {"law": words.BY_LAW, "community": words.BY_COMMUNITY, "household": words.BY_HOUSEHOLD}
_DONE = {"saved": words.SAVED, "moved": words.MOVED, "removed": words.REMOVED, "gone": words.GONE}


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that somebody thinks about: one wish more, one less, one in the place of another, or who goes first."""

    wish: Wished | None = None
    instead: int | None = None
    ladder: Ladder | None = None

    def of(self, wishes: Sequence[tuple[int, Wished]], ladder: Ladder) -> Wanted:
        """All that is wanted once it is done."""
        left = [one for number, one in wishes if number != self.instead]
        return Wanted(left if self.wish is None else [*left, self.wish], self.ladder or ladder)


@router.get("/wishes")
async def page(request: Request) -> HTMLResponse:
    """All of it."""
    home, lang = here(request), language(request)
    return home.web.page(
        request,
        "home/wishes.html",
        t=words,
        g=grid_words,
        on_grid=on_grid(home, request, lang, "wishes"),
        done=_DONE.get(request.query_params.get("done", "")),
        mine=[(number, _form(one, lang)) for number, one in home.wishes()],
        defaults=[_form(one, lang) for one in _defaults(home)],
        kinds=[_form(example(kind), lang) for kind in KINDS],
        ladder=list(_rungs(home.ladder)),
        line="",
    )


@router.get("/wishes/change")
async def change(request: Request) -> HTMLResponse:
    """What a change would do, before it is one."""
    home, lang, sent = here(request), language(request), request.query_params
    instead = _number(sent.get("instead") or sent.get("without"))
    old = next((one for number, one in home.wishes() if number == instead), None)
    if instead is not None and old is None:
        return _page_of(home, request, why=words.GONE, line="")
    if first := sent.get("first"):
        try:
            return await _preview(
                home, request, Asked(ladder=putting_first(first, agreed_ladder(home.life.board))), None, lang
            )
        except BadInput:
            return _page_of(home, request, why=words.NOT_YOURS, line="")
    if sent.get("without"):
        return await _preview(home, request, Asked(None, instead), old, lang)
    heard = _heard(request)
    if isinstance(heard, Wished):
        return await _preview(home, request, Asked(heard, instead), old, lang)
    if isinstance(heard, Misheard):
        return _page_of(
            home, request, why=_told(heard), nearest=_nearest(heard, lang), line=heard.line, instead=instead
        )
    return _page_of(home, request, why=heard, line=sent.get("line", ""), instead=instead)


@router.post("/wishes")
async def save(request: Request) -> Response:
    """Make a change."""
    home, form = here(request), await request.form()
    instead, line = _number(str(form.get("instead") or "")), str(form.get("line") or "")
    first = str(form.get("first") or "")
    try:
        if first:
            home.agent.wishes.put_first(first)
        elif line:
            home.agent.wishes.add(line)
    except BadInput as odd:
        return _page_of(home, request, why=Said(str(odd), str(odd)), line=line)
    if instead is not None:
        home.agent.wishes.remove(instead)
    home.life.tell("wishes", {})
    done = "moved" if first else "saved" if line else "removed"
    return RedirectResponse(f"/wishes?done={done}", 303)


def _rungs(ladder: Ladder) -> Iterator[tuple[Said, Said, str | None]]:
    """Each rung, who set its place, and its name where the household may move it up."""
    above = False
    for rung in ladder.order:
        by = ladder.set_by(rung)
        yield RUNGS[rung], _SET_BY[by], rung.name.lower() if by == "household" and above else None
        above = above or by == "household"


def _own(ladder: Ladder) -> list[Rung]:
    return [rung for rung in ladder.order if ladder.set_by(rung) == "household"]


def _heard(request: Request) -> Wished | Misheard | Said:
    sent = request.query_params
    if not sent.get(KIND):
        return hear(sent.get("line", "")[:300])
    try:
        return wish_of(sent)
    except Unfit as unfit:
        return unfit.said
    except BadInput:
        return words.FILL_IN


def _page_of(
    home: Here,
    request: Request,
    *,
    why: Said,
    line: str,
    nearest: Sequence[str] = (),
    instead: int | None = None,
) -> HTMLResponse:
    return home.web.page(
        request,
        "home/misheard.html",
        t=words,
        why=why,
        line=line,
        nearest=nearest,
        instead=instead,
    )


async def _preview(
    home: Here, request: Request, asked: Asked, old: Wished | None, lang: Lang
) -> HTMLResponse:
    wishes = home.wishes()
    day, then = await home.tried(Asked().of(wishes, home.ladder), asked.of(wishes, home.ladder))
    more_left = then.kept_eur(then.plan) - then.kept_eur(day.plan)
    known = set(short(day, lang))
    return home.web.page(
        request,
        "home/preview.html",
        t=words,
        title=_title(asked, old, lang),
        old=filled(words.INSTEAD_OF, lang, wish=say(old, lang)) if asked.wish and old else "",
        means=grid_words.QUESTION_WHAT if isinstance(asked.wish, HelpFullCable) else None,
        cost=_costs(day, then, lang),
        left=what_if.left(day, more_left, lang),
        whole=_whole(then.plan.cost_eur - day.plan.cost_eur - more_left, more_left, lang),
        changes=list(_changes(home, day, then, lang)),
        not_met=[one for one in short(then, lang) if one not in known],
        line="" if asked.wish is None else say(asked.wish, lang),
        instead=asked.instead,
        removes=asked.wish is None and asked.ladder is None,
        first=None if asked.ladder is None else _own(asked.ladder)[0].name.lower(),
    )


def _title(asked: Asked, old: Wished | None, lang: Lang) -> str:
    if asked.ladder is not None:
        first, then = (RUNGS[rung].to(lang) for rung in _own(asked.ladder))
        return filled(words.YOU_PUT_FIRST, lang, first=first, then=then)
    if asked.wish is not None:
        return filled(words.YOU_WANT, lang, wish=say(asked.wish, lang))
    return filled(words.YOU_NO_LONGER_WANT, lang, wish="" if old is None else say(old, lang))


def _costs(day: Day, then: Day, lang: Lang) -> str:
    now_cents, then_cents = round(100 * day.plan.cost_eur), round(100 * then.plan.cost_eur)
    more = then_cents - now_cents
    said = words.SAME if not more else words.MORE if more > 0 else words.LESS
    until = day.local(len(day.plan))
    return filled(
        said,
        lang,
        until=f"{day_in_words(until, lang)} {until:%H:%M}",
        now=euros(day.plan.cost_eur, lang),
        then=euros(then.plan.cost_eur, lang),
        more=euros(abs(more) / 100, lang),
    )


def _whole(dearer_eur: float, more_left_eur: float, lang: Lang) -> str:
    """What it comes to with what is left counted in; nothing where nothing else is left."""
    cents = round(100 * dearer_eur)
    if not round(100 * more_left_eur):
        return ""
    said = words.ALL_SAME if not cents else words.ALL_DEARER if cents > 0 else words.ALL_CHEAPER
    return filled(said, lang, eur=euros(abs(cents) / 100, lang))


def _changes(home: Here, day: Day, then: Day, lang: Lang) -> Iterator[tuple[bool, str, str]]:
    """Whether it is new, when, and what; until the end of tomorrow, which is as far as anybody looks."""
    ends = home.today + timedelta(days=2)
    for when, one in what_if.changed(day, then):
        begins, stops = then.local(one.first), then.local(one.stop)
        if begins.date() < ends:
            tomorrow = begins.date() > home.today
            name = f"{words.TOMORROW.to(lang)} " if tomorrow else ""
            yield when.en == "then", f"{name}{begins:%H:%M}–{stops:%H:%M}", capital(sentence(one, lang)) + "."


def _defaults(home: Here) -> list[Wished]:
    day = home.day()
    return [] if day is None else [one.wish for one in day.meant if one.default]


def _form(wish: Wished, lang: Lang) -> Form:
    return form_of(wish, lang, Said(*(say(wish, each) for each in Lang)))


def _told(heard: Misheard) -> Said:
    """How far a line was understood; what could be meant is shown beside it."""
    if heard.why is not None:
        return heard.why
    if not heard.understood:
        return words.NOT_UNDERSTOOD
    return Said(
        f"Begrepen tot en met ‘{heard.understood}’, maar niet ‘{heard.rest or '…'}’.",
        f"Understood up to ‘{heard.understood}’, but not ‘{heard.rest or '…'}’.",
    )


def _nearest(heard: Misheard, lang: Lang) -> list[str]:
    """What could be meant: in the language of the line where some of it was understood, else in the reader's."""
    spoken = heard.lang if heard.understood else lang
    return [say(parse(one), spoken) for one in heard.nearest]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
