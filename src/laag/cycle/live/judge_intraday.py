"""What a neighbourhood does not take of what is said about coming quarter-hours, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.live.messages import Amended, Intraday, RoundClosed
from laag.foundation.contracts import Ints
from laag.foundation.words import Said

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Day, Live

WIDEST_TICKS = 1_000_000
"""Beyond any price that the intraday market allows (9,999 EUR/MWh)."""


def judge_amended(state: Live, message: Amended) -> Said | None:
    """Of a day that is cleared and not settled, and of rounds that are still open."""
    day, known = message.day, state.day(message.day)
    wrong = _no_rounds(known)
    if wrong:
        return Said(
            f"van {day} valt niets meer te wijzigen: {wrong.nl}",
            f"nothing of {day} can be amended: {wrong.en}",
        )
    open_from = max(known.rounds, default=-1) + 1
    if not (message.rows.ptu >= open_from).all():
        return Said(
            f"de ronde van kwartier {open_from - 1} van {day} is dicht; laat kwartieren tot en met {open_from - 1} weg",
            f"the round of quarter-hour {open_from - 1} of {day} is closed; leave out quarter-hours up to {open_from - 1}",
        )
    return None


def judge_intraday(state: Live, message: Intraday) -> Said | None:
    """As many prices as quarter-hours, each once; buying costs at least what selling gives."""
    count = len(message.ptu)
    if {len(message.buy_ticks), len(message.sell_ticks)} != {count}:
        return Said(
            f"voor {count} kwartieren kwamen {len(message.buy_ticks)} koopprijzen en {len(message.sell_ticks)} verkoopprijzen",
            f"for {count} quarter-hours {len(message.buy_ticks)} prices to buy and {len(message.sell_ticks)} to sell came",
        )
    if len(set(message.ptu.tolist())) != count:
        return Said(
            "een kwartier komt twee keer voor; geef elk kwartier een keer",
            "a quarter-hour is there twice; give each once",
        )
    if not _fit(state, message.buy_ticks, message.sell_ticks):
        return Said(
            "een prijs ligt verder dan de markt toestaat, of kopen kost er minder dan verkopen opbrengt; kijk de bron na",
            "a price lies beyond what the market allows, or buying costs less than selling gives; look at the source",
        )
    return None


def judge_round(state: Live, message: RoundClosed) -> Said | None:
    """Once, in the order of time, and only where somebody amended."""
    day, ptu, known = message.day, message.ptu, state.day(message.day)
    wrong = _no_rounds(known)
    if wrong is None and ptu <= max(known.rounds, default=-1):
        wrong = Said("deze of een latere ronde is al dicht", "this round or a later one is closed already")
    if wrong is None and ptu not in state.waiting_rounds(day):
        wrong = Said("niemand wilde iets wijzigen", "nobody wanted anything changed")
    if wrong is None:
        return None
    return Said(
        f"kwartier {ptu} van {day} heeft geen ronde: {wrong.nl}",
        f"quarter-hour {ptu} of {day} has no round: {wrong.en}",
    )


def _no_rounds(known: Day) -> Said | None:
    if not known.is_cleared:
        return Said("de markt van de dag vooraf is nog niet rond", "its day-ahead market is not cleared yet")
    if known.is_settled:
        return Said("de dag is al afgerekend", "the day is settled already")
    return None


def _fit(state: Live, buy_ticks: Ints, sell_ticks: Ints) -> bool:
    terms = state.neighbourhood.terms
    fees = terms.import_fee_ticks + terms.export_fee_ticks
    wide = np.abs(np.concatenate([buy_ticks, sell_ticks])) > WIDEST_TICKS
    return not wide.any() and bool((buy_ticks + min(fees, 0) >= sell_ticks).all())
