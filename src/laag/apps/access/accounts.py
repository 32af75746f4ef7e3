"""Accounts: a name, a password and a role; made by who follows an invitation, never with a password from us."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from laag.apps.access import tokens
from laag.apps.access.limits import ACCOUNT, ACCOUNT_HERE, ADDRESS, Limits
from laag.apps.access.passwords import Passwords, objection
from laag.apps.access.roles import Caller, Role
from laag.foundation.ports import Clock, Records
from laag.foundation.words import Said

ACCOUNT_KIND, INVITATION_KIND, SESSION_KIND = "account", "invitation", "session"
LONGEST_NAME = 80
WRONG = Said(
    "Deze naam en dit wachtwoord horen niet bij elkaar.", "This name and this password do not match."
)
NAME_TAKEN = Said(
    "Deze naam is al in gebruik; kies een andere.", "This name is in use already; choose another."
)
NAME_MISSING = Said(
    f"Kies een naam van 1 tot {LONGEST_NAME} tekens.", f"Choose a name of 1 to {LONGEST_NAME} characters."
)
NO_INVITATION = Said(
    "Deze uitnodiging is al gebruikt of verlopen; vraag een nieuwe.",
    "This invitation has been used or has expired; ask for a new one.",
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role
    member: str | None

    @property
    def key(self) -> str:
        """Under which it is kept: capitals make no other name."""
        return named(self.name)

    @property
    def caller(self) -> Caller:
        """As doors know them."""
        return Caller(self.role, self.name, self.member)


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many misses: try again after so many seconds."""

    seconds: int

    @property
    def why(self) -> Said:
        """What is said to who has to wait."""
        return Said(
            f"Er is te vaak een verkeerd wachtwoord gegeven; probeer het over {self.seconds} seconden weer.",
            f"A wrong password was given too often; try again in {self.seconds} seconds.",
        )


def named(name: str) -> str:
    """One key for one name, whatever keyboard wrote it.

    >>> named("  Ann  de Wit ")
    'ann de wit'
    """
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


class Accounts:
    """All accounts of a place. Its times are the wall's: a password does not age faster where a day is played faster."""

    def __init__(
        self,
        records: Records,
        clock: Clock,
        *,
        passwords: Passwords | None = None,
        about: tuple[str, ...] = (),
    ) -> None:
        self.records = records
        self.clock = clock
        self._passwords = passwords or Passwords()
        self._about = about
        self._limits = Limits()
        self._lock = Lock()

    def all(self) -> list[Account]:
        """Everybody who has an account, by name."""
        return [_account(body) for _, body in self.records.list(ACCOUNT_KIND)]

    def find(self, key: str) -> Account | None:
        """The account that is kept under a key."""
        body = self.records.get(ACCOUNT_KIND, key)
        return None if body is None else _account(body)

    def invite(self, role: Role, *, member: str | None = None, lasts: timedelta = timedelta(days=7)) -> str:
        """A secret that makes one account of this role."""
        secret, now = tokens.new(), self.clock.now()
        self._forget_expired(now)
        body = {"role": role.value, "member": member, "until": (now + lasts).isoformat()}
        self.records.put(INVITATION_KIND, tokens.kept(secret), body)
        return secret

    def first_operator(self) -> str | None:
        """An invitation for the first operator, in the place of earlier ones; ``None`` where there is an operator."""
        if any(one.role is Role.OPERATOR for one in self.all()):
            return None
        for key, body in self.records.list(INVITATION_KIND):
            if body["role"] == Role.OPERATOR.value:
                self.records.delete(INVITATION_KIND, key)
        return self.invite(Role.OPERATOR, lasts=timedelta(days=1))

    def invitation(self, secret: str) -> Role | None:
        """The role to which a secret invites; ``None`` where it does not, or no more."""
        body = self.records.get(INVITATION_KIND, tokens.kept(secret))
        return Role(body["role"]) if body is not None and self._lasts(body) else None

    def accept(self, secret: str, name: str, password: str) -> Account | Said:
        """Make the account to which a secret invites, once; or say why not."""
        key = tokens.kept(secret)
        body = self.records.get(INVITATION_KIND, key)
        if body is None or not self._lasts(body):
            return NO_INVITATION
        name = " ".join(name.split())
        # What is not seen in a name makes it another's to the eye; and a terminal may obey it.
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return NAME_MISSING
        if why := objection(password, name, *self._about):
            return why
        account = Account(name, Role(body["role"]), body["member"])
        if self.records.get(ACCOUNT_KIND, account.key) is not None:
            return NAME_TAKEN
        # The invitation goes first: two who follow it at once do not both become somebody.
        if not self.records.put_if(INVITATION_KIND, key, body, None):
            return NO_INVITATION
        if not self.records.put_if(ACCOUNT_KIND, account.key, None, self._body(account, password)):
            self.records.put(INVITATION_KIND, key, body)
            return NAME_TAKEN
        return account

    def recognise(self, name: str, password: str, address: str) -> Account | Said | Wait:
        """Whose name and password these are; or why nobody can be told. One at a time: guessing side by side gains nothing."""
        with self._lock:
            return self._recognise(name, password, address)

    def _recognise(self, name: str, password: str, address: str) -> Account | Said | Wait:
        now_s, key = self.clock.now().timestamp(), named(name)[:LONGEST_NAME]
        limits = {
            f"address {address}": ADDRESS,
            f"account {key} {address}": ACCOUNT_HERE,
            f"account {key}": ACCOUNT,
        }
        wait_s = max(self._limits.wait_s(one, patience, now_s) for one, patience in limits.items())
        if wait_s > 0:
            return Wait(int(wait_s) + 1)
        body = self.records.get(ACCOUNT_KIND, key)
        kept = None if body is None else str(body["hash"])
        if not self._passwords.fits(password[:1000], kept) or body is None:
            for one in limits:
                self._limits.missed(one, now_s)
            return WRONG
        self._limits.forget(f"account {key} {address}")
        account = _account(body)
        if self._passwords.outdated(str(body["hash"])):
            self.records.put_if(ACCOUNT_KIND, key, body, self._body(account, password))
        return account

    def change_password(self, account: Account, old: str, new: str, address: str) -> Said | Wait | None:
        """Take another password and sign out everywhere; or say why not."""
        match self.recognise(account.name, old, address):
            case Account():
                pass
            case refused:
                return refused
        if why := objection(new, account.name, *self._about):
            return why
        self.records.put(ACCOUNT_KIND, account.key, self._body(account, new))
        self.sign_out_everywhere(account)
        return None

    def remove(self, account: Account) -> None:
        """Forget an account and what it is signed in with."""
        self.records.delete(ACCOUNT_KIND, account.key)
        self.sign_out_everywhere(account)

    def sign_out_everywhere(self, account: Account) -> None:
        """End every session of an account."""
        for key, body in self.records.list(SESSION_KIND):
            if body["account"] == account.key:
                self.records.delete(SESSION_KIND, key)

    def _body(self, account: Account, password: str) -> dict[str, Any]:
        return {
            "name": account.name,
            "role": account.role.value,
            "member": account.member,
            "hash": self._passwords.hashed(password),
            "changed_at": self.clock.now().isoformat(),
        }

    def _lasts(self, body: Mapping[str, Any]) -> bool:
        return self.clock.now() < datetime.fromisoformat(body["until"])

    def _forget_expired(self, now: datetime) -> None:
        for key, body in self.records.list(INVITATION_KIND):
            if now >= datetime.fromisoformat(body["until"]):
                self.records.delete(INVITATION_KIND, key)


def _account(body: Mapping[str, Any]) -> Account:
    return Account(body["name"], Role(body["role"]), body["member"])
