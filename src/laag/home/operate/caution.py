"""What no signal can do to a home, whoever sends it: caution that stays local, so that nobody switches a street at once.

A price, a limit or a request may be wrong, forged, or the same for a whole street. So a home answers at its own moment, drawn anew
for each occasion from a number that only it knows; moves no faster than so many kW a minute; turns around only so often; and keeps
its minimum whatever is asked of it. docs/safety-of-numbers.md has what a street then can and cannot do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.home.ladder import Claim, Limit, On, Rung

Floats = NDArray[np.float64]

_HOUR = timedelta(hours=1)
_DAY = timedelta(hours=24)
_QUARTERS = 4
OUTSIDE = (Rung.EMERGENCY, Rung.GRID_MARGIN, Rung.AGREEMENT)
"""Rungs on which others than the household and the law speak."""


class Signal(StrEnum):
    """What comes from outside."""

    PRICES = "prices"
    """And the plan that follows them."""
    REQUESTS = "requests"
    """What the grid operator would like and neighbours agreed."""
    EMERGENCIES = "emergencies"
    """Limits that go before comfort."""


@dataclass(frozen=True, slots=True)
class Caution:
    """How much a home lets others do. The defaults need no thought."""

    kw_per_min: float = 4.0
    """All that is steered, together, whatever the reason; what makes up for the home's own load does not count."""
    emergency_kw_per_min: float = 15.0
    """Into a limit that law or emergency sets."""
    reversals_per_hour: int = 6
    """So often a plan may turn from more to less or back, and a limit be lifted again."""
    turns_from_kw: float = 0.5
    """A smaller change is no turn."""
    back_s: float = 900.0
    """After a power cut each device waits for its own moment within this."""
    least_import_kw: float = 2.0
    """No limit from outside goes below it: the smallest band there is."""
    least_export_kw: float = 0.0
    """In an emergency of sun a home may be asked to give nothing; what it makes it may always use."""
    least_device_kw: float = 0.0
    """The same for a limit on one device; 4.2 where §14a EnWG holds."""
    longest_h: float = 4.0
    """Every limit ends after so long, whatever it says."""
    most_h_a_day: float = 6.0
    """Of emergency in any 24 hours; beyond it a limit is a request, and comfort goes first."""
    lowest_eur_per_kwh: float = -0.75
    """The exchange's own floor with VAT, and a little; a price below it is not believed."""
    highest_eur_per_kwh: float = 6.0
    """The exchange's own ceiling with tax and VAT, and a little."""
    veto: frozenset[Signal] = frozenset()
    """What the household does not follow, for as long as it says so."""

    def __post_init__(self) -> None:
        if Signal.EMERGENCIES in self.veto:
            raise BadInput(
                "an emergency limit cannot be refused by itself: it leaves the minimum and it ends; pause the home to have "
                "nothing steered at all"
            )
        if min(self.kw_per_min, self.emergency_kw_per_min, self.longest_h) <= 0 or self.most_h_a_day < 0:
            raise BadInput("rates and durations of caution are above zero; leave them out for the defaults")


def drawn(secret: float, what: str, at: datetime) -> float:
    """From 0 up to 1, for one occasion: as good as chance to whoever does not know the home's own number.

    >>> from datetime import UTC
    >>> drawn(0.3, "prices", datetime(2026, 1, 14, 12, tzinfo=UTC)) == drawn(0.3, "prices", datetime(2026, 1, 14, 12, tzinfo=UTC))
    True
    """
    digest = blake2b(f"{secret!r} {what} {at.isoformat()}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def believed(prices: Sequence[float] | Floats, caution: Caution) -> Floats:
    """Prices as far as they can be meant; one beyond what the exchange itself allows is taken for that.

    >>> believed([0.25, -5.0, 80.0], Caution()).tolist()
    [0.25, -0.75, 6.0]
    """
    return np.clip(np.asarray(prices, np.float64), caution.lowest_eur_per_kwh, caution.highest_eur_per_kwh)


def bounded(claims: Iterable[Claim], caution: Caution) -> tuple[Claim, ...]:
    """What others claim, bounded in depth and length; what law, household and devices say stays as it is, and what was sold.

    >>> forged = Limit(Rung.EMERGENCY, On.IMPORT, 0, 9999, 0.0, "dso:forged")
    >>> bounded([forged], Caution())[0].max_kw, bounded([forged], Caution())[0].stop
    (2.0, 16)
    """
    found: list[Claim] = []
    for claim in claims:
        if not isinstance(claim, Limit) or claim.rung not in OUTSIDE:
            found.append(claim)
            continue
        if claim.rung is not Rung.EMERGENCY and Signal.REQUESTS in caution.veto:
            continue
        if claim.promised:  # nobody's word but the household's own, which sold it
            found.append(claim)
            continue
        least_kw = {On.IMPORT: caution.least_import_kw, On.EXPORT: caution.least_export_kw}
        max_kw = max(claim.max_kw, least_kw.get(claim.on, caution.least_device_kw))
        stop = min(claim.stop, claim.first + round(_QUARTERS * caution.longest_h))
        # Most claims are as they should be: those go on as they are.
        found.append(
            claim
            if (max_kw, stop) == (claim.max_kw, claim.stop)
            else replace(claim, max_kw=max_kw, stop=stop)
        )
    return tuple(found)


def heeded(
    claims: Iterable[Claim], ptu: int, now: datetime, limited: tuple[datetime, ...], caution: Caution
) -> tuple[tuple[Claim, ...], tuple[datetime, ...]]:
    """The same at one instant: beyond its hours a day an emergency is a request. Also when it was limited, for the next time."""
    found = bounded(claims, caution)
    if not any(_presses(one, ptu) for one in found):
        return found, tuple(at for at in limited if now - at < _DAY)
    quarter = now - timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    lately = tuple(at for at in limited if now - at < _DAY)
    if quarter in lately or len(lately) < _QUARTERS * caution.most_h_a_day:
        return found, (*(at for at in lately if at != quarter), quarter)
    asked = tuple(_as_request(one, ptu) for one in found)
    if Signal.REQUESTS in caution.veto:
        asked = tuple(one for one, was in zip(asked, found, strict=True) if one is was)
    return asked, lately


def _presses(claim: Claim, ptu: int) -> bool:
    return isinstance(claim, Limit) and claim.rung is Rung.EMERGENCY and claim.first <= ptu < claim.stop


def _as_request(claim: Claim, ptu: int) -> Claim:
    if isinstance(claim, Limit) and _presses(claim, ptu):
        return replace(claim, rung=Rung.GRID_MARGIN)
    return claim


def within_an_hour(times: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Those that still count."""
    return tuple(at for at in times if timedelta(0) <= now - at < _HOUR)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of the home's own change of load is not made up for yet, kW; it fades, for nobody waits for it for ever."""

    owed_kw: float = 0.0

    def after(self, changed_kw: float, gone_s: float) -> Budget:
        """With what the home itself took more (+) or less (-) since the last step."""
        return Budget(self.owed_kw * float(np.exp(-gone_s / 300.0)) + changed_kw)

    def governed(
        self, moves_kw: Sequence[float], gone_s: float, caution: Caution
    ) -> tuple[list[float], Budget]:
        """The moves of all devices, together no faster than the home allows; against its own load as fast as they can.

        >>> Budget().governed([3.0, -1.0], 15.0, Caution(kw_per_min=4.0))
        ([2.0, -1.0], Budget(owed_kw=0.0))
        >>> Budget(owed_kw=2.0).governed([-2.5], 3.0, Caution(kw_per_min=4.0))
        ([-2.2], Budget(owed_kw=0.0))
        """
        step_kw = caution.kw_per_min * gone_s / 60
        highest, lowest = step_kw + max(-self.owed_kw, 0.0), -step_kw - max(self.owed_kw, 0.0)
        total = sum(moves_kw)
        up, down = sum(kw for kw in moves_kw if kw > 0), sum(kw for kw in moves_kw if kw < 0)
        share_up = (highest - down) / up if total > highest and up > 0 else 1.0
        share_down = (lowest - up) / down if total < lowest and down < 0 else 1.0
        moves = [kw * (share_up if kw > 0 else share_down) for kw in moves_kw]
        owed, moved = self.owed_kw, sum(moves)
        if owed * moved < 0:
            owed = max(owed + moved, 0.0) if owed > 0 else min(owed + moved, 0.0)
        return moves, Budget(owed)
