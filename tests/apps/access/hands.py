"""A clock that is moved by hand, and passwords that are quick to hash."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from laag.apps.access import Passwords

QUICK = Passwords(passes=1, memory_kib=64)


@dataclass
class Hands:
    at: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)
    speed: float = 1.0

    def now(self):
        return self.at

    async def until(self, at):
        self.at = max(self.at, at)

    def on(self, **by):
        self.at += timedelta(**by)
