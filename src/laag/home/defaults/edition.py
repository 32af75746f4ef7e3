"""Public defaults: one edition of lines in residents' own words, each with the homes it is for and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laag.foundation.words import Lang, Said
from laag.home.defaults.household import Feature, Household
from laag.home.preferences import SliderWeights, Wished, say


class Status(StrEnum):
    """How far an edition has come."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class Sure(StrEnum):
    """How well a line is founded."""

    READ = "C"
    SECOND_HAND = "C2"
    UNVERIFIED = "U"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made an edition, who adopted it, when and why."""

    edition: str
    """``nl-2026.11``: country, year and month."""
    status: Status
    proposed_by: Said
    proposed_on: date
    adopted_by: Said | None
    adopted_on: date | None
    why: Said
    source: str

    @property
    def said(self) -> Said:
        """In a sentence."""
        if self.status is Status.ADOPTED and self.adopted_by is not None:
            return Said(
                f"Publieke standaard {self.edition}, aangenomen door {self.adopted_by.nl} op {self.adopted_on}.",
                f"Public default {self.edition}, adopted by {self.adopted_by.en} on {self.adopted_on}.",
            )
        state = {
            Status.WITHDRAWN: Said("ingetrokken", "withdrawn"),
        }.get(self.status, Said("nog door geen gemeenschap aangenomen", "not yet adopted by any community"))
        return Said(
            f"Publieke standaard {self.edition}, voorgesteld door {self.proposed_by.nl} op {self.proposed_on}, {state.nl}.",
            f"Public default {self.edition}, proposed by {self.proposed_by.en} on {self.proposed_on}, {state.en}.",
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One default: what a resident would have said, for which homes, and why."""

    wish: Wished
    households: frozenset[Household]
    """Empty: all of them."""
    needs: frozenset[Feature]
    """All of them must be there."""
    why: Said
    source: str
    sure: Sure

    def fits(self, household: Household, there: frozenset[Feature]) -> bool:
        """Whether it is for this home."""
        return (not self.households or household in self.households) and self.needs <= there

    @property
    def narrowness(self) -> tuple[bool, int]:
        """A line for one kind of household goes before one for all, and one that needs more devices before one that needs fewer."""
        return bool(self.households), len(self.needs)


@dataclass(frozen=True, slots=True)
class Row:
    """A default as a row of a table."""

    households: str
    needs: str
    says: str
    why: str
    source: str
    sure: str


@dataclass(frozen=True, slots=True)
class Edition:
    """All defaults of one version."""

    provenance: Provenance
    lines: tuple[Line, ...]
    weights: SliderWeights = SliderWeights()

    def holding_for(self, household: Household, there: frozenset[Feature]) -> tuple[Line, ...]:
        """The lines for such a home: of those about the same thing only the narrowest."""
        fitting = [line for line in self.lines if line.fits(household, there)]
        return tuple(
            line
            for line in fitting
            if line.narrowness == max(o.narrowness for o in fitting if o.wish.about == line.wish.about)
        )

    def rows(self, lang: Lang | str = Lang.EN) -> tuple[Row, ...]:
        """All lines, for a table."""
        lang = Lang(lang)
        everyone = Said("iedereen", "everyone").to(lang)
        return tuple(
            Row(
                ", ".join(each.called.to(lang) for each in Household if each in line.households) or everyone,
                ", ".join(each.value for each in Feature if each in line.needs),
                say(line.wish, lang),
                line.why.to(lang),
                line.source,
                line.sure.value,
            )
            for line in self.lines
        )
