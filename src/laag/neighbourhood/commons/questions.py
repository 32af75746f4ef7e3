"""What may be asked of homes together, and nothing else: each question with its bounds, its price and who must be in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, pointed

MICRO = 1_000_000
"""Of one epsilon: what is spent is added up in whole millionths."""


class Over(StrEnum):
    """What of each home is added up."""

    TAKEN = "taken"
    """Wh through its meter, from outside."""
    GIVEN = "given"
    """Wh through its meter, to outside."""
    WANTED = "wanted"
    """Wh in its orders to buy, at whatever price, of the newest list for each day."""
    IMPORTED = "imported"
    """Wh that the market let in through the gateway: of the street as a whole, and shown to everybody anyway."""


FIELDS: Mapping[Over, tuple[str, ...]] = MappingProxyType(
    {
        Over.TAKEN: ("readings.ptu", "readings.wh"),
        Over.GIVEN: ("readings.ptu", "readings.wh"),
        Over.WANTED: ("orders.device", "orders.side", "orders.quantity_wh"),
        Over.IMPORTED: ("street.gateway",),
    }
)
"""By their names in the register of data."""


class Statistic(StrEnum):
    """What is told of it."""

    SUM = "sum"
    MEAN = "mean"
    """Of a home on a day."""
    COUNT = "count"
    """Of homes above a bound, by their mean of a day."""
    HISTOGRAM = "histogram"
    """Of homes between bounds, by their mean of a day."""


class By(StrEnum):
    """How it is split: always alike for one period, whatever the homes did."""

    PERIOD = "period"
    HOUR_OF_DAY = "hour_of_day"
    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Question:
    """One that people may approve. ``most_wh`` bounds a home's part: what goes above it is scaled down to it.

    >>> Question("x", Said("hoe", "how"), Over.TAKEN, Statistic.SUM, most_wh_per_day=0, micro_epsilon=100_000)
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: question x bounds a home at 0 Wh a day; say how much of a home may count, above zero
    """

    name: str
    what: Said
    over: Over
    statistic: Statistic
    by: By = By.PERIOD
    edges_wh: tuple[int, ...] = ()
    """Of a mean of a day, rising: between which homes are counted."""
    most_wh_per_day: int = 40_000
    """A home counts for no more than so much, times the days of the period, over all that the answer is split by."""
    least_homes: int = 10
    least_days: int = 7
    most_days: int = 366
    micro_epsilon: int = 100_000
    """What an answer costs each home that is in it; zero is an answer that says nothing that is not shown already."""

    def __post_init__(self) -> None:
        counts = self.statistic in {Statistic.COUNT, Statistic.HISTOGRAM}
        edges = len(self.edges_wh)
        if self.most_wh_per_day <= 0:
            raise BadInput(
                f"question {self.name} bounds a home at {self.most_wh_per_day} Wh a day; say how much of a home may "
                "count, above zero"
            )
        if counts != (edges > 0) or (self.statistic is Statistic.COUNT and edges != 1):
            raise BadInput(
                f"question {self.name} is a {self.statistic} with {edges} bounds; give a count one, a histogram one or "
                "more, a sum or a mean none"
            )
        if list(self.edges_wh) != sorted(set(self.edges_wh)):
            raise BadInput(f"question {self.name} has bounds {self.edges_wh}; let them rise")
        if counts and self.by is not By.PERIOD:
            raise BadInput(
                f"question {self.name} counts homes by {self.by}; count them over the whole period"
            )
        if (self.by is By.DEVICE) != (self.over is Over.WANTED):
            raise BadInput(f"question {self.name} splits {self.over} by {self.by}; only orders name a device")
        if (self.micro_epsilon == 0) != (self.over is Over.IMPORTED) or self.micro_epsilon < 0:
            raise BadInput(
                f"question {self.name} about {self.over} costs {self.micro_epsilon}; what homes did costs more than "
                "zero, what is shown anyway costs nothing"
            )
        if not 1 <= self.least_days <= self.most_days or self.least_homes < 10:
            raise BadInput(
                f"question {self.name} asks {self.least_homes} homes and {self.least_days} to {self.most_days} days; "
                "take ten homes and a day at least"
            )

    @property
    def needs_noise(self) -> bool:
        """Whether the answer would tell of homes what nobody else may know."""
        return self.micro_epsilon > 0

    @property
    def said(self) -> Said:
        """What an answer is made of, in one sentence."""
        homes, epsilon = self.least_homes, self.micro_epsilon
        days = f"{self.least_days} dagen" if self.least_days > 1 else "een dag"
        days_en = f"{self.least_days} days" if self.least_days > 1 else "a day"
        if not self.needs_noise:
            return Said(
                f"Het antwoord is precies en kost niets: de markt toont dit al. Minstens {homes} huizen en {days}.",
                f"The answer is exact and costs nothing: the market shows this already. At least {homes} homes and {days_en}.",
            )
        counted = bool(self.edges_wh)
        bound = {lang: pointed(f"{self.most_wh_per_day / 1000:g}", lang) for lang in Lang}
        cost = {lang: written_epsilon(epsilon, lang) for lang in Lang}
        clamp_nl = (
            "een huis telt één keer"
            if counted
            else f"een huis telt voor hoogstens {bound[Lang.NL]} kWh per dag"
        )
        clamp_en = (
            "a home counts once" if counted else f"a home counts for {bound[Lang.EN]} kWh a day at most"
        )
        return Said(
            f"Minstens {homes} huizen en {days}; {clamp_nl}; het kost elk huis {cost[Lang.NL]} van zijn jaarbudget.",
            f"At least {homes} homes and {days_en}; {clamp_en}; it costs each home {cost[Lang.EN]} of its budget of the year.",
        )

    def digest(self, first: date, last: date, group: str) -> str:
        """Of all that an answer depends on but the homes: the same again is the same answer.

        >>> ask = SHIPPED["taken-total"].digest
        >>> ask(date(2026, 3, 2), date(2026, 3, 8), "") == ask(date(2026, 3, 2), date(2026, 3, 9), "")
        False
        """
        whole = [
            f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.name != "what"
        ]
        return hashlib.sha256("\n".join([*whole, str(first), str(last), group]).encode()).hexdigest()


def written_epsilon(micro: int, lang: Lang) -> str:
    """Millionths of an epsilon as people write it.

    >>> written_epsilon(250_000, Lang.NL), written_epsilon(1_000_000, Lang.EN)
    ('0,25', '1')
    """
    whole, part = divmod(micro, MICRO)
    decimals = f"{part:06d}".rstrip("0")
    return pointed(f"{whole}.{decimals}" if decimals else f"{whole}", lang)


SHIPPED: Mapping[str, Question] = MappingProxyType(
    {
        one.name: one
        for one in (
            Question(
                "taken-total",
                Said(
                    "Hoeveel stroom namen deze huizen samen af?",
                    "How much electricity did these homes take together?",
                ),
                Over.TAKEN,
                Statistic.SUM,
            ),
            Question(
                "taken-by-week",
                Said(
                    "Hoeveel namen deze huizen samen af, week na week?",
                    "How much did these homes take together, week by week?",
                ),
                Over.TAKEN,
                Statistic.SUM,
                By.WEEK,
                least_days=28,
                micro_epsilon=200_000,
            ),
            Question(
                "taken-by-hour",
                Said(
                    "Hoeveel neemt een huis gemiddeld af, uur na uur van de dag?",
                    "How much does a home take on average, hour by hour of the day?",
                ),
                Over.TAKEN,
                Statistic.MEAN,
                By.HOUR_OF_DAY,
                least_days=28,
                micro_epsilon=500_000,
            ),
            Question(
                "given-by-month",
                Said(
                    "Hoeveel leverden deze huizen samen terug, maand na maand?",
                    "How much did these homes feed in together, month by month?",
                ),
                Over.GIVEN,
                Statistic.SUM,
                By.MONTH,
                most_wh_per_day=50_000,
                least_days=28,
                micro_epsilon=200_000,
            ),
            Question(
                "homes-by-use",
                Said(
                    "Hoeveel huizen nemen weinig af, en hoeveel veel?",
                    "How many homes take little, and how many take much?",
                ),
                Over.TAKEN,
                Statistic.HISTOGRAM,
                edges_wh=(4_000, 8_000, 12_000, 20_000),
                micro_epsilon=200_000,
            ),
            Question(
                "homes-that-give",
                Said(
                    "Hoeveel huizen leveren gemiddeld meer dan 1 kWh per dag terug?",
                    "How many homes feed in more than 1 kWh a day on average?",
                ),
                Over.GIVEN,
                Statistic.COUNT,
                edges_wh=(1_000,),
            ),
            Question(
                "wanted-by-device",
                Said(
                    "Hoeveel stroom wilden deze huizen kopen, apparaat voor apparaat?",
                    "How much electricity did these homes want to buy, device by device?",
                ),
                Over.WANTED,
                Statistic.SUM,
                By.DEVICE,
                least_days=7,
                micro_epsilon=200_000,
            ),
            Question(
                "imported-by-day",
                Said(
                    "Hoeveel kwam er volgens de markt door de poort binnen, dag na dag?",
                    "How much came in through the gateway by the market, day by day?",
                ),
                Over.IMPORTED,
                Statistic.SUM,
                By.DAY,
                least_days=1,
                most_days=31,
                micro_epsilon=0,
            ),
        )
    }
)
"""What a community can approve; none is approved before its people did so."""
