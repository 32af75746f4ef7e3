"""What a community agrees on beside its market, table by table; ``articles.py`` says what each may be and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.data import Party
from laag.foundation.register import REGISTER

SHOWN = tuple(name for name, one in REGISTER.items() if one.to is Party.MEMBERS and one.group == "street")
"""What members can be shown of all together, as the register names it."""


@dataclass(frozen=True, slots=True)
class LadderTable:
    """Which claim goes first in every home; the words are those of ``home.ladder.Rung``, in lower case."""

    first: tuple[str, ...] = ("minimum", "safety", "emergency")
    order: tuple[str, ...] = ("comfort", "own_sun", "grid_margin", "agreement")
    """Among each other; what a household owns of these it orders itself, in the places that it has here."""
    last: tuple[str, ...] = ("market",)


@dataclass(frozen=True, slots=True)
class GridTable:
    """What is done where a cable is too full."""

    when_full: str = "watches"
    """``limits``: what there is of a full cable is shared; ``watches``: it is looked at and nobody is limited."""
    flexibility_bought: bool = True
    """Whether the grid operator's requests are put before members."""
    bands_pooled: bool = True
    """Where connections are subscribed bands: whether what one leaves of it is lent to the others."""


@dataclass(frozen=True, slots=True)
class SharingTable:
    """How what was earned together is shared."""

    key: str = "equal"
    fund_permille: int = 0
    """Of the pot, to the community fund, before the key."""
    pot: tuple[str, ...] = ("balancing",)
    """What goes into it."""
    pro_rata_by: str = "both"
    """Where the key is pro rata: what was given to neighbours, used from them, or both."""
    low_income_percent: int = 150
    """Where the key is by means: how much a low income weighs beside a middle one, which is 100."""
    high_income_percent: int = 50
    part_of_who_leaves: str = "fund"
    """Where the key is by parts of what was bought together: where the part of a member who leaves goes."""


@dataclass(frozen=True, slots=True)
class SupportTable:
    """Help with the energy bill out of the community fund."""

    most_eur_per_home: int = 25
    """A month."""
    fund_percent: int = 50
    """Of what is in the fund, at most this part goes to support in a month."""


@dataclass(frozen=True, slots=True)
class PowerPlantTable:
    """The community's flexibility as one power plant."""

    takes_part: bool = False
    least_gain_kept_permille: int = 500
    """Of what a home's flexibility earned, at least this stays with that home, before the pot."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """What is known, by whom, and how long; purposes and fields are named as in the register of data."""

    purposes: tuple[str, ...] = ("coordination", "agreement", "comparison", "coach")
    """For which a household may be asked for consent; what the street needs to run is not asked for here."""
    visible_inside: tuple[str, ...] = SHOWN
    """Of all together, to members."""
    visible_outside: tuple[str, ...] = ()
    """Of the same, to everybody; prices are for everybody to see anyway."""
    floor_homes: int = 10
    """No figure is told of fewer homes together."""
    questions: tuple[str, ...] = ()
    """Which of ``neighbourhood.commons.questions`` researchers and companies may ask."""
    epsilon_milli: int = 1_000
    """Thousandths of epsilon that questions from outside may spend on a home in a calendar year."""
    retention_days: int = 400


@dataclass(frozen=True, slots=True)
class Agreement:
    """What neighbours promise each other about a device, from hour to hour (24 is midnight; past it where ``to`` is less)."""

    name: str
    device: str
    from_hour: int
    to_hour: int
    months: tuple[int, ...] = ()
    """None: in all of them."""
    below_c: int | None = None
    """Only on days whose mean outdoor temperature is below this."""
    consequence: str = "warning"
    """After the first breach ``warning`` or ``share``: part of the member's share of the pot."""


@dataclass(frozen=True, slots=True)
class ConsequencesTable:
    """What follows where somebody does not keep to an agreement."""

    warned_first: bool = True
    """A member's first breach in a calendar year is a warning and no more."""
    share_lost_permille: int = 100
    """Of a member's share of the pot in the month of a breach, for each."""
    appeal_days: int = 14


@dataclass(frozen=True, slots=True)
class VotingTable:
    """How this document is changed."""

    one_vote_per: str = "connection"
    quorum_percent: int = 50
    """Of those who may vote have to, abstaining included, or nothing changes."""
    majority_percent: int = 50
    """More than this part of the yes and no votes has to be yes."""
    days: int = 7
    notice_days: int = 7
    """Between the end of the vote and the first day on which a change may hold."""
    shadow_days: int = 28
    """So many of the newest settled days are replayed under a proposal before it is voted on."""
