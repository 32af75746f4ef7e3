"""Whether what the neighbourhood shows of one line is so: worked out here, from the evidence and what this home knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.committed import OwnProof, Stands
from laag.adapters.neighbourhood.wire import Both
from laag.apps.agent.ledger.kept import Verdict
from laag.apps.verify.checking import sentence, units
from laag.foundation.words import Said
from laag.ledger.canonical import encode
from laag.ledger.evidence import Pin, read_evidence
from laag.ledger.refused import Code, Refusal, Refused
from laag.ledger.verify import Verified, verify

SOON_ENOUGH = timedelta(days=1)
"""Members have this long to sign before a home says that they do not."""


class Odd(StrEnum):
    """What is wrong beside what the evidence itself shows (``ledger.refused.Code``)."""

    NO_LINE = "no-line"
    """A settled day of which nothing is shown."""
    AMOUNT = "amount"
    """The bill says another amount than the line."""
    OTHER_LINE = "other-line"
    """Another home's, another day's, or an earlier version's."""
    UNSIGNED = "unsigned"
    """Too few members signed in a day."""
    UNLIKE = "unlike"
    """The neighbourhood says itself that its log and the record differ."""
    FRAUD = "receipt-broken"
    UNSHOWN = "receipt-unshown"
    OTHER_LIST = "receipt-other"
    """The receipt is of another list than was sent."""


WHOLE = frozenset({
    Code.OTHER_LEDGER, Code.UNKNOWN_MEMBER, Code.STEP, Code.HEAD_SIGNATURE, Code.COSIGNATURE, Code.TOO_FEW, Code.HEADER,
    Code.VALIDATORS, Code.APP_HASH, Code.ROLLED_BACK, Code.UNCONNECTED, Code.SPLIT_VIEW, Code.UPGRADE,
})  # fmt: skip
"""What is about the record as a whole and not about one day."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What this home knows for itself."""

    member: str
    ledger: str
    secret: bytes
    pin: Pin | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and what the page says of it."""

    day: date
    kind: str
    paid: int | None = None
    """What the bill says that the day came to, of a settlement."""


def judged(
    proof: OwnProof | None, asked: Asked, ours: Ours, before: Verdict | None, now: datetime
) -> tuple[Verdict, Pin | None]:
    """What this home makes of it, and the head that it saw."""
    if proof is None:
        return _nothing(asked, before, now), None
    if proof.stands is not Stands.PROVEN:
        return _unproven(proof, before, now), None
    found = _verified(proof.evidence, ours)
    body: dict[str, Any] = {
        "key": proof.key,
        "stands": proof.stands,
        "at": now,
        "late": proof.late,
        "evidence": proof.evidence,
    }
    if isinstance(found, Refused):
        return Verdict(**body, code=found.code, why=_both(sentence(found.why))), None
    verdict = Verdict(
        **body,
        units=units(found),
        signed=found.signed,
        recomputed=found.recomputed,
        members=found.members,
        final=found.final,
        index=found.index,
        size=found.pin.size,
    )
    if (odd := _odd(found, proof, asked, ours, before)) is not None:
        code, why = odd
        verdict = verdict.model_copy(update={"code": code, "why": _both(why)})
    return verdict, found.pin


def _verified(evidence: dict[str, Any] | None, ours: Ours) -> Verified | Refused:
    try:
        said = read_evidence(encode(evidence or {}))
    except Refusal as no:
        return no.refused
    return verify(said, ours.ledger, verified, ours.pin, ours.secret)


def _odd(
    found: Verified, proof: OwnProof, asked: Asked, ours: Ours, before: Verdict | None
) -> tuple[Odd, Said] | None:
    mine = found.key == proof.key and _about(found.key, asked) and found.says.get("whose") == ours.member
    if not mine:
        return Odd.OTHER_LINE, Said(
            f"Het bewijs is van {found.says.get('whose')} in {found.key}, en gevraagd was {asked.kind} van {asked.day} voor dit huis.",
            f"The evidence is of {found.says.get('whose')} in {found.key}, and what was asked for is {asked.kind} of {asked.day} for this home.",
        )
    if before is not None and before.holds and _version(before.key) > _version(found.key):
        return Odd.OTHER_LINE, Said(
            f"Dit huis zag eerder {before.key} en nu wordt {found.key} getoond, dat ouder is.",
            f"This home saw {before.key} before and is now shown {found.key}, which is older.",
        )
    if asked.paid is not None and units(found) != asked.paid:
        return Odd.AMOUNT, Said(
            f"Op de rekening staat een ander bedrag dan in {found.key}.",
            f"The bill says another amount than {found.key}.",
        )
    return None


def _about(key: str, asked: Asked) -> bool:
    kind, *_, period, _ = key.split("/")
    return (kind, period) == (asked.kind, asked.day.isoformat())


def _version(key: str) -> int:
    return int(key.rpartition("/")[2])


def _nothing(asked: Asked, before: Verdict | None, now: datetime) -> Verdict:
    why = Said(
        f"Deze dag is afgerekend, en voor dit huis wordt er geen regel van getoond ({asked.kind}).",
        f"This day was settled, and no line of it is shown for this home ({asked.kind}).",
    )
    since = before.since if before is not None and before.since else now
    return Verdict(
        key=f"{asked.kind}/{asked.day}",
        stands=Stands.WRITTEN,
        at=now,
        code=Odd.NO_LINE,
        why=_both(why),
        since=since,
    )


def _unproven(proof: OwnProof, before: Verdict | None, now: datetime) -> Verdict:
    """Not there yet; what was verified before goes on holding, unless the neighbourhood itself says that it is wrong."""
    if before is not None and before.holds and before.key == proof.key and proof.stands is not Stands.WRONG:
        return before
    since = proof.since or (before.since if before is not None and before.key == proof.key else None) or now
    code: str = Odd.UNLIKE if proof.stands is Stands.WRONG else ""
    if proof.stands is Stands.WRITTEN and now - since > SOON_ENOUGH:
        code = Odd.UNSIGNED
    return Verdict(
        key=proof.key, stands=proof.stands, at=now, code=code, why=proof.why, since=since, late=proof.late
    )


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
