"""A meter that repeats itself, falls back, leaps, or is another one: what it then says is not passed on as energy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from laag.adapters.dsmr.reading import OtherMeter, Reading
from laag.adapters.p1.registers import LARGEST_KW
from laag.foundation.findings import Finding

_LAG_S = 15
"""A register may be this much behind the clock beside it: some meters count in steps of ten seconds."""
_AGREEING = 3
"""So many readings in a row that go on from one another are a new beginning: a meter reset, replaced or set right."""
_MOST_PER_HOUR = {"dm3": 100_000, "MJ": 4_000}
"""More gas, water or heat than a home's pipes carry in an hour."""


class Why(Enum):
    """Why a reading was set aside."""

    REPEATED = "says the same as the one before"
    LATE = "is older than one that was accepted"
    CLOCK_BACK = "has a clock that went back while its registers went on"
    BACK = "has a register that runs backwards (reset or replaced)"
    LEAP = "has a register that rises faster than a connection carries"
    OTHER_METER = "is of another meter"
    NO_REGISTER = "has no register that can be read"
    UNCONFIRMED = "has no CRC, and the one after it does not go on from it"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reading to count with; energy may be counted between readings of one ``era`` only."""

    reading: Reading
    era: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A reading that nothing is counted with."""

    reading: Reading
    why: Why

    @property
    def finding(self) -> Finding:
        """For the operator: when, and what was the matter."""
        return Finding("smart meter", f"{self.reading.at:%Y-%m-%dT%H:%M:%SZ}", f"a reading {self.why.value}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reading without a CRC: it counts when the next one goes on from it."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Watch:
    """What must be remembered to judge the next reading; ``see`` gives the next ``Watch`` and changes nothing."""

    largest_kw: float = LARGEST_KW
    last: Reading | None = None
    era: int = 0
    odd: tuple[Reading, ...] = ()
    held: Reading | None = None
    others: dict[tuple[int, str | None], OtherMeter] = field(default_factory=dict)

    def see(self, reading: Reading) -> tuple[Watch, Accepted | SetAside | Waiting]:
        """Judge this reading, or with meters that have no CRC the one before it."""
        if reading.import_wh is None:
            return self, SetAside(reading, Why.NO_REGISTER)
        if reading.checked:
            return self._judged(reading, None)
        held, waiting = self.held, replace(self, held=reading)
        if held is None:
            return waiting, Waiting(reading)
        if why := self._against(held, reading):
            return (
                (self, SetAside(reading, why))
                if why is Why.NO_REGISTER
                else (waiting, SetAside(held, Why.UNCONFIRMED))
            )
        return self._judged(held, reading)

    def _judged(self, reading: Reading, held: Reading | None) -> tuple[Watch, Accepted | SetAside]:
        why = self._against(self.last, reading)
        if why is None:
            return self._accepted(reading, held, self.era, ())
        if why in {Why.REPEATED, Why.NO_REGISTER, Why.LATE}:
            return replace(self, held=held), SetAside(reading, why)
        agrees = self.odd and self._against(self.odd[-1], reading) is None
        odd = (*self.odd, reading) if agrees else (reading,)
        if len(odd) < _AGREEING:
            return replace(self, odd=odd, held=held), SetAside(reading, why)
        what = f"the meter {why.value}, and {_AGREEING} readings agree"
        begin = Finding("smart meter", f"{odd[0].at:%Y-%m-%dT%H:%M:%SZ}", what, "counted anew from here")
        return self._accepted(reading, held, self.era + 1, (begin,))

    def _against(self, before: Reading | None, after: Reading) -> Why | None:
        """What is wrong with one reading after another; nothing may be wrong."""
        if before is None:
            return None
        if after.export_wh is None and before.export_wh is not None:
            return Why.NO_REGISTER
        if after.meter != before.meter:
            return Why.OTHER_METER
        rises = _rises(before, after)
        elapsed_s = (after.at - before.at).total_seconds()
        if elapsed_s <= 0 and not any(rises):
            return Why.REPEATED if elapsed_s == 0 else Why.LATE
        if elapsed_s < 0 and max(rises) > 0 and min(rises) >= 0:
            return Why.CLOCK_BACK
        if elapsed_s < 0 and max(rises) <= 0:
            return Why.LATE
        if min(rises) < 0:
            return Why.BACK
        return Why.LEAP if max(rises) > self.largest_kw / 3.6 * (elapsed_s + _LAG_S) else None

    def _accepted(
        self, reading: Reading, held: Reading | None, era: int, findings: tuple[Finding, ...]
    ) -> tuple[Watch, Accepted]:
        kept, odd = _credible(self.others, reading.others)
        seen = self.others | {(other.channel, other.meter): other for other in kept}
        told = tuple(
            Finding("smart meter", f"{reading.at:%Y-%m-%dT%H:%M:%SZ}", f"the {other.kind} meter does not go on from its last count")
            for other in odd
        )  # fmt: skip
        reading = replace(reading, others=kept)
        return replace(self, last=reading, held=held, era=era, odd=(), others=seen), Accepted(
            reading, era, findings + told
        )


def _rises(before: Reading, after: Reading) -> list[int]:
    """By how many Wh each register rose: the sums, and the tariffs where both readings have them all."""
    pairs = [(before.import_wh, after.import_wh), (before.export_wh, after.export_wh)]
    for old, new in (
        (before.import_tariffs_wh, after.import_tariffs_wh),
        (before.export_tariffs_wh, after.export_tariffs_wh),
    ):
        pairs += zip(old, new, strict=True) if len(old) == len(new) else ()
    return [new - old for old, new in pairs if old is not None and new is not None]


def _credible(
    seen: dict[tuple[int, str | None], OtherMeter], now: tuple[OtherMeter, ...]
) -> tuple[tuple[OtherMeter, ...], tuple[OtherMeter, ...]]:
    """Which other meters went on from their last count, and which fell back or leapt."""
    odd = tuple(
        other for other in now if (old := seen.get((other.channel, other.meter))) and not _goes_on(old, other)
    )
    return tuple(other for other in now if other not in odd), odd


def _goes_on(old: OtherMeter, new: OtherMeter) -> bool:
    if old.at is None or new.at is None or old.unit != new.unit:
        return old.unit == new.unit and new.count >= old.count
    hours = (new.at - old.at).total_seconds() / 3600
    return hours >= 0 and 0 <= new.count - old.count <= _MOST_PER_HOUR[new.unit] * (hours + 1)
