"""Who joins later is given the log, applies all of it again, and believes no piece that does not hold."""

from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.ledger.comet.chain import Chain, book

from laag.adapters.ledger.comet import abci, snapshots
from laag.adapters.ledger.comet.app import Upkeep

few = settings(max_examples=15, deadline=None)


def grown(size):
    """A chain of so many entries, a snapshot after every block."""
    chain = Chain(upkeep=Upkeep(snapshot_every=1))
    for first in range(0, size, 7):
        chain.block(*map(book, range(first, min(first + 7, size))))
    if not size:
        chain.block()
    return chain


def newest(chain):
    return chain.app(abci.ListSnapshotsRequest()).snapshots[-1]


def piece(chain, snapshot, index):
    asked = abci.LoadSnapshotChunkRequest(snapshot.height, snapshot.format, index)
    return chain.app(asked).chunk


def offer(chain, snapshot, app_hash):
    return chain.app(abci.OfferSnapshotRequest(snapshot, app_hash)).result


def add(chain, index, data, sender="a"):
    return chain.app(abci.ApplySnapshotChunkRequest(index, data, sender))


@few
@given(size=st.integers(0, 40), at_once=st.integers(1, 20))
def test_a_log_is_taken_over_piece_by_piece_and_goes_on_as_the_others_do(size, at_once):
    snapshots.PIECE, before = at_once, snapshots.PIECE
    try:
        with closing(grown(size)) as old, closing(Chain(begin=False)) as new:
            snapshot = newest(old)
            assert offer(new, snapshot, old.app.record.state.app_hash) == abci.Offer.ACCEPT
            for index in range(snapshot.chunks):
                assert add(new, index, piece(old, snapshot, index)).result == abci.Chunk.ACCEPT
            assert new.app.record.state == old.app.record.state
            assert new.height == old.height
            assert new.block(book(99)).app_hash == old.block(book(99)).app_hash
    finally:
        snapshots.PIECE = before


def test_an_altered_piece_is_asked_from_another_and_its_sender_is_not_asked_again():
    with closing(grown(20)) as old, closing(Chain(begin=False)) as new:
        snapshot = newest(old)
        offer(new, snapshot, old.app.record.state.app_hash)
        good = piece(old, snapshot, 0)
        for bad in (good.replace(b'"leaves":16', b'"leaves":32', 1), b"junk\n", good + good, b"{}" * 20_000):
            said = add(new, 0, bad, "liar")
            assert (said.result, said.reject_senders) == (abci.Chunk.RETRY, ("liar",))
            assert new.height == 0
        assert add(new, 0, good).result == abci.Chunk.ACCEPT
        assert new.app.record.state == old.app.record.state


def test_a_log_that_comes_to_another_hash_is_not_taken():
    with closing(grown(20)) as old, closing(Chain(begin=False)) as new:
        snapshot = newest(old)
        offer(new, snapshot, old.app.record.state.app_hash)
        said = add(new, 0, b"".join(piece(old, snapshot, 0).splitlines(keepends=True)[:-1]))
        assert said.result == abci.Chunk.REJECT_SNAPSHOT
        assert new.height == 0


def test_an_offer_that_is_not_of_the_header_is_refused():
    with closing(grown(20)) as old, closing(Chain(begin=False)) as new:
        snapshot = newest(old)
        assert offer(new, snapshot, bytes(32)) == abci.Offer.REJECT
        odd = abci.Snapshot(snapshot.height, 2, snapshot.chunks, snapshot.hash, snapshot.metadata)
        assert offer(new, odd, old.app.record.state.app_hash) == abci.Offer.REJECT_FORMAT
        assert offer(old, snapshot, old.app.record.state.app_hash) == abci.Offer.ABORT
