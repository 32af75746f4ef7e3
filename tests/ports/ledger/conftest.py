"""Ledgers of each kind; a driver is added by its name and how one of its ledgers is begun."""

import time
from contextlib import closing

import pytest
from tests.ports.ledger import comet
from tests.ports.ledger.fake import MemoryLedger
from tests.ports.ledger.hands import GENESIS, KEYS, history

WITHIN_S = 60


def memory(_, __):
    return MemoryLedger(GENESIS.data)


def embedded(_, folder):
    from laag.adapters.ledger.embedded import EmbeddedLedger

    return EmbeddedLedger(folder / "ledger.sqlite", [KEYS["coop"]], GENESIS.data)


DRIVERS = {"memory": memory, "embedded": embedded, "comet": comet.begun}
"""Each takes pytest's request and an empty folder, and gives a ledger of ``GENESIS`` that can be closed."""


@pytest.fixture(params=DRIVERS)
def ledger(request, tmp_path):
    with closing(DRIVERS[request.param](request, tmp_path)) as one:
        yield one


@pytest.fixture(scope="module", params=DRIVERS)
def full(request, tmp_path_factory):
    """Forty entries long, and only read."""
    with closing(DRIVERS[request.param](request, tmp_path_factory.mktemp("full"))) as one:
        for data in history(40):
            until_final(one, data)
        yield one


@pytest.fixture
def final():
    """Hands an entry in until it is on the log to stay."""
    return until_final


def until_final(ledger, data):
    until = time.monotonic() + WITHIN_S
    while not (receipt := ledger.submit(data)).final_on_log:
        assert time.monotonic() < until, receipt
        time.sleep(0.05)
    return receipt
