"""The pages of a neighbourhood's server, hung on its application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from laag.adapters.clocks import Wall
from laag.apps.access import Accounts, ApiKeys, Caller, Doors, Sessions
from laag.apps.street import charter_words
from laag.apps.street.api import API_DOORS
from laag.apps.street.app import street_app
from laag.apps.street.keeper import Away, Busy
from laag.apps.street.pages import (
    agreements,
    agreements_words,
    algorithms,
    algorithms_words,
    charter,
    enrol,
    flex,
    gains,
    gains_words,
    grid,
    leaving,
    neighbourhood,
    operator,
    people,
    proposal,
    questions,
    questions_words,
    record,
    record_words,
    regulator,
    rules,
    words,
)
from laag.apps.street.pages.site import Site
from laag.apps.street.running import Running
from laag.apps.web import Link, Web, dress, rules_words
from laag.apps.web import accounts as access
from laag.apps.web.dress import for_people, static_pages
from laag.apps.web.words import of_status
from laag.foundation.errors import BadInput

__all__ = ["paged_app", "welcome_link"]
LINKS = (
    Link("/", words.STREET),
    Link("/charter", charter_words.TITLE),
    Link("/gains", gains_words.TITLE),
    Link("/record", record_words.TITLE, foot=True),
    Link("/questions", questions_words.TITLE, foot=True),
    Link("/rules", rules_words.TITLE, foot=True),
    Link("/algorithms", algorithms_words.TITLE, foot=True),
    Link("/operator", words.OPERATE),
    Link("/operator/homes", words.HOMES),
    Link("/operator/days", words.DAYS),
    Link("/operator/access", words.PEOPLE),
    Link("/grid", words.GRID),
    Link("/regulator", words.SUPERVISE),
    Link("/regulator/looks", words.LOOKED),
)


def paged_app(running: Running, *, public: bool = False) -> FastAPI:
    """The server with its pages; ``public`` shows the market to everybody, not to members only."""
    files, file_doors = static_pages()
    doors: Doors = {
        **neighbourhood.doors(public=public),
        **charter.doors(public=public),
        **proposal.doors(public=public),
        **operator.DOORS,
        **flex.DOORS,
        **people.DOORS,
        **leaving.DOORS,
        **gains.DOORS,
        **agreements.DOORS,
        **grid.DOORS,
        **regulator.DOORS,
        **record.DOORS,
        **questions.DOORS,
        **rules.DOORS,
        **algorithms.DOORS,
        **enrol.DOORS,
        **access.DOORS,
        **file_doors,
    }
    name = running.keeper.live.neighbourhood.name
    web = Web(
        name,
        packages={"street": __name__},
        links=LINKS,
        doors=doors,
        stream="/api/v1/stream",
        happened=lambda: running.stream.last,
        own=_own,
    )
    accounts = Accounts(running.records, Wall(), about=(name,))
    site = Site(
        running, web, accounts, Sessions(accounts), ApiKeys(running.records, Wall()), {**API_DOORS, **doors}
    )
    pages = (
        neighbourhood,
        charter,
        proposal,
        operator,
        flex,
        people,
        gains,
        agreements,
        grid,
        regulator,
        record,
        enrol,
        leaving,
        questions,
        rules,
        algorithms,
    )
    routers = (page.router(site) for page in pages)
    app = street_app(
        running,
        routers=(*routers, files, access.AccountPages(web, site.sessions).router()),
        doors=doors,
        ways=(site.sessions.knows(), site.keys.knows()),
        note_look=site.note_look,
    )
    dress(app, web)
    _pages_for_trouble(app, web)
    app.state.site = site
    return app


def _pages_for_trouble(app: FastAPI, web: Web) -> None:
    """What the API answers in JSON when the store is away or an address is odd, people read on a page."""
    for kind, status in ((Away, 503), (Busy, 503), (BadInput, 503), (RequestValidationError, 404)):
        app.add_exception_handler(kind, _told(web, status, app.exception_handlers[kind]))


def _told(web: Web, status: int, otherwise: Any) -> Callable[[Request, Exception], Awaitable[Response]]:
    why = words.STORE_TROUBLE if status == 503 else None

    async def told(request: Request, fault: Exception) -> Response:
        if for_people(request):
            return web.message(request, *of_status(status, why), status=status)
        answer: Response = await otherwise(request, fault)
        return answer

    return told


def _own(caller: Caller) -> list[Link]:
    """A resident finds there who looked at their data, and in which answers they are."""
    if not caller.member:
        return []
    return [
        Link("/agreements", agreements_words.TITLE),
        Link(f"/members/{caller.member}/looks", words.OWN_LOOKS),
        Link(f"/members/{caller.member}/answers", questions_words.OWN),
    ]


def welcome_link(app: FastAPI, base: str) -> str | None:
    """Where the first operator makes an account, for the server to print when it starts; ``None`` where there is one."""
    site: Site = app.state.site
    secret = site.accounts.first_operator()
    return None if secret is None else f"{base.rstrip('/')}/welcome/{secret}"
