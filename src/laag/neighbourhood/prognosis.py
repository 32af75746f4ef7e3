"""What the grid operator is shown of a street's plans: sums of at least ten homes, also by subtraction.

A D-prognosis is the sum of what homes below a congestion point announced. A cable with fewer than ten is not shown; its homes are in
the sum of the smallest point around it that is. Nor may anything be left over by subtraction: where a transformer has thirty
homes and one of its two cables twenty-five, the other five would be known. So where one to nine homes would be left, the smallest
shown point beside them is withheld as well, until none or at least ten are. Of a withheld cable the operator is told one thing per
PTU, whether it would be overloaded: it cannot help where it knows of no trouble, and a yes or no at a fixed rating says little of
anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laag.foundation.contracts import Flags, Ints
from laag.foundation.errors import BadInput, GridMismatch

FLOOR = 10
"""Homes in any sum that leaves the street."""


@dataclass(frozen=True, slots=True)
class Point:
    """A congestion point: what hangs directly on it (numbers of homes), what it is fed from, and what it may carry."""

    name: str
    parent: str | None
    homes: tuple[int, ...]
    import_max_wh: int
    export_max_wh: int


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What leaves the street of one point."""

    point: str
    wh: Ints | None
    """The D-prognosis; ``None`` where it is withheld."""
    within: str | None
    """The smallest point around it whose sum is shown; itself, or ``None`` where the whole street is too small."""
    overloaded: Flags
    """Whether the plans alone would overload it."""


def prognoses(points: Sequence[Point], planned_wh: Ints, floor: int = FLOOR) -> dict[str, Shown]:
    """Of every point; ``planned_wh`` has shape ``(homes, ptus)``.

    >>> import numpy as np
    >>> a, b = tuple(range(12)), tuple(range(12, 17))
    >>> tree = [Point("transformer", None, (), 99, 99), Point("a", "transformer", a, 99, 99), Point("b", "transformer", b, 99, 99)]
    >>> found = prognoses(tree, np.full((17, 1), 6))
    >>> [(one.point, one.wh is not None, one.within, bool(one.overloaded[0])) for one in found.values()]
    [('transformer', True, 'transformer', True), ('a', False, 'transformer', False), ('b', False, 'transformer', False)]
    """
    tree = _Tree(points, len(planned_wh))
    shown = tree.shown(floor)
    found = {}
    for point in points:
        total = planned_wh[list(tree.below[point.name])].sum(axis=0)
        over = (total > point.import_max_wh) | (total < -point.export_max_wh)
        within = tree.around(point.name, shown)
        found[point.name] = Shown(point.name, total if point.name in shown else None, within, over)
    return found


def may_be_shown_again(changed: Sequence[str], floor: int = FLOOR) -> bool:
    """Whether a new prognosis may take the place of an old one: the difference of the two is a sum as well."""
    return len(set(changed)) >= floor or not changed


class _Tree:
    def __init__(self, points: Sequence[Point], homes: int) -> None:
        self.points = {point.name: point for point in points}
        if len(self.points) != len(points):
            raise BadInput("two congestion points share a name; give each its own")
        self.children: dict[str, list[str]] = {name: [] for name in self.points}
        self.roots = []
        for point in points:
            if point.parent is None:
                self.roots.append(point.name)
            elif point.parent in self.points:
                self.children[point.parent].append(point.name)
            else:
                raise BadInput(f"{point.name} is fed from {point.parent}, which is no congestion point")
        self.below: dict[str, tuple[int, ...]] = {}
        for root in self.roots:
            self._count(root)
        hung = [home for point in points for home in point.homes]
        if len(self.below) != len(points):
            raise BadInput(
                "congestion points feed each other in a ring; give each a parent nearer to the feeding point"
            )
        if sorted(hung) != list(range(homes)):
            raise GridMismatch(f"{homes} plans and {len(hung)} homes on the points; each home hangs on one")

    def _count(self, name: str) -> tuple[int, ...]:
        below = self.points[name].homes
        for child in self.children[name]:
            below += self._count(child)
        self.below[name] = below
        return below

    def shown(self, floor: int) -> frozenset[str]:
        """From the feeding point down; what a shown point leaves besides the points shown within it is nobody or enough."""
        found: set[str] = set()
        todo = [root for root in self.roots if len(self.below[root]) >= floor]
        while todo:
            name = todo.pop()
            found.add(name)
            inner = [child for child in self.children[name] if len(self.below[child]) >= floor]
            inner.sort(key=lambda one: (-len(self.below[one]), one))
            while inner and 0 < len(self.below[name]) - sum(len(self.below[one]) for one in inner) < floor:
                inner.pop()
            # A point with the very same homes says nothing new, and is shown beside it.
            todo += inner
        return frozenset(found)

    def around(self, name: str, shown: frozenset[str]) -> str | None:
        """Itself, or the first shown point towards the feeding point."""
        at: str | None = name
        while at is not None and at not in shown:
            at = self.points[at].parent
        return at


def atoms(points: Sequence[Point], homes: int, shown: Mapping[str, Shown]) -> list[tuple[int, ...]]:
    """The smallest groups that anybody could compute from what is shown: each shown point less the shown ones within it."""
    tree = _Tree(points, homes)
    groups = []
    for name, one in shown.items():
        if one.wh is None:
            continue
        inner: set[int] = set()
        for other, shown_too in shown.items():
            if shown_too.wh is not None and other != name and _inside(tree, other, name):
                inner |= set(tree.below[other])
        groups.append(tuple(sorted(set(tree.below[name]) - inner)))
    return [group for group in groups if group]


def _inside(tree: _Tree, name: str, outer: str) -> bool:
    at = tree.points[name].parent
    while at is not None and at != outer:
        at = tree.points[at].parent
    return at == outer
