"""All that it takes to audit a day: its events, what its lines were salted with, its trees' leaves, and the ledger's record.

A home's secret is never in it, only its salts of that day's entries: they open nothing of another day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from laag.apps.audit.record import Reads, Record, keys_of, record_of
from laag.apps.street.ledger.kept import Secrets, Trees
from laag.cycle.live.views.past import bearing_on
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event, Records
from laag.ledger.lines import salt

WEEK = timedelta(days=7)
WHO = frozenset({"joined", "left", "amended"})
"""Events that tell whose lines there are."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Of one entry: its leaves as they were kept, and each home's salt."""

    leaves: tuple[bytes, ...] | None
    """``None`` where they were not kept."""
    salts: Mapping[str, bytes]
    """Without those whose secret was erased."""
    late: bool = False
    """Whether it is a book that was not on the ledger when the prices came."""


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """Events that are read anew each time: a day of two thousand homes is hundreds of thousands of them."""

    read: Callable[[], Iterator[Event]]

    def __iter__(self) -> Iterator[Event]:
        return self.read()


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """One day."""

    day: date
    opened: Event
    """How the log began."""
    events: Iterable[Event]
    """May be gone through again."""
    street: bytes
    """With what the street's own lines are salted and trees are filled up; nobody's."""
    trees: Mapping[str, Tree]
    record: Record


def of_day(events: Iterable[Event], day: date) -> Iterator[Event]:
    """What of a log bears on one day; of the week before only the day that stands in for silent homes."""
    for event in bearing_on(events, day, day):
        if event.kind != "metered" or event.facts["day"] in {day.isoformat(), (day - WEEK).isoformat()}:
            yield event


def homes_of(events: Iterable[Event], day: date) -> tuple[str, ...]:
    """Who took part, in the order in which they joined."""
    found: dict[str, None] = {}
    for event in events:
        if event.kind == "joined" and str(event.facts["first_day"]) <= day.isoformat():
            found[event.key] = None
        elif event.kind == "left" and str(event.facts["last_day"]) < day.isoformat():
            found.pop(event.key, None)
    return tuple(found)


def trees_of(
    events: Iterable[Event], day: date, records: Records, ledger: Reads
) -> Iterator[tuple[str, Tree]]:
    """What is kept of each entry of the day that is on the ledger."""
    found = [event for event in events if event.kind in WHO]
    homes = homes_of(found, day)
    amended = {event.key for event in found if event.kind == "amended"}
    secrets, trees = Secrets(records), Trees(records)
    own = {home: secret for home in homes if (secret := secrets.there(home)) is not None}
    for key in keys_of(ledger, day):
        kept = trees.get(key)
        # A round has lines of those alone who amended; salts for all would be most of what is sent.
        some = [home for home in own if "/intraday/" not in key or home in amended]
        salts = {home: salt(own[home], key) for home in some}
        yield key, Tree(None if kept is None else kept.leaves, salts, trees.late(key))


def bundle(events: Iterable[Event], day: date, records: Records, ledger: Reads) -> Bundle:
    """From a street's own log, records and ledger."""
    opened = next(iter(events), None)
    if opened is None:
        raise BadInput("the log is empty; give the configuration of a street that has lived")
    mine = Again(lambda: of_day(events, day))
    trees = dict(trees_of(mine, day, records, ledger))
    return Bundle(day, opened, mine, Secrets(records).street(), trees, record_of(ledger, day))
