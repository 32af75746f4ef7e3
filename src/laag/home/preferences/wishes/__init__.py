"""The kinds of wish."""

from __future__ import annotations

from laag.home.preferences.wishes.aspect import Aspect
from laag.home.preferences.wishes.car import (
    CarAtMost,
    CarBy,
    CarForDrive,
    CarForUsualDay,
    CarKeeps,
    CarNotFromBattery,
    CarRests,
    ChargeBelow,
    ChargeWhen,
    Travel,
)
from laag.home.preferences.wishes.home import (
    FeedInAtMost,
    GridAtMost,
    KeepStored,
    NoFeedInBelowZero,
    OwnSunFirst,
    Quiet,
    RunBefore,
    Slider,
)
from laag.home.preferences.wishes.warmth import (
    AtHome,
    HeatPumpRests,
    HeatPumpWhen,
    HotWater,
    NobodyHome,
    Warmth,
    WarmthAtMost,
)
from laag.home.preferences.wishes.wished import Wished

KINDS: tuple[type[Wished], ...] = (
    CarBy,
    CarForDrive,
    CarForUsualDay,
    CarAtMost,
    Travel,
    CarKeeps,
    CarRests,
    ChargeWhen,
    ChargeBelow,
    CarNotFromBattery,
    Warmth,
    WarmthAtMost,
    AtHome,
    NobodyHome,
    HeatPumpWhen,
    HeatPumpRests,
    HotWater,
    RunBefore,
    Quiet,
    OwnSunFirst,
    KeepStored,
    NoFeedInBelowZero,
    GridAtMost,
    FeedInAtMost,
    Slider,
)
"""All kinds, in the order of a page."""

__all__ = [
    "KINDS",
    "Aspect",
    "AtHome",
    "CarAtMost",
    "CarBy",
    "CarForDrive",
    "CarForUsualDay",
    "CarKeeps",
    "CarNotFromBattery",
    "CarRests",
    "ChargeBelow",
    "ChargeWhen",
    "FeedInAtMost",
    "GridAtMost",
    "HeatPumpRests",
    "HeatPumpWhen",
    "HotWater",
    "KeepStored",
    "NoFeedInBelowZero",
    "NobodyHome",
    "OwnSunFirst",
    "Quiet",
    "RunBefore",
    "Slider",
    "Travel",
    "Warmth",
    "WarmthAtMost",
    "Wished",
]
