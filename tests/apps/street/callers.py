"""Everybody who can stand before a door: nobody, people in a browser, machines with a key, and homes that sign."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from tests.apps.street.paged_street import KEYS
from tests.apps.web.asking import Asking

from laag.adapters.neighbourhood.signing import call_bytes
from laag.apps.access import Role
from laag.apps.access.sessions import HEADER
from laag.apps.access.tokens import form_token

PEOPLE = (Role.RESIDENT, Role.OPERATOR, Role.GRID, Role.REGULATOR, Role.RESEARCHER, Role.COMPANY)
OWN = {Role.RESIDENT, Role.HOME}
"""Whose caller has something of its own."""


@dataclass(frozen=True)
class Who:
    """A role, and how it is known."""

    role: Role
    by: str

    def __str__(self) -> str:
        return f"{self.role.value} {self.by}".strip()


ANYBODY = Who(Role.ANYBODY, "")
SIGNED = Who(Role.HOME, "by signature")
EVERYBODY = (
    ANYBODY,
    *(Who(role, "in a browser") for role in PEOPLE),
    *(Who(role, "by key") for role in (*PEOPLE, Role.HOME)),
    SIGNED,
)


class Calling:
    """Somebody who calls a street's server: as what they are, in every call."""

    def __init__(self, made, who, member) -> None:
        self.who, self.member = who, member
        headers, self._more = {"accept": "*/*"}, {}
        if who.by == "by key":
            secret = made.site.keys.make("machine", who.role, member if who.role in OWN else None)
            headers["authorization"] = f"Bearer {secret}"
        if who.by == "in a browser":
            self._asking = made.ask(who.role, member=member if who.role in OWN else None)
            self._asking.headers["accept"] = "*/*"
            self._more = {HEADER: form_token(self._asking.cookies["laag_session"])}
        else:
            self._asking = Asking(made.app, headers, runner=made.runner)

    def request(self, method, path, *, headers=None, **sent):
        """One call; with what makes a form ours, or with a signature under all of it."""
        call = self._asking.build(method, path, headers={**self._more, **(headers or {})}, **sent)
        if self.who.by == "by signature":
            call.headers.update(signed(self.member, call))
        return self._asking.send(call)


def signed(member, call, key=None, at=None):
    """The headers with which a home signs a call."""
    at = at or datetime.now(UTC)
    path, _, query = call.url.raw_path.decode().partition("?")
    target = unquote(path) + (f"?{query}" if query else "")
    signature = (key or KEYS[member]).sign(call_bytes(call.method, target, member, at, call.content))
    return {"Laag-Member": member, "Laag-At": at.isoformat(timespec="seconds"), "Laag-Signature": signature}
