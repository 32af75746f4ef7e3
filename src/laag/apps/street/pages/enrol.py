"""Where the square with a code leads: what it is, whether it can still be used, and on to the page of one's own home."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street import codes
from laag.apps.street.pages import enrol_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.running import Limits, address, let_in, wall_s
from laag.apps.street.trouble import TOO_MANY, Trouble
from laag.apps.web import language
from laag.apps.web.written import moment as written_moment
from laag.foundation.words import Lang, Said

DOORS: Doors = {("GET", codes.PAGE): Door.of(Role.ANYBODY)}
USUAL = "laag.local"
"""How a home's box is found where nobody named it otherwise."""
_LONGEST = 100
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_INSIDE = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get(codes.PAGE)
    async def enrol(request: Request) -> HTMLResponse:
        let_in(site.running.limits.calls, address(request))
        return await in_thread(page, site, request)

    return pages


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to say of a code."""

    code: str = ""
    """As it is read aloud; nothing where it cannot be used."""
    until: datetime | None = None
    why: Said | None = None
    status: int = 200


def page(site: Site, request: Request) -> HTMLResponse:
    """The invitation, or why it is none."""
    asked = request.query_params
    lang = language(request)
    found = _found(site, address(request), asked.get("code", "")[:_LONGEST])
    home = asked.get("home", "")[:_LONGEST].strip()
    at = at_home(home or USUAL) if found.code else None
    return site.web.page(
        request,
        "street/enrol.html",
        status=found.status if at or not home else 422,
        words=words,
        code=found.code,
        until=None
        if found.until is None
        else written_moment(found.until, lang, site.state.neighbourhood.zone),
        why=found.why or (None if at or not found.code else words.NOT_AT_HOME),
        home=home,
        link=None if at is None else f"{at}/join?code={quote(found.code)}",
        at=at,
        invited=_named(words.INVITED, site),
    )


def _found(site: Site, who: str, given: str) -> _Found:
    if not given.strip():
        return _Found()
    limits, now_s = site.running.limits, wall_s()
    _patient(limits, who, now_s)
    one = codes.found(site.running.records, given)
    if one is None:
        limits.codes.take(who, now_s)
        limits.all_codes.take("", now_s)
        return _Found(why=words.NO_CODE, status=404)
    if one.used:
        return _Found(why=words.USED, status=410)
    if site.now() > one.expires:
        return _Found(why=words.EXPIRED, status=410)
    return _Found(codes.shown(one.code), one.expires)


def _patient(limits: Limits, who: str, now_s: float) -> None:
    """Whoever guesses here guesses at the same price as a home does."""
    for buckets, key in ((limits.codes, who), (limits.all_codes, "")):
        if (wait_s := buckets.wait_s(key, now_s)) > 0:
            raise Trouble(429, TOO_MANY, retry_s=wait_s)


def at_home(given: str) -> str | None:
    """Where a home's own pages are; ``None`` where the address is none inside a house: nobody is led elsewhere from here.

    >>> at_home("laag.local"), at_home("192.168.1.20:8411"), at_home("http://[fd00::7]:8411/now")
    ('http://laag.local', 'http://192.168.1.20:8411', 'http://[fd00::7]:8411')
    >>> at_home("example.com"), at_home("8.8.8.8"), at_home("http://laag.local@example.com"), at_home("a b")
    (None, None, None, None)
    """
    text = given.strip().lower()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _inside(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def _inside(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return bool(_NAME.fullmatch(host)) and ("." not in host or host.endswith(_INSIDE))


def _named(said: Said, site: Site) -> Said:
    name = site.state.neighbourhood.name
    return Said(*(said.to(lang).format(name=name) for lang in Lang))
