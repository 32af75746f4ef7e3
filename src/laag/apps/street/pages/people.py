"""Who can sign in, invitations, and keys for machines: the operator's page about access."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import ROLE_WORDS, Door, Doors, Role
from laag.apps.street.pages import words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web import language
from laag.apps.web.written import NONE
from laag.apps.web.written import moment as written_moment
from laag.foundation.words import Said

_OPERATOR = Door.of(Role.OPERATOR, people=True)
DOORS: Doors = {
    ("GET", "/operator/access"): _OPERATOR,
    ("POST", "/operator/access/invite"): _OPERATOR,
    ("POST", "/operator/access/remove"): _OPERATOR,
    ("POST", "/operator/access/keys"): _OPERATOR,
    ("POST", "/operator/access/keys/withdraw"): _OPERATOR,
}
_PEOPLE = (Role.RESIDENT, Role.OPERATOR, Role.GRID, Role.REGULATOR, Role.RESEARCHER, Role.COMPANY)
_MACHINES = (Role.OPERATOR, Role.GRID, Role.REGULATOR, Role.RESEARCHER, Role.COMPANY)


def router(site: Site) -> APIRouter:
    """The page and what is done on it."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/operator/access")
    async def people(request: Request) -> HTMLResponse:
        return await in_thread(_page, site, request)

    @pages.post("/operator/access/invite")
    async def invite(request: Request) -> HTMLResponse:
        return await in_thread(_invited, site, request, await _form(request))

    @pages.post("/operator/access/remove")
    async def remove(request: Request) -> HTMLResponse:
        return await in_thread(_removed, site, request, (await _form(request)).get("account", ""))

    @pages.post("/operator/access/keys")
    async def key(request: Request) -> HTMLResponse:
        return await in_thread(_key_made, site, request, await _form(request))

    @pages.post("/operator/access/keys/withdraw")
    async def withdraw(request: Request) -> HTMLResponse:
        await in_thread(site.keys.withdraw, (await _form(request)).get("key", ""))
        return await in_thread(_page, site, request)

    return pages


async def _form(request: Request) -> dict[str, str]:
    return {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}


def _invited(site: Site, request: Request, form: dict[str, str]) -> HTMLResponse:
    role = _role(form.get("role", ""), _PEOPLE)
    member = form.get("member") or None
    if role is Role.RESIDENT and member is None:
        return _page(site, request, why=words.RESIDENT_NEEDS_MEMBER)
    if role is not Role.RESIDENT:
        member = None
    elif member not in site.state.members:
        return _page(site, request, why=words.NO_SUCH_MEMBER)
    secret = site.accounts.invite(role, member=member)
    base = site.running.public_url or str(request.base_url)
    return _page(site, request, shown=(words.INVITED, f"{base.rstrip('/')}/welcome/{secret}"))


def _removed(site: Site, request: Request, key: str) -> HTMLResponse:
    account = site.accounts.find(key)
    if account is None:
        return _page(site, request)
    if account.role is Role.OPERATOR and sum(one.role is Role.OPERATOR for one in site.accounts.all()) == 1:
        return _page(site, request, why=words.LAST_OPERATOR)
    site.accounts.remove(account)
    return _page(site, request)


def _key_made(site: Site, request: Request, form: dict[str, str]) -> HTMLResponse:
    name = form.get("name", "")[:80]
    if not name:
        return _page(site, request, why=words.NAME_NEEDED)
    secret = site.keys.make(name, _role(form.get("role", ""), _MACHINES))
    return _page(site, request, shown=(words.KEY_MADE, secret))


def _role(text: str, allowed: tuple[Role, ...]) -> Role:
    """The role that was chosen; the least where it is none of those on offer."""
    return next((role for role in allowed if role.value == text), Role.RESEARCHER)


def _page(
    site: Site, request: Request, *, why: Said | None = None, shown: tuple[Said, str] | None = None
) -> HTMLResponse:
    lang, zone = language(request), site.state.neighbourhood.zone

    def written(at: Any) -> str:
        return written_moment(at, lang, zone) if at else NONE

    return site.web.page(
        request,
        "street/people.html",
        words=words,
        why=why,
        shown=shown,
        accounts=[
            (one.key, one.name, ROLE_WORDS[one.role], one.member or NONE) for one in site.accounts.all()
        ],
        keys=[
            (one.id, one.name, ROLE_WORDS[one.role], written(one.made_at), written(one.used_at))
            for one in site.keys.all()
        ],
        people=[(role.value, ROLE_WORDS[role]) for role in _PEOPLE],
        machines=[(role.value, ROLE_WORDS[role]) for role in _MACHINES],
        status=200,
    )
