"""What the same quarter-hours would have cost under other rules: for each member, and for all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from laag.cycle.live.views.charged import Charged, charged, charged_under
from laag.cycle.live.views.period import Period
from laag.cycle.live.views.sentences import HALF_A_CENT, tell
from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.settlement.policy import Policy, Supply
from laag.settlement.tariff import Facts
from laag.settlement.words import Numbers

NOT_COUNTED = Said(
    "Hetzelfde verbruik is gerekend: onder andere regels hadden apparaten op andere momenten gedraaid, en dat telt hier niet "
    "mee. Wat per jaar wordt gerekend (salderen, de treden van de energiebelasting) is hier over alleen deze dagen gerekend.",
    "The same use was counted: under other rules devices would have run at other times, and that is left out. What is "
    "reckoned by the year (netting, the brackets of the energy tax) is reckoned here over these days alone.",
)
_DYNAMIC = Said("met een dynamisch contract (regels van {year})", "with a dynamic contract (rules of {year})")
_NETTING = Said(
    "met een vast contract en salderen (regels van {year})",
    "with a fixed contract and netting (rules of {year})",
)
_FIXED = Said(
    "met een vast contract zonder salderen (regels van {year})",
    "with a fixed contract and no netting (rules of {year})",
)
_YOU = (
    Said("Over {days} betaal je {paid_units}", "Over {days} you pay {paid_units}"),
    Said("Over {days} krijg je {paid_units}", "Over {days} you receive {paid_units}"),
)
"""What is paid, and what is received."""
_ALL = (
    Said(
        "Over {days} betaalt de straat samen {paid_units}",
        "Over {days} the street together pays {paid_units}",
    ),
    Said(
        "Over {days} krijgt de straat samen {paid_units}",
        "Over {days} the street together receives {paid_units}",
    ),
)
_CHEAPER = Said(
    "; {under} was {instead_units} {way}, een voordeel van {difference_units}.",
    "; {under} {instead_units} would have been {way}, a benefit of {difference_units}.",
)
_DEARER = Said(
    "; {under} was {instead_units} {way}, een nadeel van {difference_units}.",
    "; {under} {instead_units} would have been {way}, a loss of {difference_units}.",
)
_WAY = Said("betaald", "paid"), Said("ontvangen", "received")
_SAME = Said("; {under} was het evenveel geweest.", "; {under} it would have been the same.")


@dataclass(frozen=True, slots=True)
class Rules:
    """Other rules, with the figures of their day."""

    policy: Policy
    facts: Facts

    def __post_init__(self) -> None:
        if self.policy.has_market:
            raise BadInput(
                f"{self.policy.name} has a local market, which needs orders of its own; compare with a policy of contracts"
            )


@dataclass(frozen=True, slots=True)
class Compared:
    """What was paid, VAT and all, and what other rules would have asked; exact, before cents."""

    days: int
    paid_units: int
    instead_units: Mapping[str, int]
    """By the name of the policy."""
    said: tuple[Said, ...]
    """One sentence for each, and last what is not counted."""

    def benefit_units(self, policy: str) -> int:
        """What these rules cost less (+) or more (-) than others."""
        return self.instead_units[policy] - self.paid_units


@dataclass(frozen=True, slots=True, eq=False)
class Benefit:
    """Everybody's comparison; rows as in the period."""

    members: tuple[str, ...]
    days: Ints
    """On how many each took part."""
    paid_units: Ints
    instead_units: Mapping[str, Ints]
    rules: tuple[Rules, ...]

    def of(self, member: str) -> Compared | None:
        """One member's; nothing in it is of another."""
        if member not in self.members:
            return None
        row = self.members.index(member)
        return self._compared(np.arange(len(self.members)) == row, _YOU, int(self.days[row]))

    def together(self) -> Compared:
        """All together."""
        return self._compared(np.ones(len(self.members), np.bool_), _ALL, int(self.days.max()))

    def _compared(
        self, rows: np.ndarray[tuple[int], np.dtype[np.bool_]], whose: tuple[Said, Said], days: int
    ) -> Compared:
        paid = int(self.paid_units[rows].sum())
        instead = {name: int(units[rows].sum()) for name, units in self.instead_units.items()}
        said = [_sentence(whose, days, paid, instead[one.policy.name], one) for one in self.rules]
        return Compared(days, paid, instead, (*said, NOT_COUNTED))


def benefit(lived: Period, rules: tuple[Rules, ...]) -> Benefit:
    """The period as it was paid for, beside the same meters under other rules."""
    return _benefit(lived, rules, range(len(lived.joined)))


def benefit_of(lived: Period, member: str, rules: tuple[Rules, ...]) -> Compared | None:
    """One member's alone; ``None`` where it took part on no day."""
    row = lived.row(member)
    return None if row is None else _benefit(lived, rules, (row,)).of(member)


def _benefit(lived: Period, rules: tuple[Rules, ...], rows: Sequence[int]) -> Benefit:
    return Benefit(
        tuple(lived.joined[row].member for row in rows),
        np.asarray(lived.here.sum(axis=1), np.int64)[list(rows)],
        _units(charged(lived, rows)),
        {one.policy.name: _units(charged_under(lived, one.policy, one.facts, rows)) for one in rules},
        rules,
    )


def _units(each: tuple[Charged, ...]) -> Ints:
    """What each member pays over the period, with all that is charged by the day."""
    return np.array([one.units for one in each], np.int64)


def _sentence(whose: tuple[Said, Said], days: int, paid: int, instead: int, rules: Rules) -> Said:
    difference = instead - paid
    came = _SAME if abs(difference) < HALF_A_CENT else _CHEAPER if difference > 0 else _DEARER
    year = str(rules.facts.day.year)
    under = _NETTING if rules.policy.netting else _FIXED if rules.policy.supply is Supply.FIXED else _DYNAMIC
    numbers: Numbers = {
        "days": days,
        "paid_units": abs(paid),
        "instead_units": abs(instead),
        "difference_units": abs(difference),
        "year": year,
    }
    told = _put(_put(came, "{under}", under), "{way}", _WAY[instead < 0])
    return tell(_after(whose[paid < 0], told), numbers)


def _put(one: Said, name: str, other: Said) -> Said:
    return Said(one.nl.replace(name, other.nl), one.en.replace(name, other.en))


def _after(one: Said, other: Said) -> Said:
    return Said(one.nl + other.nl, one.en + other.en)
