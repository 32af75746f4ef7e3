"""What pages show of the shared record: what this home checked of a day, the evidence to take along, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from laag.adapters.neighbourhood.committed import Stands
from laag.adapters.neighbourhood.own import OwnBill
from laag.apps.agent.ledger.kept import KINDS, Alarm, Kept, Verdict
from laag.apps.agent.ledger.odd import EXPLAINED, IN_ITS_OWN_WORDS, Odd
from laag.apps.agent.ledger.own_lines import TOLERANCE_WH, Metered
from laag.apps.agent.ledger.promises import receipts_of
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import record as words
from laag.apps.agent.pages.written import clock, filled
from laag.apps.verify.bundle import written
from laag.apps.verify.naming import spoken
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.apps.web.written import short_day
from laag.foundation.words import Lang, Said
from laag.settlement.words import count

router = APIRouter(include_in_schema=False)
_EARLIER = 10
_HERE = ("127.", "localhost", "[::1]", "::1")


@router.get("/bill/{day}/evidence.json")
async def take(request: Request, day: date) -> Response:
    """The evidence of a day, to be checked anywhere."""
    home = here(request)
    kept = Kept(home.life.store)
    proofs = [
        one.evidence
        for kind in KINDS
        if (one := kept.verdict(day, kind)) is not None and one.evidence is not None
    ]
    if not proofs or kept.ledger is None:
        return _nothing(home, request, day)
    body = written(proofs, receipts_of(kept, day.isoformat()), kept.ledger.member)
    name = file_of(day)
    return Response(
        body, media_type="application/json", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def file_of(day: date) -> str:
    """What the file with a day's evidence is called."""
    return f"laag-{day}.json"


def _nothing(home: Here, request: Request, day: date) -> HTMLResponse:
    return home.web.message(request, words.TITLE, words.NOTHING_TO_TAKE, status=404, back=f"/bill/{day}")


@dataclass(frozen=True, slots=True)
class Checked:
    """A day, in one heading and a few sentences; ``bad`` where something is wrong."""

    heading: Said
    said: list[str]
    bad: bool = False


def of_day(home: Here, request: Request, day: date, units: int) -> dict[str, Any]:
    """All that the page of a day shows of it; ``units`` is what that page says the day came to."""
    lang, kept = language(request), Kept(home.life.store)
    found = {kind: kept.verdict(day, kind) for kind in KINDS}
    proven = any(one is not None and one.evidence is not None for one in found.values())
    address = f"{str(request.base_url).rstrip('/')}/bill/{day}/evidence.json"
    settled = found["settle"]
    return {
        "r": words,
        "joined": home.street.joined,
        "checked": _checked(home, kept, day, units, lang),
        "each": list(_parts(found, kept, day, lang)),
        "signed": ", ".join(settled.signed) if settled is not None and settled.holds else "",
        "recomputed": (", ".join(settled.recomputed) or words.NOBODY.to(lang))
        if settled is not None and settled.holds
        else "",
        "take": f"/bill/{day}/evidence.json" if proven else None,
        "verify": filled(words.DOWNLOAD_HOW, lang, file=file_of(day)),
        "square": _square(address, lang) if proven else None,
    }


def _checked(home: Here, kept: Kept, day: date, units: int, lang: Lang) -> Checked:
    found = kept.verdict(day)
    wrong = [one for one in kept.alarms if one.over is None and one.day == day]
    if wrong:
        bad = any(one.code not in EXPLAINED for one in wrong)
        said = [said for one in wrong for said in _alarm(one, lang)]
        read = kept.verdict(day, "meter")
        if read is not None and read.metered is not None and read.code:
            said += _not_measured(read.metered, lang)
        return Checked(words.BAD if bad else words.LOST, said, bad=bad)
    if found is None:
        return Checked(words.NOT_YET, [words.UNKNOWN.to(lang)])
    if found.stands is Stands.BEFORE:
        return Checked(words.BEFORE, [_before(kept, lang)])
    if found.stands is Stands.ERASED:
        return Checked(words.NOT_YET, [words.ERASED.to(lang)])
    if found.code:
        return Checked(
            words.BAD, [found.why.nl if lang is Lang.NL else found.why.en] if found.why else [], bad=True
        )
    if not found.holds:
        since = _moment(home, found.since or found.at, lang)
        return Checked(words.NOT_YET, [filled(words.WAITS, lang, since=since)])
    if found.units != units:
        home.life.settled.set()
        return Checked(words.NOT_YET, [filled(words.OTHER_NOW, lang, at=_at(home, found.at, lang))])
    return Checked(
        words.HOLDS if _recomputed(found) else words.HOLDS_NOT_FINAL,
        list(_holds(home, kept, day, found, lang)),
    )


def _before(kept: Kept, lang: Lang) -> str:
    about = kept.about
    began = None if about is None else about.began
    return filled(words.BEFORE_SAID, lang, began="?" if began is None else in_words(began, lang))


def _recomputed(found: Verdict) -> bool:
    return found.final and bool(found.recomputed)


def _holds(home: Here, kept: Kept, day: date, found: Verdict, lang: Lang) -> Iterator[str]:
    yield words.IN.to(lang)
    if found.members == 1:
        yield words.ALONE.to(lang)
    else:
        many = len(found.recomputed)
        recomputed = words.RECOMPUTED.get(many, words.RECOMPUTED_MORE)
        yield filled(
            words.SIGNED,
            lang,
            signed=len(found.signed),
            members=found.members,
            recomputed=filled(recomputed, lang, count=many),
        )
    yield filled(words.SELF, lang, at=_at(home, found.at, lang))
    book = kept.verdict(day, "book")
    if book is not None and book.late:
        yield words.BY_LATE.to(lang)
    read = kept.verdict(day, "meter")
    if read is not None and read.metered is not None:
        yield from beside_meter(read.metered, lang)


def beside_meter(found: Metered, lang: Lang) -> Iterator[str]:
    """The readings in the record beside this home's own, a sentence each."""
    if found.other:
        said = words.METER_OTHER_ONE if found.other == 1 else words.METER_OTHER
        yield filled(said, lang, count=found.other, off=found.off_wh, most=TOLERANCE_WH)
    elif found.same:
        yield (words.METER_SAME_MEASURED if found.estimated or found.unknown else words.METER_SAME).to(lang)
    yield from _not_measured(found, lang)


def _not_measured(found: Metered, lang: Lang) -> Iterator[str]:
    if found.estimated:
        said = words.METER_ESTIMATED_ONE if found.estimated == 1 else words.METER_ESTIMATED
        yield filled(said, lang, count=found.estimated)
        if found.estimated_off_wh is not None:
            way = words.METER_ESTIMATED_OFF if found.estimated_off_wh else words.METER_ESTIMATED_RIGHT
            yield filled(way, lang, off=f"{found.estimated_off_wh:+d}".replace("-", "−"))
    if found.unknown:
        said = words.METER_UNKNOWN_ONE if found.unknown == 1 else words.METER_UNKNOWN
        yield filled(said, lang, count=found.unknown)


def _parts(found: dict[str, Verdict | None], kept: Kept, day: date, lang: Lang) -> Iterator[tuple[Said, str]]:
    for kind, one in found.items():
        if one is None:
            said = words.PART_NONE.to(lang)
        elif one.code:
            said = (one.why.nl if lang is Lang.NL else one.why.en) if one.why else words.BAD.to(lang)
        elif one.holds:
            said = filled(words.PART_HOLDS, lang, key=one.key, index=one.index + 1, size=one.size)
        elif one.stands is Stands.BEFORE:
            said = words.BEFORE.to(lang)
        else:
            said = words.PART_WAITS.to(lang)
        yield words.PARTS[kind], said
    made = kept.receipt(f"book/day-ahead/{day}/1")
    if made is not None and made.receipt is not None:
        book = found["book"]
        held = (
            book is not None
            and book.holds
            and not any(one.kind == "receipt" and one.day == day and one.over is None for one in kept.alarms)
        )
        yield (
            words.RECEIPT,
            filled(words.RECEIPT_HOLDS if held else words.RECEIPT_KEPT, lang, by=made.receipt.by),
        )


@dataclass(frozen=True, slots=True)
class OnBill:
    """A bill beside the record."""

    said: str = ""
    bad: str = ""
    days: frozenset[date] = frozenset()
    """With which something is wrong."""


def on_bill(home: Here, made: OwnBill, lang: Lang) -> OnBill:
    """Of a whole bill: how many of its days stand there as they are shown, and with which something is wrong."""
    kept = Kept(home.life.store)
    if kept.ledger is None or not made.days:
        return OnBill()
    found = {one.day: kept.verdict(one.day) for one in made.days}
    rung = {one.day for one in kept.alarms if one.over is None and one.code not in EXPLAINED}
    held = [
        one
        for total in made.days
        if (one := found[total.day]) is not None
        and one.holds
        and one.units == total.units
        and total.day not in rung
    ]
    bad = {
        day
        for day, one in found.items()
        if day in rung or (one is not None and one.code and one.code not in EXPLAINED)
    }
    alone = all(one.members == 1 for one in held) and bool(held)
    said = words.ON_BILL_ALONE if alone else words.ON_BILL
    final = sum(map(_recomputed, held))
    return OnBill(
        filled(said, lang, days=len(made.days), held=len(held), final=final),
        filled(words.ON_BILL_BAD, lang, bad=len(bad)) if bad else "",
        frozenset(bad),
    )


def alarm(home: Here, lang: Lang) -> list[str]:
    """What is wrong with the record as a whole: to be said on every page of money."""
    rung = [
        one
        for one in Kept(home.life.store).alarms
        if one.over is None and one.day is None and one.code not in EXPLAINED
    ]
    return [
        said
        for one in rung
        for said in (filled(words.ALARM_SINCE, lang, since=_moment(home, one.at, lang)), *_alarm(one, lang))
    ]


@dataclass(frozen=True, slots=True)
class Rung:
    """The alarm of now in one sentence, and where there is more of it; ``bad`` where it is no open word of the neighbourhood."""

    said: str
    path: str
    link: Said
    bad: bool


def of_now(home: Here, lang: Lang) -> Rung | None:
    """What a household reads first: the newest, what is bad before what was explained, the record before a day of it."""
    rung = [one for one in Kept(home.life.store).alarms if one.over is None]
    if not rung:
        return None
    one = min(rung, key=lambda one: (one.code in EXPLAINED, one.day is not None))  # the newest come first
    means, _ = words.MEANS.get(one.code, words.FORGED)
    said = means.to(lang)
    if one.day is not None:
        said = filled(words.NOW_DAY, lang, day=in_words(one.day, lang), why=said)
    more = len(rung) - 1
    if more:
        said += " " + (words.NOW_MORE_ONE.to(lang) if more == 1 else filled(words.NOW_MORE, lang, count=more))
    path = "/data#record" if one.day is None or more else f"/bill/{one.day}#record"
    return Rung(said, path, words.NOW_LINK, one.code not in EXPLAINED)


def of_data(home: Here, lang: Lang) -> dict[str, Any]:
    """What the page of the household's data says of it."""
    kept = Kept(home.life.store)
    known, pin, rung = kept.ledger, kept.pin, kept.alarms
    return {
        "r": words,
        "ledger": None if known is None else known.ledger,
        "spoken": None if known is None else spoken(known.ledger),
        "pinned": words.NOT_SEEN.to(lang)
        if pin is None
        else filled(words.SEEN_SAID, lang, count=count(pin.size, lang)),
        "alarms": [
            (_of(home, one, lang), list(_alarm(one, lang)), one.code not in EXPLAINED)
            for one in rung
            if one.over is None
        ],
        "earlier": [_earlier(home, one, lang) for one in rung if one.over is not None][:_EARLIER],
    }


def _earlier(home: Here, one: Alarm, lang: Lang) -> str:
    assert one.over is not None, "it is over"
    return filled(
        words.EARLIER_ONE,
        lang,
        day=_of(home, one, lang),
        why=one.why.nl if lang is Lang.NL else one.why.en,
        over=_moment(home, one.over, lang),
    )


def _of(home: Here, one: Alarm, lang: Lang) -> str:
    return _moment(home, one.at, lang) if one.day is None else in_words(one.day, lang)


def _alarm(one: Alarm, lang: Lang) -> Iterator[str]:
    """What it means, what was found, and what to do."""
    means, to_do = words.MEANS.get(one.code, words.FORGED)
    yield means.to(lang)
    if one.code not in set(Odd) or one.code in IN_ITS_OWN_WORDS or one.kind == "receipt":
        yield one.why.nl if lang is Lang.NL else one.why.en
    yield to_do.to(lang)


def _square(address: str, lang: Lang) -> Markup | None:
    """For a phone; an address that means this machine alone is of no use there."""
    if (urlsplit(address).hostname or "").startswith(_HERE):
        return None
    made = segno.make(address, error="m").svg_inline(border=4, omitsize=True, lineclass=None, svgclass="square", title=words.SQUARE_TITLE.to(lang))  # fmt: skip
    return Markup(made)  # noqa: S704 - drawn here from our own address


def _at(home: Here, at: datetime, lang: Lang) -> str:
    time = clock(at, home.life.zone)
    local = at.astimezone(home.life.zone).date()
    if local == home.today:
        return filled(words.AT, lang, time=time)
    return filled(words.AT_DAY, lang, day=short_day(local, lang), time=time)


def _moment(home: Here, at: datetime, lang: Lang) -> str:
    local = at.astimezone(home.life.zone)
    return f"{short_day(local.date(), lang)} {local:%H:%M}"
