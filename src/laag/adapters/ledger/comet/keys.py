"""The two keys of a node, in the files that CometBFT reads: one votes, the other is its name among peers."""

from __future__ import annotations

import base64
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from laag.foundation.errors import BadInput
from laag.ledger.comet_header import address

_PRIVATE, _PUBLIC = "tendermint/PrivKeyEd25519", "tendermint/PubKeyEd25519"
VOTES, PEERS, SIGNED = "priv_validator_key.json", "node_key.json", "priv_validator_state.json"
"""The key that votes, the key among peers, and what the first has signed last: that file keeps it from voting twice."""


def made(config: Path, data: Path) -> None:
    """Make both keys of a new node, where only its owner reads them; keys that are there are never written over."""
    votes, peers = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = votes.public_key().public_bytes_raw()
    for folder in (config, data):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _written(
        config / VOTES,
        {
            "address": address(public.hex()).upper(),
            "pub_key": {"type": _PUBLIC, "value": base64.b64encode(public).decode()},
            "priv_key": _private(votes),
        },
    )
    _written(config / PEERS, {"priv_key": _private(peers)})
    _written(data / SIGNED, {"height": "0", "round": 0, "step": 0})


def node(config: Path) -> str:
    """The public half of the key that votes, in hex: a member's ``node``."""
    return _secret(config / VOTES)[32:].hex()


def peer(config: Path) -> str:
    """How this node is called among its peers."""
    return sha256(_secret(config / PEERS)[32:]).digest()[:20].hex()


def _private(key: Ed25519PrivateKey) -> dict[str, str]:
    both = key.private_bytes_raw() + key.public_key().public_bytes_raw()
    return {"type": _PRIVATE, "value": base64.b64encode(both).decode()}


def _secret(path: Path) -> bytes:
    try:
        with path.open(encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise BadInput(
                    f"others on this machine can read {path}; take their rights away: chmod 600 {path}"
                )
            held = base64.b64decode(json.load(file)["priv_key"]["value"], validate=True)
    except FileNotFoundError as missing:
        raise BadInput(f"there is no key at {path}; make a node's keys with: laag ledger init") from missing
    except (ValueError, KeyError, TypeError) as odd:
        raise BadInput(f"{path} holds no key of a node; restore its copy") from odd
    if len(held) != 64:
        raise BadInput(f"{path} holds a key of {len(held)} bytes, an Ed25519 key has 64; restore its copy")
    return held


def _written(path: Path, body: Any) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(body, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as there:
        raise BadInput(
            f"there is a {path} already; a key that has voted is never replaced, give another folder"
        ) from there
