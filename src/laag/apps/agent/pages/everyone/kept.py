"""What a household said of itself, as its own store keeps it; none of it leaves the home by being kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from laag.adapters.homestore import HomeStore
from laag.apps.agent.life import Life
from laag.foundation.ptu import PtuGrid, midnight
from laag.home.means import Band, Means
from laag.home.scan import Days, Dwelling, DwellingKind, HeatedBy, Prices, Stage, days_of

DWELLING, STAGES, MEANS = "private dwelling", "private stages", "private means"
GAS_EUR_PER_M3 = 1.40
"""An example: what a m3 cost about, all in, unverified; a household that knows better writes its own."""
MOST_DAYS = 400
_MOST_STAGES = 20


def dwelling(store: HomeStore) -> Dwelling:
    """The facts of the home; what was not said is not known."""
    kept = store.kept(DWELLING) or {}
    kind = kept.get("kind")
    return Dwelling(
        kept.get("built"),
        kept.get("size_m2"),
        None if kind is None else DwellingKind(kind),
        kept.get("people"),
        HeatedBy(kept.get("heated_by", HeatedBy.GAS.value)),
        bool(kept.get("rents", False)),
        kept.get("old_lamps"),
    )


def keep_dwelling(store: HomeStore, home: Dwelling, gas_eur: float | None) -> None:
    """In the place of what was said before."""
    body = {
        "built": home.built,
        "size_m2": home.size_m2,
        "kind": None if home.kind is None else home.kind.value,
        "people": home.people,
        "heated_by": home.heated_by.value,
        "rents": home.rents,
        "old_lamps": home.old_lamps,
        "gas_eur": gas_eur,
    }
    store.keep(DWELLING, body)


def prices(life: Life, today: date) -> Prices:
    """What a kWh cost on average last week, or by contract; and a m3 as the household said, or an example."""
    week = life.store.series(_grid(life, today - timedelta(days=7), today - timedelta(days=1)))
    known = week["buy_eur_per_kwh"]
    power = float(np.nanmean(known)) if np.isfinite(known).any() else life.alone.buy_eur_per_kwh
    gas = (life.store.kept(DWELLING) or {}).get("gas_eur")
    return Prices(power, GAS_EUR_PER_M3 if gas is None else float(gas), gas is None)


def days(life: Life, today: date, most: int = MOST_DAYS) -> Days:
    """Whole days up to yesterday, as far back as there are any."""
    first = life.store.first()
    last = today - timedelta(days=1)
    begin = last if first is None else max(first.astimezone(life.zone).date(), last - timedelta(days=most))
    grid = _grid(life, min(begin, last), last)
    return days_of(life.store.series(grid), grid, life.zone)


def _grid(life: Life, first: date, last: date) -> PtuGrid:
    return PtuGrid.between(midnight(first, life.zone), midnight(last + timedelta(days=1), life.zone))


def stages(store: HomeStore) -> list[Stage]:
    """What the household did, in the order of the days on which it did it."""
    found = [Stage(name, date.fromisoformat(since)) for name, since in store.kept(STAGES) or ()]
    return sorted(found, key=lambda one: (one.since, one.name))


def keep_stage(store: HomeStore, stage: Stage) -> None:
    """One more; the newest word on a measure counts."""
    others = [one for one in stages(store) if one.name != stage.name]
    kept = sorted([*others, stage], key=lambda one: one.since)[-_MOST_STAGES:]
    store.keep(STAGES, [(one.name, one.since.isoformat()) for one in kept])


def no_stage(store: HomeStore, name: str) -> None:
    """It was not done after all."""
    store.keep(STAGES, [(one.name, one.since.isoformat()) for one in stages(store) if one.name != name])


def means(store: HomeStore) -> tuple[Means, float | None] | None:
    """What comes in, and what the household pays for energy where it said so; ``None`` where it said nothing."""
    kept = store.kept(MEANS)
    if kept is None:
        return None
    return Means(Band(kept["band"]), int(kept["people"])), kept.get("cost_eur")


def keep_means(store: HomeStore, said: Means | None, cost_eur: float | None = None) -> None:
    """Keep it, or with ``None`` forget it."""
    body = None if said is None else {"band": said.band.value, "people": said.people, "cost_eur": cost_eur}
    store.keep(MEANS, body)


def usual_cost_eur(life: Life, today: date) -> float | None:
    """About what energy costs a month by the last four weeks, without what goes by the day; ``None`` where nothing is known."""
    four = days(life, today, 27)
    asked = prices(life, today)
    power, gas = four.electricity_kwh, four.gas_m3
    if not np.isfinite(power).any():
        return None
    per_day = float(np.nanmean(power)) * asked.eur_per_kwh
    if np.isfinite(gas).any():
        per_day += float(np.nanmean(gas)) * asked.eur_per_m3
    return per_day * 365.2425 / 12
