"""The blanks of the sentences, as types: a field that says ``percent: Percent`` also says how it is read and written."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from laag.home.preferences.blanks.amount import CELSIUS, CENTS, COOLER, KEPT, KM, KW, OUTSIDE, PERCENT, WATER
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit
from laag.home.preferences.blanks.choices import (
    MACHINE,
    MACHINES,
    NOISY,
    SLIDER,
    STORE,
    UNLESS_TRAVELLING,
    WEATHER,
    WHEN_HOME,
    Machine,
    Noisy,
    Stop,
    Store,
    Weather,
)
from laag.home.preferences.blanks.clock import BY, FROM, UNTIL, is_bare
from laag.home.preferences.blanks.dates import FIRST, LAST
from laag.home.preferences.blanks.days import EVERY_DAY, ON_DAYS, Days

Percent = Annotated[int, PERCENT]
Kept = Annotated[int, KEPT]
Celsius = Annotated[float, CELSIUS]
Cooler = Annotated[float, COOLER]
Outside = Annotated[float, OUTSIDE]
Water = Annotated[int, WATER]
Km = Annotated[int, KM]
Kw = Annotated[float, KW]
Cents = Annotated[float, CENTS]
From = Annotated[int, FROM]
Until = Annotated[int, UNTIL]
By = Annotated[int, BY]
OnDays = Annotated[Days, ON_DAYS]
First = Annotated[date, FIRST]
Last = Annotated[date, LAST]
AMachine = Annotated[Machine, MACHINE]
ANoisy = Annotated[Noisy, NOISY]
AStore = Annotated[Store, STORE]
AWeather = Annotated[Weather, WEATHER]
AStop = Annotated[Stop, SLIDER]
UnlessTravelling = Annotated[bool, UNLESS_TRAVELLING]
WhenHome = Annotated[bool, WHEN_HOME]

__all__ = [
    "EVERY_DAY",
    "MACHINES",
    "AMachine",
    "ANoisy",
    "AStop",
    "AStore",
    "AWeather",
    "Blank",
    "By",
    "Celsius",
    "Cents",
    "Control",
    "Cooler",
    "Days",
    "First",
    "From",
    "Kept",
    "Km",
    "Kw",
    "Last",
    "Machine",
    "Noisy",
    "OnDays",
    "Outside",
    "Percent",
    "Plain",
    "Stop",
    "Store",
    "Unfit",
    "UnlessTravelling",
    "Until",
    "Water",
    "Weather",
    "WhenHome",
    "is_bare",
]
