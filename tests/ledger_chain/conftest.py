"""Four members' nodes with a real CometBFT; without one these tests say so and pass by."""

import os

import pytest
from tests.ledger_chain.cluster import Cluster

COMETBFT = os.environ.get("LAAG_COMETBFT", "")


@pytest.fixture(scope="session")
def cometbft():
    if not COMETBFT:
        pytest.skip("no LAAG_COMETBFT: .ci/cometbft FOLDER builds one")
    return COMETBFT


@pytest.fixture
def chain(cometbft, tmp_path):
    with Cluster(tmp_path, cometbft) as four:
        four.ready()
        for one in four.nodes.values():
            one.ledger(patience_s=1.0)
        yield four
