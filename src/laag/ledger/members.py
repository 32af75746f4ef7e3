"""Who keeps the ledger together: a few parties, one vote each, none with a third of the votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from laag.ledger.canonical import Word, Words
from laag.ledger.fields import Fields
from laag.ledger.refused import Code, Refusal

GROUPS_FROM = 4
"""With fewer members nobody could have less than a third."""


class Role(StrEnum):
    """What a member may write; everybody attests, disputes, votes and rotates."""

    OPERATOR = "operator"
    """Books, clears, settles, anchors; signs checkpoints."""
    METERING = "metering"
    """Meters."""
    GRID = "grid"
    """Asks for and orders flexibility."""


@dataclass(frozen=True, slots=True)
class Member:
    """A party with a vote. ``key`` signs; ``node`` is its validator's key where there is a chain, else empty."""

    id: str
    key: str
    roles: tuple[str, ...] = ()
    group: str = ""
    """Who belongs together; its own id where nobody else belongs to it."""
    node: str = ""

    def __post_init__(self) -> None:
        if not self.group:
            object.__setattr__(self, "group", self.id)

    def words(self) -> Words:
        """As it is written down."""
        return {
            "group": self.group,
            "id": self.id,
            "key": self.key,
            "node": self.node,
            "roles": list(self.roles),
        }


def member(said: Word, where: str) -> Member:
    """A member as it was written down."""
    fields = Fields(said, where)
    found = Member(
        fields.name("id"),
        fields.hash("key"),
        fields.texts("roles"),
        fields.name("group"),
        fields.hash_or_none("node"),
    )
    fields.done()
    if unknown := set(found.roles) - set(Role):
        raise Refusal(
            Code.FORM,
            f"{where}.roles noemt {min(unknown)!r}; kies uit {', '.join(Role)}",
            f"{where}.roles names {min(unknown)!r}; choose from {', '.join(Role)}",
        )
    return found


def quorum(members: int) -> int:
    """The least number of members that is more than two thirds.

    >>> [quorum(n) for n in (1, 2, 3, 4, 7, 10)]
    [1, 2, 3, 3, 5, 7]
    """
    return 2 * members // 3 + 1


def held_together(members: Sequence[Member]) -> tuple[Member, ...]:
    """These members by id, if they can keep a ledger together; else a refusal that says what stands in the way."""
    for what, said in (("id", [one.id for one in members]), ("key", [one.key for one in members]),
                       ("node", [one.node for one in members if one.node])):  # fmt: skip
        if len(set(said)) < len(said):
            again = next(one for one, times in Counter(said).items() if times > 1)
            raise _cannot(
                f"{what} {again} komt twee keer voor; geef ieder lid een eigen",
                f"{what} {again} occurs twice; give every member its own",
            )
    if not any(Role.OPERATOR in one.roles for one in members):
        raise _cannot(
            "geen enkel lid is operator; geef een lid die rol",
            "no member is an operator; give a member that role",
        )
    group, votes = Counter(one.group for one in members).most_common(1)[0]
    if len(members) >= GROUPS_FROM and 3 * votes >= len(members):
        raise _cannot(
            f"groep {group} zou {votes} van {len(members)} stemmen hebben; minder dan een derde mag",
            f"group {group} would have {votes} of {len(members)} votes; less than a third may be",
        )
    return tuple(sorted(members, key=lambda one: one.id))


def _cannot(nl: str, en: str) -> Refusal:
    return Refusal(Code.CHANGE, f"zo kunnen leden geen grootboek houden: {nl}", f"so members cannot keep a ledger: {en}")  # fmt: skip
