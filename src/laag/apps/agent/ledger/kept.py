"""What a home keeps of the shared record: its name and the home's secret, the newest head, verdicts, receipts and alarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from pydantic import ValidationError

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.committed import OwnRecord, OwnSecret, Stands
from laag.adapters.neighbourhood.wire import Both, OrderReceipt, Wire
from laag.apps.agent.ledger.own_lines import Metered
from laag.ledger.evidence import Pin

LEDGER, PIN, ALARMS, DAYS = "ledger", "ledger pin", "ledger alarms", "own ledger days"
ABOUT, BEFORE = "ledger about", "ledger pin before"
KINDS = ("settle", "meter", "book", "clear")
"""Of each day: what it came to, what the meter said, what was ordered, and what the market made of that."""
_ALL_KEPT = timedelta(days=35)
"""Longer than this only what the day came to is kept with its evidence."""
_MOST_ALARMS = 100
Told = TypeVar("Told", bound=Wire)


class Verdict(Wire):
    """What this home found of one of its lines, when it looked itself."""

    key: str
    stands: Stands
    at: datetime
    code: str = ""
    """Of what is wrong; empty where nothing is."""
    why: Both | None = None
    since: datetime | None = None
    """Since when it is not proven, where it is not."""
    late: bool = False
    units: int | None = None
    """What the line comes to, of a settlement."""
    signed: tuple[str, ...] = ()
    recomputed: tuple[str, ...] = ()
    members: int = 0
    final: bool = False
    index: int = 0
    size: int = 0
    evidence: dict[str, Any] | None = None
    seen: dict[str, Any] | None = None
    """What this home verified under the same key before, where another line is shown now."""
    metered: Metered | None = None
    """Of readings: beside those of this home's own meter."""

    @property
    def holds(self) -> bool:
        """Whether this home verified it."""
        return self.stands is Stands.PROVEN and not self.code


class Alarm(Wire):
    """Something that does not hold."""

    at: datetime
    day: date | None
    """``None`` where it is about the whole record."""
    kind: str
    code: str
    why: Both
    over: datetime | None = None
    """Since when it holds again."""


class Receipt(Wire):
    """What was promised of the last list for a book; ``receipt`` is ``None`` where nothing was."""

    number: int
    receipt: OrderReceipt | None
    agrees: bool
    """Whether it is of the list that was sent."""
    at: datetime | None = None
    """When it came, by the home's clock."""


class Kept:
    """In the store of the home."""

    def __init__(self, store: HomeStore) -> None:
        self._store = store

    @property
    def ledger(self) -> OwnSecret | None:
        """Which ledger, and this home's secret; ``None`` before it was introduced."""
        return self._read(OwnSecret, LEDGER)

    def begin(self, said: OwnSecret) -> None:
        """From now on it is this one."""
        self._store.keep(PIN, None)
        self._store.keep(LEDGER, said.model_dump(mode="json"))

    @property
    def pin(self) -> Pin | None:
        """The newest head that this home verified."""
        said = self._store.kept(PIN)
        return None if said is None else Pin(said["size"], bytes.fromhex(said["root"]))

    def pins(self, some: Iterable[Pin]) -> None:
        """Keep the newest; it never goes back."""
        newest = max((*some, *filter(None, [self.pin])), key=lambda one: one.size, default=None)
        if newest is not None and newest != self.pin:
            self._store.keep(PIN, {"size": newest.size, "root": newest.root.hex()})

    def goes_back(self, size: int) -> Pin | None:
        """Hold the record to the newest head seen that is no larger than this, and keep the later one aside; which it is."""
        self._store.keep(BEFORE, self._store.kept(PIN))
        heads = [one.evidence["head"] for one in self._verdicts() if one.evidence is not None and one.holds]
        earlier = [Pin(one["size"], bytes.fromhex(one["root"])) for one in heads if one["size"] <= size]
        found = max(earlier, key=lambda one: one.size, default=None)
        self._store.keep(PIN, None if found is None else {"size": found.size, "root": found.root.hex()})
        return found

    def _verdicts(self) -> Iterator[Verdict]:
        for day in self.days:
            yield from filter(None, [self.verdict(day, kind) for kind in KINDS])

    @property
    def about(self) -> OwnRecord | None:
        """What the neighbourhood said of this home and its record last."""
        return self._read(OwnRecord, ABOUT)

    def keep_about(self, said: OwnRecord) -> None:
        """It said this now."""
        self._store.keep(ABOUT, said.model_dump(mode="json"))

    def verdict(self, day: date, kind: str = "settle") -> Verdict | None:
        """What was found of a day."""
        return self._read(Verdict, _name(day, kind))

    def put(self, day: date, kind: str, verdict: Verdict) -> None:
        """What was found now."""
        self._store.keep(_name(day, kind), verdict.model_dump(mode="json"))
        days = set(self._store.kept(DAYS) or [])
        if day.isoformat() not in days:
            self._store.keep(DAYS, sorted(days | {day.isoformat()}))

    @property
    def days(self) -> list[date]:
        """Of which something was found."""
        return [date.fromisoformat(one) for one in self._store.kept(DAYS) or []]

    def tidy(self, today: date) -> None:
        """Let the evidence of what is long over go, but for what a day came to."""
        for day in self.days:
            if day < today - _ALL_KEPT:
                for name in (*(_name(day, kind) for kind in KINDS[1:]), _receipt(f"book/day-ahead/{day}/1")):
                    if self._store.kept(name) is not None:
                        self._store.keep(name, None)

    def receipt(self, key: str) -> Receipt | None:
        """What was promised of a book."""
        return self._read(Receipt, _receipt(key))

    def keep_receipt(self, key: str, receipt: Receipt) -> None:
        """Of a later list: it takes the place of the earlier one."""
        before = self.receipt(key)
        if before is None or before.number <= receipt.number:
            self._store.keep(_receipt(key), receipt.model_dump(mode="json"))

    @property
    def alarms(self) -> list[Alarm]:
        """All that ever did not hold, the newest first."""
        return list(self._alarms())

    def ring(self, alarm: Alarm) -> None:
        """Something does not hold; said once for as long as it does not."""
        found = self.alarms
        if not any(one.over is None and _same(one, alarm) for one in found):
            self._keep_alarms([alarm, *found])

    def calm(self, day: date | None, kind: str, now: datetime) -> None:
        """It holds again."""
        found = self.alarms
        done = [
            one.model_copy(update={"over": now})
            if one.over is None and (one.day, one.kind) == (day, kind)
            else one
            for one in found
        ]
        if done != found:
            self._keep_alarms(done)

    def _alarms(self) -> Iterator[Alarm]:
        for one in self._store.kept(ALARMS) or []:
            try:
                yield Alarm.model_validate(one, strict=False)
            except ValidationError:
                continue

    def _keep_alarms(self, alarms: list[Alarm]) -> None:
        self._store.keep(ALARMS, [one.model_dump(mode="json") for one in alarms[:_MOST_ALARMS]])

    def _read(self, kind: type[Told], name: str) -> Told | None:
        said = self._store.kept(name)
        try:
            return None if said is None else kind.model_validate(said, strict=False)
        except ValidationError:
            return None


def _same(one: Alarm, other: Alarm) -> bool:
    return (one.day, one.kind, one.code) == (other.day, other.kind, other.code)


def _name(day: date, kind: str) -> str:
    """Forgotten with all that is the home's own."""
    return f"own ledger {day} {kind}"


def _receipt(key: str) -> str:
    return f"own receipt {key}"
