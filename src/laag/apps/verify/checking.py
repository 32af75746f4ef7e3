"""What a bill's evidence proves, what it does not, and what is wrong with it: a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from laag.adapters.keys import verified
from laag.apps.verify.bundle import Bundle
from laag.apps.verify.naming import spoken
from laag.apps.verify.points import Point, Weight, sentence
from laag.apps.verify.receipts import Promise, newest, promise, said_of
from laag.apps.verify.seen import Seen
from laag.foundation.words import Lang, Said
from laag.ledger.evidence import Evidence
from laag.ledger.refused import Code
from laag.ledger.verify import Verified, verify
from laag.settlement.words import euros

__all__ = ["checked", "first_sight", "other_ledger", "proven", "sentence", "units"]


def checked(bundle: Bundle, ledger: str, seen: Seen) -> list[Point]:
    """Everything there is to say of it; ``seen`` is told of the heads that held."""
    found: list[Point] = []
    books: dict[str, Evidence] = {}
    for one in bundle.proofs:
        pin = seen.pin_for(one)
        match verify(one, ledger, verified, pin):
            case Verified() as good:
                books[good.key] = one
                found += proven(good, linked=pin is not None or not seen.heads)
                seen.add(ledger, good.pin)
            case no:
                found.append(Point(Weight.WRONG, sentence(no.why), _key(one), no.code))
    return [*found, *_receipts(bundle, ledger, books)]


def first_sight(ledger: str) -> Point:
    """Of a ledger that was not seen before: whether it is the neighbours' only they can say."""
    return Point(
        Weight.LIMIT,
        Said(
            f"Dit grootboek is hier niet eerder gezien. Het heet {spoken(ledger)}: vraag een buur of het daar net zo heet.",
            f"This ledger was not seen here before. It is called {spoken(ledger)}: ask a neighbour whether it has that name there.",
        ),
    )


def other_ledger(here: str, there: str) -> Point:
    """Of evidence from another ledger than was seen before."""
    return Point(
        Weight.WRONG,
        Said(
            f"Dit bewijs is van grootboek {spoken(there)} en hier is {spoken(here)} bekend. Is het van een andere buurt, geef dan een "
            "andere --pin; is het van dezelfde, dan is er een tweede boek gemaakt: laat beide aan een ander lid zien.",
            f"This evidence is of ledger {spoken(there)} and the one known here is {spoken(here)}. If it is of another neighbourhood, "
            "give another --pin; if it is of the same, a second ledger was made: show both to another member.",
        ),
        code=Code.OTHER_LEDGER,
    )


def proven(good: Verified, *, linked: bool) -> Iterator[Point]:
    """Of one line that holds: what, by whom, and what that does not say."""

    def point(weight: Weight, nl: str, en: str) -> Point:
        return Point(weight, Said(nl, en), good.key)

    yield point(
        Weight.VERIFIED,
        f"{_what(good, Lang.NL)} ligt vast in {good.key}, inschrijving {good.index + 1} van de {good.pin.size}.",
        f"{_what(good, Lang.EN)} is committed in {good.key}, entry {good.index + 1} of {good.pin.size}.",
    )
    if good.members == 1:
        yield point(
            Weight.LIMIT,
            f"Dit grootboek heeft één lid, {good.signed[0]}: niemand anders kijkt mee of telt na.",
            f"This ledger has one member, {good.signed[0]}: nobody else watches or recomputes.",
        )
    else:
        yield point(
            Weight.VERIFIED,
            f"{len(good.signed)} van de {good.members} leden tekenden voor het grootboek zoals het toen was: {', '.join(good.signed)}.",
            f"{len(good.signed)} of the {good.members} members signed for the ledger as it was then: {', '.join(good.signed)}.",
        )
        yield _recomputed(good)
    if not linked:
        yield point(
            Weight.LIMIT,
            "Het bewijs laat niet zien dat dit grootboek verdergaat op wat hier eerder is gezien; dat is nu niet nagegaan.",
            "The evidence does not show that this ledger goes on from what was seen here before; that was not checked now.",
        )


def _recomputed(good: Verified) -> Point:
    who = ", ".join(good.recomputed)
    if not who:
        said = Said(
            "Niemand rekende het na: dat de regel is wat werd vastgelegd staat vast, dat hij juist is nog niet.",
            "Nobody recomputed it: that the line is the one committed is certain, that it is right is not yet.",
        )
        return Point(Weight.LIMIT, said, good.key)
    final = (
        Said("Daarmee is het definitief.", "That makes it final.")
        if good.final
        else Said("Definitief is het nog niet.", "It is not final yet.")
    )
    said = Said(
        f"Met dezelfde uitkomst nagerekend door {who}. {final.nl}",
        f"Recomputed with the same result by {who}. {final.en}",
    )
    return Point(Weight.VERIFIED, said, good.key)


def _what(good: Verified, lang: Lang) -> str:
    """What the line is, with its amount where it has one."""
    paid = units(good)
    whose = good.says.get("whose", "")
    if paid is not None:
        amount = euros(paid, lang)
        return Said(
            f"Wat {whose} betaalt, {amount} zonder btw,", f"What {whose} pays, {amount} without VAT,"
        ).to(lang)
    kind = good.key.partition("/")[0]
    return _LINES.get(kind, _A_LINE).to(lang).format(whose=whose)


_LINES = {
    "book": Said("Wat {whose} bestelde", "What {whose} ordered"),
    "clear": Said("Wat de markt daarvan maakte voor {whose}", "What the market made of it for {whose}"),
    "meter": Said("Wat de meter van {whose} zei", "What the meter of {whose} said"),
}
_A_LINE = Said("De regel van {whose}", "The line of {whose}")


def units(good: Verified) -> int | None:
    """What a line of a settlement comes to, in units of 1e-8 EUR; ``None`` of another line."""
    amounts = good.says.get("amount_units")
    if good.says.get("kind") != "settle" or not isinstance(amounts, list):
        return None
    return sum(one for one in amounts if isinstance(one, int))


def _receipts(bundle: Bundle, ledger: str, books: dict[str, Evidence]) -> Iterator[Point]:
    mine = [one for one in bundle.proofs if one.genesis.ledger == ledger]
    for key, receipt in sorted(newest(bundle.receipts).items()):
        if not mine:
            continue
        became = promise(receipt, bundle.member, ledger, books.get(key), mine[0])
        weight = {Promise.KEPT: Weight.VERIFIED, Promise.FALSE: Weight.LIMIT}.get(became, Weight.WRONG)
        yield Point(
            weight, said_of(receipt, became), key, "" if weight is not Weight.WRONG else f"receipt-{became}"
        )


def _key(one: Evidence) -> str:
    """What the line says that it is of: unverified, so that it can be named."""
    says = one.line.says
    parts = (says.get(name) for name in ("kind", "market", "period", "version"))
    return "/".join(str(part) for part in parts if part is not None)
