"""Bills: the accounts of one member over a period, line by line, each with its reason and one comparison.

Lines are without VAT; the VAT is a line of its own. Lines about devices move no money: they say what the device did
to the lines above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.settlement.policy import Policy
from laag.settlement.sentences import WORDINGS, Wording
from laag.settlement.tariff import Figure
from laag.settlement.words import Numbers, filled


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line is what it is: a code and the numbers that make it true."""

    code: str
    numbers: Numbers = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """How this code is said."""
        return WORDINGS[self.code]


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line; ``counterfactual_units`` is what it would have been otherwise, ``None`` where nothing compares."""

    amount_units: int
    reason: Reason
    energy_wh: int | None = None
    counterfactual_units: int | None = None
    figures: tuple[Figure, ...] = ()
    """The dated figures that the line was computed with."""

    @property
    def code(self) -> str:
        """The kind of line; its reason may be more precise."""
        return self.reason.code.partition(".")[0]

    @property
    def text(self) -> Said:
        """What the line is."""
        return self.reason.wording.text

    @property
    def because(self) -> Said:
        """One sentence: why this amount."""
        return filled(self.reason.wording.because, self.reason.numbers)

    @property
    def counterfactual(self) -> Said:
        """One sentence: how it could have been."""
        if self.counterfactual_units is None:
            return Said()
        difference = self.counterfactual_units - self.amount_units
        sentence = self.reason.wording.otherwise(difference)
        return filled(sentence, {**self.reason.numbers, "difference_units": abs(difference)})


@dataclass(frozen=True, slots=True)
class Bill:
    """The last line is the total: a whole number of cents, and the sum of the others."""

    member: str
    policy: Policy
    first: date
    last: date
    lines: tuple[BillLine, ...]

    @property
    def total_units(self) -> int:
        """What the member pays (+) or receives (-)."""
        return self.lines[-1].amount_units

    def line(self, code: str) -> BillLine:
        """The line of this kind."""
        for line in self.lines:
            if line.code == code:
                return line
        codes = ", ".join(line.code for line in self.lines)
        raise BadInput(f"the bill of {self.member} has no line {code!r}; its lines are {codes}")
