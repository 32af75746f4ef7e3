"""Wishes about warmth, presence and hot water."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.preferences.blanks import (
    EVERY_DAY,
    By,
    Celsius,
    Cooler,
    First,
    From,
    Last,
    OnDays,
    Outside,
    Until,
    Water,
    WhenHome,
    is_bare,
)
from laag.home.preferences.wishes.aspect import Aspect
from laag.home.preferences.wishes.wished import Forms, Wished

_NOON, _HALF_A_DAY = 48, 48
_ROOM_EN = "(living room|the living room|house|the house|home)"
_ROOM_NL = "(woonkamer|de woonkamer|huis|het huis)"


@dataclass(frozen=True, slots=True)
class Warmth(Wished):
    """At least this warm from one time to another, and by night (all other hours of those days) at least that."""

    low_c: Celsius
    from_quarter: From = 0
    until_quarter: Until = 0
    night_c: Cooler | None = None
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.WARMTH
    EXAMPLE = "living room 20 °C from 07:00 to 22:00, 17 °C at night"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "living room {low_c}[ {days}]",
            "living room {low_c} from {from_quarter} to {until_quarter}[, {night_c} at night][ {days}]",
            _ROOM_EN
            + "[ at least] {low_c} from {from_quarter} (to|until) {until_quarter}[ {days}][[,][ and] {night_c} at night]",
        ),
        Lang.NL: (
            "woonkamer {low_c}[ {days}]",
            "woonkamer {low_c} van {from_quarter} tot {until_quarter}[, {night_c} 's nachts][ {days}]",
            _ROOM_NL
            + "[ minstens] {low_c} van {from_quarter} tot {until_quarter}[ {days}][[,][ en] {night_c} ('s nachts|nachts)]",
            _ROOM_NL
            + "[ minstens] {low_c} van {from_quarter} tot {until_quarter}[,][ en] 's nachts {night_c}[ {days}]",
        ),
    }

    def __post_init__(self) -> None:
        Wished.__post_init__(self)
        if self.from_quarter == self.until_quarter and (self.from_quarter or self.night_c is not None):
            raise BadInput(
                "a warm part of the day from a time to the same time has no length; give two times"
            )

    @classmethod
    def heard(cls, values: Mapping[str, Any], words: Mapping[str, str]) -> Self:
        """From seven to ten and then night: that ten is in the evening."""
        said = dict(values)
        if "night_c" in said and is_bare(words["until_quarter"]):
            first, until = said["from_quarter"], said["until_quarter"]
            if first < until < _NOON:
                said["until_quarter"] = until + _HALF_A_DAY
        return cls(**said)


@dataclass(frozen=True, slots=True)
class WarmthAtMost(Wished):
    """The house is not heated beyond this."""

    high_c: Celsius

    ABOUT = Aspect.WARMTH_MOST
    EXAMPLE = "living room at most 23 °C"
    FORMS: ClassVar[Forms] = {
        Lang.EN: ("living room at most {high_c}", _ROOM_EN + " (at most|not above) {high_c}"),
        Lang.NL: ("woonkamer hoogstens {high_c}", _ROOM_NL + " (hoogstens|maximaal|niet boven) {high_c}"),
    }


@dataclass(frozen=True, slots=True)
class AtHome(Wished):
    """Somebody is home in these hours of these days, and away in the others; on other days somebody is always home."""

    from_quarter: From
    until_quarter: Until
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.AT_HOME
    EXAMPLE = "I am home from 17:00 to 08:00 on weekdays"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "I am home from {from_quarter} to {until_quarter}[ {days}]",
            "(I am|we are|someone is|somebody is)[ at] home from {from_quarter} (to|until) {until_quarter}[ {days}]",
        ),
        Lang.NL: (
            "ik ben thuis van {from_quarter} tot {until_quarter}[ {days}]",
            "(ik ben|wij zijn|we zijn|er is iemand) thuis van {from_quarter} tot {until_quarter}[ {days}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class NobodyHome(Wished):
    """Nobody is home on these days: the house is kept from damp and frost, and nothing else is wanted of it."""

    last: Last
    first: First | None = None

    ABOUT = Aspect.AWAY
    EXAMPLE = "nobody home from 12 July 2027 to 20 July 2027"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "nobody home until {last}",
            "nobody home from {first} to {last}",
            "(nobody|no one)[ is][ at] home (until|through) {last}",
            "(nobody|no one)[ is][ at] home from {first} (to|until|through) {last}",
        ),
        Lang.NL: (
            "niemand thuis tot en met {last}",
            "niemand thuis van {first} tot en met {last}",
            "(niemand|er is niemand) thuis[ van {first}] (tot en met|t/m) {last}",
        ),
    }

    def __post_init__(self) -> None:
        Wished.__post_init__(self)
        if self.first is not None and self.last < self.first:
            raise BadInput(
                f"an absence from {self.first} to {self.last} ends before it begins; give the earlier day first"
            )


@dataclass(frozen=True, slots=True)
class HeatPumpWhen(Wished):
    """The heat pump keeps the house warm while somebody is home, and rests while it is warm outside."""

    when_home: WhenHome = False
    away_c: Cooler | None = None
    off_above_c: Outside | None = None

    ABOUT = Aspect.HEAT_PUMP
    EXAMPLE = "heat pump on when I am home, off above 20 °C outside"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "heat pump off above {off_above_c} outside",
            "heat pump {when_home}[, {away_c} when away][, off above {off_above_c} outside]",
            "[the ]heat pump {when_home}[[,][ and] {away_c} when (away|I am away)][[,][ and] off above {off_above_c}[ outside]]",
            "[the ]heat pump off above {off_above_c}[ outside]",
        ),
        Lang.NL: (
            "warmtepomp uit boven {off_above_c} buiten",
            "warmtepomp {when_home}[, {away_c} als ik weg ben][, uit boven {off_above_c} buiten]",
            "[de ]warmtepomp {when_home}[[,][ en] {away_c} als ik (weg|niet thuis) ben][[,][ en] uit boven (de |){off_above_c}[ buiten]]",
            "[de ]warmtepomp uit boven (de |){off_above_c}[ buiten]",
        ),
    }

    def __post_init__(self) -> None:
        Wished.__post_init__(self)
        if not self.when_home and (self.off_above_c is None or self.away_c is not None):
            raise BadInput(
                "a wish for the heat pump says when it is on or off; say 'on when I am home' or 'off above 20 °C outside'"
            )


@dataclass(frozen=True, slots=True)
class HeatPumpRests(Wished):
    """The heat pump is off in these hours."""

    from_quarter: From
    until_quarter: Until
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.HEAT_PUMP_RESTS
    EXAMPLE = "heat pump off from 23:00 to 06:00"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "heat pump off from {from_quarter} to {until_quarter}[ {days}]",
            "[the ]heat pump off (from {from_quarter} (to|until) {until_quarter}|between {from_quarter} and {until_quarter})[ {days}]",
        ),
        Lang.NL: (
            "warmtepomp uit van {from_quarter} tot {until_quarter}[ {days}]",
            "[de ]warmtepomp uit (van {from_quarter} tot {until_quarter}|tussen {from_quarter} en {until_quarter})[ {days}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class HotWater(Wished):
    """The tank is at least this hot at this time."""

    tank_c: Water
    by_quarter: By
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.HOT_WATER
    EXAMPLE = "hot water at least 55 °C by 07:00"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "hot water at least {tank_c} by {by_quarter}[ {days}]",
            "hot water[ at[ least]] {tank_c} (by|before|at) {by_quarter}[ {days}]",
        ),
        Lang.NL: (
            "warm water minstens {tank_c} om {by_quarter}[ {days}]",
            "warm water[ minstens][ op] {tank_c} (om|voor|tegen) {by_quarter}[ {days}]",
        ),
    }
