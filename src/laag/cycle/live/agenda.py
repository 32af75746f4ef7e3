"""What the clock has to say: which gates close and which days are settled by now, and when to look again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from laag.cycle.live.agreeing import clock_says, next_days
from laag.cycle.live.charters import coming, first_open, over
from laag.cycle.live.messages import Closed, RoundClosed, Settle
from laag.cycle.live.messages_agreements import Ruled, Weighed
from laag.cycle.live.messages_charter import Activated, Counted
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Live

Says = Closed | RoundClosed | Settle | Counted | Activated | Weighed | Ruled
"""What the clock says."""
GATE = time(12)
"""On the wall, the day before delivery: an hour before the nation's prices are made known."""
READINGS_WITHIN = timedelta(hours=2)
"""After the end of a day meters have this long to say what they still know of it; what comes later is a correction."""


def gate(neighbourhood: Neighbourhood, day: date) -> datetime:
    """When the gate of a day closes.

    >>> from laag.apps.wiring import Options, terms_of
    >>> street = Neighbourhood("Kade", terms_of(Options()), date(2026, 3, 28))
    >>> gate(street, date(2026, 3, 29)).isoformat(), gate(street, date(2026, 3, 30)).isoformat()
    ('2026-03-28T11:00:00+00:00', '2026-03-29T10:00:00+00:00')
    """
    eve = day - timedelta(days=1)
    return datetime.combine(eve, GATE, neighbourhood.zone).astimezone(UTC)


def settled_at(neighbourhood: Neighbourhood, day: date) -> datetime:
    """When a day is first settled, if its prices are known by then."""
    return neighbourhood.grid(day).end + READINGS_WITHIN


def round_gate(neighbourhood: Neighbourhood, day: date, ptu: int) -> datetime:
    """Until when a quarter-hour, counted from local midnight, may be amended."""
    return neighbourhood.grid(day)[ptu] - neighbourhood.rounds_close


def due(state: Live, now: datetime) -> tuple[Says, ...]:
    """What has to be said by ``now``, in the order of its time; nothing that was said already.

    After a stop of days, all gates since are closed in their order, and every day that can be is settled. A round whose
    quarter-hour has begun by then comes too late for the outside. With the first settlement of a day go the corrections
    of earlier ones: once a day, whatever came late.
    """
    place = state.neighbourhood
    # A charter holds from a day whose gate is open, so it is said before that gate closes.
    gates: list[tuple[datetime, Says]] = [
        (gate(place, day - timedelta(days=1)), Activated(name, day)) for name, day in coming(state)
    ]
    day = first_open(state)
    while (at := gate(place, day)) <= now:
        gates.append((at, Closed(day)))
        day += timedelta(days=1)
    settles = [
        (settled_at(place, one), Settle(one))
        for one, known in state.days.items()
        if known.is_cleared and known.imbalance_ticks is not None and not known.is_settled
    ]
    rounds = [
        (at, RoundClosed(day, ptu, in_time=now < place.grid(day)[ptu])) for at, day, ptu in _rounds(state)
    ]
    if past := [at for at, _ in settles if at <= now]:
        settles += [(max(past), Settle(one)) for one, known in state.days.items() if known.late]
    # A vote is counted on the day on which somebody looks, so that who voted has the notice that was agreed.
    today = now.astimezone(place.zone).date()
    counts = [(now, Counted(name, today)) for name, ends in over(state) if ends <= today]
    agreed = [(now, message) for message in clock_says(state, today)]
    ready = [(at, message) for at, message in (*gates, *rounds, *settles, *counts, *agreed) if at <= now]
    return tuple(message for _, message in sorted(ready, key=lambda one: (one[0], one[1].day)))


def next_at(state: Live, now: datetime) -> datetime:
    """When the clock has something to say again, if nobody else speaks before."""
    place = state.neighbourhood
    later = [gate(place, first_open(state))]
    later += [settled_at(place, day) for day, known in state.days.items() if not known.is_settled]
    later += [at for at, _, _ in _rounds(state)]
    later += [datetime.combine(ends, time(), place.zone).astimezone(UTC) for _, ends in over(state)]
    later += [datetime.combine(day, time(), place.zone).astimezone(UTC) for day in next_days(state)]
    later += [gate(place, day - timedelta(days=1)) for _, day in coming(state)]
    return min((at for at in later if at > now), default=now + timedelta(days=1))


def _rounds(state: Live) -> list[tuple[datetime, date, int]]:
    """Until when everything may be amended that somebody amended; a day that is settled has no more rounds."""
    return [
        (round_gate(state.neighbourhood, day, ptu), day, ptu)
        for day, known in state.days.items()
        if known.amended and not known.is_settled
        for ptu in state.waiting_rounds(day)
    ]
