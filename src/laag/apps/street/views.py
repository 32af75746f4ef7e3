"""What is one member's own, cut out of the state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from laag.adapters.neighbourhood.wire import Positions, Standing
from laag.cycle.live import DaySettled, Live
from laag.foundation.ptu import PTU, PtuGrid
from laag.settlement.bands import kw_of


def positions_of(state: Live, member: str, start: datetime, count: int) -> Positions | None:
    """What was cleared for a member; ``None`` where nobody of that name is or was a member."""
    if member not in state.members:
        return None
    place = state.neighbourhood
    first = place.grid(place.first_day).start
    begin = first + (start - first) // PTU * PTU
    grid = PtuGrid(begin, count)
    wh: list[int | None] = [None] * count
    day = begin.astimezone(place.zone).date()
    while (of_day := place.grid(day)).start < grid.end:
        known = state.days.get(day)
        if known is not None and member in known.row_of and known.market is not None:
            row = known.row_of[member]
            at = grid.index(of_day.start)
            for ptu, cleared in enumerate(known.market.cleared_wh[row].tolist()):
                if 0 <= at + ptu < count:
                    wh[at + ptu] = cleared
        day += timedelta(days=1)
    return Positions(start=begin, wh=wh, band_kw=_band_kw(state, member, begin))


def _band_kw(state: Live, member: str, at: datetime) -> float | None:
    """What a member subscribes to, where connections are bands."""
    place = state.neighbourhood
    if not place.terms.policy.bands:
        return None
    return float(kw_of(state.members[member].on(at.astimezone(place.zone).date()).connection))


def standing_of(state: Live, member: str) -> Standing | None:
    """What was heard of a member; ``None`` where nobody of that name is or was one."""
    one = state.members.get(member)
    if one is None:
        return None
    newest = state.stands(member) or one.joined
    return Standing(
        member=member,
        first_day=one.joined.first_day,
        last_day=one.last_day,
        cable=newest.cable,
        connection=newest.connection,
        last_number=state.numbers.get(member, -1),
        heard={
            day: int(known.measured[member].sum())
            for day, known in sorted(state.days.items())
            if member in known.measured
        },
    )


def settled_of(state: Live, member: str, day: date) -> tuple[DaySettled, int] | None:
    """The newest settlement of a day, and the member's row in it."""
    known = state.days.get(day)
    if known is None or known.settled is None or member not in known.settled.accounts.members:
        return None
    return known.settled, known.settled.accounts.members.index(member)
