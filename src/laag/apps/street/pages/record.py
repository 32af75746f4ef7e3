"""The page of the shared record, to anybody: who watches it, how far it is, what came last, and whether it is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.adapters.neighbourhood.committed import Record, RecordDispute, RecordMember
from laag.apps.access import Door, Doors, Role
from laag.apps.ledger.reading import ROOT
from laag.apps.street.ledger.shared import SharedRecord
from laag.apps.street.pages import record_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.verify.naming import spoken
from laag.apps.web import language
from laag.apps.web.written import count
from laag.foundation.errors import LaagError
from laag.foundation.words import Lang, Said
from laag.ledger.entries import read

DOORS: Doors = {("GET", "/record"): Door.of(Role.ANYBODY)}
_NEWEST = 60


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/record")
    async def record(request: Request) -> HTMLResponse:
        return await in_thread(_page, site, request)

    return pages


def _page(site: Site, request: Request) -> HTMLResponse:
    lang, shared = language(request), site.running.shared
    made = None if shared is None else shared.record()
    return site.web.page(
        request,
        "street/record.html",
        words=words,
        made=made,
        spoken=None if made is None else spoken(made.ledger),
        facts=[] if made is None else list(_facts(made, lang)),
        notes=[] if made is None else [Said(one.nl, one.en) for one in made.notes],
        disputes=[] if made is None else [_dispute(one) for one in made.disputes],
        members=[] if made is None else [_member(one, lang) for one in made.members],
        newest=[] if shared is None or made is None else list(_newest(shared, made.size, lang)),
        entries=f"{ROOT}/entries",
    )


def _facts(made: Record, lang: Lang) -> Iterator[tuple[Said, str]]:
    yield words.KEPT_BY, words.DRIVERS[made.driver].to(lang)
    yield words.SIZE, count(made.size, lang)
    yield words.PROVEN, count(made.proven, lang)
    yield words.WAITING, count(made.waiting, lang)


def _member(one: RecordMember, lang: Lang) -> list[str]:
    roles = "; ".join(words.ROLES[role].to(lang) for role in one.roles if role in words.ROLES)
    why = "" if one.why is None else Said(one.why.nl, one.why.en).to(lang)
    return [one.id, roles or words.WATCHES.to(lang), count(one.signed, lang), why]


def _dispute(one: RecordDispute) -> tuple[str, str, list[Said]]:
    return one.key, one.by, [Said(each.nl, each.en) for each in one.found]


def _newest(shared: SharedRecord, size: int, lang: Lang) -> Iterator[list[str]]:
    """The newest first; of a ledger that is away none."""
    first = max(size - _NEWEST, 0)
    found: list[bytes] = []
    with suppress(LaagError, OSError):
        found = shared.opened.ledger.entries(first, _NEWEST)
    for index, data in reversed(list(enumerate(found, first))):
        entry = read(data).entry
        kind = words.KINDS.get(entry.kind)
        yield [entry.key, count(index + 1, lang), "" if kind is None else kind.to(lang), entry.by]
