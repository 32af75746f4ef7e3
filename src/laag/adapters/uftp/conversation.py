"""Where each conversation stands: every message that was said or heard, and what became of it.

A conversation goes: request, offers, perhaps a revocation, order, settlement; beside it D-prognoses in revisions. What
is in here follows from the messages alone, in the order in which they were kept, so that it is made again from the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from laag.adapters.uftp.wire import KINDS, Message, known
from laag.adapters.uftp.words import instant


class Standing(StrEnum):
    """What became of a message."""

    SENT = "sent"
    """Ours, and not answered yet."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVOKED = "revoked"
    """An offer that was taken back."""
    NOTED = "noted"
    """An answer: nothing is said to it."""


class Phase(StrEnum):
    """How far a request for flexibility is."""

    ASKED = "asked"
    OFFERED = "offered"
    ORDERED = "ordered"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Known:
    """A message that is kept."""

    id: str
    peer: str
    kind: str
    at: datetime
    data: bytes
    standing: Standing
    why: str = ""
    point: str = ""
    day: date | None = None
    answer: str = ""
    """The id of what we answered."""

    @property
    def message(self) -> Message:
        """What it says; shared, so nobody changes it."""
        return known(self.data)

    @property
    def stands(self) -> bool:
        """Neither rejected nor revoked."""
        return self.standing in {Standing.SENT, Standing.ACCEPTED}

    def expired(self, now: datetime) -> bool:
        """Whether its own deadline has passed."""
        return instant(self.message.expiration_date_time) <= now


class Books:
    """What one participant knows of all its conversations."""

    def __init__(self) -> None:
        self._heard: dict[tuple[str, str], Known] = {}
        self._said: dict[str, Known] = {}
        self._days: dict[tuple[str, str, date], list[tuple[bool, str]]] = {}
        self._settled: dict[tuple[str, str], str] = {}
        self.done: dict[str, str] = {}
        """Steps that were taken, so that none is taken twice."""

    def heard(self, peer: str, message_id: str | None) -> Known | None:
        """What a peer sent under an id."""
        return self._heard.get((peer, (message_id or "").lower()))

    def said(self, peer: str, message_id: str | None) -> Known | None:
        """What we sent a peer under an id."""
        one = self._said.get((message_id or "").lower())
        return one if one is not None and one.peer == peer else None

    def day(
        self, peer: str, point: str, day: date, kind: str, *, mine: bool, stands: bool = True
    ) -> list[Known]:
        """Messages of one kind about a point and a day, in order."""
        ids = self._days.get((peer, point, day), ())
        all_ = ((self._said[i] if mine else self._heard[peer, i]) for was, i in ids if was is mine)
        return [one for one in all_ if one.kind == kind and (one.stands or not stands)]

    def days(self, kind: str, *, mine: bool) -> Iterator[Known]:
        """All messages of one kind, in order."""
        return (one for one in (self._said if mine else self._heard).values() if one.kind == kind)

    def prognosis(self, peer: str, point: str, day: date, *, mine: bool = False) -> Known | None:
        """The newest D-prognosis that holds: accepted, or of ours, sent."""
        these = self.day(peer, point, day, "D-Prognosis", mine=mine)
        return max(these, key=lambda one: int(one.message.revision), default=None)

    def orders(self, peer: str, point: str, day: date, *, mine: bool) -> list[Known]:
        """Orders that hold: of ours, those not answered yet among them."""
        return self.day(peer, point, day, "FlexOrder", mine=mine)

    def orders_of(self, offer: Known, *, mine: bool) -> list[Known]:
        """Orders that hold of one offer."""
        if offer.day is None:
            return []
        orders = self.orders(offer.peer, offer.point, offer.day, mine=mine)
        return [one for one in orders if (one.message.flex_offer_message_id or "").lower() == offer.id]

    def offers_of(self, request: Known, *, mine: bool) -> list[Known]:
        """Offers that hold on one request."""
        if request.day is None:
            return []
        offers = self.day(request.peer, request.point, request.day, "FlexOffer", mine=mine)
        return [one for one in offers if (one.message.flex_request_message_id or "").lower() == request.id]

    def settled(self, peer: str, order_reference: str) -> str | None:
        """How an order was settled: ``Accepted``, ``Disputed``, or ``sent``; ``None`` where it is not."""
        return self._settled.get((peer, order_reference))

    def phase(self, request: Known, *, mine: bool) -> Phase:
        """How far a request is; ``mine`` where we asked."""
        offers = self.offers_of(request, mine=not mine)
        orders = [order for offer in offers for order in self.orders_of(offer, mine=mine)]
        if orders and all(self.settled(one.peer, one.message.order_reference) for one in orders):
            return Phase.SETTLED
        return Phase.ORDERED if orders else Phase.OFFERED if offers else Phase.ASKED

    def hears(self, one: Known) -> None:
        """Take what came; a message that was refused is kept and changes nothing."""
        if (one.peer, one.id) in self._heard:
            return  # the same id with another content: refused, and what stood there stands
        self._heard[one.peer, one.id] = one
        self._index(one, mine=False)
        if one.standing is Standing.REJECTED:
            return
        if KINDS[one.kind].is_answer:
            self._answered(one)
        if one.kind == "FlexOfferRevocation":
            offer = self.heard(one.peer, one.message.flex_offer_message_id)
            if offer is not None:
                self._heard[one.peer, offer.id] = replace(offer, standing=Standing.REVOKED)
        if one.kind == "FlexSettlement":
            self._settles(one, "sent")

    def says(self, one: Known) -> None:
        """Take what we send."""
        self._said[one.id] = one
        self._index(one, mine=True)
        if one.kind == "FlexOfferRevocation":
            self._turn(one.message.flex_offer_message_id, Standing.REVOKED)
        if one.kind == "FlexSettlement":
            self._settles(one, "sent")
        if one.kind == "FlexSettlementResponse":
            self._settlement_answered(one)

    def loses(self, message_id: str, why: str) -> None:
        """What we said never reached the other side, so that it does not hold."""
        one = self._said.get(message_id)
        if one is not None and one.standing is Standing.SENT:
            self._said[message_id] = replace(one, standing=Standing.REJECTED, why=why)

    def _index(self, one: Known, *, mine: bool) -> None:
        if one.day is not None:
            self._days.setdefault((one.peer, one.point, one.day), []).append((mine, one.id))

    def _answered(self, one: Known) -> None:
        about = self.said(one.peer, answered_id(one.message))
        if about is None or about.standing not in {Standing.SENT, Standing.REVOKED}:
            return
        accepted = str(one.message.result) == "Accepted"
        if about.standing is Standing.SENT:
            now = Standing.ACCEPTED if accepted else Standing.REJECTED
            self._said[about.id] = replace(about, standing=now, why=one.message.rejection_reason or "")
        if about.kind == "FlexOfferRevocation" and not accepted:
            self._turn(about.message.flex_offer_message_id, Standing.ACCEPTED)
        if one.kind == "FlexSettlementResponse":
            self._settlement_answered(one)

    def _turn(self, message_id: str, standing: Standing) -> None:
        one = self._said.get(message_id.lower())
        if one is not None:
            self._said[one.id] = replace(one, standing=standing)

    def _settles(self, one: Known, how: str) -> None:
        for item in one.message.flex_order_settlements:
            self._settled[one.peer, item.order_reference or ""] = how

    def _settlement_answered(self, one: Known) -> None:
        for item in one.message.flex_order_settlement_statuses:
            if (one.peer, item.order_reference or "") in self._settled:
                self._settled[one.peer, item.order_reference or ""] = str(item.disposition)


def answered_id(message: Message) -> str | None:
    """Which message an answer is about."""
    asked = _ASKED.get(type(message))
    return None if asked is None else getattr(message, asked)


_ASKED = {kind.answer: kind.answer_field for kind in KINDS.values() if kind.answer_field}
