"""What this household lets its data be used for: asked once, as easy to refuse as to give, and taken back at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.leaving import unasked
from laag.foundation.consent import ASKED, LONGEST_DAYS, scope
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput

CONSENTS = "consents"
"""By purpose; ``None`` is a no. What is not there was not asked yet."""


@dataclass(frozen=True, slots=True)
class Yes:
    """To a purpose, from a day on, up to and with another."""

    purpose: Purpose
    day: date
    until: date
    scope: str


class Consents:
    """In the home's own store; ``today`` is by its own clock."""

    def __init__(self, store: HomeStore, today: Callable[[], date]) -> None:
        self._store, self._today = store, today

    def may(self, purpose: Purpose) -> bool:
        """Whether something may leave for this now."""
        return unasked(purpose) or self.held(purpose) is not None

    def held(self, purpose: Purpose) -> Yes | None:
        """A yes that holds today, to what the register says today."""
        yes = self.said(purpose)
        if yes is None or not yes.day <= self._today() <= yes.until:
            return None
        return yes if yes.scope == scope(purpose) else None

    def said(self, purpose: Purpose) -> Yes | None:
        """The last yes that was not taken back, also where it has ended."""
        kept = self._all().get(purpose.value)
        if kept is None:
            return None
        return Yes(
            purpose, date.fromisoformat(kept["day"]), date.fromisoformat(kept["until"]), str(kept["scope"])
        )

    def asked(self, purpose: Purpose) -> bool:
        """Whether the household said anything yet, be it no."""
        return purpose.value in self._all()

    def give(self, purpose: Purpose, days: int = LONGEST_DAYS) -> Yes:
        """From today on, for so many days."""
        if purpose not in ASKED or not 1 <= days <= LONGEST_DAYS:
            raise BadInput(
                f"a yes is to one of {', '.join(ASKED)}, for 1 to {LONGEST_DAYS} days, not to {purpose.value!r} for {days}"
            )
        today = self._today()
        yes = Yes(purpose, today, today + timedelta(days=days), scope(purpose))
        self._keep(purpose, {"day": yes.day.isoformat(), "until": yes.until.isoformat(), "scope": yes.scope})
        return yes

    def refuse(self, purpose: Purpose) -> None:
        """No, or no more: from this moment on nothing leaves for it."""
        self._keep(purpose, None)

    def _all(self) -> dict[str, Any]:
        return dict(self._store.kept(CONSENTS) or {})

    def _keep(self, purpose: Purpose, what: dict[str, str] | None) -> None:
        self._store.keep(CONSENTS, {**self._all(), purpose.value: what})
