"""Sessions: who signed in stays so for a while, on one device, by a cookie that only that device has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from laag.apps.access import tokens
from laag.apps.access.accounts import SESSION_KIND, Account, Accounts
from laag.apps.access.doors import Closed, Knows
from laag.apps.access.named import site_of
from laag.apps.access.roles import Caller, Role
from laag.foundation.words import Said

COOKIE, FORM_COOKIE = "laag_session", "laag_form"
FIELD, HEADER = "form_token", "laag-form-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORGED = Said(
    "Dit formulier kwam niet van deze site of was te oud; open de bladzijde opnieuw en probeer het nog eens.",
    "This form did not come from this site or was too old; open the page again and try once more.",
)


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a session lives without being used, and at most."""

    idle: timedelta
    most: timedelta


HOMELY = Lasts(timedelta(days=30), timedelta(days=180))
OFFICIAL = Lasts(timedelta(hours=2), timedelta(hours=12))


def lasts(role: Role) -> Lasts:
    """A resident stays signed in on their own phone; who can see others' data does not."""
    return HOMELY if role is Role.RESIDENT else OFFICIAL


class Sessions:
    """The sessions of accounts; kept hashed, so that who reads the store can sign in as nobody."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self._records = accounts.records
        self._clock = accounts.clock

    def begin(self, account: Account) -> str:
        """A new session, always under a new secret: one that was planted before signing in is worth nothing."""
        secret, now = tokens.new(), self._clock.now().isoformat()
        self._sweep()
        self._records.put(
            SESSION_KIND, tokens.kept(secret), {"account": account.key, "made_at": now, "seen_at": now}
        )
        return secret

    def end(self, secret: str) -> None:
        """Sign out."""
        self._records.delete(SESSION_KIND, tokens.kept(secret))

    def account(self, secret: str) -> Account | None:
        """Whose session this is, if it still lives; being asked keeps it alive."""
        key, now = tokens.kept(secret), self._clock.now()
        body = self._records.get(SESSION_KIND, key)
        account = None if body is None else self.accounts.find(body["account"])
        if body is None or account is None:
            return None
        limits = lasts(account.role)
        if not _lives(body, limits, now):
            self._records.delete(SESSION_KIND, key)
            return None
        # Not at every look: a store that syncs each of them would wear out for nothing.
        if now - datetime.fromisoformat(body["seen_at"]) > limits.idle / 24:
            self._records.put_if(SESSION_KIND, key, body, {**body, "seen_at": now.isoformat()})
        return account

    def knows(self) -> Knows:
        """The way in which pages recognise who calls; what changes something must come from a form of ours."""

        async def by_session(request: Request) -> Caller | None:
            secret = request.cookies.get(COOKIE)
            if not secret:
                return None
            account = await run_in_threadpool(self.account, secret)
            if account is None:
                return None
            if request.method not in SAFE and not await is_ours(request, secret):
                raise Closed(403, FORGED)
            request.state.account = account
            return account.caller

        return by_session

    def _sweep(self) -> None:
        now = self._clock.now()
        for key, body in self._records.list(SESSION_KIND):
            if not _lives(body, HOMELY, now):
                self._records.delete(SESSION_KIND, key)


def _lives(body: Mapping[str, Any], limits: Lasts, now: datetime) -> bool:
    made, seen = (datetime.fromisoformat(body[name]) for name in ("made_at", "seen_at"))
    return now - seen < limits.idle and now - made < limits.most


async def is_ours(request: Request, secret: str) -> bool:
    """Whether a form came from this site, and belongs to the cookie that it comes with."""
    given = request.headers.get(HEADER)
    if given is None:
        field = (await request.form()).get(FIELD)
        given = field if isinstance(field, str) else ""
    return _same_site(request) and tokens.same(given, tokens.form_token(secret))


def _same_site(request: Request) -> bool:
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or site_of(origin) == request.headers.get("host")


def form_secret(request: Request) -> str | None:
    """The cookie to which the forms of a page belong: of the session, or of who is not signed in yet."""
    signed_in = getattr(request.state, "account", None) is not None
    return request.cookies.get(COOKIE if signed_in else FORM_COOKIE)
