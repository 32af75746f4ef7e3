"""What a day has to commit by what is known of it now: the same that was told when it happened, made again when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laag.cycle.commit.commit import Commit, key_of
from laag.cycle.commit.market import DAY_AHEAD, INTRADAY, of_closed, of_market, of_round, period_of_round
from laag.cycle.commit.settled import of_settled
from laag.cycle.live import Cleared, Live, RoundCleared


def keys_at(state: Live, day: date) -> tuple[str, ...]:
    """The keys of all that a day has to commit by now, in the order in which each needs the ones before.

    >>> from datetime import date
    >>> from laag.cycle.live import Neighbourhood
    >>> keys_at(Live(Neighbourhood.__new__(Neighbourhood)), date(2026, 11, 22))
    ()
    """
    known, period = state.day(day), day.isoformat()
    found = []
    if known.closed:
        found.append(key_of("book", DAY_AHEAD, period, 1))
    if known.is_cleared:
        found.append(key_of("clear", DAY_AHEAD, period, 1))
        for ptu, done in known.rounds.items():
            if len(done.orders):
                round_ = period_of_round(day, ptu)
                found += [key_of("book", INTRADAY, round_, 1), key_of("clear", INTRADAY, round_, 1)]
    for version in range(1, known.revision + 1):
        found += [key_of("meter", "", period, version), key_of("settle", "", period, version)]
    return tuple(found)


def at_hand(state: Live, day: date) -> Iterator[Commit]:
    """Those of them that can be made of the state alone: all but settlements that were corrected since."""
    known = state.day(day)
    if known.closed:
        yield of_closed(state, day)
    if known.market is not None:
        yield of_market(state, Cleared(day, known.market))
        for done in known.rounds.values():
            if len(done.orders):
                yield from of_round(state, RoundCleared(day, done))
    if known.settled is not None:
        yield from of_settled(state, known.settled)
