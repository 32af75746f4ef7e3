"""Which meters are silent, and how far what was agreed lay from what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from laag.cycle.live.fold import KEPT_DAYS
from laag.cycle.live.state import Live
from laag.cycle.live.views.flows import meters, told
from laag.foundation.contracts import Ints
from laag.foundation.words import Said, clock
from laag.settlement.words import filled

LATE = timedelta(minutes=30)
"""A quarter-hour may be so long over before a meter that has not told it is called silent."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A member's meter that has not told some quarter-hours of a day."""

    member: str
    day: date
    stretches: tuple[tuple[int, int], ...]
    """From and up to, not including, counted from local midnight."""
    settled: bool
    """Whether the day was settled with estimates for them."""

    @property
    def quarters(self) -> int:
        """How many quarter-hours."""
        return sum(end - start for start, end in self.stretches)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What the street agreed on the market beside what it did, over the quarter-hours that every meter told."""

    agreed_wh: Ints
    metered_wh: Ints
    ptu: Ints
    """Which quarter-hours these are."""

    @property
    def mean_error_wh(self) -> float:
        """Of the street in a quarter-hour, whichever way; ``nan`` where none is known."""
        return float(np.abs(self.metered_wh - self.agreed_wh).mean()) if len(self.ptu) else float("nan")

    @property
    def bias_wh(self) -> float:
        """Taken more (+) or less (-) than agreed in a quarter-hour on average."""
        return float((self.metered_wh - self.agreed_wh).mean()) if len(self.ptu) else float("nan")

    @property
    def error_percent(self) -> int | None:
        """All errors beside all that flowed; ``None`` where nothing did."""
        flowed = int(np.abs(self.metered_wh).sum())
        return round(100 * int(np.abs(self.metered_wh - self.agreed_wh).sum()) / flowed) if flowed else None

    @property
    def said(self) -> Said:
        """In one sentence."""
        if self.error_percent is None:
            return Said("Er is nog niets gemeten.", "Nothing has been measured yet.")
        return filled(
            Said(
                "De straat week over {count} kwartieren samen {error_percent} af van wat was afgesproken.",
                "Over {count} quarter-hours the street departed {error_percent} from what was agreed.",
            ),
            {"count": len(self.ptu), "error_percent": self.error_percent},
        )


def missing(state: Live, now: datetime, late: timedelta = LATE) -> tuple[Silence, ...]:
    """Every meter that is behind at ``now``; the newest day first, then by name."""
    place = state.neighbourhood
    today = (now - late).astimezone(place.zone).date()
    oldest = max(place.first_day, today - timedelta(days=KEPT_DAYS))
    return tuple(
        one
        for back in range((today - oldest).days + 1)
        for one in _silent_on(state, today - timedelta(days=back), now - late)
    )


def _silent_on(state: Live, day: date, upto: datetime) -> list[Silence]:
    over = min(max(state.neighbourhood.grid(day).index(upto), 0), len(state.neighbourhood.grid(day)))
    there, settled = told(state, day), state.day(day).is_settled
    found = [
        Silence(one.member, day, _stretches(np.flatnonzero(~there.heard[row, :over])), settled)
        for row, one in enumerate(there.members)
        if not there.heard[row, :over].all()
    ]
    return sorted(found, key=lambda one: one.member.encode())


def _stretches(ptus: Ints) -> tuple[tuple[int, int], ...]:
    """Runs of quarter-hours after each other.

    >>> _stretches(np.array([3, 4, 5, 9]))
    ((3, 6), (9, 10))
    """
    cuts = np.flatnonzero(np.diff(ptus) > 1) + 1
    return tuple((int(run[0]), int(run[-1]) + 1) for run in np.split(ptus, cuts) if len(run))


def expected_against_actual(state: Live, day: date) -> Kept | None:
    """How the street kept to what was agreed for a day, as far as it was measured; ``None`` where nothing was cleared."""
    market = state.day(day).market
    if market is None:
        return None
    there = meters(state, day)
    ptu = np.flatnonzero(there.heard.all(axis=0))
    return Kept(market.cleared_wh.sum(axis=0)[ptu], there.wh.sum(axis=0)[ptu], ptu)


def said_of(one: Silence, quarter: Ints) -> Said:
    """For who keeps the meters; ``quarter`` is the wall's clock of the day's quarter-hours."""
    first, last = one.stretches[0][0], one.stretches[-1][1] - 1
    times = {
        "from": clock(int(quarter[first])),
        "to": clock(int(quarter[last]) + 1),
        "day": str(one.day),
    }
    return filled(
        Said(
            "{member} zwijgt op {day} tussen {from} en {to}: {count} kwartieren.",
            "{member} is silent on {day} between {from} and {to}: {count} quarter-hours.",
        ),
        {"member": one.member, "count": one.quarters, **times},
    )
