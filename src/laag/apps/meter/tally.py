"""What was counted since an instant: this quarter-hour, today, or since it began."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from laag.adapters.dsmr import Accepted, OtherMeter, Reading, registers_at
from laag.adapters.p1.registers import LONGEST_EVEN_S
from laag.foundation.ptu import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Count:
    """Energy each way since ``begin``; not ``whole`` where a meter was replaced or set back in between."""

    begin: datetime
    import_wh: int
    export_wh: int | None
    whole: bool = True

    @staticmethod
    def at(reading: Reading) -> Count:
        """Nothing yet."""
        return Count(reading.at, 0, None if reading.export_wh is None else 0)

    def until(self, before: Accepted, now: Accepted, start: datetime | None = None) -> Count:
        """With what passed between two readings; it begins anew at ``start`` where that lies between them."""
        old, new = before.reading, now.reading
        if self.begin > new.at:
            return replace(Count.at(new), whole=False)
        if start is None or start <= old.at:
            return self._more(old, new) if before.era == now.era else replace(self, whole=False)
        if before.era != now.era or (new.at - old.at).total_seconds() > LONGEST_EVEN_S:
            return Count.at(new)
        import_wh, export_wh = registers_at(old, new, start)
        return Count(start, (new.import_wh or 0) - import_wh, _less(new.export_wh, export_wh))

    def _more(self, old: Reading, new: Reading) -> Count:
        back = _less(new.export_wh, old.export_wh)
        return replace(
            self,
            import_wh=self.import_wh + (new.import_wh or 0) - (old.import_wh or 0),
            export_wh=None if back is None or self.export_wh is None else self.export_wh + back,
        )


@dataclass(frozen=True, slots=True)
class Other:
    """What a meter behind this one (gas, water, heat) counted today and since it began."""

    last: OtherMeter
    today: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """All counts at once; ``after`` gives the next and changes nothing."""

    last: Accepted
    quarter: Count
    today: Count
    since: Count
    others: dict[tuple[int, str | None], Other] = field(default_factory=dict)

    @staticmethod
    def begun(first: Accepted) -> Tally:
        """At the first reading."""
        nothing = Count.at(first.reading)
        others = {(one.channel, one.meter): Other(one) for one in first.reading.others}
        return Tally(first, nothing, nothing, nothing, others)

    def after(self, now: Accepted) -> Tally:
        """With the next reading."""
        at = now.reading.at
        return Tally(
            now,
            self.quarter.until(
                self.last, now, at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
            ),
            self.today.until(self.last, now, _midnight(at)),
            self.since.until(self.last, now),
            self._others(now.reading),
        )

    def _others(self, reading: Reading) -> dict[tuple[int, str | None], Other]:
        day, same = day_of(reading.at), day_of(reading.at) == day_of(self.last.reading.at)
        found = {key: one if same else replace(one, today=0) for key, one in self.others.items()}
        for seen in reading.others:
            key = (seen.channel, seen.meter)
            before = found.get(key, Other(seen))
            rise = seen.count - before.last.count
            # A gas meter that speaks at midnight tells of the hour before it.
            of_today = day_of((seen.at or reading.at) - timedelta(seconds=1)) == day
            found[key] = Other(seen, before.today + (rise if of_today else 0), before.since + rise)
        return found


def day_of(at: datetime) -> date:
    """The day on the wall."""
    return at.astimezone(AMSTERDAM).date()


def _midnight(at: datetime) -> datetime:
    local = at.astimezone(AMSTERDAM)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)


def _less(new: int | None, old: int | None) -> int | None:
    return None if new is None or old is None else new - old
