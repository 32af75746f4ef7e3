"""Whether homes said themselves what a log says they said: a street's server cannot sign for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Amendments, Consents, Offers, Orders, Readings, Tellings
from laag.apps.audit.findings import Finding, What, finding
from laag.apps.street.checking import Signature
from laag.cycle.live import (
    Amended,
    Consented,
    ConsentWithdrawn,
    Message,
    Metered,
    Offered,
    Ordered,
    Took,
    from_event,
)
from laag.foundation.ports import Event
from laag.foundation.words import Said

PARTS = ("device", "ptu", "side", "quantity_wh", "limit_ticks")
_UNSIGNED = "0" * 128
_LIST, _CHANGES, _READINGS, _OFFER = (
    Said("De orderlijst", "The order list"),
    Said("De wijziging", "The amendment"),
    Said("De meting", "The reading"),
    Said("Het aanbod", "The offer"),
)


@dataclass(slots=True)
class SignedEvents:
    """Looks at one event after the other; the key of a home is the one with which it joined."""

    day: str
    keys: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def look(self, event: Event) -> Iterator[Finding]:
        """What is wrong with one event; nothing where it is right or nobody's message."""
        if event.kind == "joined" and event.facts.get("public_key"):
            self.keys[event.key] = str(event.facts["public_key"])
        elif event.kind in {"ordered", "amended", "metered", "offered"}:
            self.count += 1
            message = from_event(event)
            if not _right(self.keys.get(event.key, ""), str(event.facts.get("signature", "")), message):
                yield self._unsigned(event, message)

    def _unsigned(self, event: Event, message: Message) -> Finding:
        what, keys = self._bears_on(message)
        day, number = event.facts["day"], event.facts["number"]
        return finding(
            What.SIGNATURE,
            Said(
                f"{what.nl} {number} van {event.key} voor {day} is niet door dit huis ondertekend: iemand anders schreef of veranderde haar.",
                f"{what.en} {number} of {event.key} for {day} was not signed by this home: somebody else wrote or altered it.",
            ),
            *keys,
            whose=event.key,
            committed=f"{event.kind} {number}",
            comes_out="no signature of this home",
        )

    def _bears_on(self, message: Message) -> tuple[Said, Iterable[str]]:
        book = f"book/day-ahead/{self.day}/1"
        match message:
            case Ordered():
                return _LIST, (book,)
            case Amended(rows=rows):
                return _CHANGES, [f"book/intraday/{self.day}.{ptu}/1" for ptu in sorted({*rows.ptu.tolist()})]
            case Offered():
                return _OFFER, (f"settle/{self.day}/1",)
            case Metered(day=day) if day.isoformat() != self.day:  # of a week before: what stands in
                return _READINGS, (book, f"meter/{self.day}/1")
            case _:
                return _READINGS, (f"meter/{self.day}/1",)


def _right(key: str, signature: str, message: Message) -> bool:
    # As it was when it was taken: nothing of it is checked again but the signature.
    match message:
        case Ordered() | Amended():
            made = Orders if isinstance(message, Ordered) else Amendments
            said: Signature = made.model_construct(
                None,
                member=message.member,
                day=message.day,
                number=message.number,
                signature=_UNSIGNED,
                **{name: getattr(message.rows, name).tolist() for name in PARTS},
            )
        case Metered():
            said = Readings.model_construct(
                None,
                member=message.member,
                day=message.day,
                number=message.number,
                ptu=message.ptu.tolist(),
                wh=message.wh.tolist(),
                signature=_UNSIGNED,
            )
        case Offered():
            steps = message.steps
            said = Offers.model_construct(
                None,
                member=message.member,
                day=message.day,
                number=message.number,
                request=message.request,
                ptu=message.ptu,
                less_wh=steps.less_wh.reshape(len(steps), -1).tolist() if len(steps) else [],
                price_ticks=steps.price_ticks.tolist(),
                rebound_step=steps.rebound_step.tolist(),
                rebound_ptu=steps.rebound_ptu.tolist(),
                rebound_wh=steps.rebound_wh.tolist(),
                least_permille=message.least_permille,
                signature=_UNSIGNED,
            )
        case Consented() | ConsentWithdrawn():
            said = Consents(
                member=message.member,
                day=message.day,
                number=message.number,
                purpose=message.purpose,
                until=message.until if isinstance(message, Consented) else None,
                scope=message.scope if isinstance(message, Consented) else None,
                signature=_UNSIGNED,
            )
        case Took():
            said = Tellings(
                member=message.member,
                day=message.day,
                number=message.number,
                agreement=message.agreement,
                wh=message.wh,
                because=message.because,
                signature=_UNSIGNED,
            )
        case _:
            return True
    return bool(key) and verified(key, signature, message_bytes(said))
