"""What a day has to commit by what is known of it now: the same that was told when it happened, made again when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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


def at_hand(state: Live, day: date, keys: Collection[str]) -> Iterator[Commit]:
    """Those of these keys that can be made of the state alone: all but settlements that were corrected since."""
    known, settled = state.day(day), state.day(day).settled
    period = day.isoformat()
    if known.closed and key_of("book", DAY_AHEAD, period, 1) in keys:
        yield of_closed(state, day)
    if known.market is not None and key_of("clear", DAY_AHEAD, period, 1) in keys:
        yield of_market(state, Cleared(day, known.market))
    for ptu, done in known.rounds.items():
        round_ = period_of_round(day, ptu)
        mine = {key_of(kind, INTRADAY, round_, 1) for kind in ("book", "clear")}.intersection(keys)
        if mine and len(done.orders):
            yield from (one for one in of_round(state, RoundCleared(day, done)) if one.key in mine)
    if settled is not None:
        newest = {key_of(kind, "", period, settled.revision) for kind in ("meter", "settle")}.intersection(
            keys
        )
        yield from (one for one in (of_settled(state, settled) if newest else ()) if one.key in newest)
