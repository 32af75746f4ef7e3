"""The ledger as CometBFT asks it, block by block, without CometBFT."""

import json
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.ledger.comet.chain import GENESIS, Chain, book, clear, member
from tests.ports.ledger.hands import key_of, signed

from laag.adapters.ledger.comet import abci
from laag.adapters.ledger.comet.app import Upkeep
from laag.adapters.ledger.comet.outcome import receipt
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.ledger import entries as on
from laag.ledger.changes import Join, Remove, Upgrade
from laag.ledger.refused import Code, NeedsUpgrade

pieces = st.lists(st.sampled_from([*map(book, range(6)), *map(clear, range(6)), b"nonsense"]), max_size=12)


def proposed(chain, txs, most=10**6):
    return chain.app(abci.PrepareProposalRequest(most, tuple(txs), height=chain.height + 1)).txs


def accepted(chain, txs):
    said = chain.app(abci.ProcessProposalRequest(tuple(txs), height=chain.height + 1))
    return said.status == abci.Proposal.ACCEPT


@settings(max_examples=40, deadline=None)
@given(st.lists(pieces, max_size=4))
def test_what_one_proposes_of_any_heap_the_others_accept_and_take_whole(heaps):
    with closing(Chain()) as one, closing(Chain()) as other:
        for heap in heaps:
            txs = proposed(one, heap)
            assert accepted(other, txs)
            results = [chain.block(*txs) for chain in (one, other)]
            assert all(result.code == 0 for result in results[0].tx_results)
            assert results[0] == results[1]
        assert one.app.record.state == other.app.record.state


@settings(max_examples=40, deadline=None)
@given(pieces.filter(bool))
def test_a_block_is_accepted_where_every_entry_in_it_is_taken_and_only_there(txs):
    with closing(Chain()) as chain:
        good = accepted(chain, txs)
        results = chain.block(*txs).tx_results
        assert good == all(one.code == 0 for one in results)


def test_an_order_that_cannot_be_is_mended_by_who_proposes():
    with closing(Chain()) as chain:
        assert proposed(chain, [clear(1, 2), clear(1), book(1)]) == (book(1), clear(1), clear(1, 2))


def test_a_proposal_is_no_larger_than_it_may_be():
    with closing(Chain()) as chain:
        txs = proposed(chain, map(book, range(20)), most=5 * (len(book(1)) + 20))
        assert 4 <= len(txs) <= 6


def test_what_is_decided_and_not_written_is_played_again(tmp_path):
    with closing(Chain(tmp_path / "a")) as chain:
        chain.block(book(1))
        before = chain.decided(book(2), clear(2)).app_hash
    with closing(Chain(tmp_path / "a")) as chain:
        assert (chain.height, chain.app.record.state.size) == (1, 1)
        assert chain.block(book(2), clear(2)).app_hash == before
    with closing(Chain(tmp_path / "a")) as chain:
        info = chain.app(abci.InfoRequest())
        assert (info.last_block_height, info.last_block_app_hash) == (2, before)


def test_an_entry_waits_behind_those_that_wait():
    """The clearing may wait for a block as soon as its book does."""
    with closing(Chain()) as chain:
        assert [receipt(chain.check(data).log).became for data in (book(1), clear(1))] == [Became.TAKEN] * 2
        assert receipt(chain.check(book(1)).log).final_on_log is False
        chain.block(book(1))
        assert receipt(chain.check(book(1)).log).index == 0


def test_what_comes_before_its_time_may_wait_one_block_and_is_told_so():
    """Another node may have what it follows on; a second look is strict."""
    with closing(Chain()) as chain:
        said = chain.check(clear(1))
        assert (said.code, receipt(said.log).code) == (0, Code.OUT_OF_ORDER)
        assert chain.check(clear(1), again=True).code == 2
        assert proposed(chain, [clear(1)]) == ()


@pytest.mark.parametrize("junk", [b"", b"\xff", book(1).replace(b'"leaves":16', b'"leaves":32'), b"{}"])
def test_junk_waits_nowhere(junk):
    with closing(Chain()) as chain:
        said = receipt(chain.check(junk).log)
        assert (said.became, bool(said.why.nl), bool(said.why.en)) == (Became.REFUSED, True, True)
        assert not accepted(chain, [junk])
        assert not accepted(chain, [book(1), junk])


def vote(by, at, change):
    return signed(on.Vote(GENESIS.ledger, by, at, change))


def test_who_is_voted_in_validates_and_who_is_voted_out_does_not():
    fifth = member("museum")
    with closing(Chain()) as chain:
        assert len(chain.said.validators) == 4
        chain.block(*(vote(who, 0, Join(fifth)) for who in ("coop", "dso")))
        update = chain.block(vote("town", 0, Join(fifth))).validator_updates
        assert [(one.pub_key.ed25519.hex(), one.power) for one in update] == [(fifth.node, 1)]
        votes = [vote(who, 1, Remove("town")) for who in ("coop", "dso", "supplier")]
        last = signed(on.Vote(GENESIS.ledger, "museum", 1, Remove("town")), key_of("museum"))
        update = chain.block(*votes, last).validator_updates
        assert [one.power for one in update] == [0]


def test_who_signs_twice_is_remembered():
    misdeed = abci.Misbehavior(abci.Misdeed.DUPLICATE_VOTE, abci.Validator(b"\x07" * 20, 1), 5)
    with closing(Chain()) as chain:
        chain.block(caught=[misdeed])
        chain.block(book(1))
        assert chain.told("members")["caught"] == [[5, "07" * 20, "duplicate vote"]]


def test_rules_that_this_program_does_not_know_stop_it_in_one_sentence():
    with closing(Chain()) as chain:
        change = Upgrade(2, 4)
        chain.block(*(vote(who, 0, change) for who in ("coop", "dso", "town")), book(1))
        assert chain.app.record.state.app == 2
        with pytest.raises(NeedsUpgrade, match="install a laag that knows version 2"):
            chain.check(book(2))
        assert chain.app.needs is not None


def test_old_blocks_may_go_and_snapshots_are_kept_now_and_then():
    with closing(Chain(upkeep=Upkeep(blocks=3, snapshot_every=2))) as chain:
        chain.decided(book(0))
        assert chain.app(abci.CommitRequest()).retain_height == 0
        for number in range(1, 6):
            chain.decided(book(number))
            kept = chain.app(abci.CommitRequest()).retain_height
        assert kept == 3
        assert [one.height for one in chain.app(abci.ListSnapshotsRequest()).snapshots] == [2, 4, 6]


def test_a_peer_is_let_in_by_its_id(tmp_path):
    with closing(Chain()) as chain:
        chain.app._peers = lambda: {"a" * 40}
        codes = [
            chain.app(abci.QueryRequest(path=f"/p2p/filter/{path}")).code
            for path in ("addr/10.0.0.1:5", f"id/{'a' * 40}", f"id/{'b' * 40}")
        ]
        assert codes == [0, 0, 1]


@given(path=st.text(max_size=8), asked=st.binary(max_size=30))
@settings(max_examples=50, deadline=None)
def test_whatever_is_asked_is_answered(path, asked):
    with closing(Chain()) as chain:
        for name in (path, "find", "keys", "entries", "path", "consistency", "head", "places", "judge"):
            said = chain.app(abci.QueryRequest(asked, name))
            assert said.code in {0, 1}
            assert said.code or json.loads(said.value) is not NotImplemented


def test_a_chain_of_another_ledger_is_refused():
    with closing(Chain(begin=False)) as chain, pytest.raises(BadInput, match="this node's ledger is laag-"):
        chain.app(abci.InitChainRequest(chain_id="laag-other", app_state_bytes=b'"other"'))


def test_cometbft_that_lost_its_data_is_not_begun_anew_on_a_record_that_stands():
    begins = abci.InitChainRequest(
        chain_id=f"laag-{GENESIS.ledger[:40]}", app_state_bytes=json.dumps(GENESIS.ledger).encode()
    )
    with closing(Chain()) as chain:
        chain.block(book(1))
        with pytest.raises(BadInput, match="laag ledger refetch"):
            chain.app(begins)


def test_a_record_that_was_changed_by_hand_is_noticed(tmp_path):
    with closing(Chain(tmp_path / "a")) as chain:
        chain.block(book(1), book(2))
        chain.app.record.store._db.execute(
            "UPDATE entry SET data = ? WHERE place = 0", (book(1).replace(b'"leaves":16', b'"leaves":64'),)
        )
    with pytest.raises(BadInput, match="changed after it was written"):
        Chain(tmp_path / "a")
