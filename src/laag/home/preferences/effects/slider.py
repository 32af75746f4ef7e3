"""What the slider means: what a kWh weighs besides its price, for the grid or for the climate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.words import Lang, Said, pointed
from laag.home.outlook import Floats, Ints
from laag.home.preferences.blanks import Stop
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, SliderWeights, of_kind
from laag.home.preferences.meant import Contradiction, Remark, Rule, Why
from laag.home.preferences.wishes import Slider

WINTER_STRESS = ((92, 4, 0.2), (4, 28, 0.0), (28, 40, 0.2), (40, 64, 0.0), (64, 92, 1.0))
SUMMER_STRESS = ((0, 12, 0.2), (12, 40, 0.0), (40, 68, -0.5), (68, 76, 0.0), (76, 96, 0.5))
"""Stress by the clock where nobody forecasts it, from one quarter until another: high where the grid operators' proposed
tariff is (BR-2026-2242 of 1 May 2026: winter 16-23 h at 1.0, summer 10-17 h at 0.0), below zero on a summer noon."""
CLEANEST_KG_PER_KWH, DIRTIEST_KG_PER_KWH = 0.10, 0.40
"""Where nobody forecasts emissions: the cheapest quarter-hour of the outlook is taken for this clean, the dearest for
this dirty, and those between by their rank; sun and wind are what makes the Dutch price low."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each concern a stop of the slider stands for."""

    grid: float
    green: float


SHARES = {
    Stop.MONEY: Shares(0.0, 0.0),
    Stop.MONEY_AND_GRID: Shares(0.5, 0.0),
    Stop.GRID: Shares(1.0, 0.0),
    Stop.GRID_AND_GREEN: Shares(0.5, 0.5),
    Stop.GREEN: Shares(0.0, 1.0),
}


def meaning(stop: Stop, weights: SliderWeights = SliderWeights()) -> Said:  # noqa: B008 - a frozen value
    """What a stop of the slider does, in numbers.

    >>> meaning(Stop.MONEY_AND_GRID).en
    'A kWh taken when the grid is at its limit weighs 5 ct more than its price.'
    """
    shares = SHARES[stop]
    nl, en = [], []
    if shares.grid:
        cents = 100 * shares.grid * weights.stress_eur_per_kwh
        nl.append(
            f"Een kWh die je neemt als het net vol is, weegt {_number(cents, Lang.NL)} ct meer dan zijn prijs."
        )
        en.append(
            f"A kWh taken when the grid is at its limit weighs {_number(cents, Lang.EN)} ct more than its price."
        )
    if shares.green:
        cents = 100 * shares.green * weights.eur_per_kg_co2
        nl.append(f"Elke kg CO2 weegt {_number(cents, Lang.NL)} ct, alsof je die betaalt.")
        en.append(f"Each kg of CO2 weighs {_number(cents, Lang.EN)} ct, as if you paid it.")
    return Said(
        " ".join(nl) or "Alleen wat het kost telt.",
        " ".join(en) or "Only what it costs counts.",
    )


def nudge(meant: AllMeant, scene: Scene) -> tuple[Floats | None, Outcome]:
    """What each kWh weighs besides its price, on top of what the outlook already says; of two sliders the later."""
    sliders = of_kind(meant, Slider)
    if not sliders:
        return scene.outlook.nudge_eur_per_kwh, Outcome()
    held = sliders[-1]
    met = tuple(
        Contradiction(held, each, Rule.LATER_FIRST) for each in sliders[:-1] if each.wish != held.wish
    )
    shares = SHARES[held.wish.stop]
    if not shares.grid and not shares.green:
        return scene.outlook.nudge_eur_per_kwh, Outcome(contradictions=met)
    remarks: list[Remark] = []
    stress, co2 = scene.signals.stress, scene.signals.kg_co2_per_kwh
    if shares.grid and stress is None:
        stress = usual_stress(scene.outlook.quarter, _month(scene))
        remarks.append(Remark(held, Why.STAND_IN, _NO_STRESS))
    if shares.green and co2 is None:
        co2 = _by_rank(scene.outlook.buy_eur_per_kwh)
        remarks.append(Remark(held, Why.STAND_IN, _NO_CO2))
    extra = np.zeros(scene.wall.count)
    for share, weight, signal in (
        (shares.grid, scene.weights.stress_eur_per_kwh, stress),
        (shares.green, scene.weights.eur_per_kg_co2, co2),
    ):
        if share and signal is not None:
            extra += share * weight * np.nan_to_num(signal)
    before = scene.outlook.nudge_eur_per_kwh
    return extra if before is None else before + extra, Outcome((), met, tuple(remarks))


_NO_STRESS = Said(
    "hoe vol het net wordt is niet bekend; de uren van het voorgestelde nettarief gelden in plaats daarvan",
    "how full the grid will be is not known; the hours of the proposed grid tariff stand in for it",
)
_NO_CO2 = Said(
    "de uitstoot per kWh is niet bekend; hoe goedkoper de stroom, hoe schoner die nu telt",
    "emissions per kWh are not known; the cheaper power is, the cleaner it counts for now",
)


def usual_stress(quarter: Ints, month: int) -> Floats:
    """Stress by the clock: winter from October to March, summer from April to September.

    >>> usual_stress(np.array([50, 70]), 1).tolist(), usual_stress(np.array([50, 70]), 7).tolist()
    ([0.0, 1.0], [-0.5, 0.0])
    """
    stress = np.zeros(len(quarter))
    for first, stop, much in SUMMER_STRESS if 4 <= month <= 9 else WINTER_STRESS:
        after, before = quarter >= first, quarter < stop
        stress[after & before if first < stop else after | before] = much
    return stress


def _month(scene: Scene) -> int:
    return scene.wall.date_at(0).month


def _by_rank(price: Floats) -> Floats:
    """From cleanest to dirtiest as the price rises; equal prices count alike."""
    known = np.unique(price[np.isfinite(price)])
    share = np.searchsorted(known, price) / max(len(known) - 1, 1)
    return CLEANEST_KG_PER_KWH + (DIRTIEST_KG_PER_KWH - CLEANEST_KG_PER_KWH) * np.minimum(share, 1.0)


def _number(cents: float, lang: Lang) -> str:
    return pointed(f"{cents:g}", lang)
