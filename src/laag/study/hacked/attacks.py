"""What somebody could send who holds the neighbourhood's server, the grid operator's link, or the prices.

A price cannot tell a device what to do; it can only make a plan want it. Here the attacker is given more than any price could do: the
plan itself, of every home, at any second. What holds against that holds against prices of -5 EUR as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from laag.home.ladder import Claim, Limit, On, Rung

NEVER_ENDS = 10**6


class Mood(StrEnum):
    """What an attacker would have a home do."""

    MOST = "most"
    """Everything takes what it can, and roofs give nothing."""
    LEAST = "least"
    """Everything gives what it can, and nothing takes."""
    REST = "rest"


class Channel(StrEnum):
    """Whose word is false."""

    PRICES = "prices"
    SERVER = "neighbourhood server"
    DSO = "grid operator's link"
    NOBODY = "a power cut"


@dataclass(frozen=True, slots=True)
class Says:
    """What a home is told at a second: a plan by mood (``None``: nothing any more), and what is claimed of it."""

    mood: Mood | None
    claims: tuple[Claim, ...] = ()
    then: Mood | None = None
    """From the next quarter-hour on."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A name, whose word it is, in what state the street is found, and what is said from second zero on."""

    name: str
    channel: Channel
    before: Mood
    says: Callable[[int], Says]
    begins_s: int = 200
    """In seconds after the quarter-hour: between two of them, unless it uses the turn itself."""
    power_back: bool = False
    before_claims: tuple[Claim, ...] = ()
    timed: bool = False
    """Each home hears it at a second of its own, chosen by somebody who knows all their secrets."""


def forged(on: On, rung: Rung = Rung.EMERGENCY) -> Limit:
    """Nothing at all, for ever."""
    return Limit(rung, on, 0, NEVER_ENDS, 0.0, "dso:forged")


def swinging(period_s: int) -> Attack:
    """Everything on and off again, and again."""

    def says(second: int) -> Says:
        return Says(Mood.MOST if second // max(period_s // 2, 1) % 2 == 0 else Mood.LEAST)

    return Attack(f"to and fro every {period_s} s", Channel.SERVER, Mood.LEAST, says)


NO_IMPORT, NO_EXPORT = (forged(On.IMPORT),), (forged(On.EXPORT),)
NO_CARS = tuple(forged(on, Rung.GRID_MARGIN) for on in (On.CAR, On.HEAT_PUMP, On.CHARGE))
ATTACKS = (
    Attack("everything on", Channel.PRICES, Mood.REST, lambda _: Says(Mood.MOST)),
    Attack("everything off", Channel.PRICES, Mood.MOST, lambda _: Says(Mood.REST)),
    Attack("from giving all to taking all", Channel.PRICES, Mood.LEAST, lambda _: Says(Mood.MOST)),
    Attack(
        "a quarter-hour poisoned long before",
        Channel.PRICES,
        Mood.LEAST,
        lambda _: Says(Mood.LEAST, then=Mood.MOST),
        begins_s=840,
    ),
    Attack("no plan any more", Channel.SERVER, Mood.LEAST, lambda _: Says(None)),
    Attack("nobody may take anything", Channel.DSO, Mood.MOST, lambda _: Says(Mood.MOST, NO_IMPORT)),
    Attack("nobody may give anything", Channel.DSO, Mood.LEAST, lambda _: Says(Mood.LEAST, NO_EXPORT)),
    Attack("no cars, pumps, batteries", Channel.DSO, Mood.MOST, lambda _: Says(Mood.MOST, NO_CARS)),
    Attack(
        "all limits let go at once",
        Channel.DSO,
        Mood.MOST,
        lambda _: Says(Mood.MOST),
        before_claims=NO_IMPORT,
    ),
    Attack(
        "limits let go and prices at -5 EUR",
        Channel.SERVER,
        Mood.LEAST,
        lambda _: Says(Mood.MOST),
        before_claims=NO_IMPORT,
    ),
    Attack("the power comes back", Channel.NOBODY, Mood.REST, lambda _: Says(Mood.MOST), power_back=True),
    Attack(
        "from giving all to taking all, all secrets known",
        Channel.SERVER,
        Mood.LEAST,
        lambda _: Says(Mood.MOST),
        timed=True,
    ),
)
PERIODS_S = (20, 60, 180, 360, 600)
"""Of the swinging that is searched."""
