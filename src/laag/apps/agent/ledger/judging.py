"""Whether what the neighbourhood shows of one line is so: worked out here, from the evidence and what this home knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.committed import OwnProof, Stands
from laag.adapters.neighbourhood.wire import Both
from laag.apps.agent.ledger.kept import Verdict
from laag.apps.agent.ledger.odd import Odd
from laag.apps.verify.checking import sentence, units
from laag.foundation.words import Said
from laag.ledger.canonical import encode
from laag.ledger.evidence import Pin, read_evidence
from laag.ledger.refused import Code, Refusal, Refused
from laag.ledger.verify import Verified, verify

SOON_ENOUGH = timedelta(days=1)
"""Members have this long to sign before a home says that they do not."""


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
    lost: Said | None = None
    """What the neighbourhood says became of the day, where it was put back from a copy."""


def judged(
    proof: OwnProof | None, asked: Asked, ours: Ours, before: Verdict | None, now: datetime
) -> tuple[Verdict, Pin | None]:
    """What this home makes of it, and the head that it saw."""
    if proof is None:
        return _nothing(asked, before, now), None
    if proof.stands is not Stands.PROVEN:
        return _unproven(proof, before, now, asked.lost), None
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
        seen = (before.seen or before.evidence) if code is Odd.ANEW and before is not None else None
        verdict = verdict.model_copy(update={"code": code, "why": _both(why), "seen": seen})
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
    if before is not None and before.key == found.key and _leaf(before) not in {None, proof_leaf(proof)}:
        return Odd.ANEW, Said(
            f"In {found.key} staat nu een andere regel dan dit huis eerder nakeek; wat het toen zag, bewaart het.",
            f"{found.key} now has another line than this home verified before; what it saw then it keeps.",
        )
    if asked.paid is not None and units(found) != asked.paid:
        return Odd.AMOUNT, Said(
            f"Op de rekening staat een ander bedrag dan in {found.key}.",
            f"The bill says another amount than {found.key}.",
        )
    return None


def _leaf(before: Verdict) -> str | None:
    """Of a line that this home verified."""
    kept = before.seen or before.evidence
    return None if kept is None or not (before.holds or before.seen) else str(kept["line"]["leaf"])


def proof_leaf(proof: OwnProof) -> str:
    """Of what is shown."""
    assert proof.evidence is not None, "it was verified"
    return str(proof.evidence["line"]["leaf"])


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


def _unproven(proof: OwnProof, before: Verdict | None, now: datetime, lost: Said | None) -> Verdict:
    """Not there yet; what was verified before goes on holding, unless the neighbourhood itself says that it is wrong.

    A day that it lost is not wrong: what was verified holds, and of the rest that is said.
    """
    wrong = proof.stands is Stands.WRONG and lost is None
    if before is not None and before.holds and before.key == proof.key and not wrong:
        return before
    since = proof.since or (before.since if before is not None and before.key == proof.key else None) or now
    code: str = "" if proof.stands is not Stands.WRONG else Odd.UNLIKE if wrong else Odd.LOST
    if proof.stands is Stands.WRITTEN and now - since > SOON_ENOUGH:
        code = Odd.UNSIGNED
    why = _both(lost) if lost is not None and code == Odd.LOST else proof.why
    return Verdict(
        key=proof.key, stands=proof.stands, at=now, code=code, why=why, since=since, late=proof.late
    )


def before_the_record(kind: str, day: date, now: datetime) -> Verdict:
    """Of a day that no record is of."""
    return Verdict(key=f"{kind}/{day}", stands=Stands.BEFORE, at=now)


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
