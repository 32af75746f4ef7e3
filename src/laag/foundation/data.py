"""What data there are, at which scale, and what they may be used for: the words in which the register of fields is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.errors import BadInput
from laag.foundation.words import Said


class Kind(StrEnum):
    """The five kinds of data of an energy community."""

    DEVICE = "device"
    """What a meter or a device measures or can do."""
    INFRASTRUCTURE = "infrastructure"
    """Cables, connections, and what they bear."""
    OPEN = "open"
    """What anybody may read: prices, the weather, law."""
    TRANSACTION = "transaction"
    """Orders, trades, bills, signatures."""
    COMMONS = "commons"
    """What a community holds together: its charter, votes, consents, agreements."""


class Scale(StrEnum):
    """Of how many a figure tells; what can be told at a wider scale is not told at a narrower one."""

    DEVICE = "device"
    HOME = "home"
    STREET = "street"
    """Of a cable or a street: ten homes or more where others than its members read it."""
    COMMUNITY = "community"


class Party(StrEnum):
    """Whom a field goes to."""

    NEIGHBOURHOOD = "neighbourhood"
    """The server of the neighbourhood, and who operates it."""
    HOME = "home"
    """Back to the home that it is about."""
    MEMBERS = "members"
    EVERYBODY = "everybody"
    GRID_OPERATOR = "grid operator"
    LEDGER = "ledger"
    """The shared record, which several parties keep."""
    WEATHER = "weather"
    """Whoever is asked for the weather."""


class Ground(StrEnum):
    """By what a purpose is allowed."""

    OPEN = "open"
    """Nothing of it is anybody's."""
    CONTRACT = "contract"
    """Who takes part in the market cannot do without; the way out is to leave."""
    LAW = "law"
    WISH = "wish"
    """A wish or a setting of the home turns it on, with a last day if the household wants one."""
    ACT = "act"
    """It leaves only by something that somebody does with it in mind: a vote, an objection."""
    CONSENT = "consent"
    """A yes of the household, which ends by itself and can be taken back at any time."""
    NEVER = "never"
    """No yes makes it allowed here."""


class Purpose(StrEnum):
    """What data are used for; a field is used for nothing that it does not name."""

    OWN = "own"
    MEMBERSHIP = "membership"
    MARKET = "market"
    SETTLEMENT = "settlement"
    RECORD = "record"
    GRID = "grid"
    FLEXIBILITY = "flexibility"
    COORDINATION = "coordination"
    VOTING = "voting"
    AGREEMENT = "agreement"
    COMPARISON = "comparison"
    COACH = "coach"
    FUND = "fund"
    RESEARCH = "research"
    SUPPORT = "support"
    SUPERVISION = "supervision"
    WEATHER = "weather"
    PUBLIC = "public"
    ADVERTISING = "advertising"
    PROFILING = "profiling"


GROUNDS: Mapping[Purpose, Ground] = MappingProxyType(
    {
        Purpose.OWN: Ground.CONTRACT,
        Purpose.MEMBERSHIP: Ground.CONTRACT,
        Purpose.MARKET: Ground.CONTRACT,
        Purpose.SETTLEMENT: Ground.CONTRACT,
        Purpose.RECORD: Ground.CONTRACT,
        Purpose.GRID: Ground.LAW,
        Purpose.FLEXIBILITY: Ground.WISH,
        Purpose.COORDINATION: Ground.CONSENT,
        Purpose.VOTING: Ground.ACT,
        Purpose.AGREEMENT: Ground.CONSENT,
        Purpose.COMPARISON: Ground.CONSENT,
        Purpose.COACH: Ground.CONSENT,
        Purpose.FUND: Ground.ACT,
        Purpose.RESEARCH: Ground.CONSENT,
        Purpose.SUPPORT: Ground.CONTRACT,
        Purpose.SUPERVISION: Ground.LAW,
        Purpose.WEATHER: Ground.WISH,
        Purpose.PUBLIC: Ground.OPEN,
        Purpose.ADVERTISING: Ground.NEVER,
        Purpose.PROFILING: Ground.NEVER,
    }
)
"""Flexibility has its switch among the wishes already ("help when the cable is full"); two switches for one thing would be a trap."""

PURPOSE_WORDS: Mapping[Purpose, Said] = MappingProxyType(
    {
        Purpose.OWN: Said("om te zien wat van jezelf is", "to see what is your own"),
        Purpose.MEMBERSHIP: Said("om lid te worden en lid te zijn", "to become and be a member"),
        Purpose.MARKET: Said("om mee te doen aan de markt", "to take part in the market"),
        Purpose.SETTLEMENT: Said("om af te rekenen", "to settle accounts"),
        Purpose.RECORD: Said(
            "om na te kunnen rekenen wat is vastgelegd", "to be able to check what was recorded"
        ),
        Purpose.GRID: Said("om het net veilig te houden", "to keep the grid safe"),
        Purpose.FLEXIBILITY: Said("om te helpen als een kabel vol is", "to help when a cable is full"),
        Purpose.COORDINATION: Said(
            "om met buren af te stemmen wanneer wie stroom neemt",
            "to arrange with neighbours who takes power when",
        ),
        Purpose.VOTING: Said("om mee te beslissen", "to take part in decisions"),
        Purpose.AGREEMENT: Said(
            "om je te houden aan een afspraak met buren", "to keep an agreement with neighbours"
        ),
        Purpose.COMPARISON: Said(
            "om je te vergelijken met huizen zoals het jouwe", "to compare you with homes like yours"
        ),
        Purpose.COACH: Said("om hulp te krijgen van een energiecoach", "to be helped by an energy coach"),
        Purpose.FUND: Said(
            "om steun te krijgen uit het buurtfonds", "to receive support from the community fund"
        ),
        Purpose.RESEARCH: Said(
            "om vragen van onderzoekers te beantwoorden", "to answer questions of researchers"
        ),
        Purpose.SUPPORT: Said("om je te helpen met een vraag", "to help you with a question"),
        Purpose.SUPERVISION: Said("om toezicht te houden op de regels", "to supervise the rules"),
        Purpose.WEATHER: Said("om het weer op te vragen", "to ask for the weather"),
        Purpose.PUBLIC: Said("voor iedereen", "for everybody"),
        Purpose.ADVERTISING: Said("om reclame te maken", "to advertise"),
        Purpose.PROFILING: Said("om een profiel van iemand te maken", "to make a profile of somebody"),
    }
)
"""As the end of a sentence: "Ann looked at your bill, to help you with a question"."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that leaves a home or a street."""

    name: str
    """``readings.wh``: which message or answer, and the field as the wire has it."""
    kind: Kind
    scale: Scale
    purposes: frozenset[Purpose]
    keeps: int | None
    """Days that whoever receives it keeps it; 0: not at all, ``None``: for as long as the books themselves."""
    to: Party
    what: Said
    """What it is, as part of a sentence."""
    why: Said
    least: Said
    """Why nothing less would do."""

    @property
    def group(self) -> str:
        """Which message or answer it is in.

        >>> from laag.foundation.register import REGISTER
        >>> REGISTER["readings.wh"].group
        'readings'
        """
        return self.name.partition(".")[0]

    def serves(self, purpose: Purpose) -> bool:
        """Whether it may be used for this."""
        return purpose in self.purposes


def group(
    name: str,
    kind: Kind,
    scale: Scale,
    to: Party,
    purposes: tuple[Purpose, ...],
    *,
    keeps: int | None,
    why: Said,
    least: Said,
    fields: Mapping[str, Said],
) -> tuple[Field, ...]:
    """The fields of one message or answer, which share everything but what they are."""
    if never := [one for one in purposes if GROUNDS[one] is Ground.NEVER]:
        raise BadInput(f"{name} is registered for {never}, for which nothing may be used; take that out")
    return tuple(
        Field(f"{name}.{field}", kind, scale, frozenset(purposes), keeps, to, what, why, least)
        for field, what in fields.items()
    )
