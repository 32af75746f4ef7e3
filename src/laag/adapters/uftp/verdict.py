"""The judgement on a message, and the answer that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

import shapeshifter_uftp.uftp as u

from laag.adapters.uftp import judging_agr as agr
from laag.adapters.uftp import judging_dso as dso
from laag.adapters.uftp.conversation import Standing
from laag.adapters.uftp.judging import Case, addressed, answers, placed, timed
from laag.adapters.uftp.reasons import Reason, Refusal, together
from laag.adapters.uftp.wire import Message

_OF_A_KIND: Mapping[str, Callable[[Case], Iterator[Refusal]]] = {
    "D-Prognosis": dso.prognosis,
    "FlexOffer": dso.offer,
    "FlexOfferRevocation": dso.revocation,
    "Metering": dso.metering,
    "FlexRequest": agr.request,
    "FlexOrder": agr.order,
    "FlexReservationUpdate": agr.reservation,
    "FlexSettlement": agr.settlement,
}
_TWICE = Refusal(Reason.DUPLICATE, "this MessageID was used for another message; give each its own")
Disputes = Callable[[Case], Mapping[str, str]]
"""Which order settlements are disputed, by their reference, and why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message."""

    standing: Standing
    refusals: tuple[Refusal, ...] = ()

    @property
    def why(self) -> str:
        """All reasons in one line; empty where there is none."""
        return together(self.refusals)


def judged(case: Case, *, twice: bool = False) -> Verdict:
    """Whether a message is accepted; pure. ``twice`` where its id was used for another content."""
    refusals = (_TWICE,) if twice else tuple(dict.fromkeys(_refusals(case)))
    if refusals:
        return Verdict(Standing.REJECTED, refusals)
    return Verdict(Standing.NOTED if case.kind.is_answer else Standing.ACCEPTED)


def _refusals(case: Case) -> Iterator[Refusal]:
    wrongly = [*addressed(case)]
    yield from wrongly
    if wrongly:
        return
    if case.kind.is_answer:
        yield from answers(case)
        return
    ill = [*timed(case), *placed(case)]
    yield from ill
    if ill:
        return  # what is counted in another zone, or stands outside its day, cannot be looked at further
    if (own := _OF_A_KIND.get(case.kind.name)) is not None:
        yield from own(case)


def answer_to(
    case: Case, verdict: Verdict, disputes: Disputes | None = None, salt: str = ""
) -> Message | None:
    """The answer that tells the verdict, with an id that follows from the message; ``None`` where nothing is answered."""
    kind, message = case.kind, case.message
    if kind.is_answer:
        return None
    common = {
        "message_id": derived_id(case.domain, "answer", message.message_id.lower(), salt),
        "conversation_id": message.conversation_id,
        "sender_domain": case.domain,
        "recipient_domain": case.peer,
        "time_stamp": case.now.isoformat(),
    }
    if kind.name == "TestMessage":
        return u.TestMessageResponse(**common, result=None)
    refused = verdict.standing is Standing.REJECTED
    told = {
        kind.answer_field: message.message_id,
        "result": u.AcceptedRejected.REJECTED if refused else u.AcceptedRejected.ACCEPTED,
        "rejection_reason": verdict.why or None,
    }
    if kind.name == "FlexSettlement":
        told["flex_order_settlement_statuses"] = _statuses(case, verdict, disputes)
    if kind.name in {"AGRPortfolioQuery", "DSOPortfolioQuery"}:
        told |= {"period": message.period, "time_zone": message.time_zone}
    try:
        return kind.answer(**common, **told)
    except (TypeError, ValueError):
        return None  # to an AGRPortfolioQuery the schema lets nobody say no


def _statuses(case: Case, verdict: Verdict, disputes: Disputes | None) -> list[Message]:
    against = disputes(case) if disputes and verdict.standing is Standing.ACCEPTED else {}
    made = []
    for item in case.message.flex_order_settlements:
        why = verdict.why or against.get(item.order_reference or "", "")
        how = u.AcceptedDisputed.DISPUTED if why else u.AcceptedDisputed.ACCEPTED
        made.append(
            u.FlexOrderSettlementStatus(
                order_reference=item.order_reference, disposition=how, dispute_reason=why or None
            )
        )
    return made


def derived_id(*parts: str) -> str:
    """An id that follows from what it is about, so that who starts again says nothing twice.

    >>> derived_id("dso.example", "answer", "1") == derived_id("dso.example", "answer", "1")
    True
    """
    return str(uuid5(NAMESPACE_URL, "laag uftp " + "\x1f".join(parts)))
