"""What is to be said of a line whose street is anchored on a chain that many share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from laag.adapters.keys import verified
from laag.apps.verify.bundle import Bundle
from laag.apps.verify.naming import spoken
from laag.apps.verify.points import Point, Weight, sentence
from laag.foundation.words import Said
from laag.ledger.anchored import VerifiedAnchor, verify_anchored


def anchors(bundle: Bundle, ledger: str, chain: str | None) -> Iterator[Point]:
    """A point for each anchor; ``chain`` is the id of the other ledger as it was given, if it was."""
    told = set[str]()
    for one in bundle.anchors:
        there = one.anchor.genesis.ledger
        if chain is None and there not in told:
            told.add(there)
            yield _unknown(there, one.anchor.genesis.name)
        match verify_anchored(one, ledger, chain or there, verified):
            case VerifiedAnchor() as good:
                yield Point(Weight.VERIFIED, _sentence(good), good.line.key)
            case no:
                yield Point(Weight.WRONG, sentence(no.why), code=no.code)


def _sentence(good: VerifiedAnchor) -> Said:
    if good.at is None:
        return good.said
    when = f"{datetime.fromtimestamp(good.at.seconds, UTC):%Y-%m-%d %H:%M}"
    return Said(
        f"{good.said.nl} Dat stond vast op {when} UTC.", f"{good.said.en} That was fixed by {when} UTC."
    )


def _unknown(there: str, name: str) -> Point:
    return Point(
        Weight.LIMIT,
        Said(
            f"Of {name} ({spoken(there)}) het grootboek is dat velen delen, zegt dit bewijs zelf; geef --anchor-id met het nummer dat je van een ander kreeg.",
            f"That {name} ({spoken(there)}) is the ledger that many share, this evidence itself says; give --anchor-id with the id that you had from somebody else.",
        ),
    )
