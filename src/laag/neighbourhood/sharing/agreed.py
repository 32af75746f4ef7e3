"""A pot shared as the charter says: first the community fund, then its members by the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing.facts import By, Facts
from laag.neighbourhood.sharing.holdings import Leaving
from laag.neighbourhood.sharing.keys import shares

PERMILLE = 1000
MIDDLE = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """Units of 1e-8 EUR; together exactly the pot."""

    key: str
    pot_units: int
    fund_units: int
    """What was lost by broken agreements included."""
    members: Mapping[str, int]
    lost: Mapping[str, int] = field(default_factory=dict)
    """By who broke an agreement: what its share is less by."""

    @property
    def first_units(self) -> int:
        """The fund's part before the key."""
        return self.fund_units - sum(self.lost.values())


def shared(pot_units: int, charter: Charter, facts: Facts) -> Shared:
    """What of a pot is whose. The fund takes its part of a gain only; of a cost it bears nothing.

    What somebody loses by a broken agreement is the fund's: no neighbour gains by having seen it.

    >>> shared(1_000, Charter("Our street"), Facts(("ann", "bob"))).members
    {'ann': 500, 'bob': 500}
    """
    rules = charter.sharing
    fund = pot_units * rules.fund_permille // PERMILLE if pot_units > 0 else 0
    by_key = shares(rules.key, pot_units - fund, agreed(charter, facts))
    lost = {
        member: units - units * facts.kept_permille[member] // PERMILLE
        for member, units in by_key.items()
        if member in facts.kept_permille and units > 0
    }
    members = {member: units - lost.get(member, 0) for member, units in by_key.items()}
    return Shared(rules.key, pot_units, fund + sum(lost.values()), members, lost)


def agreed(charter: Charter, facts: Facts) -> Facts:
    """The facts with what the charter says of them."""
    rules = charter.sharing
    scale = rules.low_income_percent, MIDDLE, rules.high_income_percent
    return replace(facts, by=By(rules.pro_rata_by), scale=scale)


def leaving(charter: Charter) -> Leaving:
    """What becomes of a part of what was bought together, of who leaves."""
    return Leaving(charter.sharing.part_of_who_leaves)
