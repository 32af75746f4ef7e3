"""What listeners are told when something is taken: what is public, and nothing of one home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from laag.apps.access import Role
from laag.apps.street.few import visible
from laag.apps.street.kept import Kept
from laag.apps.street.stream import Stream
from laag.apps.street.taking import Taken
from laag.cycle.live import (
    Asked,
    Cleared,
    Closed,
    DaySettled,
    Flexed,
    Imbalanced,
    Joined,
    Left,
    Limited,
    Live,
    Metered,
    Priced,
    RoundCleared,
)
from laag.cycle.live.messages_charter import (
    Activated,
    Counted,
    Feedback,
    Proposed,
    Shadowed,
    Voted,
    Withdrawn,
)
from laag.foundation.ports import Clock


class Teller:
    """Turns what was taken into messages of the stream."""

    def __init__(self, stream: Stream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._whole: tuple[date, int] | None = None

    def hears(self, kept: Kept, taken: Sequence[Taken]) -> None:
        """Tell what follows from these."""
        metered: set[date] = set()
        for one in taken:
            match one.message:
                case Closed(day=day):
                    self._say("closed", day)
                case Priced(day=day, source=source):
                    self._say("priced", day, what="day_ahead", source=source)
                case Imbalanced(day=day, source=source):
                    self._say("priced", day, what="imbalance", source=source)
                case Joined() | Left():
                    self._stream.say("members", {"members": len(kept.live.members)})
                case Asked(day=day):
                    self._say("asked", day)
                case Flexed(day=day):
                    self._say("flexed", day)
                case Limited(day=day):
                    self._say("limited", day)
                case Metered(day=day):
                    metered.add(day)
                case Feedback() | Proposed() | Shadowed() | Voted() | Withdrawn() | Counted() | Activated():
                    self._stream.say("charter", {})
            for effect in one.effects:
                match effect:
                    case Cleared(day=day):
                        self._say("cleared", day)
                    case RoundCleared(day=day, round=done):
                        self._say("round", day, ptu=done.ptu)
                    case DaySettled(day=day, revision=revision):
                        self._say("settled", day, revision=revision)
        for day in sorted(metered):
            self._quarter(kept.live, day)

    def _quarter(self, state: Live, day: date) -> None:
        """Once all meters have spoken of another quarter-hour."""
        known = state.day(day)
        if not known.members or len(known.measured) < len(known.members):
            return
        now = state.neighbourhood.grid(day).index(self._clock.now())
        last = (day, min(now, len(state.neighbourhood.grid(day))) - 1)
        if last[1] < 0 or (self._whole is not None and self._whole >= last):
            return
        if all(flags[last[1]] for flags in known.measured.values()):
            self._whole = last
            street_wh = sum(int(wh[last[1]]) for wh in known.metered.values())
            about = {"day": day.isoformat(), "ptu": last[1]}
            data = state.charter_on(day).data
            everybody = visible("street.gateway", len(known.members), Role.ANYBODY, data)
            public = None if everybody else about
            self._stream.say("quarter", {**about, "street_wh": street_wh}, public)

    def _say(self, kind: str, day: date, **more: str | int) -> None:
        self._stream.say(kind, {"day": day.isoformat(), **more})
