"""Somebody whom the household lets look along: until when, at what, and each time that they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from laag.apps.access import Accounts, Role
from laag.apps.access.accounts import INVITATION_KIND
from laag.foundation.errors import BadInput
from laag.foundation.words import Said

GRANT, LOOK = "coach", "coach_look"
_ONE: Final = "now"
INVITATION_LASTS: Final = timedelta(days=3)
LENGTHS_DAYS: Final = (7, 30, 90)
_LOOKS_KEPT: Final = 200


class Part(StrEnum):
    """What can be let see, each on its own."""

    SCAN = "scan"
    DAYS = "days"
    QUARTERS = "quarters"
    DWELLING = "dwelling"


PARTS: Mapping[Part, Said] = MappingProxyType(
    {
        Part.SCAN: Said("het advies uit je meter", "the advice from your meter"),
        Part.DAYS: Said("stroom en gas per dag, vier weken", "electricity and gas by day, four weeks"),
        Part.QUARTERS: Said(
            "gisteren per kwartier: daaraan is te zien wanneer je thuis bent",
            "yesterday by quarter-hour: it shows when you are at home",
        ),
        Part.DWELLING: Said("wat je over je huis invulde", "what you said of your home"),
    }
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What the household allowed."""

    until: datetime
    sees: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class CoachLook:
    """Once."""

    at: datetime
    name: str
    sees: tuple[Part, ...]


class Coaching:
    """One coach at a time. Its times are the wall's, as those of accounts."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts, self._records = accounts, accounts.records

    def grant(self) -> Grant | None:
        """What is allowed now; what is over is ended here, with the account that went with it."""
        body = self._records.get(GRANT, _ONE)
        if body is None:
            return None
        grant = Grant(datetime.fromisoformat(body["until"]), tuple(Part(one) for one in body["sees"]))
        if self._accounts.clock.now() < grant.until:
            return grant
        self.end()
        return None

    def invite(self, sees: tuple[Part, ...], days: int) -> str:
        """A secret with which a coach makes an account, once; ``BadInput`` where there is a coach, or nothing to see."""
        if self.grant() is not None:
            raise BadInput("there is a coach already; end that first")
        if not sees or days not in LENGTHS_DAYS:
            raise BadInput(
                f"a coach who sees nothing, or for {days} days, cannot be; choose something and {LENGTHS_DAYS}"
            )
        self.end()
        until = self._accounts.clock.now() + timedelta(days=days)
        self._records.put(
            GRANT, _ONE, {"until": until.isoformat(), "sees": [one.value for one in sorted(sees)]}
        )
        return self._accounts.invite(Role.COACH, lasts=min(INVITATION_LASTS, timedelta(days=days)))

    def end(self) -> None:
        """At once: the account, what it is signed in with, and a link that was not used yet."""
        for account in self._accounts.all():
            if account.role is Role.COACH:
                self._accounts.remove(account)
        for key, body in self._records.list(INVITATION_KIND):
            if body["role"] == Role.COACH.value:
                self._records.delete(INVITATION_KIND, key)
        self._records.delete(GRANT, _ONE)

    def looked(self, name: str, sees: tuple[Part, ...]) -> None:
        """Write a look down before anything is shown; the oldest make room."""
        at = self._accounts.clock.now()
        body = {"at": at.isoformat(), "name": name, "sees": [one.value for one in sees]}
        kept = self._records.list(LOOK)
        number = int(kept[-1][0]) + 1 if kept else 0
        self._records.put(LOOK, f"{number:09d}", body)
        for key, _ in kept[: max(len(kept) + 1 - _LOOKS_KEPT, 0)]:
            self._records.delete(LOOK, key)

    def looks(self) -> list[CoachLook]:
        """The newest first; they stay after a coach has gone."""
        return [
            CoachLook(
                datetime.fromisoformat(one["at"]), one["name"], tuple(Part(part) for part in one["sees"])
            )
            for _, one in reversed(self._records.list(LOOK))
        ]
