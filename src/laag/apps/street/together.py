"""What the neighbourhood came to for all together, beside the same meters under other rules."""

from __future__ import annotations

from functools import cache
from threading import Lock

from laag.adapters import facts
from laag.cycle.live import Live
from laag.cycle.live.views import Rules, benefit, period
from laag.foundation.words import Said
from laag.settlement.policy import named

OTHERS = ("dynamic-2027", "netting-2026")
"""What a household would have without a market inside: a dynamic contract, and what netting was."""


@cache
def others() -> tuple[Rules, ...]:
    """The other rules, each with the figures of its own day."""
    policies = [named(name) for name in OTHERS]
    return tuple(Rules(one, facts.load(one.facts_day)) for one in policies)


class Together:
    """Counted anew only when a day was settled: a page is asked for more often than that."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] | None = None
        self._said: tuple[Said, ...] = ()
        self._counting = Lock()

    def said(self, state: Live) -> tuple[Said, ...]:
        """A sentence for each of the other rules, and last what is not counted; nothing before a day is settled."""
        settled = [day for day, one in sorted(state.days.items()) if one.is_settled]
        of = tuple((day, state.days[day].revision) for day in settled)
        with self._counting:
            if of != self._of:
                lived = period(state, settled[0], settled[-1]) if settled else None
                self._said = () if lived is None else benefit(lived, others()).together().said
                self._of = of
            return self._said
