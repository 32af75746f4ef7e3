"""What a key may go by: who take part, which connections are one household, and what each key needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput

ALL_PERMILLE = 1000


class Band(StrEnum):
    """Of a household's income, as it said itself, for sharing and nothing else."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class By(StrEnum):
    """What ``pro_rata`` goes by."""

    GIVEN = "given"
    """What was fed in while a neighbour took it."""
    USED = "used"
    """What was taken while a neighbour gave it."""
    BOTH = "both"


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Of one pot and one period. What a key does not need may be left out."""

    members: tuple[str, ...]
    """Connections."""
    households: Mapping[str, str] = field(default_factory=dict)
    """Of a connection that is not a household by itself: whose it is. Two of one household count as one."""
    net_wh: Ints | None = None
    """``(members, quarter-hours)``, towards the home +."""
    buy_ticks: Ints | None = None
    sell_ticks: Ints | None = None
    """What the supplier asks and gives for each of them, to who trades alone."""
    bands: Mapping[str, Band] = field(default_factory=dict)
    """By household; of those who sent theirs for this purpose and did not withdraw it."""
    scale: tuple[int, int, int] = (150, 100, 50)
    """Weights of a low, a middle and a high income; middle is also for who did not say."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Permille, or permille times days, by member; who holds nothing may be left out."""
    kept_permille: Mapping[str, int] = field(default_factory=dict)
    """Of a member who broke an agreement: what is left of its share (``neighbourhood.agreements``); of the others all."""
    by: By = By.BOTH
    lot: int = 0
    """Where many members are sampled: from here. A day's number will do, as long as everybody can know it."""

    within_percent: int = 2
    """How far off a sampled share may be, of the mean share, in 95 of a hundred cases."""

    def __post_init__(self) -> None:
        if not self.members or len(set(self.members)) != len(self.members):
            raise BadInput("a pot is shared among one member or more, each named once")
        if self.net_wh is not None and len(self.net_wh) != len(self.members):
            raise BadInput(
                f"there are {len(self.members)} members and quarter-hours of {len(self.net_wh)}; give a row for each"
            )
        if not all(0 <= permille <= ALL_PERMILLE for permille in self.kept_permille.values()):
            raise BadInput(
                f"of a share 0 to {ALL_PERMILLE} permille is kept; give that of who broke an agreement"
            )
        low, middle, high = self.scale
        if not low >= middle >= high >= 0 or low == 0:
            raise BadInput(
                f"the scale of incomes is {self.scale}; a lower income never weighs less than a higher one"
            )

    def household(self, member: str) -> str:
        """Whose a connection is."""
        return self.households.get(member, member)

    def homes(self) -> dict[str, list[int]]:
        """The rows of each household, in the order of the names."""
        found: dict[str, list[int]] = {}
        for row, member in enumerate(self.members):
            found.setdefault(self.household(member), []).append(row)
        return {name: found[name] for name in sorted(found, key=str.encode)}

    def meters(self) -> tuple[Ints, Ints, Ints]:
        """What each household took (+) or gave (-) in each quarter-hour, all its connections together, and both prices."""
        if self.net_wh is None or self.buy_ticks is None or self.sell_ticks is None:
            raise BadInput(
                "this key goes by quarter-hours and prices outside; give net_wh, buy_ticks and sell_ticks"
            )
        rows = [self.net_wh[at].sum(axis=0) for at in self.homes().values()]
        return np.stack(rows), self.buy_ticks, self.sell_ticks
