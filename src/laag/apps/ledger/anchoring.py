"""A street's record anchored on a chain that many share: one hash a day, which not even all its members can write otherwise.

An anchor says nothing of what is right. It says that this root was there by then; and it is refused where the street shows
another history than the one that was anchored last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from laag.adapters.keys import verified
from laag.adapters.ledger.comet.asking import Asking
from laag.adapters.ledger.comet.ledger import CometLedger
from laag.adapters.ledger.evidence import anchored_of
from laag.adapters.ledger.witness.client import Node
from laag.apps.ledger.folder import Folder
from laag.apps.ledger.settings import genesis_in
from laag.apps.verify.bundle import anchored
from laag.apps.verify.bundle import read as read_bill
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became, Found, Ledger
from laag.ledger import checkpoint
from laag.ledger.canonical import decode
from laag.ledger.entries import Anchor, read, to_sign, written
from laag.ledger.evidence import Placed
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.heads import NoteHead, noted
from laag.ledger.history import history
from laag.ledger.members import quorum
from laag.ledger.proofs import consistent
from laag.ledger.state import APP


def anchor(folder: Folder, url: str, ledger: str | None) -> int:
    """Put the newest head of a street, which its members signed, on the chain of this node; prints what became of it."""
    with (
        closing(Node(url)) as street,
        CometLedger(folder.wire().rpc, folder.genesis_data(), folder.outbox) as chain,
    ):
        begun = genesis(decode(street.genesis()))
        if ledger not in {None, begun.ledger}:
            raise BadInput(
                f"{url} shows ledger {begun.ledger[:12]}… and --ledger is {str(ledger)[:12]}…; ask which is right"
            )
        head = _signed(street, begun)
        last = _last(chain, begun.ledger)
        if last is not None and last.size == head.size and last.root == head.root.hex():
            print(json.dumps({"key": last.key, "final": True}))
            return 0
        _goes_on(street, head, last, url)
        me, key = folder.member(), folder.key()
        entry = Anchor(folder.genesis().ledger, me.id, begun.ledger, head.size, head.root.hex())
        receipt = chain.submit(written(entry, key.sign(to_sign(entry))))
    if receipt.became is Became.REFUSED:
        raise BadInput(receipt.why.en if receipt.why else receipt.code)
    print(json.dumps({"key": receipt.key, "index": receipt.index, "final": receipt.final_on_log}))
    return 0


def _signed(street: Node, begun: Genesis) -> NoteHead:
    """The newest head that members enough of the street signed."""
    said = street.checkpoint(proven=True)
    if said is None:
        raise BadInput(f"{street.url} shows no head that members enough signed yet; try again later")
    note = checkpoint.note(said.encode())
    size = checkpoint.checkpoint(note.text).size
    steps = tuple(Placed(one.data, one.index, ()) for one in _steps(street) if one.index < size)
    members = history(begun, steps, verified, APP).latest(size).members
    head = noted(note, begun.ledger, members, verified)
    if len(head.signers) < quorum(len(members)):
        raise BadInput(
            f"{len(head.signers)} of {len(members)} members signed the head that {street.url} shows; it takes {quorum(len(members))}, wait for them"
        )
    return head


def _steps(street: Node) -> Iterator[Found]:
    keys = [*street.keys("vote/"), *street.keys("rotate/")]
    yield from sorted((one for key in keys if (one := street.find(key))), key=lambda one: one.index)


def _last(chain: Ledger, origin: str) -> Anchor | None:
    """The newest anchor of a street."""
    found = (chain.find(key) for key in chain.keys(f"anchor/{origin}/"))
    every = [entry for one in found if one and isinstance(entry := read(one.data).entry, Anchor)]
    return max(every, key=lambda one: one.size, default=None)


def _goes_on(street: Node, head: NoteHead, last: Anchor | None, url: str) -> None:
    if last is None:
        return
    root = bytes.fromhex(last.root)
    path = street.consistency(last.size, head.size) if last.size < head.size else ()
    if not consistent(last.size, head.size, root, head.root, path):
        raise BadInput(
            f"{url} shows {head.size} entries that do not go on from the {last.size} that were anchored last: it went back, or shows "
            "two histories; anchor nothing, and tell the members of both"
        )


def complete(bill: Path, node: str, begun: Path, url: str, to: Path) -> int:
    """Write a bill again with the anchors of its evidence; 1 where some of it has none yet."""
    bundle = read_bill(bill.read_bytes(), str(bill))
    with closing(Node(url)) as street, closing(Asking(node, genesis_in(begun))) as chain:
        made = [anchored_of(chain, one, street.consistency) for one in bundle.proofs]
    to.write_bytes(anchored(bundle, made))
    missing = sum(one is None for one in made)
    print(
        f"{len(made) - missing} of {len(made)} lines are anchored on that chain; {to} says so to laag verify"
    )
    return 1 if missing else 0
