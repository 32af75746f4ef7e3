"""What answers have cost each home: added up by the year of which its data told, and never given back.

Of each year a home's data may give away so much in all, whenever somebody asks: what is spent of 2026 stays spent. A
home pays for the answers that it is in, and for no others; so answers about other homes cost it nothing, and that is
the only case in which two answers do not add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from laag.foundation.words import Lang, Said
from laag.neighbourhood.commons.questions import written_epsilon


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer cost: these homes, so much each, of each year that it was about."""

    homes: tuple[str, ...]
    first: date
    last: date
    micro_epsilon: int

    @property
    def years(self) -> range:
        """Of which its days are."""
        return range(self.first.year, self.last.year + 1)


def spent(costs: Iterable[Cost], home: str, year: int) -> int:
    """What a home's data of a year have given away.

    >>> costs = [Cost(("ann", "bob"), date(2026, 12, 1), date(2027, 1, 15), 300_000)] * 2
    >>> spent(costs, "ann", 2027), spent(costs, "cas", 2026)
    (600000, 0)
    """
    return sum(cost.micro_epsilon for cost in costs if year in cost.years and home in cost.homes)


def exhausted(costs: Sequence[Cost], asked: Cost, most_micro: int) -> Said | None:
    """Why an answer is one too many; ``None`` where every home that is in it has enough left of every year."""
    for year in asked.years:
        left = min((most_micro - spent(costs, home, year) for home in asked.homes), default=most_micro)
        if left < asked.micro_epsilon:
            nl, en = (written_epsilon(max(left, 0), lang) for lang in Lang)
            cost_nl, cost_en = (written_epsilon(asked.micro_epsilon, lang) for lang in Lang)
            return Said(
                f"over {year} is het budget op: dit antwoord kost elk huis {cost_nl} en niet elk huis heeft meer dan {nl} over; "
                f"wat al gevraagd is kan gelezen worden, en over dagen vanaf 1 januari {year + 1} kan opnieuw gevraagd worden",
                f"the budget of {year} is used up: this answer costs each home {cost_en} and not every home has more than {en} left; "
                f"what was asked before can be read, and days from 1 January {year + 1} on can be asked about",
            )
    return None
