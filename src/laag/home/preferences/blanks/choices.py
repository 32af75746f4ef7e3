"""One of a few: which device, which machine, which weather; and yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from laag.foundation.words import Lang, Said
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit, either

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Blank[E]):
    """One of the members of an enumeration, each with its names; the first is the one that is said."""

    label: Said
    names: Mapping[E, tuple[Said, ...]]

    def pattern(self, lang: Lang) -> str:
        """Any name."""
        return either(*(name.to(lang).lower() for names in self.names.values() for name in names)) + r"(?!\w)"

    def read(self, words: str, lang: Lang) -> E:
        """The member with this name."""
        return next(
            member
            for member, names in self.names.items()
            if words in {name.to(lang).lower() for name in names}
        )

    def write(self, value: E, lang: Lang) -> str:
        """Its first name."""
        return self.names[value][0].to(lang)

    def plain(self, value: E) -> Plain:
        """Its value."""
        return value.value

    def of_plain(self, sent: Plain) -> E:
        """The member with this value."""
        for member in self.names:
            if member.value == sent:
                return member
        known = ", ".join(member.value for member in self.names)
        raise Unfit(
            Said(f"{sent!r} is geen keuze; kies uit {known}", f"{sent!r} is no choice; choose from {known}")
        )

    def check(self, value: E) -> None:
        """A member."""
        if value not in self.names:
            self.of_plain(str(value))

    @property
    def control(self) -> Control:
        """A list to choose from."""
        return Control(
            "choice", self.label, options=tuple((m.value, names[0]) for m, names in self.names.items())
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scale(Choice[E]):
    """A choice whose members are numbers, from the least to the most: stops of a slider."""

    def plain(self, value: E) -> Plain:
        """The number."""
        return int(value.value)

    def of_plain(self, sent: Plain) -> E:
        """The member with this number."""
        return Choice.of_plain(self, sent if isinstance(sent, bool) else str(sent))

    def check(self, value: E) -> None:
        """A member."""
        if value not in self.names:
            self.of_plain(value)

    @property
    def control(self) -> Control:
        """A slider with named stops."""
        stops = [int(member.value) for member in self.names]
        options = tuple((member.value, names[0]) for member, names in self.names.items())
        return Control("slider", self.label, stops[0], stops[-1], stops[1] - stops[0], "", options)


@dataclass(frozen=True, slots=True)
class Switch(Blank[bool]):
    """Words that are there or not."""

    label: Said
    words: tuple[Said, ...]

    def pattern(self, lang: Lang) -> str:
        """The words."""
        return either(*(each.to(lang).lower() for each in self.words)) + r"(?!\w)"

    def read(self, words: str, lang: Lang) -> bool:  # noqa: ARG002
        """They are there."""
        return True

    def write(self, value: bool, lang: Lang) -> str:  # noqa: ARG002, FBT001
        """The words; where they are not meant the sentence does without."""
        return self.words[0].to(lang)

    def plain(self, value: bool) -> Plain:  # noqa: FBT001
        """Yes or no."""
        return value

    def of_plain(self, sent: Plain) -> bool:
        """Yes or no."""
        if not isinstance(sent, bool):
            raise Unfit(Said(f"{sent!r} is geen ja of nee", f"{sent!r} is neither yes nor no"))
        return sent

    def check(self, value: bool) -> None:  # noqa: FBT001
        """Yes or no."""
        self.of_plain(value)

    @property
    def control(self) -> Control:
        """On or off."""
        return Control("switch", self.label)


class Store(StrEnum):
    """What is charged."""

    ALL = "all"
    CAR = "car"
    BATTERY = "battery"


class Weather(StrEnum):
    """What makes power green."""

    SUN = "sun"
    WIND = "wind"
    EITHER = "either"


class Machine(StrEnum):
    """What runs a programme once."""

    DISHWASHER = "dishwasher"
    WASHING_MACHINE = "washing_machine"
    DRYER = "dryer"


class Noisy(StrEnum):
    """What can be heard."""

    HEAT_PUMP = "heat_pump"
    DISHWASHER = "dishwasher"
    WASHING_MACHINE = "washing_machine"
    DRYER = "dryer"


class Stop(StrEnum):
    """Where the slider stands, from money by way of the grid to green."""

    MONEY = "0"
    MONEY_AND_GRID = "25"
    GRID = "50"
    GRID_AND_GREEN = "75"
    GREEN = "100"


MACHINES: Mapping[Machine, tuple[Said, ...]] = {
    Machine.DISHWASHER: (
        Said("vaatwasser", "dishwasher"),
        Said("vaatwasmachine", "dish washer"),
        Said("afwasmachine", "dishwasher"),
    ),
    Machine.WASHING_MACHINE: (
        Said("wasmachine", "washing machine"),
        Said("was", "washer"),
        Said("wasmachine", "laundry"),
    ),
    Machine.DRYER: (
        Said("droger", "dryer"),
        Said("wasdroger", "tumble dryer"),
        Said("droogtrommel", "tumble drier"),
    ),
}
MACHINE = Choice(Said("Welk apparaat", "Which machine"), MACHINES)
NOISY = Choice(
    Said("Welk apparaat", "Which device"),
    {
        Noisy.HEAT_PUMP: (Said("warmtepomp", "heat pump"),),
        **{Noisy(m.value): names for m, names in MACHINES.items()},
    },
)
STORE = Choice(
    Said("Wat laadt", "What is charged"),
    {
        Store.ALL: (Said("alles", "everything"),),
        Store.CAR: (Said("de auto", "the car"), Said("mijn auto", "my car"), Said("de auto", "ev")),
        Store.BATTERY: (
            Said("de batterij", "the battery"),
            Said("de thuisbatterij", "the home battery"),
            Said("de accu", "my battery"),
        ),
    },
)
WEATHER = Choice(
    Said("Wanneer", "When"),
    {
        Weather.EITHER: (
            Said("de zon schijnt of het waait", "the sun shines or the wind blows"),
            Said("het waait of de zon schijnt", "the wind blows or the sun shines"),
        ),
        Weather.SUN: (Said("de zon schijnt", "the sun shines"), Said("er zon is", "there is sun")),
        Weather.WIND: (Said("het waait", "the wind blows"), Said("er wind is", "there is wind")),
    },
)
SLIDER = Scale(
    Said("Waar het om gaat", "What matters"),
    {
        Stop.MONEY: (Said("bespaar geld", "save money"), Said("geld besparen", "save money")),
        Stop.MONEY_AND_GRID: (
            Said("tussen bespaar geld en help het net", "between save money and help the grid"),
        ),
        Stop.GRID: (Said("help het net", "help the grid"), Said("het net helpen", "help the grid")),
        Stop.GRID_AND_GREEN: (
            Said("tussen help het net en leef groen", "between help the grid and live green"),
        ),
        Stop.GREEN: (Said("leef groen", "live green"), Said("groen leven", "live green")),
    },
)
UNLESS_TRAVELLING = Switch(
    Said("Behalve als ik op reis ga", "Except when I travel"),
    (
        Said("tenzij ik op reis ga", "unless I travel"),
        Said("behalve als ik op reis ga", "except when I travel"),
    ),
)
WHEN_HOME = Switch(
    Said("Alleen als ik thuis ben", "Only when I am home"),
    (
        Said("aan als ik thuis ben", "on when I am home"),
        Said("aan als wij thuis zijn", "on when we are home"),
        Said("alleen aan als ik thuis ben", "only on when I am home"),
    ),
)
