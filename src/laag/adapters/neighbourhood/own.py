"""What a neighbourhood tells a home of what is the home's own: its bill, a day of it, its like, who looked.

Energy is in whole Wh (offtake +), money in units of 1e-8 EUR (paid +).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from laag.adapters.neighbourhood.wire import Both, Instant, Request, Wire

Cell = str | int | float | bool | None


class OwnLine(Wire):
    """A line of a bill: what, how much, why, and how it could have been."""

    code: str
    text: Both
    amount_units: int
    energy_wh: int | None
    because: Both
    otherwise: Both


class OwnTotal(Wire):
    """What one day took, gave and cost; before VAT and before what is charged by the day."""

    day: date
    taken_wh: int
    given_wh: int
    units: int
    estimated: int
    """Quarter-hours in which the meter was silent."""
    corrected: bool


class OwnCorrection(Wire):
    """What a later reading or price changed."""

    day: date
    because: Both


class OwnCharter(Wire):
    """A version of the charter, and the first day of the bill that it held on."""

    day: date
    version: str


class OwnBill(Wire):
    """The bill of the settled days of a period, and the days behind it."""

    first: date
    last: date
    total_units: int
    lines: list[OwnLine]
    days: list[OwnTotal]
    corrections: list[OwnCorrection]
    waiting: list[date]
    """Days that are not on it yet."""
    benefit: list[Both]
    """The same quarter-hours under other rules, a sentence each; the last says what is not counted."""
    charters: list[OwnCharter] = Field(default=[])
    """By which versions of the charter these days were settled, the first first."""


class OwnMoment(Wire):
    """A quarter-hour that mattered; ``quarter`` is of the wall's clock."""

    quarter: int
    units: int
    because: Both


class OwnDay(Wire):
    """Why a day cost what it cost; columns are its quarter-hours."""

    day: date
    units: int
    lines: list[OwnLine]
    moments: list[OwnMoment]
    corrections: list[OwnCorrection]
    quarter: list[int]
    metered_wh: list[int]
    agreed_wh: list[int]
    units_each: list[int]
    estimated: list[int]
    unordered: Both | None = None
    """Where the home sent no orders: what was done instead."""


class OwnLike(Wire):
    """Mean Wh per day beside homes like it, where there are enough of them."""

    days: int
    taken_wh: int
    given_wh: int
    homes: int | None
    theirs_wh: int | None
    said: Both


class OwnStreet(Wire):
    """What went between the street and the country in the last quarter-hour of which every meter has spoken."""

    start: datetime
    """Of that quarter-hour, UTC."""
    wh: int
    """Of all homes together; from the country +."""


class OwnLook(Wire):
    """Somebody looked."""

    said: Both


class OwnLooks(Wire):
    """Everybody who looked, the newest first."""

    looks: list[OwnLook]


class OwnConsent(Wire):
    """What this home lets its data be used for."""

    purpose: str
    day: date
    """Since when."""
    until: date
    """The last day."""


class OwnConsents(Wire):
    """What may be asked in this neighbourhood, and what this home said yes to."""

    asked: list[str]
    """Purposes for which its charter lets households be asked."""
    given: list[OwnConsent]


class OwnData(Wire):
    """All that a neighbourhood holds of a member, in tables of rows."""

    tables: dict[str, list[dict[str, Cell]]]


class OwnGoodbye(Wire):
    """A member has left."""

    last_day: date
    stays: Both
    """What stays, and why."""


class OwnAsked(Wire):
    """The grid operator asks whether this home can take less, or more."""

    id: Request
    day: date
    ptu: list[int]
    """From local midnight."""
    less: bool
    """Else more."""
    until: Instant
    """An offer that comes later is not taken."""
    why: Both


class OwnOrdered(Wire):
    """What was bought of this home's offer on a request: from now on it is what the home agreed to."""

    request: Request
    day: date
    ptu: list[int]
    """From local midnight."""
    less_wh: list[int]
    """Less than agreed on the market before (+), or more (-)."""
    comes_back_ptu: list[int]
    comes_back_wh: list[int]
    """More taken at another time because of it (+); it is bought for the home."""
    paid_units: int
    """Where all of it is delivered."""
    by: str
    """The grid operator."""
    penalty_ticks: int = 0
    """What it takes for a Wh that is not delivered."""


class OwnLimit(Wire):
    """A limit that holds for this home."""

    way: Literal["takes", "gives"]
    begins: Instant
    ends: Instant
    kw: float
    source: str
    why: Both


class OwnGrid(Wire):
    """What the grid operator asked, ordered and limited, of days that are not over."""

    asked: list[OwnAsked]
    """Of requests that can still be answered."""
    ordered: list[OwnOrdered]
    """Once for each order."""
    limits: list[OwnLimit]
