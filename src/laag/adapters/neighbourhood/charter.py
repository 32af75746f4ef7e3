"""What a home reads of the charter and of what is proposed, and how it votes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from laag.adapters.neighbourhood.wire import Both, Wire

ProposalName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,40}$")]
Choice = Literal["yes", "no", "abstain"]


class Vote(Wire):
    """A home's vote, as the body of a signed call; the newest counts until the vote ends."""

    proposal: ProposalName
    choice: Choice


class Rule(Wire):
    """An article in plain words; ``fixed`` where law or statutes lock it, with why and the source."""

    article: str
    value: str
    said: Both
    may: Both
    fixed: Both | None = None


class Change(Wire):
    """What a proposal does to an article."""

    article: str
    before: Both
    after: Both


class ProposalSeen(Wire):
    """A proposal to everybody who may read the charter."""

    proposal: str
    title: Both
    stage: str
    standing: Both
    why: str
    changes: list[Change]
    shadow: list[Both]
    """What a shadow run found for all together; nothing of one home."""
    from_day: date
    voted: int | None = None
    """How many have voted; who and what is nobody's to read."""
    may_vote: int | None = None
    needed: int | None = None
    votes: dict[str, int] | None = None
    """For, against and abstaining, once it is counted."""


class CharterSeen(Wire):
    """The charter that holds, and all that was proposed, the newest first."""

    version: str
    since: date
    digest: str
    rules: list[Rule]
    proposals: list[ProposalSeen]


class OwnProposal(Wire):
    """A proposal to one home: what it would have made of its own days, and its own vote."""

    about: ProposalSeen
    own: Both | None
    can_vote: bool
    choice: Choice | None
    code: str | None
    """By which it finds its vote in the count."""


class OwnCharter(Wire):
    """The charter as one home reads it."""

    version: str
    since: date
    rules: list[Rule]
    proposals: list[OwnProposal]
