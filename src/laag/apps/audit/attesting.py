"""What an auditing member says on the ledger: what came out the same it attests, what did not it disputes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from laag.adapters.keys import Key
from laag.apps.audit.findings import DISPUTED, Audit, Finding, What
from laag.apps.ledger.handing_in import MOST_AT_ONCE
from laag.ledger.entries import Attest, Dispute, to_sign, written
from laag.ledger.lines import digest


class HandsIn(Protocol):
    """Takes signed entries, as a member's node over HTTP does."""

    def submit(self, entries: list[bytes]) -> list[dict[str, object]]:
        """One answer each."""
        ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a member has to say of a day."""

    attests: tuple[Attest, ...]
    disputes: tuple[tuple[Dispute, bytes], ...]
    """With the words whose hash is on the ledger."""
    withheld: tuple[str, ...]
    """Keys that came out the same and rest on something that did not, or that could not be checked."""


def opinion(audit: Audit, by: str) -> Opinion:
    """Of every entry that somebody else wrote; nobody attests what follows from something that is not right."""
    attests, withheld = list[Attest](), list[str]()
    disputes = [
        (Dispute(audit.ledger, by, key, digest(words)), words)
        for key in _disputed(audit)
        for words in [reason(audit, key)]
    ]
    # Where the log holds what the rules do not take, it tells of no day that anybody can stand for.
    unruly = any(one.what is What.RULES for one in audit.findings)
    for row in audit.rows:
        if row.index is None or row.by == by or any(one.target == row.key for one, _ in disputes):
            continue
        if unruly or any(map(audit.of, _rests_on(row.key, audit))):
            withheld.append(row.key)
        else:
            attests.append(Attest(audit.ledger, by, row.key, row.root))
    return Opinion(tuple(attests), tuple(disputes), tuple(withheld))


def reason(audit: Audit, key: str) -> bytes:
    """The words of a dispute: what was found of this entry, the same bytes whenever it is found again."""
    found = [one.words() for one in audit.of(key)]
    return json.dumps(
        {"ledger": audit.ledger, "key": key, "findings": found}, sort_keys=True, indent=1
    ).encode()


def _disputed(audit: Audit) -> list[str]:
    """What is on the ledger and not right."""
    written = {row.key for row in audit.rows if row.index is not None}
    found: dict[str, Finding] = {}
    for one in audit.findings:
        for key in one.keys:
            if one.what in DISPUTED and (key in written or one.what is What.UNKNOWN):
                found.setdefault(key, one)
    return list(found)


def _rests_on(key: str, audit: Audit) -> Iterator[str]:
    """The entry itself and those that it follows from."""
    yield key
    kind, *parts = key.split("/")
    if kind == "clear":
        yield f"book/{parts[0]}/{parts[1]}/1"
    if kind == "settle":
        yield f"meter/{parts[0]}/{parts[1]}"
    if kind == "settle" or "intraday" in parts:
        before = [row.key for row in audit.rows if row.key.startswith(("clear/", "book/"))]
        yield from (one for one in before if kind == "settle" or "/day-ahead/" in one)


def keep(one: Opinion, folder: Path) -> list[Path]:
    """Write the words of each dispute to a file that is named by their hash."""
    found = []
    for dispute, words in one.disputes:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{dispute.reason}.json"
        path.write_bytes(words)
        found.append(path)
    return found


def handed_in(one: Opinion, key: Key, node: HandsIn) -> Iterator[tuple[str, dict[str, object]]]:
    """Each entry's key and what became of it."""
    entries: Sequence[Attest | Dispute] = [*one.attests, *(dispute for dispute, _ in one.disputes)]
    for some in _parts(entries):
        signed = [written(entry, key.sign(to_sign(entry))) for entry in some]
        yield from zip((entry.key for entry in some), node.submit(signed), strict=True)


def _parts(entries: Sequence[Attest | Dispute]) -> Iterable[Sequence[Attest | Dispute]]:
    return (entries[at : at + MOST_AT_ONCE] for at in range(0, len(entries), MOST_AT_ONCE))
