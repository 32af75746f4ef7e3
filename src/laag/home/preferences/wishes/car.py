"""Wishes about the car, and about what is charged when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.preferences.blanks import (
    EVERY_DAY,
    AStore,
    AWeather,
    By,
    Cents,
    First,
    From,
    Kept,
    Km,
    Last,
    OnDays,
    Percent,
    Store,
    UnlessTravelling,
    Until,
)
from laag.home.preferences.wishes.aspect import Aspect
from laag.home.preferences.wishes.wished import Forms, Wished


@dataclass(frozen=True, slots=True)
class CarBy(Wished):
    """The car is at least this full at this time, or when it leaves up to four hours earlier."""

    percent: Percent
    by_quarter: By
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.CAR_READY
    EXAMPLE = "car at 80 % by 07:00 on weekdays"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "car at {percent} by {by_quarter}[ {days}]",
            "(car|the car|my car|ev) (at|at least|charged to) {percent} (by|before|at) {by_quarter}[ {days}]",
            "(car|the car|my car|ev) full (by|before|at) {by_quarter}[ {days}]",
        ),
        Lang.NL: (
            "auto op {percent} om {by_quarter}[ {days}]",
            "(auto|de auto|mijn auto) (op|minstens op|minstens|geladen tot) {percent} (om|voor|tegen) {by_quarter}[ {days}]",
            "(auto|de auto|mijn auto) vol (om|voor|tegen) {by_quarter}[ {days}]",
        ),
    }

    @classmethod
    def heard(cls, values: Mapping[str, Any], words: Mapping[str, str]) -> Self:  # noqa: ARG003
        """Full is a hundred percent."""
        return cls(**{"percent": 100, **values})


@dataclass(frozen=True, slots=True)
class CarForDrive(Wished):
    """The car can drive this far at this time."""

    km: Km
    by_quarter: By
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.CAR_READY
    EXAMPLE = "car ready for 120 km by 07:00 on weekdays"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "car ready for {km} by {by_quarter}[ {days}]",
            "(car|the car|my car|ev) ready (for|to drive) {km} (by|before|at) {by_quarter}[ {days}]",
        ),
        Lang.NL: (
            "auto klaar voor {km} om {by_quarter}[ {days}]",
            "(auto|de auto|mijn auto) klaar voor {km} (om|voor|tegen) {by_quarter}[ {days}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class CarForUsualDay(Wished):
    """The car holds what a usual day takes, learned from past stays, and some more."""

    days: OnDays = EVERY_DAY

    ABOUT = Aspect.CAR_READY
    EXAMPLE = "car ready for a usual day"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "car ready for a usual day[ {days}]",
            "(car|the car|my car|ev) ready for (a usual|a normal|an ordinary) day[ {days}]",
        ),
        Lang.NL: (
            "auto klaar voor een gewone dag[ {days}]",
            "(auto|de auto|mijn auto) klaar voor een (gewone|normale) dag[ {days}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class CarAtMost(Wished):
    """The car is never charged beyond this; on a day of travel it may be, where that is said."""

    percent: Percent
    unless_travelling: UnlessTravelling = False

    ABOUT = Aspect.CAR_MOST
    EXAMPLE = "car at most 80 % unless I travel"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "car at most {percent}[ {unless_travelling}]",
            "[(car|the car|my car|ev) ]at most {percent}[,][ {unless_travelling}]",
        ),
        Lang.NL: (
            "auto hoogstens {percent}[ {unless_travelling}]",
            "[(auto|de auto|mijn auto) ](hoogstens|maximaal|niet boven) {percent}[,][ {unless_travelling}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class Travel(Wished):
    """The car leaves full on these days."""

    first: First
    last: Last

    ABOUT = Aspect.TRAVEL
    EXAMPLE = "I travel from 12 July 2027 to 20 July 2027"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "I travel from {first} to {last}",
            "(I|we) (travel|am travelling|are travelling) from {first} (to|until|through) {last}",
            "(I|we) (travel|am travelling|are travelling) on {first}",
        ),
        Lang.NL: (
            "ik ben op reis van {first} tot en met {last}",
            "(ik ben|wij zijn|we zijn) op reis van {first} (tot en met|t/m) {last}",
            "(ik ben|wij zijn|we zijn) op reis op {first}",
        ),
    }

    def __post_init__(self) -> None:
        Wished.__post_init__(self)
        if self.last < self.first:
            raise BadInput(
                f"a journey from {self.first} to {self.last} ends before it begins; give the earlier day first"
            )

    @classmethod
    def heard(cls, values: Mapping[str, Any], words: Mapping[str, str]) -> Self:  # noqa: ARG003
        """One day is from that day to that day."""
        return cls(**{"last": values["first"], **values})


@dataclass(frozen=True, slots=True)
class CarKeeps(Wished):
    """A car that gives back keeps at least this for a drive nobody planned."""

    percent: Kept

    ABOUT = Aspect.CAR_KEEPS
    EXAMPLE = "car keeps at least 30 %"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "car keeps at least {percent}",
            "(car|the car|my car|ev) (keeps|always keeps)[ at least] {percent}",
        ),
        Lang.NL: (
            "auto houdt minstens {percent}",
            "(auto|de auto|mijn auto) (houdt|houdt altijd)[ minstens] {percent}",
        ),
    }


@dataclass(frozen=True, slots=True)
class CarRests(Wished):
    """The car does not charge in these hours."""

    from_quarter: From
    until_quarter: Until
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.CAR_RESTS
    EXAMPLE = "no car charging from 17:00 to 20:00"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "no car charging from {from_quarter} to {until_quarter}[ {days}]",
            "(no car charging|do not charge the car) (from {from_quarter} (to|until) {until_quarter}|between {from_quarter} and {until_quarter})[ {days}]",
        ),
        Lang.NL: (
            "auto niet laden van {from_quarter} tot {until_quarter}[ {days}]",
            "(auto niet laden|de auto niet laden|laad de auto niet) (van {from_quarter} tot {until_quarter}|tussen {from_quarter} en {until_quarter})[ {days}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class ChargeWhen(Wished):
    """Charge while the sun shines or the wind blows, and otherwise only what cannot wait."""

    weather: AWeather
    what: AStore = Store.ALL

    ABOUT = Aspect.CHARGE_WHEN
    EXAMPLE = "charge when the sun shines or the wind blows"
    FORMS: ClassVar[Forms] = {
        Lang.EN: ("charge[ {what}] when {weather}", "charge[ {what}][ only] (when|while) {weather}"),
        Lang.NL: ("laad[ {what}] als {weather}", "laad[ {what}][ alleen] (als|wanneer) {weather}"),
    }

    @property
    def about(self) -> tuple[Aspect, str]:
        """Car and battery apart."""
        return self.ABOUT, self.what


@dataclass(frozen=True, slots=True)
class ChargeBelow(Wished):
    """Charge while a kWh costs less than this, tax and VAT included, and otherwise only what cannot wait."""

    cents: Cents
    what: AStore = Store.ALL

    ABOUT = Aspect.CHARGE_BELOW
    EXAMPLE = "charge the car only below 20 ct/kWh"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "charge[ {what}] only below {cents}",
            "charge[ {what}][ only] (below|under|when power costs less than) {cents}",
        ),
        Lang.NL: (
            "laad[ {what}] alleen onder {cents}",
            "laad[ {what}][ alleen] (onder|als stroom minder kost dan) {cents}",
        ),
    }

    @property
    def about(self) -> tuple[Aspect, str]:
        """Car and battery apart."""
        return self.ABOUT, self.what


@dataclass(frozen=True, slots=True)
class CarNotFromBattery(Wished):
    """While the car charges, the home battery gives no more than the house itself takes."""

    ABOUT = Aspect.CAR_AND_BATTERY
    EXAMPLE = "never charge the car from the battery"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "never charge the car from the battery",
            "(never charge|do not charge) (the car|my car|ev) from the[ home] battery",
        ),
        Lang.NL: (
            "laad de auto nooit uit de batterij",
            "laad (de auto|mijn auto) (nooit|niet) uit de (batterij|thuisbatterij|accu)",
        ),
    }
