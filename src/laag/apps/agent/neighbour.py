"""Speaking with the neighbourhood: readings and orders go out until they are answered, the board and positions come in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import groupby

from pydantic import TypeAdapter

from laag.adapters.homestore import NoRoom
from laag.adapters.homestore.outbox import Waiting
from laag.adapters.keys import Key
from laag.adapters.neighbourhood import wire
from laag.adapters.neighbourhood.flexing import columns_of
from laag.adapters.neighbourhood.leaving import KINDS, Stays, leaves
from laag.adapters.neighbourhood.link import Away, Neighbourhood
from laag.adapters.neighbourhood.own import OwnAsked, OwnGrid
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import (
    MOST_AT_ONCE,
    Amendments,
    Board,
    Both,
    Consents,
    Enrolled,
    Offers,
    Orders,
    Positions,
    Readings,
    Standing,
    Status,
    Tellings,
)
from laag.apps.agent import consents as agreed
from laag.apps.agent import promising
from laag.apps.agent.enrolling import FIRST_DAY, enrol
from laag.apps.agent.ledger import promises
from laag.apps.agent.ledger.kept import Kept
from laag.apps.agent.ledger.own_lines import lists_are_lost
from laag.apps.agent.life import LOG, Life
from laag.apps.agent.past import quarter_of
from laag.apps.agent.pauses import RETRY_MOST_S, Retries, own_moment
from laag.cycle.day import HORIZON_PTUS
from laag.foundation.consent import ASKED
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput
from laag.foundation.flex import Offer
from laag.foundation.ptu import PTU, midnight
from laag.foundation.words import Said
from laag.home.bid import HomeOrders

LOOK_AGAIN_S = 3600.0
"""The board is looked at this often also where nobody says that it changed."""
_AT_ONCE = 400
_NEWS = frozenset(
    {"board", "closed", "priced", "cleared", "round", "settled", "missed", "asked", "flexed", "limited"}
)
_SETTLED = "settled"
_UNSIGNED = "0" * 128
Message = Orders | Amendments | Readings | Offers | Consents | Tellings
LAST_SENT = "last sent"
"""When something of each kind of message was last taken."""
_NO_ROOM = Said(
    "er is geen ruimte op de schijf van dit huis om op te schrijven wat het stuurt",
    "there is no room on this home's disk to write down what it sends",
)
_MESSAGE: TypeAdapter[Message] = TypeAdapter(wire.Message)


class Neighbour:
    """One home's side of the talk."""

    def __init__(self, life: Life, link: Neighbourhood, since: datetime) -> None:
        self._life, self._since = life, since
        self.consents = agreed.Consents(life.store, lambda: life.clock.now().astimezone(life.zone).date())
        self.link = link
        self._record = Kept(life.store)
        self._news = asyncio.Event()
        self._agreed = False
        """Whether they and we agree on the numbers that were used; asked again after a call that failed."""
        self._recall()

    @property
    def link(self) -> Neighbourhood:
        """The way there; through it nothing leaves that the household does not want to."""
        return self._link

    @link.setter
    def link(self, link: Neighbourhood) -> None:
        link.may = self.consents.may
        self._link = link

    async def speaks(self) -> None:
        """For ever: put what was metered in the outbox, and send what is in it."""
        life, retries = self._life, Retries()
        while True:
            self.put_readings()
            if self.link.member is None or not (len(life.store.outbox) or life.doubts):
                await self._something_to_say()
                continue
            try:
                if await self._sent():
                    retries.went_well()
            except Away as away:
                life.missed(away.why)
                await retries.wait(away.wait_s)
                continue
            except BadInput as refused:
                LOG.warning("what was sent was not understood: %s", refused)
                await asyncio.sleep(RETRY_MOST_S)

    async def enrol(self, code: str) -> Enrolled:
        """Become a member, from now on."""
        _, enrolled = await enrol(self._life.store, self.link, code, self._life.zone.key)
        self._since = midnight(enrolled.first_day, self._life.zone)
        for yes in filter(None, map(self.consents.held, ASKED)):
            self.put_consent(yes.purpose, yes)
        self._life.to_say.set()
        self._news.set()
        self._life.settled.set()
        return enrolled

    def start_clean(self, key: Key, now: datetime) -> None:
        """Nobody's member, with a key that nobody has seen."""
        self.link.key, self.link.member = key, None
        self._since, self._agreed = now, False

    async def _something_to_say(self) -> None:
        life = self._life
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_S / life.clock.speed):
                await life.to_say.wait()
        life.to_say.clear()
        await own_moment(life.clock.speed)

    def put_readings(self) -> None:
        """What no message holds yet, a message a day, once what waits is answered: who was away all day says it in two or three.

        Nothing where it cannot be kept: it is tried again.
        """
        life = self._life
        if self.link.member is None or len(life.store.outbox):
            return
        unsent = life.store.unsent(self._since, _AT_ONCE)
        with suppress(NoRoom):
            for day, quarters in groupby(unsent, lambda one: one[0].astimezone(life.zone).date()):
                some = list(quarters)
                life.store.say([at for at, _ in some], self._readings(day, some))

    def put_orders(self, day: date, orders: HomeOrders, kind: type[Orders | Amendments] = Orders) -> bool:
        """A list of orders, or of what is wanted changed; whether it could be kept."""
        return self._put(
            lambda number: kind(
                member=self._member,
                day=day,
                number=number,
                device=orders.device.tolist(),
                ptu=orders.ptu.tolist(),
                side=orders.side.tolist(),
                quantity_wh=orders.quantity_wh.tolist(),
                limit_ticks=orders.limit_ticks.tolist(),
                signature=_UNSIGNED,
            )
        )

    def put_offer(self, asked: OwnAsked, offer: Offer | None) -> bool:
        """What is given on a request, or that nothing is; whether it could be kept."""
        columns = columns_of(offer)
        return self._put(
            lambda number: Offers(
                member=self._member,
                day=asked.day,
                number=number,
                request=asked.id,
                signature=_UNSIGNED,
                **columns,
            )
        )

    def put_consent(self, purpose: Purpose, yes: agreed.Yes | None) -> bool:
        """A yes, or with ``None`` that it is taken back; whether it could be kept. Who has joined nothing tells nobody."""
        if self.link.member is None:
            return True
        # Who joins today takes part from a later day on, and speaks from then.
        first = date.fromisoformat(self._life.store.kept(FIRST_DAY) or date.min.isoformat())
        day = max(self._life.clock.now().astimezone(self._life.zone).date(), first)
        return self._put(
            lambda number: Consents(
                member=self._member,
                day=day,
                number=number,
                purpose=purpose.value,
                until=None if yes is None else yes.until,
                scope=None if yes is None else yes.scope,
                signature=_UNSIGNED,
            )
        )

    def put_telling(self, agreement: str, day: date, wh: int, because: str) -> bool:
        """What a device took in the hours of an agreement; whether it could be kept."""
        return self._put(
            lambda number: Tellings(
                member=self._member,
                day=day,
                number=number,
                agreement=agreement,
                wh=wh,
                because=because,
                signature=_UNSIGNED,
            )
        )

    def _put(self, message: Callable[[int], Message]) -> bool:
        """In the outbox under the next number, signed; ``False`` where the disk has no room for it."""
        try:
            self._life.store.outbox.add(lambda number: self._signed(message(number)))
        except NoRoom:
            return False
        self._life.to_say.set()
        return True

    async def looks(self) -> None:
        """For ever: the board and what was cleared for us, when there is news or the hour is over."""
        life, retries = self._life, Retries()
        while True:
            try:
                await self.look()
                retries.went_well()
            except Away as away:
                life.missed(away.why)
                await retries.wait(away.wait_s)
                continue
            except BadInput as refused:
                LOG.warning("the board cannot be read: %s", refused)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN_S / life.clock.speed):
                    await self._news.wait()
            await own_moment(life.clock.speed)
            self._news.clear()

    async def look(self) -> None:
        """Once."""
        life, start = self._life, quarter_of(self._life.clock.now())
        board = await self.link.board()
        positions = None
        if self.link.member is not None:
            positions = await self.link.positions(start, HORIZON_PTUS)
        life.met()
        changed = not _says_the_same(life.board, board) or _positions_differ(life.positions, positions)
        life.board, life.positions = board, positions
        if changed:
            life.store.keep("board", board.model_dump(mode="json"))
            if positions is not None:
                life.store.keep("positions", positions.model_dump(mode="json"))
            life.replan.set()
            life.tell("board", {"made_at": board.made_at.isoformat()})
        if self.link.member is not None:
            with suppress(BadInput):  # a neighbourhood in which no grid operator takes part yet
                promising.heard(life, await self.link.own(OwnGrid, "GET", "grid"))

    async def hears(self) -> None:
        """For ever: whether there is news."""
        retries = Retries()
        while True:
            try:
                async for kind in self.link.events():
                    retries.went_well()
                    if kind in _NEWS:
                        self._news.set()
                    if kind == _SETTLED:
                        self._life.settled.set()
            except Away as away:
                self._life.missed(away.why)
            await retries.wait()
            self._news.set()

    async def _sent(self) -> bool:
        """Send what waits; whether anything did."""
        life = self._life
        if self.link.member is None or not (len(life.store.outbox) or life.doubts):
            return False
        await self._agree()
        waiting = self._may_go(life.store.outbox.waiting(MOST_AT_ONCE))
        if not waiting:
            return False
        life.store.outbox.trying(waiting[-1].number)
        self._agreed = False
        lists = any(promises.may_be_list(one.body) for one in waiting)
        answers = await self.link.send([one.body for one in waiting], receipts=lists)
        self._agreed = True
        life.met()
        numbers = {one.number for one in waiting}
        known = [one for one in answers.answers if one.number in numbers]
        bodies = {one.number: one.body for one in waiting}
        for one in known:
            promises.heard(self._record, bodies[one.number], one, life.clock.now())
            if one.status is Status.REFUSED:
                LOG.warning(
                    "message %d was refused: %s", one.number, one.why.en if one.why else "no reason given"
                )
        life.store.outbox.answered(
            (one.number, one.status.value, one.why.model_dump_json() if one.why else "") for one in known
        )
        self._note_sent(bodies[one.number] for one in known if one.status is not Status.REFUSED)
        life.tell("sent", {"messages": len(known)})
        return True

    def _may_go(self, waiting: list[Waiting]) -> list[Waiting]:
        """Those of which every field may leave; what may not is put with the refused, where the household reads why."""
        go, stay = [], []
        for one in waiting:
            try:
                leaves(one.body, may=self.consents.may)
                go.append(one)
            except Stays as stays:
                LOG.error("message %d did not leave this home: %s", one.number, stays)
                why = Both(nl=stays.why.nl, en=stays.why.en)
                stay.append((one.number, Status.REFUSED.value, why.model_dump_json()))
        if stay:
            self._life.store.outbox.answered(stay)
        return go

    def _note_sent(self, bodies: Iterable[str]) -> None:
        said, now = list(bodies), self._life.clock.now().isoformat()
        fresh = {kind: now for kind in KINDS if any(f'"kind":"{kind}"' in body for body in said)}
        if fresh:
            self._life.store.keep(LAST_SENT, {**(self._life.store.kept(LAST_SENT) or {}), **fresh})

    async def _agree(self) -> None:
        """Go on from the last number that they heard of us: either of us may be an old copy, and a number counts once."""
        if self._agreed and not self._life.doubts:
            return
        with suppress(BadInput):  # a neighbourhood that does not say it yet
            heard = (await self.link.own(Standing, "GET", "")).last_number
            outbox = self._life.store.outbox
            if heard > outbox.tried_number:
                lists_are_lost(self._life.store, self._life.clock.now().astimezone(self._life.zone).date())
            try:
                again = outbox.agree(heard, self._again)
                told = outbox.say_again(heard)
            except NoRoom as full:
                raise Away(_NO_ROOM) from full
            if told:
                LOG.warning(
                    "the neighbourhood was restored from an older copy: %d messages are said again", told
                )
            if again:
                LOG.warning(
                    "this home was restored from an older copy: %d messages were numbered anew", again
                )
        self._agreed, self._life.doubts = True, False

    def _again(self, body: str, number: int) -> str:
        message: Message = _MESSAGE.validate_json(body)
        return self._signed(message.model_copy(update={"number": number}))

    def _readings(self, day: date, some: Sequence[tuple[datetime, int]]) -> Callable[[int], str]:
        begins = midnight(day, self._life.zone)

        def body(number: int) -> str:
            return self._signed(
                Readings(
                    member=self._member,
                    day=day,
                    number=number,
                    ptu=[(at - begins) // PTU for at, _ in some],
                    wh=[wh for _, wh in some],
                    signature=_UNSIGNED,
                )
            )

        return body

    @property
    def _member(self) -> str:
        assert self.link.member is not None
        return self.link.member

    def _signed(self, message: Message) -> str:
        signed = message.model_copy(update={"signature": self.link.key.sign(message_bytes(message))})
        return signed.model_dump_json()

    def _recall(self) -> None:
        """The last board and positions that were kept, so that a home that starts alone goes by them."""
        life = self._life
        with suppress(ValueError):
            if (board := life.store.kept("board")) is not None:
                life.board = Board.model_validate(board)
            if (positions := life.store.kept("positions")) is not None:
                life.positions = Positions.model_validate(positions)
        promising.recall(life)


def _says_the_same(old: Board | None, new: Board) -> bool:
    """Whether two boards agree on the quarter-hours that both are about, and on the next gate."""
    if old is None or old.bid_day != new.bid_day or old.published_until != new.published_until:
        return False
    if old.agreements != new.agreements:
        return False
    skip = (new.start - old.start) // PTU
    return all(
        one[skip:] == other[: len(one) - skip]
        for one, other in (
            (old.buy_eur_per_kwh, new.buy_eur_per_kwh),
            (old.sell_eur_per_kwh, new.sell_eur_per_kwh),
            (old.above_eur_per_kwh, new.above_eur_per_kwh),
            (old.below_eur_per_kwh, new.below_eur_per_kwh),
        )
    )


def _positions_differ(old: Positions | None, new: Positions | None) -> bool:
    if old is None or new is None:
        return old is not new
    if old.band_kw != new.band_kw:
        return True
    skip = (new.start - old.start) // PTU
    later = new.wh[len(old.wh) - skip :]
    return old.wh[skip:] != new.wh[: len(old.wh) - skip] or any(wh is not None for wh in later)
