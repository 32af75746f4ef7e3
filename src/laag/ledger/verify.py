"""Whether a line is the one that was committed, by the evidence and the ledger's id alone: no server is asked or trusted."""

from __future__ import annotations

from laag.ledger.checks import continues, is_committed
from laag.ledger.entries import Attest, Entry, Lined
from laag.ledger.evidence import Evidence, Pin, Placed
from laag.ledger.history import History
from laag.ledger.leading import by_writer, entered, in_log, led
from laag.ledger.refused import Code, NeedsUpgrade, Refusal, Refused
from laag.ledger.rules import Verify
from laag.ledger.state import APP
from laag.ledger.verified import Verified

__all__ = ["Verified", "verify"]


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
    head = evidence.head
    past, signed = led(evidence, ledger, check, knows)
    now = past.latest(head.size)
    entry = _entry(evidence, past, check)
    is_committed(evidence.line, entry, secret)
    attested = {_attested(one, entry, evidence, past, check) for one in evidence.attests}
    continues(head, evidence.since, pin)
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


def _entry(evidence: Evidence, past: History, check: Verify) -> Lined:
    entry = entered(evidence.entry, evidence.head, past, check).entry
    if not isinstance(entry, Lined):
        raise Refusal(
            Code.FORM,
            f"{entry.key} heeft geen wortel waar een regel onder kan staan",
            f"{entry.key} has no root under which a line can stand",
        )
    return entry


def _attested(placed: Placed, entry: Lined, evidence: Evidence, past: History, check: Verify) -> str:
    try:
        found = by_writer(placed, past, check).entry
    except Refusal as no:
        raise _no_attestation(placed, no.refused.why.nl, no.refused.why.en) from no
    if not _attests(found, entry):
        raise _no_attestation(placed, f"het gaat niet over {entry.key}", f"it is not about {entry.key}")
    if not in_log(placed, evidence.head):
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
