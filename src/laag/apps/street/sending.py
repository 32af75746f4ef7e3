"""What a server lets itself send: a board of prices that cannot be meant, or that jumps, waits until somebody looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from laag.adapters.neighbourhood.wire import Board
from laag.foundation.ptu import PTU
from laag.foundation.words import Said, pointed
from laag.neighbourhood.caution import Bounds, Held, prices_held

Floats = NDArray[np.float64]

LISTS = ("buy_eur_per_kwh", "sell_eur_per_kwh", "above_eur_per_kwh", "below_eur_per_kwh")
_BOUNDS = Bounds()
_WAITS = Said(
    "{why} Tot een beheerder ernaar keek gelden de prijzen die het laatst verstuurd zijn.",
    "{why} Until an operator looked at it the prices that were sent last hold.",
)
_CUT = Said(
    "{why} Er waren nog geen andere; ze zijn begrensd tot wat de beurs toestaat.",
    "{why} There were no others yet; they are bounded to what the exchange allows.",
)


class Sending:
    """Beside what was sent last; a restart begins anew, and then only what the exchange allows holds."""

    def __init__(self, bounds: Bounds = _BOUNDS) -> None:
        self.bounds = bounds
        self._sent: Board | None = None
        self._waiting: Board | None = None
        self.why: Said | None = None
        """Why what was made is not what is sent; ``None`` where it is."""

    def next(self, made: Board) -> Board:
        """What is sent: this, or what was sent before."""
        held = next((one for name in LISTS if (one := self._held(name, made)) is not None), None)
        if held is None:
            self._sent, self._waiting, self.why = made, None, None
            return made
        self._waiting = made
        if self._sent is None:
            self._sent = self._cut(made)
            self.why = _with(_CUT, held)
        else:
            self.why = _with(_WAITS, held)
        return self._sent

    def believe(self) -> bool:
        """Somebody looked: what waits jumps, and is sent all the same, within what the exchange allows."""
        if self._waiting is None:
            return False
        self._sent, self._waiting, self.why = self._cut(self._waiting), None, None
        return True

    def _held(self, name: str, made: Board) -> Held | None:
        prices = np.array(getattr(made, name), np.float64)
        told = np.full(len(prices), np.nan)
        if self._sent is not None:
            # Only what was known, not what was expected, was a word that somebody may rely on.
            before = np.array(getattr(self._sent, name), np.float64)
            known = (self._sent.published_until - made.start) // PTU
            ahead = (made.start - self._sent.start) // PTU
            count = max(min(known, len(prices), len(before) - ahead), 0) if ahead >= 0 else 0
            told[:count] = before[ahead : ahead + count]
        return prices_held(told, prices, self.bounds)

    def _cut(self, made: Board) -> Board:
        low, high = self.bounds.lowest_eur_per_kwh, self.bounds.highest_eur_per_kwh
        within = {name: np.clip(getattr(made, name), low, high).tolist() for name in LISTS}
        return made.model_copy(update=within)


def _with(said: Said, held: Held) -> Said:
    why = held.say()
    return Said(said.nl.format(why=why.nl), said.en.format(why=why.en))


def allowed(bounds: Bounds, at_once: Bounds) -> tuple[Said, ...]:
    """What a server lets itself do, in sentences."""
    numbers: Mapping[str, float] = MappingProxyType(
        {
            "low": bounds.lowest_eur_per_kwh,
            "high": bounds.highest_eur_per_kwh,
            "step": bounds.step_eur_per_kwh,
            "share": 100 * bounds.share_at_once,
            "wave": bounds.wave_s,
            "soon": at_once.wave_s,
            "longest": bounds.longest.total_seconds() / 3600,
        }
    )
    return tuple(
        one.filled(numbers, lambda _, number, lang: pointed(f"{number:g}", lang)) for one in _ALLOWED
    )


_ALLOWED = (
    Said(
        "Een prijs buiten {low} tot {high} EUR/kWh, of die meer dan {step} EUR/kWh springt nadat er al een was verteld, wacht tot jij ernaar keek.",
        "A price outside {low} to {high} EUR/kWh, or one that jumps by more than {step} EUR/kWh after another was told, waits until you looked at it.",
    ),
    Said(
        "Grenzen gaan in en uit in golven: elke {wave} seconden hooguit {share} % van alles wat ze samen begrenzen, of één huis. Is een kabel nu al te vol, dan elke {soon} seconden. Wie eerst komt, wordt elke keer opnieuw geloot.",
        "Limits begin and end in waves: every {wave} seconds at most {share} % of all that they limit together, or one home. Where a cable is too full already, every {soon} seconds. Who comes first is drawn anew each time.",
    ),
    Said(
        "Geen grens duurt langer dan {longest} uur; daarna moet er een nieuwe zijn. Niemand komt onder het minimum zolang dat voor iedereen past.",
        "No limit lasts longer than {longest} hours; after that there has to be another. Nobody goes below the floor as long as it fits for all.",
    ),
    Said(
        "Van een bestelling van de netbeheerder wordt van niemand meer gevraagd dan het zelf aanbood.",
        "Of an order of the grid operator nobody is asked more than it offered itself.",
    ),
)
