"""Who lives in the built-in street: twenty kinds of household, repeated, and how many people live in each.

The mix is a choice, not a forecast: 45 % of homes with panels, 25 % with a car charged at home, 25 % with a heat pump,
15 % with a battery, and a third with nothing at all, so that a week shows all that a layered market can do and a study
shows who cannot join in. ``docs/built-in-street.md`` compares it with the country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.study.population.noise import Tape


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the twenty: whose home it is and which of the big four it has."""

    tenure: str
    pv: bool = False
    ev: bool = False
    heat_pump: bool = False
    battery: bool = False

    @property
    def group(self) -> str:
        """The name for studies.

        >>> Kind("owner", pv=True, ev=True).group
        'owner, PV + EV'
        """
        has = {"PV": self.pv, "EV": self.ev, "heat pump": self.heat_pump, "battery": self.battery}
        return f"{self.tenure}, {' + '.join(name for name, there in has.items() if there) or 'no devices'}"


# In this order any first ten, or any cable's every third home, resembles the whole.
KINDS = (
    Kind("tenant"),
    Kind("owner", pv=True),
    Kind("owner", ev=True),
    Kind("tenant"),
    Kind("owner", pv=True, battery=True),
    Kind("owner", heat_pump=True),
    Kind("owner", pv=True, ev=True, heat_pump=True, battery=True),
    Kind("tenant"),
    Kind("tenant", pv=True),
    Kind("owner"),
    Kind("owner", pv=True, ev=True),
    Kind("tenant"),
    Kind("owner", pv=True, heat_pump=True),
    Kind("owner", pv=True),
    Kind("owner", heat_pump=True),
    Kind("tenant"),
    Kind("owner", pv=True, ev=True, battery=True),
    Kind("tenant", pv=True, heat_pump=True),
    Kind("owner", ev=True),
    Kind("owner"),
)

SIZES = (1, 2, 3, 4)
SIZE_SHARE = {"tenant": (0.50, 0.29, 0.10, 0.11), "owner": (0.22, 0.38, 0.16, 0.24)}
"""Share of households by number of people; four stands for four and more."""
YEARLY_KWH = (1800.0, 2750.0, 3370.0, 3900.0)
"""Mean yearly use by number of people, without car and heat pump."""
SPREAD = 0.22
"""Standard deviation of the logarithm of a household's use around its size's mean."""


@dataclass(frozen=True, slots=True)
class Household:
    """The people behind one front door; the same for every street with this seed."""

    index: int
    seed: int
    kind: Kind
    people: int
    yearly_kwh: float
    """Expected inflexible use, without car, heat pump and tap water."""
    later_quarters: int
    """How much later than the average household these people live; negative is earlier."""
    daytime: float
    """Their use on working days between 9 and 16 h, relative to the average household's."""

    @property
    def name(self) -> str:
        """The member's id in the market: the house number, wide enough to sort.

        >>> household(6, seed=1).name
        'nr-07'
        """
        return f"nr-{self.index + 1:02d}"

    def tape(self, purpose: str) -> Tape:
        """This household's own chance for one purpose."""
        return Tape(self.seed, self.index, purpose)


def household(index: int, seed: int, kinds: Sequence[Kind] = KINDS) -> Household:
    """The household at this place in the street, whatever the street's length.

    >>> household(6, seed=1).kind.group
    'owner, PV + EV + heat pump + battery'
    """
    kind = kinds[index % len(kinds)]
    pick = Tape(seed, index, "household").pick()
    size = int(pick.choice(len(SIZES), p=SIZE_SHARE[kind.tenure]))
    return Household(
        index=index,
        seed=seed,
        kind=kind,
        people=SIZES[size],
        yearly_kwh=YEARLY_KWH[size] * float(np.exp(SPREAD * pick.standard_normal() - SPREAD**2 / 2)),
        later_quarters=int(np.clip(np.rint(pick.normal(0, 3)), -6, 8)),
        daytime=float(pick.choice((0.65, 1.0, 1.35))),
    )


def away(home: Household, years: tuple[int, ...]) -> frozenset[int]:
    """The days (proleptic ordinals) on which nobody is at home: a summer holiday and, for some, a winter week."""
    days: set[int] = set()
    for year in years:
        u = home.tape("holiday").uniform(8 * year, 8)
        new_year = date(year, 1, 1).toordinal()
        if u[0] < 0.75:
            first = new_year + 180 + int(u[1] * 48)
            days.update(range(first, first + 7 + int(u[2] * 13)))
        if u[3] < 0.3:
            first = new_year + 40 + int(u[4] * 25)
            days.update(range(first, first + 4 + int(u[5] * 5)))
    return frozenset(days)
