"""A day on a ledger, and the evidence for one home's line of it."""

from __future__ import annotations

from functools import cache

from tests.ledger.parties import DAY, FOUR, Ledger, hashed, key_of, secret

from laag.ledger.canonical import encode
from laag.ledger.comet_header import BlockId, Header, Instant, Precommit, chain_id, validators_hash
from laag.ledger.entries import Rotate, Vote, read
from laag.ledger.evidence import Evidence, Pin, Placed, Shown, Since
from laag.ledger.heads import CometHead, Cosigned, NoteHead
from laag.ledger.lines import LineTree, filler, leaf, salt

HOMES = [f"home-{n:02d}" for n in range(60)]
KEY = f"settle/{DAY}/1"


def says(home: str) -> dict:
    """A home's line of the day."""
    amount = 1000 * int(home[-2:])
    return {"amount_units": [amount, -7], "kind": "settle", "period": DAY, "version": 1, "whose": home}


def line_leaf(home: str) -> bytes:
    return leaf(salt(secret(home), KEY), encode(says(home)))


@cache
def tree() -> LineTree:
    return LineTree.of(map(line_leaf, HOMES), lambda n: filler(b"of the street", KEY, n))


def day(street: Ledger, attests=("grid", "meters")) -> Ledger:
    """A whole day, recomputed by these."""
    made = tree()
    settled = street.settle(root=made.root.hex(), leaves=len(made.leaves))
    for entry in (street.book(), street.clear(), street.meter(), settled):
        street.write(entry)
    for who in attests:
        street.write(street.attest(who, settled))
    return street


def placed(street: Ledger, index: int) -> Placed:
    return Placed(street.data[index], index, street.path(index))


def shown(home: str) -> Shown:
    made, own = tree(), line_leaf(home)
    return Shown(says(home), salt(secret(home), KEY), own, *made.path(own))


def noted_head(street: Ledger, cosigners=("grid", "town")) -> NoteHead:
    bare = NoteHead(street.state.size, street.state.root, "coop", "")
    said = bare.checkpoint(street.id)
    signature = street.key("coop").sign(said.text)
    each = [Cosigned(who, 1_795_000_000 + n, street.key(who).sign(said.cosigned(1_795_000_000 + n)))
            for n, who in enumerate(sorted(cosigners))]  # fmt: skip
    return NoteHead(bare.size, bare.root, "coop", signature, tuple(each))


def comet_head(street: Ledger, committers=FOUR[:3], members=None, after=None) -> CometHead:
    """A block as CometBFT would make it; ``members`` were to make it and ``after`` the next, if others than those of now."""
    state = street.state
    nodes, then = ([one.node for one in who or state.members] for who in (members, after or members))
    some = bytes.fromhex(hashed("some"))
    header = Header(
        11, 1, chain_id(street.id), 7, Instant(1_795_000_000, 123), BlockId(some, 1, some), some, some,
        validators_hash(nodes), validators_hash(then), some, state.app_hash, some, some, some[:20],
    )  # fmt: skip
    block = BlockId(header.hash, 1, some)
    commits = []
    for n, who in enumerate(sorted(committers)):
        bare = Precommit(who, Instant(1_795_000_001, n), "")
        signature = key_of(who + " node").sign(bare.signed(header.chain, header.height, 0, block))
        commits.append(Precommit(who, bare.at, signature))
    return CometHead(state.size, state.root, state.digest, header, block, 0, tuple(commits))


def evidence(street: Ledger, home="home-07", head=None, since: Pin | None = None) -> Evidence:
    """For a line of the settlement, as the ledger stands now."""
    each = list(enumerate(read(one).entry for one in street.data))
    return Evidence(
        street.genesis,
        tuple(placed(street, n) for n, entry in each if isinstance(entry, Vote | Rotate)),
        placed(street, street.index[KEY].index),
        tuple(placed(street, n) for n, entry in each if entry.key.startswith(f"attest/{KEY}/")),
        head or noted_head(street),
        shown(home),
        Since(since.size, street.since(since.size)) if since else Since(),
    )
