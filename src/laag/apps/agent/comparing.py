"""A month of this home beside homes like it: with consent, once a month, whole numbers and wide classes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from laag.adapters.neighbourhood.everyone import MonthShared, OwnBeside
from laag.adapters.neighbourhood.link import Away
from laag.apps.agent.consents import Consents
from laag.apps.agent.life import LOG, Life
from laag.apps.agent.neighbour import Neighbour
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid, midnight
from laag.home.outlook import Floats
from laag.home.scan import Days, Dwelling, days_of

SENT = "comparison sent"
"""The last month that went."""
_LOOK_AGAIN_S = 3600.0
_LEAST_KNOWN = 0.9
"""Of a month's days; of fewer the sum would say something else."""


class Tells(Protocol):
    """A signed call that says something."""

    async def tell(self, kind: type[OwnBeside], method: str, path: str, said: MonthShared) -> OwnBeside:
        """What came of it."""
        ...


def consents(life: Life) -> Consents:
    """What this household lets its data be used for."""
    return Consents(life.store, lambda: life.clock.now().astimezone(life.zone).date())


def agreed_until(life: Life) -> date | None:
    """Through which day the household's yes holds; ``None`` where it gave none, took it back, or it is over."""
    yes = consents(life).held(Purpose.COMPARISON)
    return None if yes is None else yes.until


def agree(life: Life, neighbour: Neighbour | None) -> None:
    """Yes, for a year."""
    yes = consents(life).give(Purpose.COMPARISON)
    if neighbour is not None:
        neighbour.put_consent(Purpose.COMPARISON, yes)


def agree_no_more(life: Life, neighbour: Neighbour | None) -> None:
    """No more; what was sent is asked to be erased by the page."""
    consents(life).refuse(Purpose.COMPARISON)
    life.store.keep(SENT, None)
    if neighbour is not None:
        neighbour.put_consent(Purpose.COMPARISON, None)


def month_before(today: date) -> tuple[date, date]:
    """The last whole month.

    >>> month_before(date(2026, 3, 9))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def shared(month: date, days: Days, home: Dwelling) -> MonthShared | None:
    """What would go of a month; ``None`` where too few of its days are known."""
    power = _summed(days.electricity_kwh)
    if power is None:
        return None
    return MonthShared(
        month=f"{month:%Y-%m}",
        electricity_kwh=max(round(power), 0),
        gas_m3=None if (gas := _summed(days.gas_m3)) is None else max(round(gas), 0),
        year_class=home.year_class,
        size_class=home.size_class,
        dwelling=None if home.kind is None else home.kind.value,
        people_class=home.people_class,
        heated_by=home.heated_by.value,
    )


def _summed(values: Floats) -> float | None:
    """The sum of a month, days that are not known counted as the others."""
    known = values[np.isfinite(values)]
    if len(values) == 0 or len(known) < _LEAST_KNOWN * len(values):
        return None
    return float(known.mean()) * len(values)


def of_month(life: Life, today: date, home: Dwelling) -> MonthShared | None:
    """Of the last whole month, as the meter has it."""
    first, last = month_before(today)
    grid = PtuGrid.between(midnight(first, life.zone), midnight(last + timedelta(days=1), life.zone))
    return shared(first, days_of(life.store.series(grid), grid, life.zone), home)


async def send(life: Life, today: date, tells: Tells, home: Dwelling) -> bool:
    """Send the last month where the household agreed and it was not sent yet; whether it was."""
    if agreed_until(life) is None:
        return False
    month = of_month(life, today, home)
    if month is None or life.store.kept(SENT) == month.month:
        return False
    await tells.tell(OwnBeside, "POST", "comparison", month)
    life.store.keep(SENT, month.month)
    return True


class Compares:
    """Looks a few times a day whether there is a month to share."""

    name = "compares"

    def __init__(self, life: Life, tells: Tells, home: Callable[[], Dwelling]) -> None:
        self._life, self._tells, self._home = life, tells, home

    async def live(self) -> None:
        """For ever."""
        life = self._life
        while True:
            if life.store.kept("member") is not None:
                try:
                    today = life.clock.now().astimezone(life.zone).date()
                    await send(life, today, self._tells, self._home())
                except (Away, BadInput) as fault:
                    LOG.info("the month was not shared yet: %s", fault)
            await asyncio.sleep(_LOOK_AGAIN_S / life.clock.speed)
