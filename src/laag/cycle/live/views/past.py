"""Days that the state has forgotten, from the log's events alone; and whether they come out as they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from laag.cycle.live.codec import KINDS, from_event
from laag.cycle.live.digests import told_by
from laag.cycle.live.effects import Effect, Refused, RoundCleared
from laag.cycle.live.fold import apply, begin
from laag.cycle.live.messages_charter import MOTIONS, Activated
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import DaySettled, Live
from laag.cycle.live.views.period import Period, Whole, side_by_side, whole
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event
from laag.foundation.words import Said

_SAME = Said(
    "Opnieuw berekend uit alleen het logboek komt de {what} precies uit zoals toen is vastgelegd.",
    "Computed again from the log alone, the {what} comes out exactly as it was recorded then.",
)
_OTHERWISE = Said(
    "Opnieuw berekend uit het logboek komt de {what} anders uit dan toen is vastgelegd; laat dit uitzoeken.",
    "Computed again from the log, the {what} comes out otherwise than it was recorded then; have this looked into.",
)
_UNSAID = Said(
    "Het logboek legt van de {what} geen uitkomst vast om mee te vergelijken.",
    "The log records no result of the {what} to compare with.",
)
_WHAT = {
    "clearing": Said("markt van {day}", "market of {day}"),
    "round": Said("ronde van {at} op {day}", "round of {at} on {day}"),
    "postings": Said("verrekening van {day}", "settlement of {day}"),
}


@dataclass(frozen=True, slots=True)
class Again:
    """What the log recorded of a result, and what it comes to now."""

    day: str
    what: str
    """``clearing``, ``round`` or ``postings``."""
    recorded: str | None
    found: str
    ptu: int | None = None
    """Of a round."""
    at: str = ""
    """The wall's clock then."""

    @property
    def same(self) -> bool | None:
        """``None`` where nothing was recorded."""
        return None if self.recorded is None else self.recorded == self.found

    @property
    def said(self) -> Said:
        """In one sentence."""
        said = {True: _SAME, False: _OTHERWISE, None: _UNSAID}[self.same]
        what = _WHAT[self.what]
        return Said(
            said.nl.format(what=what.nl.format(day=self.day, at=self.at)),
            said.en.format(what=what.en.format(day=self.day, at=self.at)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Some days as the log has them."""

    state: Live
    """After the last of them: with that day, and those before it that a state keeps."""
    again: tuple[Again, ...]
    """The clearing, every round and every settlement of each day."""
    wholes: tuple[Whole, ...]
    """The settled ones, as they were last settled."""

    @property
    def period(self) -> Period | None:
        """Side by side; ``None`` where none was settled."""
        return side_by_side(self.state.neighbourhood, self.wholes)


def from_log(neighbourhood: Neighbourhood, events: Iterable[Event], first: date, last: date) -> Past:
    """The days from ``first`` to ``last``, however long ago.

    Only what bears on them is folded: who was a member, their orders, prices and readings, and the readings of a week
    before that estimates were taken from.
    """
    state, again, found = begin(neighbourhood), [], dict[date, Whole]()
    for event in bearing_on(events, first, last):
        state, effects = apply(state, from_event(event))
        again += _again(neighbourhood, event, effects)
        for effect in effects:
            if isinstance(effect, DaySettled) and (one := whole(state, effect.day)) is not None:
                found[effect.day] = one
    return Past(state, tuple(again), tuple(found[day] for day in sorted(found)))


_HOLDS = Activated.__name__.lower()
_CHARTERS = frozenset(kind for kind, one in KINDS.items() if one in MOTIONS)


def bearing_on(events: Iterable[Event], first: date, last: date) -> Iterator[Event]:
    """What of a log is needed to tell these days again."""
    week_before = (first - timedelta(days=7)).isoformat()
    begins, ends = first.isoformat(), last.isoformat()
    still = True
    for event in events:
        of_day = str(event.facts.get("day", ""))
        match event.kind:
            case "joined" | "changed" | "left":
                yield event
            case kind if kind in _CHARTERS:
                # What comes after a change that holds later than these days was said about another text.
                still = still and not (kind == _HOLDS and of_day > ends)
                if still:
                    yield event
            case "closed" if of_day <= ends:
                yield event
            case "metered" if week_before <= of_day <= ends:
                yield event
            case kind if kind in KINDS and begins <= of_day <= ends:
                yield event


def _again(place: Neighbourhood, event: Event, effects: tuple[Effect, ...]) -> list[Again]:
    for effect in effects:
        if isinstance(effect, Refused):
            raise BadInput(
                f"the log holds an event ({event.kind} {event.key}) that this version does not take "
                f"({effect.why.en}); run it again with the version that wrote it"
            )
    ptu, at = _round_of(place, effects)
    return [
        Again(str(event.facts["day"]), name, _recorded(event, name), str(found), ptu, at)
        for name, found in told_by(effects).items()
        if name in _WHAT
    ]


def _round_of(place: Neighbourhood, effects: tuple[Effect, ...]) -> tuple[int | None, str]:
    """Which quarter-hour a round was of, and what the clock said then."""
    for effect in effects:
        if isinstance(effect, RoundCleared):
            ptu = effect.round.ptu
            return ptu, f"{place.grid(effect.day)[ptu].astimezone(place.zone):%H:%M}"
    return None, ""


def _recorded(event: Event, name: str) -> str | None:
    value = event.facts.get(name)
    return None if value is None else str(value)
