"""What a day had to be committed of it, told again from the log's events alone: for an audit, and after a fall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from laag.cycle.commit.commit import Commit
from laag.cycle.commit.following import following
from laag.cycle.live import Effect, Neighbourhood, Refused, apply, begin, from_event
from laag.cycle.live.views.past import bearing_on
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One event again, what came of it, and what is to be committed of the day after it."""

    event: Event
    effects: tuple[Effect, ...]
    commits: tuple[Commit, ...]

    @property
    def refused(self) -> Refused | None:
        """Why the rules do not take it; a log that nobody altered holds no such event."""
        return next((one for one in self.effects if isinstance(one, Refused)), None)


def retelling(neighbourhood: Neighbourhood, events: Iterable[Event], day: date) -> Iterator[Told]:
    """A day event by event; only what bears on it is folded, so that the whole log may be given."""
    state, of_day = begin(neighbourhood), day.isoformat()
    for event in bearing_on(events, day, day):
        message = from_event(event)
        state, effects = apply(state, message)
        taken = not any(isinstance(one, Refused) for one in effects)
        mine = taken and event.facts.get("day") == of_day
        yield Told(event, effects, tuple(following(state, message, effects)) if mine else ())


def retold(neighbourhood: Neighbourhood, events: Iterable[Event], day: date) -> list[Commit]:
    """All commitments of a day in their order, with every version of its readings and its settlement."""
    found: list[Commit] = []
    for told in retelling(neighbourhood, events, day):
        if (no := told.refused) is not None:
            raise BadInput(
                f"the log holds an event ({told.event.kind} {told.event.key}) that this version does not take "
                f"({no.why.en}); run it again with the version that wrote it"
            )
        found += told.commits
    return found
