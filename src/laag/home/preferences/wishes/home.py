"""Wishes about machines, the battery, the connection, and what matters most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from laag.foundation.words import Lang
from laag.home.preferences.blanks import (
    EVERY_DAY,
    AMachine,
    ANoisy,
    AStop,
    By,
    Cents,
    From,
    Kept,
    Kw,
    Last,
    OnDays,
    Until,
)
from laag.home.preferences.wishes.aspect import Aspect
from laag.home.preferences.wishes.wished import Forms, Wished


@dataclass(frozen=True, slots=True)
class RunBefore(Wished):
    """The machine runs once before this time; unless it is said from when, within the ten hours before it."""

    machine: AMachine
    by_quarter: By
    from_quarter: From | None = None
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.MACHINE
    EXAMPLE = "run the dishwasher before 06:00"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "run the {machine} before {by_quarter}[ {days}]",
            "run the {machine} between {from_quarter} and {by_quarter}[ {days}]",
            "[run ][the ]{machine} (before|done by|done before|ready by) {by_quarter}[ {days}]",
        ),
        Lang.NL: (
            "draai de {machine} voor {by_quarter}[ {days}]",
            "draai de {machine} tussen {from_quarter} en {by_quarter}[ {days}]",
            "[draai ][de ]{machine} (voor|klaar om|klaar voor) {by_quarter}[ {days}]",
        ),
    }

    @property
    def about(self) -> tuple[Aspect, str]:
        """Each machine apart."""
        return self.ABOUT, self.machine


@dataclass(frozen=True, slots=True)
class Quiet(Wished):
    """A machine does not run in these hours; a heat pump runs at half its power at most."""

    device: ANoisy
    from_quarter: From
    until_quarter: Until
    days: OnDays = EVERY_DAY

    ABOUT = Aspect.QUIET
    EXAMPLE = "washing machine quiet from 22:00 to 07:00"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "{device} quiet from {from_quarter} to {until_quarter}[ {days}]",
            "[the ]{device} (quiet|silent) (from {from_quarter} (to|until) {until_quarter}|between {from_quarter} and {until_quarter})[ {days}]",
        ),
        Lang.NL: (
            "{device} stil van {from_quarter} tot {until_quarter}[ {days}]",
            "[de ]{device} stil (van {from_quarter} tot {until_quarter}|tussen {from_quarter} en {until_quarter})[ {days}]",
        ),
    }

    @property
    def about(self) -> tuple[Aspect, str]:
        """Each device apart."""
        return self.ABOUT, self.device


@dataclass(frozen=True, slots=True)
class OwnSunFirst(Wished):
    """As little as possible of the home's own sun is fed in or left unused."""

    ABOUT = Aspect.OWN_SUN
    EXAMPLE = "use my own sun first"
    FORMS: ClassVar[Forms] = {
        Lang.EN: ("use my own sun first", "[use ](my|our) own (sun|solar power|solar) first"),
        Lang.NL: (
            "gebruik eerst mijn eigen zon",
            "[gebruik ]eerst (mijn|onze)[ eigen] (zon|zonnestroom)",
            "eigen zon eerst",
        ),
    }


@dataclass(frozen=True, slots=True)
class KeepStored(Wished):
    """The home battery always holds at least this."""

    percent: Kept

    ABOUT = Aspect.RESERVE
    EXAMPLE = "keep 20 % for a power cut"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "keep {percent} for a power cut",
            "keep[ at least] {percent}[ in the battery] for (a power cut|a blackout|power cuts)",
        ),
        Lang.NL: (
            "houd {percent} achter voor stroomuitval",
            "houd[ minstens] {percent}[ in de batterij] (achter|over|apart) voor[ een] (stroomuitval|stroomstoring)",
        ),
    }


@dataclass(frozen=True, slots=True)
class NoFeedInBelowZero(Wished):
    """Nothing is fed in while what it earns is negative."""

    ABOUT = Aspect.FEED_IN
    EXAMPLE = "never feed in when the price is negative"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "never feed in when the price is negative",
            "(never feed in|no feed-in|do not feed in) (when|while) (the price is negative|prices are negative)",
            "no feed-in at negative prices",
        ),
        Lang.NL: (
            "lever nooit terug als de prijs negatief is",
            "lever (nooit|niet) terug (als|wanneer) de prijs negatief is",
            "(niet|nooit) terugleveren bij (negatieve prijzen|een negatieve prijs)",
        ),
    }


@dataclass(frozen=True, slots=True)
class GridAtMost(Wished):
    """The home takes no more than this from the grid."""

    kw: Kw

    ABOUT = Aspect.GRID_MOST
    EXAMPLE = "take at most 6 kW from the grid"
    FORMS: ClassVar[Forms] = {
        Lang.EN: ("take at most {kw} from the grid", "[take ](at most|no more than) {kw} from the grid"),
        Lang.NL: (
            "neem hoogstens {kw} van het net",
            "[neem ](hoogstens|maximaal|niet meer dan) {kw} van het net",
        ),
    }


@dataclass(frozen=True, slots=True)
class FeedInAtMost(Wished):
    """The home gives no more than this to the grid."""

    kw: Kw

    ABOUT = Aspect.FEED_IN_MOST
    EXAMPLE = "feed in at most 3 kW"
    FORMS: ClassVar[Forms] = {
        Lang.EN: ("feed in at most {kw}", "feed in (at most|no more than) {kw}"),
        Lang.NL: ("lever hoogstens {kw} terug", "lever (hoogstens|maximaal|niet meer dan) {kw} terug"),
    }


@dataclass(frozen=True, slots=True)
class HelpFullCable(Wished):
    """The home may offer the grid operator to take less or more for a while: never what costs comfort, never for less than it costs."""

    cents: Cents
    kw: Kw | None = None
    last: Last | None = None

    ABOUT = Aspect.FULL_CABLE
    EXAMPLE = "help when a cable is full from 5 ct/kWh"
    FORMS: ClassVar[Forms] = {
        Lang.EN: (
            "help when a cable is full from {cents}[ with at most {kw}][ until {last}]",
            "[I ]help when (a|the) cable is full (from|for|for at least) {cents}[,][ (with at most|at most) {kw}][,][ (until|through) {last}]",
        ),
        Lang.NL: (
            "help als een kabel vol is vanaf {cents}[ met hoogstens {kw}][ tot en met {last}]",
            "help (als|wanneer) (een|de) kabel vol is (vanaf|voor|voor minstens) {cents}[,][ (met hoogstens|hoogstens|met maximaal|maximaal) {kw}][,][ (tot en met|t/m) {last}]",
        ),
    }


@dataclass(frozen=True, slots=True)
class Slider(Wished):
    """What matters besides money: one slider from saving money by way of helping the grid to living green."""

    stop: AStop

    ABOUT = Aspect.SLIDER
    EXAMPLE = "help the grid"
    FORMS: ClassVar[Forms] = {Lang.EN: ("{stop}",), Lang.NL: ("{stop}",)}
