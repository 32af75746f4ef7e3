"""What is said in the loop by which a charter changes, and what is known of it after that: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from laag.foundation.words import Said
from laag.neighbourhood.charter.articles import article
from laag.neighbourhood.charter.charter import Charter
from laag.neighbourhood.charter.parts import VotingTable
from laag.neighbourhood.charter.values import Value


class Choice(StrEnum):
    """What one votes."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Stage(StrEnum):
    """How far a proposal is."""

    PROPOSED = "proposed"
    """It is being replayed on past days."""
    VOTING = "voting"
    ADOPTED = "adopted"
    """It will hold from a day that has not come."""
    ACTIVE = "active"
    """It is, or was, in the charter."""
    REJECTED = "rejected"


class Why(StrEnum):
    """Why a proposal is rejected."""

    QUORUM = "quorum"
    MAJORITY = "majority"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a member thinks of an article."""

    member: str
    article: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposed:
    """These articles should be otherwise, from a day on; ``values`` are on one line each, as articles read them."""

    member: str
    proposal: str
    articles: tuple[str, ...]
    values: tuple[str, ...]
    why: str
    from_day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A proposal was replayed on past days; with this its vote opens."""

    proposal: str
    digest: str
    """Of the table that everybody reads; empty where there was no day to replay."""
    days: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote; the newest of a member counts until the end."""

    member: str
    proposal: str
    choice: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Its proposer takes a proposal back."""

    member: str
    proposal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """The clock says that a vote is over."""

    proposal: str
    day: date
    """On which it says so."""


@dataclass(frozen=True, slots=True)
class Activated:
    """The clock says that what was adopted holds from a day on, whose gate closes next."""

    proposal: str
    day: date


Motion = Feedback | Proposed | Shadowed | Voted | Withdrawn | Counted | Activated


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said: what a process has to know of the world."""

    today: date
    first_open: date
    """The first day whose gate is not closed."""
    members: tuple[str, ...]
    """Connections that take part now, of which each has one vote."""


@dataclass(frozen=True, slots=True)
class Count:
    """A vote in figures."""

    may_vote: int
    yes: int
    no: int
    abstain: int
    needed: int
    """Votes without which it does not count."""

    @property
    def voted(self) -> int:
        """How many did."""
        return self.yes + self.no + self.abstain


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal and what became of it."""

    proposed: Proposed
    stage: str = Stage.PROPOSED
    shadowed: Shadowed | None = None
    rules: VotingTable | None = None
    """Those of the day on which the vote opened: nobody changes them while it lasts."""
    electorate: tuple[str, ...] = ()
    """Who took part when it opened."""
    ends: date | None = None
    """The day at whose beginning the vote is over."""
    votes: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None
    from_day: date | None = None
    """When it holds, or will; the day that was asked for, or the first that was possible after it."""
    rejected: str | None = None

    @property
    def name(self) -> str:
        """As it was given."""
        return self.proposed.proposal

    @property
    def values(self) -> dict[str, Value]:
        """What it would change, article by article."""
        pairs = zip(self.proposed.articles, self.proposed.values, strict=True)
        return {name: article(name).read(text) for name, text in pairs}

    @property
    def is_open(self) -> bool:
        """Whether it may still come to hold."""
        return self.stage in {Stage.PROPOSED, Stage.VOTING, Stage.ADOPTED}

    @property
    def moved(self) -> bool:
        """Whether it holds from a later day than was asked for."""
        return self.from_day is not None and self.from_day != self.proposed.from_day

    @property
    def needs_two_thirds(self) -> bool:
        """Whether one of its articles does."""
        return any(article(name).two_thirds for name in self.proposed.articles)


@dataclass(frozen=True, slots=True)
class Since:
    """A charter, the first day on which it holds, and the proposal by which it came; none for the first."""

    day: date
    charter: Charter
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """All charters so far, the oldest first, and all that was proposed and said."""

    charters: tuple[Since, ...]
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    feedback: tuple[Feedback, ...] = ()

    def on(self, day: date) -> Charter:
        """Which charter holds on a day; before the first it is the first."""
        return next(
            (one.charter for one in reversed(self.charters) if one.day <= day), self.charters[0].charter
        )

    @property
    def newest(self) -> Charter:
        """The one that holds last, as far as is known."""
        return self.charters[-1].charter

    def touched(self, article: str, day: date) -> bool:
        """Whether members changed an article at any time up to a day."""
        until = [one.proposal for one in self.charters if one.proposal and one.day <= day]
        return any(article in self.proposals[name].proposed.articles for name in until)

    def waiting(self) -> tuple[Proposal, ...]:
        """Adopted and not yet in force, in the order in which they will be."""
        adopted = [one for one in self.proposals.values() if one.stage == Stage.ADOPTED]
        return tuple(sorted(adopted, key=lambda one: one.from_day or date.max))


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Not taken: the process is as it was."""

    motion: Motion
    why: Said


@dataclass(frozen=True, slots=True)
class Opened:
    """A vote is open."""

    proposal: str
    said: Said


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal was adopted or rejected."""

    proposal: str
    stage: str
    said: Said


@dataclass(frozen=True, slots=True)
class Holds:
    """A charter holds from a day on."""

    proposal: str
    day: date
    charter: Charter
    said: Said


Outcome = NotTaken | Opened | Decided | Holds
