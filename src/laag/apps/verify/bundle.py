"""BILL.json: the evidence of a day or more in one file, with the receipts for what was ordered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from laag.adapters.neighbourhood.wire import OrderReceipt
from laag.foundation.errors import BadInput
from laag.ledger.anchored import Anchored, read_anchored
from laag.ledger.canonical import encode
from laag.ledger.evidence import Evidence, read_evidence
from laag.ledger.refused import Refusal

KIND = "laag-bill"
MOST_BYTES = 64 * 2**20
WAY_OUT = "download it again from the page of the home"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is checked together."""

    proofs: tuple[Evidence, ...]
    receipts: tuple[OrderReceipt, ...] = ()
    member: str = ""
    """Whose receipts these are."""
    anchors: tuple[Anchored, ...] = ()
    """Those of the proofs that are anchored on another ledger, each with its proof."""


def written(
    proofs: Sequence[Mapping[str, Any]], receipts: Sequence[OrderReceipt] = (), member: str = ""
) -> bytes:
    """A file of it; ``proofs`` as ``Evidence.words`` gives them."""
    made: dict[str, Any] = {
        "kind": KIND,
        "version": 1,
        "member": member,
        "proofs": list(proofs),
        "receipts": [one.model_dump(mode="json") for one in receipts],
    }
    return encode(made) + b"\n"


def read(data: bytes, where: str = "the file") -> Bundle:
    """What a file holds: a bundle, or the evidence of one line alone; how its spaces fall does not matter."""
    said = _json(data, where)
    if not isinstance(said, dict) or said.get("kind") not in {KIND, "evidence", "anchored"}:
        raise BadInput(f"{where} is no bill with evidence; {WAY_OUT}")
    if said["kind"] != KIND:
        return _bundle([_proof(said, where)])
    if said.get("version") != 1:
        raise BadInput(
            f"{where} is of version {said.get('version')!r} and this laag reads 1; install a newer one"
        )
    proofs, receipts = said.get("proofs"), said.get("receipts", [])
    if not isinstance(proofs, list) or not isinstance(receipts, list) or not (proofs or receipts):
        raise BadInput(f"{where} holds no evidence; {WAY_OUT}")
    return _bundle(
        [_proof(one, f"{where}, proof {at}") for at, one in enumerate(proofs, 1)],
        tuple(_receipt(one, f"{where}, receipt {at}") for at, one in enumerate(receipts, 1)),
        str(said.get("member", "")),
    )


def anchored(bundle: Bundle, anchors: Sequence[Anchored | None]) -> bytes:
    """A file of the same with the anchors that were found, one for each proof."""
    proofs = [
        one.words() if there is None else there.words()
        for one, there in zip(bundle.proofs, anchors, strict=True)
    ]
    return written(proofs, bundle.receipts, bundle.member)


def _bundle(
    proofs: Sequence[Evidence | Anchored], receipts: tuple[OrderReceipt, ...] = (), member: str = ""
) -> Bundle:
    each = tuple(one.evidence if isinstance(one, Anchored) else one for one in proofs)
    return Bundle(each, receipts, member, tuple(one for one in proofs if isinstance(one, Anchored)))


def _json(data: bytes, where: str) -> Any:
    if len(data) > MOST_BYTES:
        raise BadInput(f"{where} is longer than any bill; {WAY_OUT}")
    try:
        return json.loads(data, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as odd:
        raise BadInput(f"{where} is not JSON ({odd}); {WAY_OUT}") from odd


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two fields of one name can be read as either: what was checked has to be what is read."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is there twice")
    return found


def _proof(said: Any, where: str) -> Evidence | Anchored:
    try:
        data = encode(said)
        is_anchored = isinstance(said, dict) and said.get("kind") == "anchored"
        return read_anchored(data) if is_anchored else read_evidence(data)
    except Refusal as no:
        raise BadInput(f"{where}: {no.refused.why.en}; {WAY_OUT}") from no


def _receipt(said: Any, where: str) -> OrderReceipt:
    try:
        return OrderReceipt.model_validate(said)
    except ValidationError as odd:
        raise BadInput(f"{where}: {odd.errors()[0]['msg']}; {WAY_OUT}") from odd
