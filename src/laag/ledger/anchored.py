"""Evidence of a street whose record is anchored in another ledger: that others, who are not of the street, keep its root too.

From the line to the street's head as ever; from there to the root that an ``anchor`` entry fixed; and from that entry to
the head of the other ledger, a chain that many share, and those who signed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said
from laag.ledger.canonical import EVIDENCE_BYTES, Word, Words, decode, encode
from laag.ledger.checks import continues
from laag.ledger.comet_header import Instant
from laag.ledger.entries import Anchor
from laag.ledger.evidence import Evidence, Pin, Placed, Since, evidence, placed, since
from laag.ledger.fields import Fields, hash_in, wrong
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.heads import CometHead, Head, head
from laag.ledger.leading import entered, led
from laag.ledger.proofs import consistent
from laag.ledger.refused import Code, NeedsUpgrade, Refusal, Refused
from laag.ledger.rules import Verify
from laag.ledger.state import APP
from laag.ledger.verified import Verified
from laag.ledger.verify import verify


@dataclass(frozen=True, slots=True)
class Anchorage:
    """An anchor on another ledger, and all that leads from it to that ledger's members."""

    genesis: Genesis
    steps: tuple[Placed, ...]
    entry: Placed
    head: Head
    path: tuple[bytes, ...]
    """That of the street's head and the anchored root the smaller one is the beginning of the larger."""
    since: Since = Since()

    def words(self) -> Words:
        """As evidence has it."""
        return {
            "entry": self.entry.words(),
            "genesis": self.genesis.words(),
            "head": self.head.words(),
            "path": [one.hex() for one in self.path],
            "since": self.since.words(),
            "steps": [one.words() for one in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Anchored:
    """A line's evidence, and where its ledger is anchored."""

    evidence: Evidence
    anchor: Anchorage

    def words(self) -> Words:
        """As it is kept in a file."""
        return {
            "anchor": self.anchor.words(),
            "evidence": self.evidence.words(),
            "kind": "anchored",
            "version": 1,
        }

    @property
    def data(self) -> bytes:
        """The same as canonical bytes."""
        return encode(self.words())


@dataclass(frozen=True, slots=True)
class VerifiedAnchor:
    """What was verified, and how far it goes."""

    line: Verified
    chain: str
    """The id of the other ledger."""
    name: str
    size: int
    """How long the street's log was when it was anchored."""
    index: int
    """Of the anchor, on the other ledger."""
    pin: Pin
    """Of the other ledger."""
    signed: tuple[str, ...]
    members: int
    at: Instant | None
    """When the block was made; ``None`` of a head that is no block."""

    @property
    def said(self) -> Said:
        """In one sentence."""
        return Said(
            f"Het boek van deze straat, zoals het was bij {self.size} inschrijvingen, is verankerd in {self.name}, inschrijving {self.index + 1} van de "
            f"{self.pin.size}, waarvoor {len(self.signed)} van de {self.members} leden daar tekenden: ook alle leden van de straat samen kunnen het niet meer herschrijven.",
            f"The record of this street, as it was at {self.size} entries, is anchored in {self.name}, entry {self.index + 1} of "
            f"{self.pin.size}, for which {len(self.signed)} of the {self.members} members there signed: not even all members of the street together can rewrite it any more.",
        )


def verify_anchored(
    one: Anchored,
    ledger: str,
    chain: str,
    check: Verify,
    pin: Pin | None = None,
    secret: bytes | None = None,
    chain_pin: Pin | None = None,
    knows: int = APP,
) -> VerifiedAnchor | Refused:
    """What it proves, or what is wrong with it; ``ledger`` and ``chain`` are the two ids that the household was given."""
    line = verify(one.evidence, ledger, check, pin, secret, knows)
    if isinstance(line, Refused):
        return line
    try:
        return _anchored(one, line, ledger, chain, check, chain_pin, knows)
    except Refusal as no:
        why = no.refused.why
        return Refused(
            no.refused.code,
            Said(f"in het grootboek van het anker: {why.nl}", f"in the ledger of the anchor: {why.en}"),
        )
    except NeedsUpgrade as no:
        return Refused(Code.UPGRADE, no.why)


def _anchored(
    one: Anchored, line: Verified, ledger: str, chain: str, check: Verify, pin: Pin | None, knows: int
) -> VerifiedAnchor:
    there = one.anchor
    past, signed = led(there, chain, check, knows)
    entry = entered(there.entry, there.head, past, check).entry
    if not isinstance(entry, Anchor) or entry.origin != ledger:
        raise Refusal(
            Code.ANCHOR,
            f"{entry.key} verankert niet grootboek {ledger[:12]}… maar iets anders; vraag het anker van je eigen straat",
            f"{entry.key} does not anchor ledger {ledger[:12]}… but something else; ask for the anchor of your own street",
        )
    _same_history(one, line, entry)
    continues(there.head, there.since, pin)
    at = there.head.header.time if isinstance(there.head, CometHead) else None
    members = past.latest(there.head.size).members
    return VerifiedAnchor(
        line, chain, there.genesis.name, entry.size, there.entry.index, Pin(there.head.size, there.head.root), signed, len(members), at
    )  # fmt: skip


def _same_history(one: Anchored, line: Verified, entry: Anchor) -> None:
    """Refuse an anchor of which this line's log is no part."""
    if entry.size <= line.index:
        raise Refusal(
            Code.ANCHOR,
            f"{entry.key} is van {entry.size} inschrijvingen, en {line.key} kwam daarna; wacht op het volgende anker",
            f"{entry.key} is of {entry.size} entries, and {line.key} came after them; wait for the next anchor",
        )
    (small, root), (large, last) = sorted(
        ((line.pin.size, line.pin.root), (entry.size, bytes.fromhex(entry.root)))
    )
    if not consistent(small, large, root, last, one.anchor.path):
        raise Refusal(
            Code.ANCHOR,
            f"{entry.key} is van een andere geschiedenis dan dit bewijs, of het pad ertussen klopt niet; bewaar beide en laat ze aan een ander lid zien",
            f"{entry.key} is of another history than this evidence, or the path between them does not hold; keep both and show them to another member",
        )


def read_anchored(data: bytes) -> Anchored:
    """As it was kept; a refusal says which field is not as it should be."""
    return anchored(decode(data.removesuffix(b"\n"), EVIDENCE_BYTES))


def anchored(said: Word, where: str = "anchored") -> Anchored:
    """From its words."""
    fields = Fields(said, where)
    if fields.take("kind") != "anchored":
        raise wrong(f"{where}.kind", "'anchored'", "'anchored'")
    if fields.take("version") != 1:
        raise wrong(
            f"{where}.version", "1; een nieuwere laag leest een nieuwere", "1; a newer laag reads a newer one"
        )
    found = Anchored(fields.one("evidence", evidence), fields.one("anchor", _anchorage))
    fields.done()
    return found


def _anchorage(said: Word, where: str) -> Anchorage:
    fields = Fields(said, where)
    found = Anchorage(
        fields.one("genesis", genesis), fields.each("steps", placed), fields.one("entry", placed),
        fields.one("head", head), fields.each("path", hash_in), fields.one("since", since),
    )  # fmt: skip
    fields.done()
    return found
