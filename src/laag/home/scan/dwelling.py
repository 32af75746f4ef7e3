"""What a household says of its home, in classes that are wide enough to say nothing of one house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.errors import BadInput
from laag.foundation.words import Said

YEAR_CLASSES = (1945, 1975, 1992, 2006, 2015)
"""A new class begins in each of these years: after the war, then where building rules became stricter. A choice."""
SIZE_CLASSES_M2 = (75, 110, 150)
MOST_PEOPLE = 5
"""Five or more are one class."""


class DwellingKind(StrEnum):
    """How it stands beside others."""

    FLAT = "flat"
    TERRACED = "terraced"
    CORNER = "corner"
    SEMI = "semi"
    DETACHED = "detached"


class HeatedBy(StrEnum):
    """What keeps it warm."""

    GAS = "gas"
    HYBRID = "hybrid"
    HEAT_PUMP = "heat_pump"
    DISTRICT = "district"
    OTHER = "other"


KIND_WORDS: Mapping[DwellingKind, Said] = MappingProxyType(
    {
        DwellingKind.FLAT: Said("appartement", "flat"),
        DwellingKind.TERRACED: Said("tussenwoning", "terraced house"),
        DwellingKind.CORNER: Said("hoekwoning", "end-of-terrace house"),
        DwellingKind.SEMI: Said("twee-onder-een-kapwoning", "semi-detached house"),
        DwellingKind.DETACHED: Said("vrijstaande woning", "detached house"),
    }
)
HEATED_WORDS: Mapping[HeatedBy, Said] = MappingProxyType(
    {
        HeatedBy.GAS: Said("een cv-ketel op gas", "a gas boiler"),
        HeatedBy.HYBRID: Said("een hybride warmtepomp", "a hybrid heat pump"),
        HeatedBy.HEAT_PUMP: Said("een warmtepomp", "a heat pump"),
        HeatedBy.DISTRICT: Said("stadswarmte", "district heating"),
        HeatedBy.OTHER: Said("iets anders", "something else"),
    }
)


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The facts, as the household gave them; ``None`` is what it did not say."""

    built: int | None = None
    size_m2: int | None = None
    kind: DwellingKind | None = None
    people: int | None = None
    heated_by: HeatedBy = HeatedBy.GAS
    rents: bool = False
    old_lamps: int | None = None
    """Bulbs and halogen lamps that are still there."""

    def __post_init__(self) -> None:
        for name, value, least, most in (
            ("building year", self.built, 1200, 2100),
            ("size in m2", self.size_m2, 10, 2000),
            ("number of people", self.people, 1, 30),
            ("number of old lamps", self.old_lamps, 0, 200),
        ):
            if value is not None and not least <= value <= most:
                raise BadInput(
                    f"a {name} of {value} is not of a home; give {least} to {most}, or leave it empty"
                )

    @property
    def year_class(self) -> int | None:
        """Which of the classes, from 0 (before the war); ``None`` where it is not known."""
        return None if self.built is None else sum(self.built >= year for year in YEAR_CLASSES)

    @property
    def size_class(self) -> int | None:
        """Which of the classes, from 0 (the smallest)."""
        return None if self.size_m2 is None else sum(self.size_m2 >= size for size in SIZE_CLASSES_M2)

    @property
    def people_class(self) -> int | None:
        """How many live there, five standing for more as well.

        >>> Dwelling(people=7).people_class
        5
        """
        return None if self.people is None else min(self.people, MOST_PEOPLE)


def year_words(year_class: int) -> Said:
    """A class of building years.

    >>> year_words(0).en, year_words(2).nl, year_words(5).en
    ('before 1945', 'van 1975 tot 1992', 'since 2015')
    """
    if year_class == 0:
        return Said(f"van vóór {YEAR_CLASSES[0]}", f"before {YEAR_CLASSES[0]}")
    if year_class == len(YEAR_CLASSES):
        return Said(f"van {YEAR_CLASSES[-1]} of later", f"since {YEAR_CLASSES[-1]}")
    first, after = YEAR_CLASSES[year_class - 1 : year_class + 1]
    return Said(f"van {first} tot {after}", f"from {first} to {after}")


def size_words(size_class: int) -> Said:
    """A class of sizes.

    >>> size_words(0).nl, size_words(1).en, size_words(3).en
    ('kleiner dan 75 m²', '75 to 110 m²', '150 m² or more')
    """
    if size_class == 0:
        return Said(f"kleiner dan {SIZE_CLASSES_M2[0]} m²", f"under {SIZE_CLASSES_M2[0]} m²")
    if size_class == len(SIZE_CLASSES_M2):
        return Said(f"{SIZE_CLASSES_M2[-1]} m² of groter", f"{SIZE_CLASSES_M2[-1]} m² or more")
    least, most = SIZE_CLASSES_M2[size_class - 1 : size_class + 1]
    return Said(f"{least} tot {most} m²", f"{least} to {most} m²")
