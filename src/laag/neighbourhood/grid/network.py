"""A low-voltage grid as it is run: a tree of cables and transformers below one feeding point.

Names and numbers, no file format. ``grow`` (beside this) makes a network of what a file holds; by then every node is fed,
every branch has its place below another, and every connection stands on a node.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Flags, Ints
from laag.foundation.errors import BadInput

Floats = NDArray[np.float64]

PHASES = (1, 2, 3)
LOW_VOLTAGE_KV = 1.0
"""Up to here a node is low voltage, and EN 50160's band of 230 V holds."""


@dataclass(frozen=True, slots=True)
class Node:
    """A place where cables meet. ``rated_kv`` is between phases: 0.4 in a street."""

    name: str
    rated_kv: float


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable or overhead line over its whole length, all parallel ones together.

    ``*0`` are of the zero sequence, which only an asymmetric flow needs: what the neutral adds.
    """

    name: str
    start: str
    end: str
    r_ohm: float
    x_ohm: float
    rated_a: float
    """``inf``: not stated, so nothing overloads it."""
    c_nf: float = 0.0
    r0_ohm: float = np.nan
    x0_ohm: float = np.nan
    """``nan``: not stated; four times ``r_ohm`` and ``x_ohm``, as where a neutral as thick as the phases returns it."""
    c0_nf: float = np.nan


@dataclass(frozen=True, slots=True)
class Transformer:
    """A transformer at its tap, all parallel ones together; ``start`` is its high-voltage side."""

    name: str
    start: str
    end: str
    rated_kva: float
    high_kv: float
    low_kv: float
    short_circuit: float
    """Short-circuit voltage, as a share."""
    copper_kw: float
    """Losses at full load."""
    iron_kw: float = 0.0
    """Losses at no load."""
    idle: float = 0.0
    """Current at no load, as a share of the rated."""
    high_turns: float = 1.0
    """Turns in use at the tap where it stands, of the rated: at +2.5 % on the high side this is 1.025, and less comes out."""
    low_turns: float = 1.0
    vector_group: str = "Dyn5"


Branch = Cable | Transformer


@dataclass(frozen=True, slots=True)
class Connection:
    """Who hangs where: ``name`` is an EAN or a home's name. On one phase or on all three."""

    name: str
    node: str
    phases: tuple[int, ...] = PHASES


@dataclass(frozen=True, eq=False)
class Network:
    """A tree. Branches stand in an order in which each comes after the one that feeds it."""

    source: str
    nodes: tuple[Node, ...]
    branches: tuple[Branch, ...]
    above: Ints
    """By branch: the node from which it is fed."""
    below: Ints
    """By branch: the node that it feeds; every node but the feeding point stands here once."""
    feeding_node: int
    feeding_pu: float
    connections: tuple[Connection, ...]

    @cached_property
    def connection_node(self) -> Ints:
        """By connection: its node."""
        at = {node.name: i for i, node in enumerate(self.nodes)}
        return np.array([at[one.node] for one in self.connections], np.int64)

    @cached_property
    def rated_kw(self) -> Floats:
        """By branch: what it carries at rated voltage and unity power factor (kW); ``inf`` where no rating is stated."""
        return np.array(
            [
                _rated_kw(branch, self.nodes[int(node)].rated_kv)
                for branch, node in zip(self.branches, self.below, strict=True)
            ],
            np.float64,
        )

    @cached_property
    def upright(self) -> Flags:
        """By branch: whether it is fed at its ``start``."""
        upper = [self.nodes[int(node)].name for node in self.above]
        return np.array(
            [branch.start == name for branch, name in zip(self.branches, upper, strict=True)], np.bool_
        )

    @cached_property
    def branch_above(self) -> Ints:
        """By branch: the one that feeds it; -1 where that is the feeding point itself."""
        feeder = {int(node): row for row, node in enumerate(self.below)}
        return np.array([feeder.get(int(node), -1) for node in self.above], np.int64)

    @cached_property
    def feeds(self) -> Flags:
        """``(branches, nodes)``: whether the node hangs behind the branch."""
        behind = np.zeros((len(self.branches), len(self.nodes)), np.bool_)
        for row in range(len(self.branches) - 1, -1, -1):
            behind[row, self.below[row]] = True
            if (parent := self.branch_above[row]) >= 0:
                behind[parent] |= behind[row]
        return behind

    def branch(self, name: str) -> int:
        """The place of a branch by its name."""
        return _place(name, (branch.name for branch in self.branches), "cable or transformer", self.source)

    def connection(self, name: str) -> int:
        """The place of a connection by its EAN or home name: its column in every table of offtake."""
        return _place(name, (one.name for one in self.connections), "connection", self.source)

    def at_nodes(self, offtake: Floats) -> Floats:
        """Offtake ``(ptus, connections)`` summed per node ``(ptus, nodes)``."""
        summed = np.zeros((len(self.nodes), len(offtake)))
        np.add.at(summed, self.connection_node, offtake.T)
        return summed.T


def _rated_kw(branch: Branch, rated_kv: float) -> float:
    return branch.rated_kva if isinstance(branch, Transformer) else 3**0.5 * rated_kv * branch.rated_a


def _place(name: str, names: Iterable[str], what: str, source: str) -> int:
    known = list(names)
    if name not in known:
        raise BadInput(
            f"{source} has no {what} {name!r}; it has {', '.join(known[:8])}{' …' * (len(known) > 8)}"
        )
    return known.index(name)
