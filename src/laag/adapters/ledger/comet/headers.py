"""A header and its signatures from CometBFT's words into ours, and into those that evidence carries."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from laag.foundation.errors import BadInput
from laag.ledger.comet_header import BlockId, Header, Instant, Precommit, address, validators_hash
from laag.ledger.heads import CometHead
from laag.ledger.state import app_hash

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
_SIGNED_THIS = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def head_of(said: Mapping[str, Any], stand: Mapping[str, Any]) -> CometHead:
    """What ``commit`` answers of a block, with how the ledger stood before it; who signed nothing is left out."""
    nodes = {address(node).upper(): member for member, node in stand["nodes"].items()}
    try:
        commit = said["commit"]
        commits = [
            _precommit(nodes, one) for one in commit["signatures"] if one["block_id_flag"] == _SIGNED_THIS
        ]
        return CometHead(
            stand["size"],
            bytes.fromhex(stand["root"]),
            stand["state"],
            _header(said["header"]),
            _block(commit["block_id"]),
            int(commit["round"]),
            tuple(sorted((one for one in commits if one), key=lambda one: one.by)),
        )
    except (KeyError, TypeError, ValueError) as odd:
        raise BadInput(f"a node shows a header that is none ({odd}); ask another member's node") from odd


def stands(head: CometHead, nodes: Mapping[str, str]) -> bool:
    """Whether the header says this state, and was made by exactly these members' validators."""
    told = app_hash(head.size, head.root, head.state)
    return (head.header.app_hash, head.header.validators) == (told, validators_hash(list(nodes.values())))


def nodes_of(validators: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The public keys of validators as a node shows them, in hex."""
    return tuple(base64.b64decode(one["pub_key"]["value"]).hex() for one in validators)


def moment(text: str) -> Instant:
    """Seconds since 1970 and nanoseconds.

    >>> moment("1970-01-01T00:01:00.5Z")
    Instant(seconds=60, nanos=500000000)
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise BadInput(f"{text!r} is no time as CometBFT writes it")
    whole = datetime.fromisoformat(found[1] + "+00:00")
    return Instant(round((whole - _EPOCH).total_seconds()), int((found[2] or "0").ljust(9, "0")))


def _header(said: Mapping[str, Any]) -> Header:
    return Header(
        int(said["version"]["block"]),
        int(said["version"].get("app", 0)),
        str(said["chain_id"]),
        int(said["height"]),
        moment(said["time"]),
        _block(said["last_block_id"]),
        *(
            bytes.fromhex(said[name])
            for name in (
                "last_commit_hash",
                "data_hash",
                "validators_hash",
                "next_validators_hash",
                "consensus_hash",
                "app_hash",
                "last_results_hash",
                "evidence_hash",
                "proposer_address",
            )
        ),
    )


def _block(said: Mapping[str, Any]) -> BlockId:
    return BlockId(
        bytes.fromhex(said["hash"]), int(said["parts"]["total"]), bytes.fromhex(said["parts"]["hash"])
    )


def _precommit(nodes: Mapping[str, str], said: Mapping[str, Any]) -> Precommit | None:
    """A member's; ``None`` where it is of a validator that is no member any more."""
    by = nodes.get(said["validator_address"])
    if by is None:
        return None
    return Precommit(by, moment(said["timestamp"]), base64.b64decode(said["signature"]).hex())
