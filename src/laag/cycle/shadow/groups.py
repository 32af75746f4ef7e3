"""Which groups of homes a table may speak of: never one from which a single home could be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Some homes that have something in common."""

    of: str
    """What they are told apart by: ``devices``, ``cable``, ``tenure``."""
    name: str
    members: frozenset[str]


def shown(everybody: frozenset[str], wanted: Iterable[Group], floor: int) -> tuple[Group, ...]:
    """Those of the wanted groups that can be shown together, the first asked for first.

    Totals of groups that overlap can be taken from each other. So a group is shown only where the parts into which all
    that is shown divides the street stay at ``floor`` homes or more: whatever is added and taken off, homes of one part
    always count alike, and none of them comes out alone.

    >>> street = frozenset("abcdef")
    >>> pv, car = Group("devices", "pv", frozenset("abc")), Group("devices", "car", frozenset("cd"))
    >>> [one.name for one in shown(street, [pv, car], 2)]
    ['pv']
    """
    if len(everybody) < floor:
        return ()
    part: Mapping[str, tuple[bool, ...]] = dict.fromkeys(everybody, ())
    found: list[Group] = []
    for group in wanted:
        inside = group.members & everybody
        if not inside or inside == everybody:
            continue
        finer = {name: (*of, name in inside) for name, of in part.items()}
        if min(Counter(finer.values()).values()) >= floor:
            part = finer
            found.append(Group(group.of, group.name, inside))
    return tuple(found)


def by_kind(of: str, kinds: Mapping[str, Iterable[str]]) -> list[Group]:
    """A group for each kind; whoever is of no kind is in a group without a name.

    >>> [(one.name, sorted(one.members)) for one in by_kind("devices", {"a": ["pv"], "b": [], "c": ["pv", "ev"]})]
    [('pv', ['a', 'c']), ('ev', ['c']), ('', ['b'])]
    """
    homes: dict[str, set[str]] = {}
    for member, names in kinds.items():
        for name in list(names) or [""]:
            homes.setdefault(name, set()).add(member)
    groups = [Group(of, name, frozenset(who)) for name, who in homes.items()]
    return sorted(groups, key=lambda one: (one.name == "", -len(one.members), one.name))
