"""How a member's node stands, for its operator and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from laag.adapters.ledger.comet.clocks_seen import BLOCKS, Off, clocks
from laag.adapters.ledger.comet.headers import head_of
from laag.adapters.ledger.comet.outbox import Outbox
from laag.adapters.ledger.comet.rpc import Away, Rpc
from laag.apps.ledger.folder import Folder
from laag.ledger.comet_header import address
from laag.ledger.members import quorum


def status(folder: Folder) -> dict[str, Any]:
    """In words that do not change between versions."""
    begun, me = folder.genesis(), folder.member()
    told: dict[str, Any] = {
        "ledger": begun.ledger,
        "name": begun.name,
        "member": me.id,
        "peer": folder.peer(),
        "node": me.node,
        "halted": folder.halted.read_text("utf-8").strip() if folder.halted.exists() else None,
        "waiting": _waiting(folder),
        "running": False,
    }
    rpc = Rpc(folder.wire().rpc, timeout_s=5.0)
    try:
        said, state, head = rpc.status()["sync_info"], rpc.told("members"), rpc.told("head")
        ids = {one["id"] for one in state["members"]}
        told |= {
            "running": True,
            "height": head["height"],
            "size": head["size"],
            "root": head["root"],
            "catching_up": bool(said["catching_up"]),
            "last_block": said["latest_block_time"],
            "connected": sorted(one["node_info"]["moniker"] for one in rpc.peers()),
            "members": sorted(ids),
            "votes": me.id in ids,
            "clocks": {who: off.words() for who, off in _clocks(rpc, int(head["height"])).items()},
            "caught": [
                {"height": height, "member": _who(where, state["members"]), "at": at}
                for height, where, at in state["caught"]
            ],
        }
    except Away:
        pass
    finally:
        rpc.close()
    return told


def _clocks(rpc: Rpc, height: int) -> Mapping[str, Off]:
    """Of the members whose votes of the newest blocks show it; the newest block's own come with the next."""
    at = range(max(height - BLOCKS, 1), height)
    stood = ((one, rpc.told("head", str(one))) for one in at)
    return clocks([head_of(rpc.commit(one), stand) for one, stand in stood if stand is not None])


def _waiting(folder: Folder) -> int:
    if not folder.outbox.exists():
        return 0
    outbox = Outbox(folder.outbox)
    try:
        return len(outbox)
    finally:
        outbox.close()


def _who(where: str, members: list[dict[str, Any]]) -> str:
    return next((one["id"] for one in members if one["node"] and address(one["node"]) == where), where)


def shown(told: dict[str, Any]) -> str:
    """The same for people, a line each.

    >>> print(shown({"name": "kade", "ledger": "ab" * 32, "member": "dso", "halted": None, "waiting": 0, "running": False}))
    kade (abababababab…), node of dso
    it does not run; start it with: laag ledger node
    """
    lines = [f"{told['name']} ({told['ledger'][:12]}…), node of {told['member']}"]
    if told["halted"]:
        lines.append(f"it stands still: {told['halted']}")
    if not told["running"]:
        lines.append("it does not run; start it with: laag ledger node")
    else:
        lines += _running(told)
    if told["waiting"]:
        lines.append(f"{told['waiting']} entries wait to be taken; they are handed in until they are")
    return "\n".join(lines)


def _running(told: dict[str, Any]) -> list[str]:
    others = len(told["members"]) - told["votes"]
    here = len(set(told["connected"]) & set(told["members"])) + told["votes"]
    enough = here >= quorum(len(told["members"]))
    lines = [
        f"block {told['height']} of {told['last_block'][:19]}Z, {told['size']} entries, root {told['root'][:12]}…",
        f"connected with {len(told['connected'])} ({', '.join(told['connected']) or 'nobody'}); {others} others are members",
    ]
    if told["catching_up"]:
        lines.append("it is fetching what it missed")
    if not told["votes"]:
        lines.append("it follows, and has no vote")
    if not enough:
        lines.append(
            f"{here} of {len(told['members'])} members are here and {quorum(len(told['members']))} are needed: nothing is "
            "taken until they are, and nothing is lost"
        )
    lines += [_clock(who, off) for who, off in told["clocks"].items()]
    lines += [
        f"{one['member']} was caught at a {one['at']} in block {one['height']}" for one in told["caught"]
    ]
    return lines


def _clock(who: str, off: Mapping[str, Any]) -> str:
    way = "slow" if off["slow"] else "fast"
    much = "" if off["by_s"] is None else f"{off['by_s']} s "
    return f"the clock of {who} is {much}{way}; blocks do not suffer by it, and its member has to set it right (NTP)"


def show(folder: Folder, *, as_json: bool) -> int:
    """Print it; 0 where it runs and stands nowhere still."""
    told = status(folder)
    print(json.dumps(told, indent=1, sort_keys=True) if as_json else shown(told))
    return 0 if told["running"] and not told["halted"] else 1
