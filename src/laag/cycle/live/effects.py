"""What follows from a message, beside another state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laag.cycle import intraday
from laag.cycle.live.messages import Message
from laag.cycle.live.state import DaySettled
from laag.cycle.live.supporting import SupportBooked
from laag.cycle.market_day import DayMarket
from laag.foundation.words import Said
from laag.neighbourhood.agreements import Letter
from laag.neighbourhood.charter.process import Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """Not taken: the state is as it was."""

    message: Message
    why: Said


@dataclass(frozen=True, slots=True, eq=False)
class Cleared:
    """The market of a day has its prices and everybody's share."""

    day: date
    market: DayMarket


@dataclass(frozen=True, slots=True, eq=False)
class RoundCleared:
    """A round is cleared: everybody's position in this quarter-hour is now what it left."""

    day: date
    round: intraday.Round


Effect = Refused | Cleared | RoundCleared | DaySettled | SupportBooked | Outcome | Letter
