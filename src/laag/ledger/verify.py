"""Whether a line is the one that was committed, by the evidence and the ledger's id alone: no server is asked or trusted."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said
from laag.ledger.canonical import Words
from laag.ledger.entries import Attest, Entry, Lined, Signed, read, words
from laag.ledger.evidence import Evidence, Pin, Placed, Shown
from laag.ledger.history import History, history, not_a_step
from laag.ledger.lines import leaf, salt
from laag.ledger.members import quorum
from laag.ledger.merkle import leaf_hash
from laag.ledger.proofs import consistent, included
from laag.ledger.refused import Code, NeedsUpgrade, Refusal, Refused
from laag.ledger.rules import Verify, signed_by_writer
from laag.ledger.signers import signers
from laag.ledger.state import APP

_ABOUT = ("kind", "market", "period", "version")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified, and how far it goes."""

    says: Words
    """The household's line."""
    key: str
    """Of the entry that it is under."""
    index: int
    pin: Pin
    """The head, for the household to keep."""
    signed: tuple[str, ...]
    """Who signed the head."""
    stands: tuple[str, ...]
    """Who wrote the entry, and who recomputed it and got the same."""
    recomputed: tuple[str, ...]
    """The latter alone."""
    members: int

    @property
    def final(self) -> bool:
        """Whether more than two thirds of the members stand for the entry."""
        return len(self.stands) >= quorum(self.members)

    @property
    def said(self) -> Said:
        """All of it in one sentence."""
        others = ", ".join(self.recomputed)
        final = (
            Said("daarmee is het definitief", "that makes it final")
            if self.final
            else Said("definitief is het nog niet", "it is not final yet")
        )
        return Said(
            f"Deze regel ligt vast in {self.key}, in een grootboek dat is ondertekend door {len(self.signed)} van de "
            f"{self.members} leden; met dezelfde uitkomst nagerekend door {others or 'nog niemand'}: {final.nl}.",
            f"This line is committed in {self.key}, in a ledger signed by {len(self.signed)} of the "
            f"{self.members} members; recomputed with the same result by {others or 'nobody yet'}: {final.en}.",
        )


def verify(
    evidence: Evidence,
    ledger: str,
    verified: Verify,
    pin: Pin | None = None,
    secret: bytes | None = None,
    knows: int = APP,
) -> Verified | Refused:
    """What the evidence proves of its line, or what is wrong with it.

    ``ledger`` is the id that the household was given; ``verified(key, signature, data)`` checks Ed25519; ``pin`` is the
    newest head that it saw before; with its ``secret`` the salt is checked too.
    """
    try:
        return _all(evidence, ledger, verified, pin, secret, knows)
    except Refusal as no:
        return no.refused
    except NeedsUpgrade as no:
        return Refused(Code.UPGRADE, no.why)


def _all(
    evidence: Evidence, ledger: str, check: Verify, pin: Pin | None, secret: bytes | None, knows: int
) -> Verified:
    if evidence.genesis.ledger != ledger:
        raise Refusal(
            Code.OTHER_LEDGER,
            f"dit bewijs begint bij grootboek {evidence.genesis.ledger[:12]}… en het uwe is {ledger[:12]}…; vraag het bewijs bij uw eigen buurt",
            f"this evidence begins at ledger {evidence.genesis.ledger[:12]}… and yours is {ledger[:12]}…; ask your own neighbourhood for it",
        )
    head = evidence.head
    past = history(evidence.genesis, evidence.steps, check, knows)
    now = past.now(head.size)
    if now.app > knows:
        raise NeedsUpgrade(now.app, knows)
    signed = signers(head, ledger, past, check)
    for step in evidence.steps:
        if not _in_log(step, evidence):
            raise not_a_step(step.index, "het staat niet in dit grootboek", "it is not in this ledger")
    entry = _entry(evidence, past, check)
    _line(evidence.line, entry, secret)
    attested = {_attested(one, entry, evidence, past, check) for one in evidence.attests}
    _continues(evidence, pin)
    stands = tuple(one.id for one in now.members if one.id in attested | {entry.by})
    return Verified(
        evidence.line.says,
        entry.key,
        evidence.entry.index,
        Pin(head.size, head.root),
        signed,
        stands,
        tuple(one for one in stands if one in attested - {entry.by}),
        len(now.members),
    )


def _in_log(placed: Placed, evidence: Evidence) -> bool:
    head = evidence.head
    return included(leaf_hash(placed.data), placed.index, head.size, placed.path, head.root)


def _entry(evidence: Evidence, past: History, check: Verify) -> Lined:
    placed = evidence.entry
    entry = _written(read(placed.data), placed, past, check).entry
    if not _in_log(placed, evidence):
        raise Refusal(
            Code.ENTRY_PATH,
            f"{entry.key} staat niet op plaats {placed.index} van dit grootboek; het pad erheen klopt niet",
            f"{entry.key} does not stand at place {placed.index} of this ledger; the path to it does not hold",
        )
    if not isinstance(entry, Lined):
        raise Refusal(
            Code.FORM,
            f"{entry.key} heeft geen wortel waar een regel onder kan staan",
            f"{entry.key} has no root under which a line can stand",
        )
    return entry


def _written(signed: Signed, placed: Placed, past: History, check: Verify) -> Signed:
    """An entry that its writer signed, with the key it had when the log was so long."""
    signed_by_writer(past.at(placed.index), signed, check)
    return signed


def _line(line: Shown, entry: Lined, secret: bytes | None) -> None:
    if secret is not None and salt(secret, entry.key) != line.salt:
        raise Refusal(
            Code.SALT,
            "het zout is niet van het geheim van dit huis gemaakt; het is de regel van een ander of een geraden regel",
            "the salt was not made of this home's secret; it is another's line or a guessed one",
        )
    found = leaf(line.salt, line.line)
    if found != line.leaf:
        raise Refusal(
            Code.LINE,
            f"de bedragen op deze regel, of het zout erbij, zijn niet die onder {entry.key}; vraag waarom ze veranderd zijn",
            f"the amounts on this line, or the salt with it, are not those under {entry.key}; ask why they were changed",
        )
    if not included(found, line.index, entry.leaves, line.path, bytes.fromhex(entry.root)):
        raise Refusal(
            Code.LINE_PATH,
            f"deze regel staat niet op plaats {line.index} onder {entry.key}; het pad erheen klopt niet",
            f"this line does not stand at place {line.index} under {entry.key}; the path to it does not hold",
        )
    said = words(entry)
    if other := [name for name in _ABOUT if name in line.says and line.says[name] != said.get(name)]:
        raise Refusal(
            Code.LINE,
            f"de regel zegt {other[0]} {line.says[other[0]]} en staat onder {entry.key}; het is een regel van iets anders",
            f"the line says {other[0]} {line.says[other[0]]} and stands under {entry.key}; it is a line of something else",
        )


def _attested(placed: Placed, entry: Lined, evidence: Evidence, past: History, check: Verify) -> str:
    try:
        found = _written(read(placed.data), placed, past, check).entry
    except Refusal as no:
        raise _no_attestation(placed, no.refused.why.nl, no.refused.why.en) from no
    if not _attests(found, entry):
        raise _no_attestation(placed, f"het gaat niet over {entry.key}", f"it is not about {entry.key}")
    if not _in_log(placed, evidence):
        raise _no_attestation(placed, "het staat niet in dit grootboek", "it is not in this ledger")
    return found.by


def _attests(found: Entry, entry: Lined) -> bool:
    return isinstance(found, Attest) and (found.target, found.root) == (entry.key, entry.root)


def _no_attestation(placed: Placed, nl: str, en: str) -> Refusal:
    return Refusal(
        Code.ATTESTATION,
        f"inschrijving {placed.index}, die zou zeggen dat een lid het narekende, klopt niet: {nl}",
        f"entry {placed.index}, which would say that a member recomputed it, does not hold: {en}",
    )


def _continues(evidence: Evidence, pin: Pin | None) -> None:
    head, since = evidence.head, evidence.since
    if pin is None:
        return
    if head.size < pin.size:
        raise Refusal(
            Code.ROLLED_BACK,
            f"u zag al {pin.size} inschrijvingen en dit bewijs kent er {head.size}; vraag een nieuwer bewijs, en waarom het grootboek korter werd",
            f"you saw {pin.size} entries before and this evidence knows {head.size}; ask for newer evidence, and why the ledger became shorter",
        )
    if head.size == pin.size and head.root != pin.root:
        raise Refusal(
            Code.SPLIT_VIEW,
            f"dit is een andere geschiedenis van {pin.size} inschrijvingen dan u zag; bewaar beide bewijzen en laat ze aan een ander lid zien",
            f"this is another history of {pin.size} entries than you saw; keep both and show them to another member",
        )
    if head.size == pin.size or not pin.size:
        return
    if since.size != pin.size or not consistent(pin.size, head.size, pin.root, head.root, since.path):
        raise Refusal(
            Code.UNCONNECTED,
            f"dit bewijs toont niet dat het grootboek verder gaat waar u het zag, bij {pin.size} inschrijvingen; vraag het bewijs vanaf daar, en als dat er niet is, laat beide aan een ander lid zien",
            f"this evidence does not show that the ledger goes on from where you saw it, at {pin.size} entries; ask for evidence from there, and if there is none, show both to another member",
        )
