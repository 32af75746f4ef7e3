"""Asking ENTSO-E for a day: prices, or not yet, or why not. Its key is in no address that a log or an error shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from laag.adapters.entsoe.token import checked
from laag.adapters.entsoe.translate import day_ahead_ticks, imbalance_ticks
from laag.adapters.entsoe.wire import Series, series_of
from laag.adapters.fetch import Answer, Away, Unfetched, asking, fetch
from laag.cycle.live import Imbalanced, Priced
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Said

NETHERLANDS = "10YNL----------L"
_BANNED_S = 600.0
"""So long ENTSO-E closes the door to who asked more than 400 times in a minute."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entsoe:
    """The transparency platform, for one area. What it lacks is ``None``; ``Away`` says why it gives nothing."""

    token: str = field(repr=False)
    area: str = NETHERLANDS
    zone: ZoneInfo = AMSTERDAM
    base: str = "https://web-api.tp.entsoe.eu"
    name: Said = Said("ENTSO-E", "ENTSO-E")

    def __post_init__(self) -> None:
        checked(self.token, "the setting")

    async def day_ahead(self, day: date) -> Priced | None:
        """The nation's prices of a local day; known from about 13:00 the day before."""
        # Both domains are the area: a price has no direction.
        query = {
            "documentType": "A44",
            "contract_MarketAgreement.type": "A01",
            "in_Domain": self.area,
            "out_Domain": self.area,
        }
        ticks = await self._asked(query, day, lambda series, grid: day_ahead_ticks(series, self.area, grid))
        return None if ticks is None else Priced(day, ticks, f"ENTSO-E, day-ahead, {self.area}")

    async def imbalance(self, day: date) -> Imbalanced | None:
        """What being short cost and being long earned on a day that is over; a later answer may correct it."""
        query = {"documentType": "A85", "controlArea_Domain": self.area}
        sides = await self._asked(query, day, lambda series, grid: imbalance_ticks(series, self.area, grid))
        return None if sides is None else Imbalanced(day, *sides, f"ENTSO-E, imbalance, {self.area}")

    async def _asked(
        self, query: dict[str, str], day: date, read: Callable[[Sequence[Series], PtuGrid], T | None]
    ) -> T | None:
        grid = PtuGrid.day(day, self.zone)
        span = {"periodStart": f"{grid.start:%Y%m%d%H%M}", "periodEnd": f"{grid.end:%Y%m%d%H%M}"}
        try:
            async with asking(self.base, query={"securityToken": self.token}) as client:
                answer = await fetch(client, "/api", query | span)
        except Unfetched as gone:
            raise Away(
                _because("ENTSO-E is niet te bereiken", "ENTSO-E cannot be reached", str(gone))
            ) from gone
        _refuse(answer)
        try:
            series = series_of(answer.body)
            return None if series is None else read(series, grid)
        except BadInput as odd:
            why = str(odd).replace(self.token, "…")
            said = _because(
                "ENTSO-E antwoordt iets dat niet te gebruiken is", "ENTSO-E answers what cannot be used", why
            )
            raise Away(said) from None


def _refuse(answer: Answer) -> None:
    """Every status but those that come with a document. (400 does: it says what is wrong with the question.)"""
    match answer.status:
        case 200 | 400:
            return
        case 401 | 403:
            raise Away(
                Said(
                    "ENTSO-E weigert de sleutel; kijk hem na op transparency.entsoe.eu, onder je account",
                    "ENTSO-E refuses the key; check it at transparency.entsoe.eu, in your account",
                )
            )
        case 429:
            wait_s = answer.retry_after_s or _BANNED_S
            raise Away(
                Said(
                    f"ENTSO-E is te vaak gevraagd; over {wait_s:.0f} s mag het weer",
                    f"ENTSO-E was asked too often; it may be asked again in {wait_s:.0f} s",
                ),
                wait_s,
            )
        case status:
            raise Away(
                Said(
                    f"ENTSO-E antwoordt met een storing ({status})",
                    f"ENTSO-E answers with a fault ({status})",
                ),
                answer.retry_after_s,
            )


def _because(nl: str, en: str, why: str) -> Said:
    return Said(f"{nl} ({why})", f"{en} ({why})")
