"""Signing in and out, following an invitation, another password: the pages about somebody's own access."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.apps.access import Account, Door, Doors, Role, Sessions, Wait, sessions
from laag.apps.access.accounts import NO_INVITATION
from laag.apps.access.addresses import address
from laag.apps.access.sessions import FORGED
from laag.apps.web import words
from laag.apps.web.kit import Web
from laag.foundation.words import Said

_PEOPLE = tuple(role for role in Role if role not in {Role.ANYBODY, Role.HOME})
DOORS: Doors = {
    ("GET", "/sign-in"): Door.of(Role.ANYBODY),
    ("POST", "/sign-in"): Door.of(Role.ANYBODY),
    ("POST", "/sign-out"): Door.of(Role.ANYBODY),
    ("GET", "/welcome/{secret}"): Door.of(Role.ANYBODY),
    ("POST", "/welcome/{secret}"): Door.of(Role.ANYBODY),
    ("GET", "/account"): Door.of(*_PEOPLE),
    ("POST", "/account/password"): Door.of(*_PEOPLE),
    ("POST", "/account/sign-out"): Door.of(*_PEOPLE),
}


def local(path: str | None) -> str:
    r"""A place of ours to go on to; anything else is the front page.

    >>> local("/market?day=1"), local("//elsewhere.example"), local("https://elsewhere.example"), local("/\\elsewhere")
    ('/market?day=1', '/', '/', '/')
    """
    if not path or not path.startswith("/") or path[1:2] in {"/", "\\"} or not path.isprintable():
        return "/"
    return path


@dataclass(frozen=True, slots=True)
class AccountPages:
    """The pages, on the sessions of one place."""

    web: Web
    sessions: Sessions

    def router(self) -> APIRouter:
        """All of them; ``DOORS`` says who may use each."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/sign-in", self.sign_in_page, methods=["GET"])
        router.add_api_route("/sign-in", self.sign_in, methods=["POST"])
        router.add_api_route("/sign-out", self.sign_out, methods=["POST"])
        router.add_api_route("/welcome/{secret}", self.welcome_page, methods=["GET"])
        router.add_api_route("/welcome/{secret}", self.welcome, methods=["POST"])
        router.add_api_route("/account", self.account_page, methods=["GET"])
        router.add_api_route("/account/password", self.password, methods=["POST"])
        router.add_api_route("/account/sign-out", self.sign_out_everywhere, methods=["POST"])
        return router

    async def sign_in_page(self, request: Request) -> HTMLResponse:
        """The form to sign in."""
        return self._sign_in_form(request, local(request.query_params.get("next")))

    def _sign_in_form(
        self,
        request: Request,
        onward: str,
        *,
        why: Said | None = None,
        said: Said | None = None,
        given: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        return self.web.page(
            request, "web/sign_in.html", status=status, onward=onward, why=why, said=said, given=given
        )

    async def sign_in(self, request: Request) -> Response:
        """Sign in, by name and password."""
        form = await _form(request)
        name, onward = form.get("name", ""), local(form.get("next"))
        if not await _ours(request):
            return self._sign_in_form(request, onward, why=FORGED, given=name, status=403)
        who = await run_in_threadpool(
            self.sessions.accounts.recognise, name, form.get("password", ""), address(request)
        )
        if isinstance(who, Account):
            return await self._go_in(request, who, onward)
        status, why = (429, who.why) if isinstance(who, Wait) else (401, who)
        answer = self._sign_in_form(request, onward, why=why, given=name, status=status)
        if isinstance(who, Wait):
            answer.headers["retry-after"] = str(who.seconds)
        return answer

    async def _go_in(self, request: Request, who: Account, onward: str) -> Response:
        if old := request.cookies.get(sessions.COOKIE):
            await run_in_threadpool(self.sessions.end, old)
        secret = await run_in_threadpool(self.sessions.begin, who)
        answer = RedirectResponse(onward, 303)
        most_s = int(sessions.lasts(who.role).most.total_seconds())
        self.web.keep(request, answer, sessions.COOKIE, secret, seconds=most_s)
        answer.delete_cookie(sessions.FORM_COOKIE)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End this session."""
        if secret := request.cookies.get(sessions.COOKIE):
            await run_in_threadpool(self.sessions.end, secret)
        return _gone()

    async def welcome_page(self, request: Request, secret: str) -> HTMLResponse:
        """The form that an invitation leads to."""
        role = await run_in_threadpool(self.sessions.accounts.invitation, secret)
        if role is None:
            return self.web.message(request, words.WELCOME, NO_INVITATION, status=404, back="/sign-in")
        return self._welcome_form(request, role)

    def _welcome_form(
        self, request: Request, role: Role, *, why: Said | None = None, given: str = "", status: int = 200
    ) -> HTMLResponse:
        return self.web.page(request, "web/welcome.html", status=status, role=role, why=why, given=given)

    async def welcome(self, request: Request, secret: str) -> Response:
        """Make an account by an invitation, and go in."""
        form, accounts = await _form(request), self.sessions.accounts
        role, name = await run_in_threadpool(accounts.invitation, secret), form.get("name", "")
        if role is None:
            return self.web.message(request, words.WELCOME, NO_INVITATION, status=404, back="/sign-in")
        if not await _ours(request):
            return self._welcome_form(request, role, why=FORGED, given=name, status=403)
        made = await run_in_threadpool(accounts.accept, secret, name, form.get("password", ""))
        if isinstance(made, Said):
            return self._welcome_form(request, role, why=made, given=name, status=422)
        return await self._go_in(request, made, "/")

    async def account_page(self, request: Request) -> HTMLResponse:
        """Somebody's own access."""
        return self.web.page(request, "web/account.html", why=None)

    async def password(self, request: Request) -> Response:
        """Another password."""
        form = await _form(request)
        account: Account | None = getattr(request.state, "account", None)
        if account is None:  # a key has no password
            return self.web.page(request, "web/account.html", why=FORGED, status=403)
        why = await run_in_threadpool(
            self.sessions.accounts.change_password,
            account,
            form.get("old", ""),
            form.get("password", ""),
            address(request),
        )
        if why is not None:
            shown = why.why if isinstance(why, Wait) else why
            return self.web.page(request, "web/account.html", why=shown, status=422)
        request.state.account = request.state.caller = None
        del request.state.caller
        answer = self._sign_in_form(request, "/", said=words.CHANGED)
        answer.delete_cookie(sessions.COOKIE)
        return answer

    async def sign_out_everywhere(self, request: Request) -> Response:
        """End every session of this account."""
        account: Account | None = getattr(request.state, "account", None)
        if account is not None:
            await run_in_threadpool(self.sessions.accounts.sign_out_everywhere, account)
        return _gone()


def _gone() -> Response:
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(sessions.COOKIE)
    return answer


async def _form(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def _ours(request: Request) -> bool:
    """Whether a form of who is not signed in came from our own page."""
    secret = sessions.form_secret(request)
    return secret is not None and await sessions.is_ours(request, secret)
