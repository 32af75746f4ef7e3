"""All that a server knows of its neighbourhood: the state, who signs with which key, and what was refused of late.

It is what the fold of the log's events gives, so that a server that was killed is the same server again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from laag.cycle.bulletin import LocalPrices
from laag.cycle.live import Cleared, Effect, Joined, Live, Message, Refused, apply, from_event, told_by
from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event, Scalar
from laag.foundation.words import Said

OPENED, REFUSED = "opened", "refused"
REFUSALS_KEPT = 500
"""The latest; all of them are in the log."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message that was not taken."""

    member: str
    """As the message said it, which nobody need have signed."""
    day: str
    number: int
    why: Said
    at: str
    signed: bool = False
    """Whether the member itself said it."""

    def event(self) -> Event:
        """As the log keeps it."""
        facts: dict[str, Scalar] = {
            "member": self.member,
            "day": self.day,
            "number": self.number,
            "nl": self.why.nl,
            "en": self.why.en,
            "at": self.at,
            "signed": self.signed,
        }
        return Event(REFUSED, self.member, facts, {})


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A neighbourhood after some events."""

    live: Live
    keys: Mapping[str, str] = field(default_factory=dict)
    """Each member's public key."""
    local: LocalPrices = field(default_factory=LocalPrices.unknown)
    refused: tuple[Refusal, ...] = ()
    refused_count: int = 0
    events: int = 0

    def with_refusal(self, one: Refusal) -> Kept:
        """One more, the oldest forgotten."""
        latest = (*self.refused, one)[-REFUSALS_KEPT:]
        return replace(self, refused=latest, refused_count=self.refused_count + 1, events=self.events + 1)

    def refusal(self, member: str, number: int) -> Said | None:
        """Why what a member said under this number was not taken; ``None`` where it was, or where it is long ago."""
        found = (one for one in reversed(self.refused) if one.signed)
        return next((one.why for one in found if (one.member, one.number) == (member, number)), None)

    def after_note(self) -> Kept:
        """With an event that changes nothing."""
        return replace(self, events=self.events + 1)

    def after(self, message: Message, state: Live, effects: tuple[Effect, ...], key: str | None) -> Kept:
        """With a message that was taken."""
        keys, local = self.keys, self.local
        if isinstance(message, Joined) and key is not None:
            keys = {**keys, message.member: key}
        for effect in effects:
            if isinstance(effect, Cleared):
                local = local.learn(effect.market, _quarters(state, effect.day))
        return Kept(state, keys, local, self.refused, self.refused_count, self.events + 1)


def followed(kept: Kept, event: Event) -> Kept:
    """The same after an event of the log; raises ``BadInput`` where it comes out otherwise than the log says."""
    facts = event.facts
    match event.kind:
        case "opened" | "looked":
            return kept.after_note()
        case "refused":
            why = Said(str(facts["nl"]), str(facts["en"]))
            number = int(str(facts["number"]))
            signed = facts.get("signed") is True
            return kept.with_refusal(
                Refusal(str(facts["member"]), str(facts["day"]), number, why, str(facts["at"]), signed)
            )
    message = from_event(event)
    state, effects = apply(kept.live, message)
    for effect in effects:
        if isinstance(effect, Refused):
            raise BadInput(
                f"the log holds an event ({event.kind} {event.key}) that this version does not take "
                f"({effect.why.en}); go on with the version that wrote it"
            )
    for name, value in told_by(effects).items():
        if facts.get(name, value) != value:
            raise BadInput(
                f"the log's {event.kind} {event.key} gives another {name} than when it was written; "
                "go on with the version that wrote it, and report this"
            )
    key = facts.get("public_key")
    return kept.after(message, state, effects, None if key is None else str(key))


def _quarters(state: Live, day: date) -> Ints:
    place = state.neighbourhood
    return place.grid(day).quarter_of_day(place.zone)
