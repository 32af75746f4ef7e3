"""What is made of each thing that the meter says: counts, finished quarter-hours, and what is worth telling."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from laag.adapters.dsmr import (
    Accepted,
    Kind,
    Notice,
    Quarter,
    Quarters,
    Reading,
    SetAside,
    Verdict,
    Watch,
    Why,
    registers_at,
)
from laag.apps.meter import sentences
from laag.apps.meter.tally import Tally
from laag.foundation.words import Said

_KEPT = 4
_PTU = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in one sentence; ``times`` in a row."""

    at: datetime
    about: str
    said: Said
    why: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """A quarter-hour, and what the registers said at its end."""

    quarter: Quarter
    import_wh: int
    export_wh: int | None

    @property
    def end(self) -> datetime:
        """When it was over."""
        return self.quarter.start + _PTU


class Hearing:
    """All that the page shows; nothing of it outlives the command."""

    def __init__(self) -> None:
        self.tally: Tally | None = None
        self.finished: Finished | None = None
        self.quarters = self.estimated = self.unsure_wh = self.set_aside = self.left = 0
        self.notices: deque[Told] = deque(maxlen=_KEPT)
        self.heard = 0
        self._watch, self._counted = Watch(), Quarters()

    def hear(self, event: Reading | Notice, now: datetime) -> list[Told | Finished]:
        """What follows from this event."""
        if isinstance(event, Notice):
            if event.kind is Kind.LEFT:
                self.left += 1
            verdict = event.because if isinstance(event.because, Verdict) else None
            return [self._tell(now, event.kind.name.lower(), sentences.notice(event), verdict)]
        self.heard += 1
        self._watch, outcome = self._watch.see(event)
        match outcome:
            case SetAside(reading=reading, why=why):
                self.set_aside += 1
                return [self._tell(reading.at, "set_aside", sentences.set_aside(why), why)]
            case Accepted():
                return self._accepted(outcome, event)
            case _:
                return []

    def _accepted(self, now: Accepted, said: Reading) -> list[Told | Finished]:
        before = self.tally.last if self.tally else None
        self.tally = self.tally.after(now) if self.tally else Tally.begun(now)
        told: list[Told | Finished] = []
        at = now.reading.at
        if before and before.era != now.era:
            told.append(self._tell(at, "anew", sentences.ANEW))
        # Without a CRC it is the reading before this one that is accepted here, and only that one's gas counts.
        heard = said if said.checked else now.reading
        told += [
            self._tell(at, "other_meter", sentences.other(other.kind))
            for other in heard.others
            if other not in now.reading.others
        ]
        quarters = self._counted.add(now)
        return [*told, *(self._finish(quarter, before, now) for quarter in quarters)]

    def _finish(self, quarter: Quarter, before: Accepted | None, now: Accepted) -> Finished:
        end = registers_at(before.reading if before else now.reading, now.reading, quarter.start + _PTU)
        self.finished = Finished(quarter, *end)
        self.quarters += 1
        self.estimated += quarter.estimated
        self.unsure_wh = max(self.unsure_wh, quarter.unsure_wh)
        return self.finished

    def _tell(self, at: datetime, about: str, said: Said, why: Verdict | Why | None = None) -> Told:
        times = 1
        if self.notices and self.notices[-1].said == said:
            times += self.notices.pop().times
        told = Told(at.astimezone(UTC), about, said, why.name.lower() if why else None, times)
        self.notices.append(told)
        return told
