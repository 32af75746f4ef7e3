"""A home looks after each settlement whether its lines stand on the shared record, and keeps what it found."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from laag.adapters.neighbourhood.committed import (
    OwnEvidence,
    OwnProof,
    OwnRecord,
    OwnSecret,
    Restored,
    Stands,
)
from laag.adapters.neighbourhood.link import Away
from laag.adapters.neighbourhood.own import OwnBill
from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.agent.ledger.judging import WHOLE, Asked, Ours, before_the_record, judged
from laag.apps.agent.ledger.kept import KINDS, Alarm, Kept, Verdict
from laag.apps.agent.ledger.odd import Odd
from laag.apps.agent.ledger.own_lines import meter_odd, metered, ordered_odd, remembers_lists
from laag.apps.agent.ledger.promises import broken
from laag.apps.agent.ledger.put_back import (
    SPOKEN_OF,
    PutBack,
    day_lost,
    explains,
    list_lost,
    lost_since,
    touches,
    went_back,
)
from laag.apps.agent.life import Life
from laag.apps.agent.pauses import Retries, own_moment
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.ledger.evidence import Pin
from laag.ledger.refused import Code

LOG = logging.getLogger("laag.home")
Told = TypeVar("Told", bound=Wire)
SOON, LATER = timedelta(minutes=10), timedelta(hours=6)
"""By the home's clock: when it looks again while something is under way, and while nothing is."""
_BACK, _STILL = timedelta(days=30), timedelta(days=14)
"""How far back days are looked at, and how long after it a day that is not final is looked at again."""
USED = "ledger put back"
"""Which restorations this home went back for."""
OTHER_KEY = Said(
    "De buurt houdt een andere sleutel voor die van dit huis: wie de andere helft daarvan heeft, kan er in naam van dit huis mee tekenen.",
    "The neighbourhood holds another key to be this home's: who has the other half of that can sign in this home's name.",
)
_FINAL_BY = timedelta(days=3)
"""Who has not recomputed a day by then probably never will."""


class Asks(Protocol):
    """The neighbourhood, for what is this home's own."""

    @property
    def member(self) -> str | None:
        """Who this home is there; ``None`` where it has not joined."""
        ...

    @property
    def public(self) -> str:
        """The half of its key that everybody may know."""
        ...

    async def own(self, kind: type[Told], method: str, path: str) -> Told:
        """The answer; ``Away`` where nobody is there, ``BadInput`` where there is nothing."""
        ...


class SharedRecord:
    """One home's side of it."""

    def __init__(self, life: Life, asks: Asks) -> None:
        self._life, self._asks = life, asks
        self.kept = Kept(life.store)
        self._looking = asyncio.Lock()
        self._lists_since = date.max
        self._odd: set[str] = set()
        """What was wrong with the record as a whole, of this look."""

    async def watches(self) -> None:
        """For ever: after each settlement, soon again while something is under way, and now and then."""
        life, retries = self._life, Retries()
        while True:
            life.settled.clear()
            try:
                soon = await self.look()
                retries.went_well()
            except Away as away:
                life.missed(away.why)
                await retries.wait(away.wait_s)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout((SOON if soon else LATER).total_seconds() / life.clock.speed):
                    await life.settled.wait()
            await own_moment(life.clock.speed)

    async def look(self) -> bool:
        """Once; whether something is under way that may soon be otherwise."""
        async with self._looking:
            if await self._introduced() is None:
                return False
            rung = self.kept.alarms
            today = self._life.clock.now().astimezone(self._life.zone).date()
            paid = await self._paid(today)
            await self._hears_about()
            days = self._of_the_record([day for day in sorted(paid) if self._open(day, paid[day], today)])
            self._lists_since = remembers_lists(self._life.store, today)
            if await self._looks_at_all(days, paid) and not self._odd:
                self.kept.calm(None, "", self._life.clock.now())
            for day in days:
                self._holds_to_receipts(day)
            self.kept.tidy(today)
            if days or self.kept.alarms != rung:
                self._life.tell("record", {"days": len(days)})
            return any(not self._holds(day, kind) for day in days for kind in KINDS[:2])

    async def _looks_at_all(self, days: list[date], paid: dict[date, int]) -> bool:
        """Whether a head was seen that holds; once more from an earlier one where the neighbourhood was put back."""
        try:
            return await self._looks_at_each(days, paid)
        except PutBack as back:
            self._goes_back(back.told)
            return await self._looks_at_each(days, paid)

    async def _looks_at_each(self, days: list[date], paid: dict[date, int]) -> bool:
        self._odd.clear()
        seen = False
        for kind in KINDS if days else ():
            seen |= await self._looks_at(kind, days, paid)
        return seen

    def _goes_back(self, told: Restored) -> None:
        pin, now = self.kept.pin, self._life.clock.now()
        assert pin is not None, "it is what the record does not go on from"
        to = self.kept.goes_back(told.size)
        self._life.store.keep(USED, [*(self._life.store.kept(USED) or []), told.at.isoformat()])
        why = went_back(told, pin, to, self._life.zone)
        LOG.warning("the shared record: %s", why.en)
        self.kept.ring(Alarm(at=now, day=None, kind=Odd.RESTORED, code=Odd.RESTORED, why=_both(why)))

    async def _hears_about(self) -> None:
        """Whom the neighbourhood holds this home to be, since when there is a record, and whether it was put back."""
        now, before = self._life.clock.now(), self.kept.about
        for one in self.kept.alarms:
            if one.kind == Odd.RESTORED and one.over is None and now - one.at > SPOKEN_OF:
                self.kept.calm(None, one.kind, now)
        try:
            said = await self._asks.own(OwnRecord, "GET", "record")
        except BadInput:  # a neighbourhood that does not say it yet
            return
        self.kept.keep_about(said)
        if before is not None and len(said.restored) > len(before.restored):
            self._life.doubts = True
            self._life.to_say.set()
        if said.public_key == self._asks.public:
            self.kept.calm(None, Odd.OTHER_KEY, now)
        else:
            LOG.warning("the shared record: %s", OTHER_KEY.en)
            self.kept.ring(
                Alarm(at=now, day=None, kind=Odd.OTHER_KEY, code=Odd.OTHER_KEY, why=_both(OTHER_KEY))
            )

    def _of_the_record(self, days: list[date]) -> list[date]:
        """Without those from before it began, of which that is noted."""
        about, now = self.kept.about, self._life.clock.now()
        began = None if about is None else about.began
        if began is None:
            return days
        for day in days:
            if day < began:
                for kind in KINDS[:2]:
                    self.kept.put(day, kind, before_the_record(kind, day, now))
                    self.kept.calm(day, kind, now)
        return [day for day in days if day >= began]

    async def _introduced(self) -> OwnSecret | None:
        """Which ledger it is and with what our lines are salted: asked once, and never taken from anybody again."""
        known, member = self.kept.ledger, self._asks.member
        if member is None or (known is not None and known.member == member):
            return None if member is None else known
        try:
            said = await self._asks.own(OwnSecret, "GET", "secret")
        except BadInput as none:
            LOG.info("the neighbourhood keeps no record of ours: %s", none)
            return None
        self.kept.begin(said)
        return said

    async def _paid(self, today: date) -> dict[date, int]:
        """What each settled day came to, by the bill that the pages show."""
        try:
            bill = await self._asks.own(OwnBill, "GET", f"bill?first={today - _BACK}&last={today}")
        except BadInput:  # nothing was settled yet
            return {}
        return {one.day: one.units for one in bill.days}

    def _open(self, day: date, paid: int, today: date) -> bool:
        """Whether there is still something to find out."""
        found = self.kept.verdict(day)
        if found is not None and found.stands is Stands.BEFORE:
            return False
        if found is None or (found.holds and found.units != paid):
            return True
        done = all(self._holds(day, kind) for kind in KINDS[:2])
        if done:
            return not found.final and found.members > 1 and day >= today - _FINAL_BY
        return day >= today - _STILL

    def _holds(self, day: date, kind: str) -> bool:
        found = self.kept.verdict(day, kind)
        return found is not None and found.holds

    async def _looks_at(self, kind: str, days: list[date], paid: dict[date, int]) -> bool:
        """Whether a head was seen that holds."""
        known = self.kept.ledger
        assert known is not None, "it was introduced"
        pin, now = self.kept.pin, self._life.clock.now()
        since = 0 if pin is None else pin.size
        try:
            there = await self._asks.own(
                OwnEvidence, "GET", f"evidence?kind={kind}&first={days[0]}&last={days[-1]}&since={since}"
            )
        except BadInput as none:
            LOG.warning("no evidence is shown: %s", none)
            there = OwnEvidence(member=known.member, ledger=known.ledger, proofs=[])
        proofs = {one.day: one for one in there.proofs if one.kind == kind}
        ours = Ours(known.member, known.ledger, bytes.fromhex(known.secret), pin)
        pins: list[Pin] = []
        for day in days:
            proof = proofs.get(day)
            if proof is None and kind not in KINDS[:2]:
                continue  # nothing was ordered; whether it was, receipts say
            back = touches(self._restored, day, self._life.zone)
            lost = None if back is None else day_lost(back, self._life.zone)
            asked = Asked(day, kind, paid[day] if kind == "settle" else None, lost)
            pins += filter(None, [await self._judges(proof, asked, ours, now)])
        self.kept.pins(pins)
        return bool(pins)

    async def _judges(self, proof: OwnProof | None, asked: Asked, ours: Ours, now: datetime) -> Pin | None:
        before = self.kept.verdict(asked.day, asked.kind)
        verdict, pin = await asyncio.to_thread(judged, proof, asked, ours, before, now)
        if told := explains(self._restored, verdict.code, ours.pin, self._life.store.kept(USED) or []):
            raise PutBack(told)
        verdict = self._beside_ours(verdict, asked)
        self.kept.put(asked.day, asked.kind, verdict)
        if verdict.code:
            self._rings(asked.day, asked.kind, verdict, now)
        else:
            self.kept.calm(asked.day, asked.kind, now)
        return pin

    @property
    def _restored(self) -> list[Restored]:
        about = self.kept.about
        return [] if about is None else about.restored

    def _beside_ours(self, verdict: Verdict, asked: Asked) -> Verdict:
        """A line that holds, held against what this home knows of it itself."""
        if not verdict.holds or verdict.evidence is None:
            return verdict
        says, store, odd = verdict.evidence["line"]["says"], self._life.store, None
        if asked.kind == "meter" and (beside := metered(store, self._life.zone, asked.day, says)) is not None:
            verdict, odd = verdict.model_copy(update={"metered": beside}), meter_odd(beside)
        elif asked.kind == "book":
            odd = ordered_odd(store, asked.day, self._lists_since, says)
        if odd is None:
            return verdict
        code, why = odd
        if code is Odd.LEFT_OUT and asked.lost is not None:
            code, why = Odd.LOST, asked.lost
        return verdict.model_copy(update={"code": code, "why": _both(why)})

    def _holds_to_receipts(self, day: date) -> None:
        settled, known, now = self.kept.verdict(day), self.kept.ledger, self._life.clock.now()
        if settled is None or not settled.holds or known is None:
            return
        found = broken(self.kept, known.member, known.ledger, self.kept.verdict(day, "book"), settled)
        if found is None:
            self.kept.calm(day, "receipt", now)
        else:
            code, why = found
            made = self.kept.receipt(f"book/day-ahead/{day}/1")
            back = None if made is None else lost_since(self._restored, made.at)
            if back is not None and made is not None and made.receipt is not None and code != Odd.OTHER_LIST:
                code = Odd.LIST_LOST
                why = list_lost(back, made.receipt.by, made.number, self._life.zone)
            self.kept.ring(Alarm(at=now, day=day, kind="receipt", code=code, why=_both(why)))

    def _rings(self, day: date, kind: str, verdict: Verdict, now: datetime) -> None:
        why = verdict.why or Both(nl="", en="")
        whole = verdict.code in WHOLE or verdict.code == Code.FORM
        if whole:
            self._odd.add(verdict.code)
        LOG.warning("the shared record: %s %s: %s", kind, day, why.en)
        self.kept.ring(
            Alarm(at=now, day=None if whole else day, kind="" if whole else kind, code=verdict.code, why=why)
        )


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
