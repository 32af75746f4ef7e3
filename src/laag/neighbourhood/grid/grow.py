"""From what a file holds to a network: what is odd is set aside with a finding, and the rest goes on.

Low-voltage grids are run as trees. A ring is left open at the branch that would close it furthest from the feeding point, a
second feeding point is set aside, and what then hangs on nothing is an island, with everybody on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.neighbourhood.grid.network import PHASES, Branch, Connection, Network, Node
from laag.neighbourhood.grid.sound import sound

Named = TypeVar("Named", Node, Connection)


@dataclass(frozen=True, slots=True)
class Feed:
    """Where the grid above begins, and the voltage that it keeps there, of the node's rated."""

    node: str
    voltage_pu: float = 1.0


def grow(
    source: str,
    nodes: Iterable[Node],
    branches: Iterable[Branch],
    feeds: Sequence[Feed],
    connections: Iterable[Connection],
) -> tuple[Network, tuple[Finding, ...]]:
    """The tree below the feeding point, and what was odd about it."""
    findings: list[Finding] = []
    kv = {}
    for node in _once(source, "node", nodes, findings):
        if node.rated_kv > 0 and np.isfinite(node.rated_kv):
            kv[node.name] = node.rated_kv
        else:
            findings.append(
                Finding(source, f"node {node.name!r}", f"{node.rated_kv:g} kV is no rated voltage")
            )
    usable = []
    for branch in branches:
        whole, told = sound(source, branch, kv)
        findings += told
        usable += [whole] if whole else []
    root = _root(source, feeds, kv, findings)
    fed, order = _follow(source, root.node, usable, findings)
    findings += _islands(source, kv, fed, usable)
    names = list(fed)
    place = {name: i for i, name in enumerate(names)}
    if not order:
        raise BadInput(
            f"{source}: no cable or transformer leaves the feeding point {root.node!r}; name the node that feeds the grid"
        )
    network = Network(
        source,
        tuple(Node(name, kv[name]) for name in names),
        tuple(branch for branch, _, _ in order),
        np.array([place[above] for _, above, _ in order], np.int64),
        np.array([place[below] for _, _, below in order], np.int64),
        0,
        root.voltage_pu,
        tuple(_standing(source, connections, kv, place, findings)),
    )
    return network, tuple(findings)


def _once(source: str, what: str, rows: Iterable[Named], findings: list[Finding]) -> list[Named]:
    """Each name once; the first counts."""
    seen: dict[str, Named] = {}
    for row in rows:
        if row.name in seen:
            findings.append(Finding(source, f"{what} {row.name!r}", "is there twice", "the first counts"))
        else:
            seen[row.name] = row
    return list(seen.values())


def _root(source: str, feeds: Sequence[Feed], kv: dict[str, float], findings: list[Finding]) -> Feed:
    known = []
    for feed in feeds:
        if feed.node not in kv:
            findings.append(Finding(source, f"feeding point {feed.node!r}", "stands on no node"))
        elif not 0.5 < feed.voltage_pu < 1.5:
            what = f"{feed.voltage_pu:g} of the rated voltage cannot be meant"
            findings.append(Finding(source, f"feeding point {feed.node!r}", what, "taken as 1.0"))
            known.append(Feed(feed.node))
        else:
            known.append(feed)
    if not known:
        raise BadInput(
            f"{source} has no feeding point on a node that it knows; say which node feeds the grid"
        )
    for more in known[1:]:
        what = f"a second feeding point beside {known[0].node!r}"
        findings.append(Finding(source, f"feeding point {more.node!r}", what, "only the first feeds"))
    return known[0]


def _follow(
    source: str, root: str, branches: Sequence[Branch], findings: list[Finding]
) -> tuple[dict[str, None], list[tuple[Branch, str, str]]]:
    """Nodes in the order in which they are reached, and each branch with its upper and lower node."""
    leaving: dict[str, list[int]] = defaultdict(list)
    for i, branch in enumerate(branches):
        leaving[branch.start].append(i)
        leaving[branch.end].append(i)
    reached: dict[str, None] = {root: None}
    order: list[tuple[Branch, str, str]] = []
    used: set[int] = set()
    ahead = [root]
    for at in ahead:
        for i in leaving[at]:
            if i in used:
                continue
            used.add(i)
            branch = branches[i]
            other = branch.end if branch.start == at else branch.start
            if other in reached:
                what = f"closes a ring between {branch.start!r} and {branch.end!r}"
                findings.append(Finding(source, f"branch {branch.name!r}", what, "left open"))
                continue
            reached[other] = None
            ahead.append(other)
            order.append((branch, at, other))
    return reached, order


def _islands(
    source: str, kv: dict[str, float], fed: dict[str, None], branches: Sequence[Branch]
) -> Iterable[Finding]:
    island = _joined([name for name in kv if name not in fed], branches)
    for names in island:
        shown = ", ".join(repr(name) for name in names[:4]) + (" …" if len(names) > 4 else "")
        nodes = "a node" if len(names) == 1 else f"{len(names)} nodes"
        what = f"an island of {nodes} that nothing joins to the feeding point: a cable is missing or a switch open"
        yield Finding(source, f"node{'s' * (len(names) > 1)} {shown}", what)


def _joined(names: Sequence[str], branches: Sequence[Branch]) -> list[list[str]]:
    group = {name: [name] for name in names}
    for branch in branches:
        if branch.start in group and branch.end in group and group[branch.start] is not group[branch.end]:
            group[branch.start] += group[branch.end]
            for name in group[branch.end]:
                group[name] = group[branch.start]
    whole: dict[Hashable, list[str]] = {id(one): one for one in group.values()}
    return list(whole.values())


def _standing(
    source: str,
    connections: Iterable[Connection],
    kv: dict[str, float],
    fed: dict[str, int],
    findings: list[Finding],
) -> Iterable[Connection]:
    for one in _once(source, "connection", connections, findings):
        where = f"connection {one.name!r}"
        if one.node not in fed:
            what = (
                f"hangs on the island of {one.node!r}"
                if one.node in kv
                else f"hangs on {one.node!r}, which is no node"
            )
            findings.append(Finding(source, where, what))
            continue
        phases = tuple(phase for phase in PHASES if phase in one.phases)
        if set(phases) != set(one.phases) or not phases:
            given = ", ".join(map(str, one.phases)) or "none"
            what = f"phases {given}: there are 1, 2 and 3"
            findings.append(Finding(source, where, what, "spread over all three"))
            phases = PHASES
        yield replace(one, phases=phases)
