"""What a grid operator asks of what aggregators send it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from laag.adapters.uftp.conversation import Known, Standing
from laag.adapters.uftp.isps import covered, ill_placed, spread
from laag.adapters.uftp.judging import Case, expires
from laag.adapters.uftp.reasons import Reason, Refusal


def prognosis(case: Case) -> Iterator[Refusal]:
    """A D-prognosis: whole, plausible, newer than the last, and in time."""
    message, now = case.message, case.now
    begun = min(max(case.grid.index(now), 0), len(case.grid))
    lacking = set(range(begun, len(case.grid))) - covered(message.isps)
    if lacking:
        yield Refusal(
            Reason.LACKING,
            f"{case.day} has {len(case.grid)} ISPs and {len(lacking)} of them are not given, the first is {min(lacking) + 1}",
        )
    yield from _plausible(case, message.isps)
    last = case.books.prognosis(case.peer, message.congestion_point, case.day)
    if last is not None and int(message.revision) <= int(last.message.revision):
        yield Refusal(
            Reason.SUBORDINATE,
            f"revision {message.revision} is not after revision {last.message.revision}, which was taken",
        )
    gate = case.rules.gate(case.day)
    if now > gate and not (last and case.books.orders(case.peer, last.point, case.day, mine=True)):
        yield Refusal(
            Reason.DEADLINE,
            f"prognoses for {case.day} could come until {gate.isoformat(timespec='minutes')}; later ones only after an order",
        )


def offer(case: Case) -> Iterator[Refusal]:
    """A FlexOffer: on a request that stands, in part of what was asked, beside a baseline."""
    message, books = case.message, case.books
    isps = [one for option in message.offer_options for one in option.isps]
    for option in message.offer_options:
        yield from ill_placed(option.isps, len(case.grid), case.day)
        yield from _plausible(case, option.isps)
    yield from expires(case, isps)
    if message.currency != case.rules.currency:
        yield Refusal(Reason.INVALID, f"its Currency is {message.currency}; here it is {case.rules.currency}")
    if len(message.offer_options) > 1 and not case.rules.mutex:
        yield Refusal(Reason.MUTEX, "it has more than one OfferOption; send one")
    names = [option.option_reference for option in message.offer_options]
    if len(set(names)) < len(names):
        yield Refusal(Reason.INVALID, "two of its options have the same OptionReference")
    if message.flex_request_message_id is not None:
        yield from _on_request(case, isps)
    baseline = message.d_prognosis_message_id
    if baseline is not None:
        named = books.heard(case.peer, baseline)
        if named is None or named.kind != "D-Prognosis" or not named.stands:
            yield Refusal(Reason.REFERENCE, f"no D-prognosis {baseline} was taken", "D-PrognosisMessageID")
    elif books.prognosis(case.peer, message.congestion_point, case.day) is None:
        yield Refusal(
            Reason.BASELINE, f"no D-prognosis of {case.peer} for {case.day} was taken; send it first"
        )


def _on_request(case: Case, isps: list[object]) -> Iterator[Refusal]:
    message = case.message
    request = case.books.said(case.peer, message.flex_request_message_id)
    if request is None or request.kind != "FlexRequest":
        yield Refusal(
            Reason.REFERENCE,
            f"{case.peer} was sent no FlexRequest {message.flex_request_message_id}",
            "FlexRequestMessageID",
        )
        return
    yield from same_place(case, request)
    if request.expired(case.now):
        yield Refusal(
            Reason.EXPIRED, f"the request could be answered until {request.message.expiration_date_time}"
        )
    asked = covered(one for one in request.message.isps if str(one.disposition) == "Requested")
    if not asked & covered(isps):
        yield Refusal(Reason.MISMATCH, "none of the requested ISPs is in it")


def revocation(case: Case) -> Iterator[Refusal]:
    """A FlexOfferRevocation: of an offer that was taken, and that no accepted order stands on."""
    reference = case.message.flex_offer_message_id
    offer_ = case.books.heard(case.peer, reference)
    if offer_ is None or offer_.kind != "FlexOffer" or offer_.standing is Standing.REJECTED:
        yield Refusal(Reason.REFERENCE, f"no FlexOffer {reference} was taken", "FlexOfferMessageID")
        return
    if offer_.standing is Standing.REVOKED:
        yield Refusal(Reason.REVOKED, "it was taken back before")
    elif offer_.expired(case.now):
        yield Refusal(Reason.EXPIRED, f"the offer stood until {offer_.message.expiration_date_time}")
    orders = case.books.orders_of(offer_, mine=True)
    if any(order.standing is Standing.ACCEPTED for order in orders):
        yield Refusal(Reason.PROCURED, "it was ordered, and the order was accepted")


def metering(case: Case) -> Iterator[Refusal]:
    """A Metering message, where it is asked for."""
    if not case.rules.metering:
        yield Refusal(Reason.INVALID, "metering is not asked for here; the grid operator has its own")


def same_place(case: Case, about: Known) -> Iterator[Refusal]:
    """Whether a message is about the same day and point as the one it refers to."""
    if about.day != case.day:
        yield Refusal(
            Reason.OTHER_PERIOD, f"it is about {case.day} and the {about.kind} it refers to about {about.day}"
        )
    if about.point != case.message.congestion_point:
        yield Refusal(Reason.POINT, f"the {about.kind} it refers to is about {about.point}")


def _plausible(case: Case, isps: list[object]) -> Iterator[Refusal]:
    most = case.rules.most_watts
    if np.any(np.abs(spread_safely(isps, case)) > most):
        yield Refusal(Reason.POWER, f"more than {most} W is not plausible at one point")


def spread_safely(isps: list[object], case: Case) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Powers per PTU; of ISPs that are no part of the day nothing is read."""
    count = len(case.grid)
    inside = [one for one in isps if one.start >= 1 and one.start - 1 + one.duration <= count]  # type: ignore[attr-defined]  # the library has no types
    return spread(inside, count)
