"""One member's clock is wrong, on a real chain: the others go on, the record is right, and status says whose clock it is.

CometBFT is a Go program and asks the kernel for the time, not the C library: what lies to others about it (libfaketime)
does not reach it. So this takes one that was built with its clock a given time off (``.ci/cometbft-wrong-clock``).
"""

import os
from datetime import UTC, datetime

import pytest
from tests.ledger_chain.cluster import eventually
from tests.ledger_chain.happenings import hands_in

from laag.adapters.keys import verified
from laag.apps.cli import main
from laag.ledger.verify import Verified, verify

pytestmark = pytest.mark.slow
WRONG = os.environ.get("LAAG_COMETBFT_WRONG_CLOCK", "")
OTHERS = ["coop", "dso", "supplier"]
SECONDS = {"30s": 30, "10m": 600}


@pytest.fixture
def off(chain, tmp_path):
    """Start one member's node again with its clock so far off."""
    if not WRONG:
        pytest.skip("no LAAG_COMETBFT_WRONG_CLOCK: .ci/cometbft-wrong-clock FOLDER builds one")

    def begun(name, by):
        chain[name].stop()
        binary = tmp_path / f"{name}-cometbft"
        binary.write_text(f'#!/bin/sh\nWRONG_CLOCK={by} exec {WRONG} "$@"\n')
        binary.chmod(0o755)
        folder = chain[name].folder
        folder.tell(folder.wire().model_copy(update={"cometbft": str(binary)}))
        chain[name].start()

    return begun


@pytest.mark.parametrize("by", ["30s", "-10m"])
def test_a_member_whose_clock_is_wrong_holds_nobody_up(chain, off, by, capsys):
    from tests.ledger_chain.test_changes_of_members import evidence

    off("town", by)
    chain["town"].answers()
    for number in range(12):
        hands_in(chain[OTHERS[number % 3]], chain.book(number))
    chain.agree(OTHERS, size=12)
    good = evidence(chain, "wrong-clock")
    assert isinstance(verify(good, chain.genesis.ledger, verified), Verified)
    made = datetime.fromtimestamp(good.head.header.time.seconds, UTC)
    assert abs((datetime.now(UTC) - made).total_seconds()) < 120, (
        "a block's time is the median of its signers'"
    )

    def noticed():
        hands_in(chain["coop"], chain.book(chain.next_number()))
        return chain["dso"].status()["clocks"].get("town")

    told = eventually(noticed, lambda: str(chain["dso"].status()))
    fast = not by.startswith("-")
    assert told["slow"] == (not fast)
    # Of a slow one, while blocks follow each other closely, nobody sees by how much.
    assert told["by_s"] is None or abs(told["by_s"] - SECONDS[by.removeprefix("-")]) < 20
    assert told["by_s"] is not None or not fast
    assert set(chain["dso"].status()["clocks"]) == {"town"}
    assert main(["ledger", "status", str(chain["dso"].folder.path)]) == 0
    much = "" if told["by_s"] is None else f"{told['by_s']} s "
    assert f"the clock of town is {much}{'fast' if fast else 'slow'}" in capsys.readouterr().out
    chain.agree(size=12)
