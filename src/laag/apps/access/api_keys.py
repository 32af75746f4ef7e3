"""Keys for machines: shown once, kept hashed, withdrawn at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from laag.apps.access import tokens
from laag.apps.access.doors import Knows
from laag.apps.access.roles import Caller, Role
from laag.foundation.ports import Clock, Records

KIND = "api_key"
_SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key, except the key."""

    id: str
    name: str
    role: Role
    member: str | None
    made_at: datetime
    used_at: datetime | None


class ApiKeys:
    """All keys of a place."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def make(self, name: str, role: Role, member: str | None = None) -> str:
        """A new key; this is the only time that it is shown."""
        secret = f"laag_{tokens.new()}"
        body = {
            "name": name,
            "role": role.value,
            "member": member,
            "made_at": self._clock.now().isoformat(),
            "used_at": None,
        }
        self._records.put(KIND, tokens.kept(secret), body)
        return secret

    def all(self) -> list[ApiKey]:
        """Every key, the newest first."""
        found = [
            ApiKey(
                key[:12],
                body["name"],
                Role(body["role"]),
                body["member"],
                datetime.fromisoformat(body["made_at"]),
                datetime.fromisoformat(body["used_at"]) if body["used_at"] else None,
            )
            for key, body in self._records.list(KIND)
        ]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def withdraw(self, id_: str) -> bool:
        """From now on this key opens nothing."""
        for key, _ in self._records.list(KIND):
            if key[:12] == id_:
                return self._records.delete(KIND, key)
        return False

    def caller(self, secret: str) -> Caller | None:
        """Whose key this is."""
        key, now = tokens.kept(secret), self._clock.now()
        body = self._records.get(KIND, key)
        if body is None:
            return None
        used = body["used_at"]
        if used is None or now - datetime.fromisoformat(used) > _SEEN_EVERY:
            self._records.put_if(KIND, key, body, {**body, "used_at": now.isoformat()})
        return Caller(Role(body["role"]), body["name"], body["member"], machine=True)

    def knows(self) -> Knows:
        """The way in which machines are recognised: ``Authorization: Bearer laag_…``."""

        async def by_key(request: Request) -> Caller | None:
            scheme, _, secret = request.headers.get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not secret.startswith("laag_"):
                return None
            return await run_in_threadpool(self.caller, secret.strip())

        return by_key
