"""What an aggregator asks of what a grid operator sends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from laag.adapters.uftp.conversation import Known, Standing
from laag.adapters.uftp.isps import ill_placed, spans
from laag.adapters.uftp.judging import Case, day_of, expires
from laag.adapters.uftp.judging_dso import same_place
from laag.adapters.uftp.reasons import Reason, Refusal
from laag.adapters.uftp.wire import Message

_CENT_OF_A_CENT = Decimal("0.0001")


def request(case: Case) -> Iterator[Refusal]:
    """A FlexRequest: it asks for something, in one direction, and can still be answered."""
    isps = case.message.isps
    asked = [one for one in isps if str(one.disposition) == "Requested"]
    if not asked:
        yield Refusal(Reason.NO_REQUEST, "no ISP has the Disposition Requested; ask for at least one")
    for one in isps:
        if one.min_power > one.max_power:
            yield Refusal(
                Reason.DISCREPANCY,
                f"ISP {one.start} has a MinPower of {one.min_power} W above its MaxPower of {one.max_power} W",
            )
            break
    for one in asked:
        if one.min_power < 0 < one.max_power:
            yield Refusal(
                Reason.DIRECTION, f"ISP {one.start} asks for less and for more at once; ask for one of them"
            )
            break
    if max(abs(power) for one in isps for power in (one.min_power, one.max_power)) > case.rules.most_watts:
        yield Refusal(Reason.POWER, f"more than {case.rules.most_watts} W is not plausible at one point")
    yield from expires(case, isps)


def order(case: Case) -> Iterator[Refusal]:
    """A FlexOrder: exactly an offer of ours that stands, once, in time."""
    message, books = case.message, case.books
    if message.currency != case.rules.currency:
        yield Refusal(Reason.INVALID, f"its Currency is {message.currency}; here it is {case.rules.currency}")
    if any(one.stands and one.message.order_reference == message.order_reference and one.peer == case.peer
           for one in books.days("FlexOrder", mine=False)):  # fmt: skip
        yield Refusal(
            Reason.INVALID, f"the OrderReference {message.order_reference!r} was used before; give another"
        )
    if message.unsolicited or message.flex_offer_message_id is None:
        if message.contract_id not in case.rules.contracts:
            yield Refusal(
                Reason.INVALID,
                f"under the contract {message.contract_id!r} nothing can be ordered without an offer",
            )
        return
    reference = message.flex_offer_message_id
    offer = books.said(case.peer, reference)
    if offer is None or offer.kind != "FlexOffer":
        yield Refusal(Reason.REFERENCE, f"{case.peer} was made no offer {reference}", "FlexOfferMessageID")
        return
    yield from same_place(case, offer)
    yield from _stands(case, offer)
    yield from _as_offered(message, offer)


def _stands(case: Case, offer: Known) -> Iterator[Refusal]:
    if offer.standing is Standing.REVOKED:
        yield Refusal(Reason.REVOKED, "the offer was taken back")
    if offer.standing is Standing.REJECTED:
        yield Refusal(Reason.INVALID, "the offer was rejected, so it cannot be ordered")
    if offer.expired(case.now):
        yield Refusal(
            Reason.EXPIRED, f"the offer stood until {offer.message.expiration_date_time}; ask again"
        )
    if case.books.orders_of(offer, mine=False):
        yield Refusal(Reason.PROCURED, "the offer was ordered before; an offer can be ordered once")


def _as_offered(message: Message, offer: Known) -> Iterator[Refusal]:
    options = offer.message.offer_options
    chosen = [
        one
        for one in options
        if message.option_reference == one.option_reference
        or (not message.option_reference and len(options) == 1)
    ]
    if len(chosen) != 1:
        yield Refusal(
            Reason.REFERENCE, f"the offer has no option {message.option_reference!r}", "OptionReference"
        )
        return
    option, factor = chosen[0], Decimal(message.activation_factor)
    if factor < option.min_activation_factor:
        yield Refusal(
            Reason.OTHER_POWER,
            f"the ActivationFactor is {factor} and the offer begins at {option.min_activation_factor}",
        )
    offered = dict(zip(spans(option.isps), option.isps, strict=True))
    if sorted(spans(message.isps)) != sorted(offered):
        yield Refusal(Reason.ISPS, "its ISPs are not those of the offer; copy them as they are")
    elif any(
        abs(one.power - offered[span].power * factor) > 1
        for span, one in zip(spans(message.isps), message.isps, strict=True)
    ):
        yield Refusal(Reason.OTHER_POWER, f"its powers are not {factor} of those of the offer")
    if abs(Decimal(message.price) - Decimal(option.price) * factor) > _CENT_OF_A_CENT:
        yield Refusal(
            Reason.PRICE, f"it is {message.price} and {factor} of the offer is {option.price * factor}"
        )


def reservation(case: Case) -> Iterator[Refusal]:
    """A FlexReservationUpdate, where there is such a contract."""
    if case.message.contract_id not in case.rules.contracts:
        yield Refusal(Reason.INVALID, f"there is no contract {case.message.contract_id!r} with {case.peer}")


def settlement(case: Case) -> Iterator[Refusal]:
    """A FlexSettlement: of all that was ordered in its days, and of nothing else. Amounts are disputed, not refused."""
    message = case.message
    first, last = _date(message.period_start), _date(message.period_end)
    today = case.rules.today(case.now)
    if message.currency != case.rules.currency:
        yield Refusal(Reason.INVALID, f"its Currency is {message.currency}; here it is {case.rules.currency}")
    if first > last:
        yield Refusal(Reason.ENDS, f"it ends on {last}, before it begins on {first}")
    if last > today:
        yield Refusal(Reason.ENDS, f"{last} is not over; it is {today}")
    orders = {
        one.message.order_reference: one
        for one in case.books.days("FlexOrder", mine=False)
        if one.peer == case.peer and one.stands
    }
    for item in message.flex_order_settlements:
        yield from _item(case, item, orders.get(item.order_reference), (first, last))
    named = {item.order_reference for item in message.flex_order_settlements}
    for reference, one in orders.items():
        day = one.day or first
        if first <= day <= last and reference not in named:
            yield Refusal(Reason.MISSING, f"the order {reference!r} of {day} is not in it")
        if day < first and case.books.settled(case.peer, reference) is None:
            yield Refusal(Reason.BEGINS, f"the order {reference!r} of {day} is not settled yet; begin there")


def _item(case: Case, item: Message, about: Known | None, days: tuple[date, date]) -> Iterator[Refusal]:
    day = day_of(item)
    if not days[0] <= day <= days[1]:
        yield Refusal(Reason.PERIOD, f"it settles {day}, which is not between {days[0]} and {days[1]}")
    if about is None:
        yield Refusal(Reason.REFERENCE, f"no order {item.order_reference!r} was accepted", "OrderReference")
    elif about.day != day:
        yield Refusal(
            Reason.OTHER_PERIOD, f"the order {item.order_reference!r} is of {about.day}, not of {day}"
        )
    elif about.point != item.congestion_point:
        yield Refusal(Reason.POINT, f"the order {item.order_reference!r} is of {about.point}")
    yield from ill_placed(item.isps, len(case.rules.grid(day)), day)


def _date(day: object) -> date:
    return date.fromisoformat(str(day)[:10])
