"""What a home and its neighbourhood say to each other about moving out, support and comparing; all of it is the home's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from laag.adapters.neighbourhood.own import OwnCorrection, OwnLine
from laag.adapters.neighbourhood.wire import Both, Wire

Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
Class = Annotated[int, Field(ge=0, le=9)]


class MovesOut(Wire):
    """A household leaves: its last day, and why."""

    last_day: date
    why: Literal["moved", "supplier", "other"]


class OwnMove(Wire):
    """What came of it."""

    last_day: date
    code: str | None
    """With which who lives there next takes over the connection; only where the household moves."""
    link: str
    """Where the former household reads its final account until it is closed, and a while longer."""


class OwnFinal(Wire):
    """A final account."""

    first: date
    last: date
    total_units: int
    without_vat_units: int
    lines: list[OwnLine]
    corrections: list[OwnCorrection]
    """What came later; all of it is in the total."""
    closes: date
    is_closed: bool
    said: list[Both]


class SupportYes(Wire):
    """A household wants support for so many months; 0 takes it back. Why is not asked."""

    months: Annotated[int, Field(ge=0, le=12)]


class OwnGiven(Wire):
    """What a home received in a month."""

    month: Month
    units: int


class SupportTold(Wire):
    """A month's support of all together; of fewer than ten homes nothing."""

    month: Month
    homes: int | None
    total_units: int | None


class OwnSupport(Wire):
    """Until when it asked, what it received, and what went out in all."""

    until: Month | None
    given: list[OwnGiven]
    all: list[SupportTold]


class MonthShared(Wire):
    """A month of a home, in whole numbers, with the wide classes that the home is of."""

    month: Month
    electricity_kwh: Annotated[int, Field(ge=0, le=100_000)]
    gas_m3: Annotated[int, Field(ge=0, le=50_000)] | None
    """``None`` for a home without gas."""
    year_class: Class | None
    size_class: Class | None
    dwelling: Literal["flat", "terraced", "corner", "semi", "detached"] | None
    people_class: Class | None
    heated_by: Literal["gas", "hybrid", "heat_pump", "district", "other"] | None


class OwnBeside(Wire):
    """The newest month beside homes like it; sentences only, of groups of ten and more."""

    month: Month | None
    said: list[Both]
    shared: int
    """How many months of this home are held there."""


class Forgotten(Wire):
    """What was shared is erased."""

    months: int
