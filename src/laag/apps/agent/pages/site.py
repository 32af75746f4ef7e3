"""All pages of a home together: what is hung on its agent's application, and who comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from laag.apps.access import Accounts, Caller, Door, Doors, Role, Sessions
from laag.apps.access.accounts import INVITATION_KIND
from laag.apps.access.doors import Knows
from laag.apps.agent.agent import Agent
from laag.apps.agent.here import on_this_machine
from laag.apps.agent.pages import (
    bill,
    charter,
    data,
    grid,
    join,
    now,
    record,
    rules,
    settings,
    stream,
    today,
    use,
    wishes,
)
from laag.apps.agent.pages.everyone import advice, coach, compare, means, move
from laag.apps.agent.pages.everyone import words as everyone
from laag.apps.agent.pages.here import Here
from laag.apps.agent.pages.street import Street
from laag.apps.agent.pages.words import frame
from laag.apps.web import Link, Web, dress
from laag.apps.web.accounts import DOORS as ACCOUNT_DOORS
from laag.apps.web.accounts import AccountPages
from laag.apps.web.dress import for_people, static_pages
from laag.foundation.ports import Clock, Records

_OWN, _OPEN = Door.of(Role.RESIDENT), Door.of(Role.ANYBODY)
_PAGES = (
    now,
    today,
    wishes,
    bill,
    record,
    rules,
    use,
    data,
    charter,
    settings,
    join,
    grid,
    stream,
    advice,
    coach,
    means,
    compare,
    move,
)
DOORS: Doors = {
    ("GET", "/"): _OWN,
    ("GET", "/today"): _OWN,
    ("GET", "/wishes"): _OWN,
    ("GET", "/wishes/change"): _OWN,
    ("POST", "/wishes"): _OWN,
    ("GET", "/bill"): _OWN,
    ("GET", "/bill/{day}"): _OWN,
    ("GET", "/bill/{day}/evidence.json"): _OWN,
    ("GET", "/rules"): _OWN,
    ("GET", "/use"): _OWN,
    ("GET", "/charter"): _OWN,
    ("POST", "/charter/vote"): _OWN,
    ("GET", "/data"): _OWN,
    ("GET", "/data/laag.zip"): _OWN,
    ("GET", "/data/laag.json"): _OWN,
    ("POST", "/data/consent"): _OWN,
    ("POST", "/data/delete"): _OWN,
    ("POST", "/data/leave"): _OWN,
    ("GET", "/settings"): _OWN,
    ("POST", "/settings/pause"): _OWN,
    ("POST", "/settings/devices"): _OWN,
    ("POST", "/settings/devices/remove"): _OWN,
    ("POST", "/settings/invite"): _OWN,
    ("GET", "/join"): _OWN,
    ("POST", "/join"): _OWN,
    ("POST", "/grid/agree"): _OWN,
    ("POST", "/grid/not-now"): _OWN,
    ("GET", "/stream"): _OWN,
    ("GET", "/advice"): _OWN,
    ("POST", "/advice"): _OWN,
    ("POST", "/advice/step"): _OWN,
    ("POST", "/advice/step/forget"): _OWN,
    ("GET", "/settings/coach"): _OWN,
    ("POST", "/settings/coach"): _OWN,
    ("POST", "/settings/coach/end"): _OWN,
    ("GET", "/coach"): Door.of(Role.COACH),
    ("GET", "/means"): _OWN,
    ("POST", "/means"): _OWN,
    ("POST", "/means/forget"): _OWN,
    ("POST", "/means/support"): _OWN,
    ("GET", "/compare"): _OWN,
    ("POST", "/compare"): _OWN,
    ("GET", "/move"): _OWN,
    ("POST", "/move"): _OWN,
    ("POST", "/move/clear"): _OWN,
    ("GET", "/first"): _OPEN,
}
LINKS = (
    Link("/", frame.NOW),
    Link("/today", frame.TODAY),
    Link("/wishes", frame.WISHES),
    Link("/bill", frame.BILL),
    Link("/use", frame.USE),
    Link("/charter", frame.CHARTER),
    Link("/data", frame.DATA),
    Link("/settings", frame.SETTINGS),
    Link("/coach", everyone.COACH_LINK_WORD),
)
_FIRST_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Site:
    """What ``agent_app`` is given, and ``dress``es it afterwards."""

    here: Here
    routers: Sequence[APIRouter]
    doors: Doors
    ways: Sequence[Knows]

    def first_link(self, url: str) -> str | None:
        """Where whoever started laag makes this home theirs; ``None`` where it is somebody's already.

        It takes the place of earlier ones, so that a link that was seen on a screen before is worth nothing.
        """
        accounts = self.here.sessions.accounts
        if accounts.all():
            return None
        for key, _ in accounts.records.list(INVITATION_KIND):
            accounts.records.delete(INVITATION_KIND, key)
        return f"{url.rstrip('/')}/welcome/{accounts.invite(Role.RESIDENT, lasts=_FIRST_LASTS)}"

    def dress(self, app: FastAPI) -> None:
        """Safe headers for all, pages for people; who comes first is shown how the home becomes theirs."""
        app.state.here = self.here
        web, accounts = self.here.web, self.here.sessions.accounts
        dress(app, web)
        usual = app.exception_handlers[HTTPException]

        async def told(request: Request, fault: Exception) -> Response:
            assert isinstance(fault, HTTPException)
            caller = getattr(request.state, "caller", None)
            if fault.status_code == 403 and request.url.path == "/" and caller and caller.role is Role.COACH:
                return RedirectResponse("/coach", 303)
            unseen = fault.status_code == 401 and for_people(request) and not accounts.all()
            if unseen and request.method == "GET":
                return RedirectResponse("/first", 303)
            return await usual(request, fault)  # type: ignore[misc,no-any-return] # it is ours, and waits

        app.add_exception_handler(HTTPException, told)


def site_of(agent: Agent, records: Records, clock: Clock) -> Site:
    """The pages of a home; ``clock`` is the wall's, by which passwords and sessions age."""
    doors = {**DOORS, **ACCOUNT_DOORS}
    static, static_doors = static_pages()
    sessions = Sessions(Accounts(records, clock, about=(agent.life.house.name,)))
    table = {**doors, **static_doors}
    web = Web(
        agent.life.house.name,
        packages={"home": "laag.apps.agent.pages"},
        links=LINKS,
        doors=table,
        stream="/stream",
        happened=lambda: agent.life.happened.last,
    )
    neighbour = agent.neighbour
    here = Here(agent, web, sessions, Street(None if neighbour is None else neighbour.link, agent.life.store))
    routers = [one.router for one in _PAGES]
    return Site(
        here,
        (*routers, static, AccountPages(web, sessions).router()),
        table,
        (sessions.knows(), _programs_here(sessions.accounts)),
    )


def _programs_here(accounts: Accounts) -> Knows:
    """Programs on this machine may ask the API until the home is somebody's; pages always want somebody signed in."""

    async def known(request: Request) -> Caller | None:
        if not request.url.path.startswith("/api/") or accounts.all():
            return None
        return await on_this_machine(request)

    return known
