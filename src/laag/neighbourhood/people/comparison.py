"""A home beside homes like it: medians of groups of ten or more, and of a wider group where there are fewer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from laag.foundation.words import Said

LEAST_HOMES: Final = 10
"""As many others as there must be in a group before anything is said of it."""
ASPECTS: Final = ("year_class", "size_class", "kind", "people_class", "heated_by")
"""What homes are alike in. Each wider group leaves out one more, in this order of what matters least for the month's use:
how many live there, then the building year, the kind of home, its size; what it is heated by stays longest for gas."""
WIDER: Final[tuple[tuple[str, ...], ...]] = (
    ASPECTS,
    ("year_class", "size_class", "kind", "heated_by"),
    ("size_class", "kind", "heated_by"),
    ("size_class", "heated_by"),
    ("heated_by",),
    (),
)


@dataclass(frozen=True, slots=True)
class MonthOfHome:
    """What a home shares, and nothing else: a month's sums and the classes that it is of; ``None`` is not said."""

    member: str
    electricity_kwh: int
    gas_m3: int | None
    """``None`` for a home without gas."""
    year_class: int | None = None
    size_class: int | None = None
    kind: str | None = None
    people_class: int | None = None
    heated_by: str | None = None

    def alike(self, other: MonthOfHome, aspects: Sequence[str]) -> bool:
        """Whether both say the same of all of these; what is not said is like nothing."""
        return all(
            getattr(self, one) is not None and getattr(self, one) == getattr(other, one) for one in aspects
        )


@dataclass(frozen=True, slots=True)
class Group:
    """What is told of a group of at least ten others; whole numbers, so that one home more or less shows little."""

    homes: int
    aspects: tuple[str, ...]
    """In what they are alike; empty: the whole neighbourhood."""
    quarter: int
    """A quarter of them used less than this,"""
    median: int
    """half of them less than this,"""
    three_quarters: int
    """and three quarters less than this."""
    less_than_mine: int
    """Of a hundred homes of the group, how many used less; in steps of ten."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A home's month beside others'; ``None`` where there are fewer than ten."""

    electricity: Group | None
    gas: Group | None


def beside(mine: MonthOfHome, everybody: Iterable[MonthOfHome]) -> Beside:
    """The narrowest group of homes alike that has ten others, of each."""
    others = [one for one in everybody if one.member != mine.member]
    power = _narrowest(mine, others, mine.electricity_kwh, [one.electricity_kwh for one in others])
    if mine.gas_m3 is None:
        return Beside(power, None)
    burning = [one for one in others if one.gas_m3 is not None]
    gas = _narrowest(mine, burning, mine.gas_m3, [one.gas_m3 or 0 for one in burning])
    return Beside(power, gas)


def _narrowest(mine: MonthOfHome, others: list[MonthOfHome], own: int, used: list[int]) -> Group | None:
    for aspects in WIDER:
        alike = [use for one, use in zip(others, used, strict=True) if mine.alike(one, aspects)]
        if len(alike) >= LEAST_HOMES:
            return _group(alike, own, aspects)
    return None


def _group(used: list[int], own: int, aspects: tuple[str, ...]) -> Group:
    quarter, median, three = (round(float(one)) for one in np.percentile(used, [25, 50, 75]))
    less = sum(use < own for use in used) / len(used)
    return Group(len(used), aspects, quarter, median, three, 10 * round(10 * less))


_ALL: Final = Said("{homes} andere huizen in de buurt", "{homes} other homes in the neighbourhood")
_ALIKE: Final = Said("{homes} huizen zoals het jouwe ({alike})", "{homes} homes like yours ({alike})")
_ASPECT_WORDS: Final = {
    "year_class": Said("bouwjaar", "building year"),
    "size_class": Said("grootte", "size"),
    "kind": Said("soort huis", "kind of home"),
    "people_class": Said("aantal bewoners", "number of people"),
    "heated_by": Said("verwarming", "heating"),
}
_SAID: Final = Said(
    "Je gebruikte in deze maand {mine} {unit} {what}. De helft van {group} gebruikte minder dan {median} {unit}, {place}.",
    "You used {mine} {unit} of {what} this month. Half of {group} used less than {median} {unit}, {place}.",
)
_LESS: Final = Said("dus jij minder dan de meeste", "so you used less than most")
_SAME: Final = Said("dus jij ongeveer evenveel", "so you used about as much")
_MORE: Final = Said(
    "dus jij meer dan de meeste; daar kan een goede reden voor zijn",
    "so you used more than most; there may well be a good reason for it",
)
TOO_FEW: Final = Said(
    "Er doen nog geen tien andere huizen mee aan het vergelijken. Met minder zou je zien hoe een bepaalde buur leeft.",
    "Fewer than ten other homes take part in comparing. With fewer you would see how a certain neighbour lives.",
)


def said(mine: int, group: Group | None, unit: str, what: Said) -> Said:
    """In a plain sentence, with the group that it is beside.

    >>> ten = Group(12, (), 150, 200, 260, 50)
    >>> said(200, ten, "kWh", Said("stroom", "electricity")).en
    'You used 200 kWh of electricity this month. Half of 12 other homes in the neighbourhood used less than 200 kWh, so you used about as much.'
    """
    if group is None:
        return TOO_FEW
    place = _LESS if mine < group.quarter else _MORE if mine > group.three_quarters else _SAME
    named = [_ASPECT_WORDS[one] for one in group.aspects]
    alike = Said(", ".join(one.nl for one in named), ", ".join(one.en for one in named))
    called = _ALIKE if named else _ALL

    def one(sentence: str, called: str, alike: str, place: str, what: str) -> str:
        return sentence.format(
            mine=mine,
            unit=unit,
            what=what,
            median=group.median,
            place=place,
            group=called.format(homes=group.homes, alike=alike),
        )

    return Said(
        one(_SAID.nl, called.nl, alike.nl, place.nl, what.nl),
        one(_SAID.en, called.en, alike.en, place.en, what.en),
    )
