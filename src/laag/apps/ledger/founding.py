"""How a member comes to take part: it makes its keys, the ledger is founded, and whoever comes later is voted in."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack, closing
from pathlib import Path

from laag.adapters.ledger.comet.headers import head_of, stands
from laag.adapters.ledger.comet.ledger import CometLedger
from laag.adapters.ledger.comet.rpc import Rpc
from laag.adapters.ledger.comet.verifying import verify
from laag.apps.ledger.folder import Folder, NodeWire, SyncWire, made, read_member
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.ledger.canonical import decode
from laag.ledger.changes import Change, Join, Remove
from laag.ledger.comet_header import chain_id
from laag.ledger.entries import Vote, to_sign, written
from laag.ledger.genesis import Genesis, founded, genesis
from laag.ledger.members import quorum

_BLOCKS_BACK = 10


def init(args: argparse.Namespace) -> int:
    """Make a folder with keys."""
    told = {name: getattr(args, name) for name in ("listen", "rpc", "cometbft") if getattr(args, name)}
    folder = made(args.folder, NodeWire(member=args.member, **told), args.role, args.group)
    print(
        f"{folder.path} is made; its keys are for nobody else, and its key that votes is never to run on two machines"
    )
    print(f"for the genesis, or to be voted in: {folder.path / 'member.json'}")
    print(f"for the others' node.toml:          {folder.peer()}")
    return 0


def found(args: argparse.Namespace) -> int:
    """Write how a ledger begins."""
    begun = founded(args.name, [read_member(path) for path in args.member])
    if lacking := [one.id for one in begun.members if not one.node]:
        raise BadInput(
            f"{', '.join(lacking)} has no node; on a chain every member has one, see 'laag ledger init'"
        )
    try:
        with args.to.open("xb") as file:
            file.write(begun.data + b"\n")
    except FileExistsError as there:
        raise BadInput(f"there is a {args.to} already; give another path") from there
    print(
        f"{begun.name} begins with {len(begun.members)} members; it can bear the loss of {(len(begun.members) - 1) // 3}"
    )
    print(f"its id, to be given to every household: {begun.ledger}")
    return 0


def join(args: argparse.Namespace) -> int:
    """Take part in a ledger."""
    folder = Folder(args.folder)
    wire = folder.wire()
    data = args.genesis.read_bytes().removesuffix(b"\n")
    begun = genesis(decode(data))
    if begun.ledger != args.ledger:
        raise BadInput(
            f"{args.genesis} is the beginning of ledger {begun.ledger[:12]}…, not of {args.ledger[:12]}…; ask for the right file"
        )
    folder.keep_genesis(data)
    sync = _checked(begun, args.snapshot_from) if args.snapshot_from else wire.sync
    peers = (*wire.peers, *(one for one in args.peer if one not in wire.peers))
    folder.tell(
        NodeWire.model_validate({**wire.model_dump(), "peers": peers, "sync": sync and sync.model_dump()})
    )
    me = folder.member()
    if me in begun.members:
        print(
            f"{me.id} is one of the {len(begun.members)} that begin {begun.name}; go on with: laag ledger node {args.folder}"
        )
    else:
        print(f"{me.id} follows {begun.name}, and votes once more than two thirds of its members let it in")
        print(f"the key of its node: {me.node}")
        print(f"each of them: laag ledger vote FOLDER join {folder.path / 'member.json'}")
        print(f"and in the node.toml of each: {folder.peer()}")
    return 0


def _checked(begun: Genesis, servers: list[str]) -> SyncWire:
    """The newest block that all these servers show and that more than two thirds of the first members signed."""
    if len(servers) < 2:
        raise BadInput("a snapshot is checked at two members or more; give --snapshot-from once for each")
    with ExitStack() as open_:
        rpcs = [open_.enter_context(closing(Rpc(at))) for at in servers]
        height = min(int(one.status()["sync_info"]["latest_block_height"]) for one in rpcs)
        for at in range(height, max(height - _BLOCKS_BACK, 0), -1):
            if (found := _signed_block(begun, rpcs[0], at)) is None:
                continue
            if any(one.commit(at)["commit"]["block_id"]["hash"] != found for one in rpcs[1:]):
                raise BadInput(
                    f"{' and '.join(servers)} show two histories at block {at}; tell every member, and join nobody"
                )
            return SyncWire(servers=tuple(servers), height=at, hash=found)
    raise BadInput(
        "the members are no longer those of the genesis, so that no block can be checked by it alone; "
        "leave --snapshot-from out, and the node will fetch every block"
    )


def _signed_block(begun: Genesis, rpc: Rpc, height: int) -> str | None:
    """The hash of a block that more than two thirds of the first members signed; ``None`` where they did not."""
    nodes = {one.id: one.node for one in begun.members}
    head = head_of(rpc.commit(height), {**rpc.told("head", str(height)), "nodes": nodes})
    chain = chain_id(begun.ledger)
    signed = [
        one
        for one in head.commits
        if verify(nodes[one.by], one.signature, one.signed(chain, height, head.round, head.block))
    ]
    good = stands(head, nodes) and head.block.hash == head.header.hash and len(signed) >= quorum(len(nodes))
    return head.block.hash.hex().upper() if good else None


def vote(args: argparse.Namespace) -> int:
    """Sign a vote and hand it in."""
    folder = Folder(args.folder)
    begun, me = folder.genesis(), folder.member()
    change: Change = Join(read_member(Path(args.who))) if args.change == "join" else Remove(args.who)
    with closing(Rpc(folder.wire().rpc)) as rpc:
        changes = int(rpc.told("members")["changes"])
    entry = Vote(begun.ledger, me.id, changes, change)
    with CometLedger(folder.wire().rpc, folder.genesis_data(), folder.outbox) as ledger:
        receipt = ledger.submit(written(entry, folder.key().sign(to_sign(entry))))
    if receipt.became is Became.REFUSED:
        raise BadInput(receipt.why.en if receipt.why else receipt.code)
    print(json.dumps({"key": receipt.key, "index": receipt.index, "final": receipt.final_on_log}))
    return 0
