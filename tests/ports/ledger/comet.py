"""A chain of one validator, which is a chain all the same: a real CometBFT, started for a test and stopped after it."""

import base64
import json
import os
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.ledger_chain.cluster import Node, eventually
from tests.ports.ledger.hands import GENESIS, NODE

from laag.adapters.ledger.comet import keys

COMETBFT = os.environ.get("LAAG_COMETBFT", "")
_READY = []
"""One that no test has written to may serve the next."""


def begun(request, folder):
    """A ledger of ``GENESIS`` on a node of its own."""
    if not COMETBFT:
        pytest.skip("no LAAG_COMETBFT: .ci/cometbft FOLDER builds one")
    if not _READY:
        request.config.add_cleanup(_let_go)
        _READY.append(_started(folder / "coop"))
    return _Lent(_READY.pop())


def _started(folder: Path):
    node = Node(folder, COMETBFT, roles=("operator",), commit_ms=10)
    path = node.folder.config / keys.VOTES
    path.write_text(json.dumps({**json.loads(path.read_text()), **_of(NODE)}))
    node.begin(GENESIS.data, [])
    node.start()
    eventually(node.head, lambda: node.log[-2000:])
    return node


def _of(key):
    private = key._private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = bytes.fromhex(key.public)
    return {
        "address": "",
        "pub_key": {"type": "tendermint/PubKeyEd25519", "value": base64.b64encode(public).decode()},
        "priv_key": {
            "type": "tendermint/PrivKeyEd25519",
            "value": base64.b64encode(private + public).decode(),
        },
    }


class _Lent:
    """The ledger of a node that is stopped when it is given back, unless nothing was written."""

    def __init__(self, node) -> None:
        self._node = node
        self._ledger = node.ledger()

    def __getattr__(self, name) -> object:
        return getattr(self._ledger, name)

    def close(self):
        empty = self._ledger.head().size == 0
        self._ledger.close()
        if empty:
            _READY.append(self._node)
        else:
            _stop(self._node)


def _stop(node):
    with closing(node.asks):
        node.stop()


def _let_go():
    while _READY:
        _stop(_READY.pop())
