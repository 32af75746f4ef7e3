"""Whose signatures count while members come and go on a real chain: of those whose block it was, and of nobody else."""

import base64
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.ledger_chain.cluster import eventually
from tests.ledger_chain.happenings import hands_in, join, remove

from laag.adapters.keys import Key, verified
from laag.adapters.ledger.comet.headers import head_of
from laag.adapters.ledger.comet.keys import VOTES
from laag.adapters.ledger.evidence import evidence_of
from laag.ledger import entries as on
from laag.ledger.canonical import encode
from laag.ledger.comet_header import Precommit, validators_hash
from laag.ledger.evidence import Evidence, Shown
from laag.ledger.heads import CometHead
from laag.ledger.lines import LineTree, filler, leaf, salt
from laag.ledger.refused import Code, Refused
from laag.ledger.verify import Verified, verify

pytestmark = pytest.mark.slow
SECRET = b"s" * 32


def line(chain, period):
    """A household's line under a book of this period, handed in and final."""
    key = f"book/kade/{period}/1"
    says = {"amount_units": 4_100, "whose": "home-07"}
    own = leaf(salt(SECRET, key), encode(says))
    tree = LineTree.of([own], lambda n: filler(b"f" * 32, key, n))
    book = on.Book(chain.genesis.ledger, "coop", tree.root.hex(), len(tree.leaves), "kade", period, 0)
    hands_in(chain["coop"], chain.signed(book))
    return key, Shown(says, salt(SECRET, key), own, *tree.path(own))


def evidence(chain, period):
    """Of that line, as a home is given it."""
    key, shown = line(chain, period)

    def proven():
        found = evidence_of(chain["dso"].ledgers[0], key, shown)
        return found if isinstance(found, Evidence) else None

    return eventually(proven, "no header proves it")


def node_key(node):
    """With which a validator signs blocks."""
    said = json.loads((node.folder.config / VOTES).read_text())
    return Key(Ed25519PrivateKey.from_private_bytes(base64.b64decode(said["priv_key"]["value"])[:32]))


def forged(head: CometHead, keys, **other) -> CometHead:
    """The same head in a block that these made: nothing is wrong with it but who they are."""
    header = replace(head.header, **other)
    block = replace(head.block, hash=header.hash)
    commits = []
    for who in sorted(keys):
        bare = Precommit(who, head.commits[0].at, "")
        signature = keys[who].sign(bare.signed(header.chain, header.height, head.round, block))
        commits.append(replace(bare, signature=signature))
    return replace(head, header=header, block=block, commits=tuple(commits))


def code(found):
    assert isinstance(found, Refused), found
    return found.code


def test_evidence_holds_before_and_after_changes_and_an_older_sets_signatures_never_do(chain):
    ledger = chain.genesis.ledger
    keys = {name: node_key(one) for name, one in chain.nodes.items()}
    before = evidence(chain, "p-1")
    nodes = [one.member.node for one in chain.nodes.values()]

    museum = join(chain, "museum")
    museum.ledger(patience_s=1.0)
    keys["museum"] = node_key(museum)
    joined = evidence(chain, "p-2")
    remove(chain, "town")
    after = evidence(chain, "p-3")
    for one in (before, joined, after):
        assert isinstance(found := verify(one, ledger, verified), Verified), found
    assert {one.by for one in after.head.commits} <= {"coop", "dso", "museum", "supplier"}
    nothing_counts_while_a_change_is_on_its_way(chain, after)

    def tried(of, who, **other):
        head = forged(of.head, {name: keys[name] for name in who}, **other)
        return verify(replace(of, head=head), ledger, verified)

    # Nothing is wrong with how it is forged: those whose block it was can sign it so.
    assert isinstance(tried(after, ("coop", "dso", "museum")), Verified)
    # The members from before, town among them, sign a block of today: as theirs, as the next one's, under the new set's name.
    old = validators_hash(nodes)
    first = ("coop", "dso", "supplier", "town")
    assert code(tried(after, first, validators=old, next_validators=old)) is Code.VALIDATORS
    assert code(tried(after, first, validators=old)) is Code.VALIDATORS
    assert code(tried(after, first, next_validators=old)) is Code.VALIDATORS
    assert code(tried(after, first)) is Code.UNKNOWN_MEMBER
    assert code(tried(after, ("coop", "dso"))) is Code.TOO_FEW
    # The one that came later signs a block from before.
    assert code(tried(before, ("coop", "dso", "museum"))) is Code.UNKNOWN_MEMBER
    # Who is left out of the story is missed: the app hash says who the members are.
    assert code(verify(replace(after, steps=before.steps), ledger, verified)) is Code.STEP


def nothing_counts_while_a_change_is_on_its_way(chain, later):
    """Every block there was: what it says of the next validators is what its state says, and only where its own are the same does it count."""
    node = chain["coop"]
    height = int(node.asks.status()["sync_info"]["latest_block_height"])
    counted = refused = 0
    for at in range(1, height + 1):
        stand = node.asks.told("head", str(at))
        if stand is None:  # before the first entry
            continue
        head = head_of(node.asks.commit(at), stand)
        assert head.header.next_validators == validators_hash(list(stand["nodes"].values())), at
        if head.size == 0:
            continue
        found = verify(proof_at(node, head, later), chain.genesis.ledger, verified)
        if head.header.validators == head.header.next_validators:
            assert isinstance(found, Verified), (at, found)
            counted += 1
        else:
            assert code(found) is Code.VALIDATORS, at
            refused += 1
    assert counted > 3
    assert refused >= 2, "no block was seen between a vote and its taking effect"


def proof_at(node, head, later):
    """Evidence under another head for the first line there was."""
    ledger = node.ledgers[0]

    def placed(one):
        return replace(one, path=ledger.path(one.index, head.size))

    key = "book/kade/p-1/1"
    found = ledger.find(key)
    says = {"amount_units": 4_100, "whose": "home-07"}
    own = leaf(salt(SECRET, key), encode(says))
    tree = LineTree.of([own], lambda n: filler(b"f" * 32, key, n))
    return replace(
        later,
        steps=tuple(placed(one) for one in later.steps if one.index < head.size),
        entry=placed(replace(later.entry, data=found.data, index=found.index)),
        head=head,
        line=Shown(says, salt(SECRET, key), own, *tree.path(own)),
    )
