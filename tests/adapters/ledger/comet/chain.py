"""Blocks without CometBFT: what it would ask the application, in the order in which it would ask."""

import hashlib
import json

from tests.ports.ledger.hands import KEYS, ROLES, key_of, signed

from laag.adapters.ledger.comet import abci
from laag.adapters.ledger.comet.app import Application, Upkeep
from laag.adapters.ledger.comet.record import Record
from laag.ledger import entries as on
from laag.ledger.comet_header import chain_id
from laag.ledger.genesis import founded
from laag.ledger.members import Member


def member(name, roles=()):
    return Member(name, (KEYS.get(name) or key_of(name)).public, roles, node=key_of(f"{name}'s node").public)


GENESIS = founded("kade", [member(name, roles) for name, roles in ROLES.items()])


def book(number, leaves=16, market="day-ahead"):
    root = hashlib.sha256(b"%d" % number).hexdigest()
    return signed(on.Book(GENESIS.ledger, "coop", root, leaves, market, f"p{number}", 0))


def clear(number, version=1):
    root = hashlib.sha256(b"clear %d %d" % (number, version)).hexdigest()
    return signed(
        on.Clear(GENESIS.ledger, "coop", root, 16, "day-ahead", f"p{number}", version, "layered", "0.1.0")
    )


class Chain:
    """One application, from a file or in memory."""

    def __init__(self, place=":memory:", upkeep=Upkeep(), *, begin=True) -> None:  # noqa: B008 - frozen
        self.app = Application(Record(place, GENESIS.data), upkeep)
        if begin and not self.height:
            self.said = self.app(
                abci.InitChainRequest(
                    chain_id=chain_id(GENESIS.ledger), app_state_bytes=json.dumps(GENESIS.ledger).encode()
                )
            )

    @property
    def height(self):
        return self.app(abci.InfoRequest()).last_block_height

    def decided(self, *txs, caught=()):
        """A block that is decided and not yet written."""
        return self.app(abci.FinalizeBlockRequest(txs, tuple(caught), height=self.height + 1))

    def block(self, *txs, caught=()):
        said = self.decided(*txs, caught=caught)
        self.app(abci.CommitRequest())
        return said

    def check(self, data, again=False):
        return self.app(abci.CheckTxRequest(data, int(again)))

    def told(self, path, asked=""):
        said = self.app(abci.QueryRequest(asked.encode(), path))
        assert not said.code, said.log
        return json.loads(said.value)

    def close(self):
        self.app.record.close()
