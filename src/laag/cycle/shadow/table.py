"""The table of a shadow run: what days would have cost under a proposal, for each home by itself and for groups of homes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from laag.cycle.shadow.groups import Group, by_kind, shown
from laag.cycle.shadow.replayed import Lived, Sums
from laag.foundation.money import UNITS_PER_CENT, UNITS_PER_EUR

YEAR_DAYS = 365
NOTICED_UNITS = UNITS_PER_CENT // 2
"""Over all these days; what is less is called the same."""
_TEN_CENTS = 10 * UNITS_PER_CENT
_EVERYBODY_HAS = frozenset({"load"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a home paid, and would have paid."""

    days: int
    before_units: int
    after_units: int

    @property
    def change_units(self) -> int:
        """Paid more (+) or less (-)."""
        return self.after_units - self.before_units

    @property
    def per_year_units(self) -> int:
        """The same if a year were like these days."""
        return round(Fraction(self.change_units * YEAR_DAYS, self.days))


@dataclass(frozen=True, slots=True)
class Share:
    """A group of homes: who gains and who loses. What is one home's own is rounded, and a bound."""

    of: str
    """``street`` for everybody."""
    name: str
    homes: int
    gain: int
    lose: int
    change_units: int
    """Of all together over the days, paid more (+)."""
    median_units: int
    """A year, to ten cents."""
    most_gained_eur: int
    """A year: nobody gains more than this."""
    most_lost_eur: int

    @property
    def same(self) -> int:
        """For whom it makes less than half a cent."""
        return self.homes - self.gain - self.lose


@dataclass(frozen=True, slots=True)
class Table:
    """A whole shadow run."""

    proposal: str
    articles: tuple[str, ...]
    idle: tuple[str, ...]
    """Of these articles those that change nothing of days that have been."""
    days: tuple[date, ...]
    missing: tuple[tuple[date, str], ...] = ()
    """Days that could not be used, and what they lack."""
    before: Sums | None = None
    after: Sums | None = None
    street: Share | None = None
    """``None`` where there are fewer homes than the floor."""
    groups: tuple[Share, ...] = ()
    homes: Mapping[str, Effect] | None = None
    """By member; ``None`` where nothing was replayed. Each home reads its own and no other."""
    left_out: int = 0
    """What homes said after the market that could not be said again."""
    floor: int = 10

    @property
    def replayed(self) -> bool:
        """Whether there is something to compare."""
        return self.homes is not None


def compared(
    proposal: str,
    articles: Sequence[str],
    idle: Sequence[str],
    was: Lived,
    would: Lived,
    *,
    floor: int,
    more: Sequence[Group] = (),
    missing: Sequence[tuple[date, str]] = (),
) -> Table:
    """The same days beside each other; ``more`` are groups that are known otherwise, such as by tenure."""
    effects = {
        name: Effect(was.days[name], units, would.paid_units[name]) for name, units in was.paid_units.items()
    }
    everybody = frozenset(effects)
    wanted = [
        *_together(by_kind("cable", {name: [cable] if cable else [] for name, cable in was.cables.items()})),
        *by_kind("devices", {name: kinds - _EVERYBODY_HAS for name, kinds in was.devices().items()}),
        *more,
    ]
    groups = shown(everybody, wanted, floor)
    street = share(Group("street", "", everybody), effects) if len(everybody) >= floor else None
    return Table(
        proposal,
        tuple(articles),
        tuple(idle),
        was.period.days,
        tuple(missing),
        was.sums,
        would.sums,
        street,
        tuple(share(group, effects) for group in groups),
        effects,
        sum(would.skipped.values()) - sum(was.skipped.values()),
        floor,
    )


def _together(groups: list[Group]) -> list[Group]:
    """Cables, where there is more than one."""
    return groups if len(groups) > 1 else []


def share(group: Group, effects: Mapping[str, Effect]) -> Share:
    """Who of a group gains and who loses."""
    of = [effects[name] for name in sorted(group.members)]
    changes = [one.change_units for one in of]
    yearly = [one.per_year_units for one in of]
    middle = Fraction(median(yearly))
    return Share(
        group.of,
        group.name,
        len(of),
        sum(change < -NOTICED_UNITS for change in changes),
        sum(change > NOTICED_UNITS for change in changes),
        sum(changes),
        round(middle / _TEN_CENTS) * _TEN_CENTS,
        -(min(0, *yearly) // UNITS_PER_EUR),
        -(-max(0, *yearly) // UNITS_PER_EUR),
    )
