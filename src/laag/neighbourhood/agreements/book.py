"""What is known of agreements: what homes told, and the cases in which one was not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from laag.neighbourhood.agreements.motions import Appealed, Told

Key = tuple[str, str, date]
"""A member, an agreement, a day."""


class Standing(StrEnum):
    """How a case stands."""

    OPEN = "open"
    """The member may still appeal; nothing follows yet."""
    APPEALED = "appealed"
    """Neighbours who were drawn by lot look at it; nothing follows yet."""
    STANDS = "stands"
    """What was found stands, and what the charter says follows."""
    DROPPED = "dropped"
    """An appeal was granted: it never counted."""


@dataclass(frozen=True, slots=True)
class Case:
    """A breach: what was found, and what became of it."""

    member: str
    agreement: str
    day: date
    wh: int
    because: str
    consequence: str
    """``warning`` or ``share``, as the charter said on that day."""
    until: date
    """The last day on which this step can be taken: to appeal, or to look at an appeal."""
    standing: str = Standing.OPEN
    appealed: Appealed | None = None
    jury: tuple[str, ...] = ()
    voices: Mapping[str, bool] = field(default_factory=dict)
    """What jurors think, by name: whether the appeal is granted."""

    @property
    def waits(self) -> bool:
        """Whether somebody can still do something about it."""
        return self.standing in {Standing.OPEN, Standing.APPEALED}

    @property
    def key(self) -> Key:
        """By which it is found."""
        return self.member, self.agreement, self.day


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is known of agreements; old days are let go of by ``since``."""

    told: Mapping[Key, Told] = field(default_factory=dict)
    """What waits to be looked at."""
    looked: Mapping[tuple[str, date], tuple[int, int, int]] = field(default_factory=dict)
    """By agreement and day: how many kept to it, did not, and of how many nothing is known."""
    cases: Mapping[Key, Case] = field(default_factory=dict)

    def of(self, member: str) -> tuple[Case, ...]:
        """A member's cases, the oldest first."""
        return tuple(
            sorted((one for one in self.cases.values() if one.member == member), key=lambda one: one.day)
        )

    def ending(self, today: date) -> tuple[Case, ...]:
        """Cases whose step is over by the beginning of a day, in their order."""
        over = [one for one in self.cases.values() if one.waits and one.until < today]
        return tuple(sorted(over, key=lambda one: one.key))

    def since(self, day: date, keeps_days: int) -> Book:
        """Without what is older than the charter keeps it."""
        oldest = day - timedelta(days=keeps_days)
        return Book(
            {key: one for key, one in self.told.items() if key[2] >= oldest},
            {key: one for key, one in self.looked.items() if key[1] >= oldest},
            {key: one for key, one in self.cases.items() if key[2] >= oldest},
        )
