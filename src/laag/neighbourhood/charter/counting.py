"""Votes as figures, and what they come to.

Who left before the end is not counted, neither as a vote nor as one who might have: those who live with the outcome
decide, and moving house is no way to keep a quorum from being reached. Who joined meanwhile votes next time.
"""

from __future__ import annotations

from laag.foundation.words import Said
from laag.neighbourhood.charter.articles import article
from laag.neighbourhood.charter.process import Choice, Count, Proposal, Why

PERCENT = 100
CONNECTION = "connection"


def counted(proposal: Proposal, members: tuple[str, ...]) -> Count:
    """One vote per connection of those who took part when the vote opened and still do."""
    rules = proposal.rules
    assert rules is not None
    assert rules.one_vote_per == CONNECTION
    still = set(members)
    voters = [one for one in proposal.electorate if one in still]
    cast = [proposal.votes[one] for one in voters if one in proposal.votes]
    return Count(
        len(voters),
        cast.count(Choice.YES),
        cast.count(Choice.NO),
        cast.count(Choice.ABSTAIN),
        max(-(-rules.quorum_percent * len(voters) // PERCENT), 1),
    )


def failed(proposal: Proposal, count: Count) -> Why | None:
    """Why it is not adopted; ``None`` where it is."""
    assert proposal.rules is not None
    if count.voted < count.needed:
        return Why.QUORUM
    sides = count.yes + count.no
    if PERCENT * count.yes <= proposal.rules.majority_percent * sides:
        return Why.MAJORITY
    if proposal.needs_two_thirds and 3 * count.yes < 2 * sides:
        return Why.MAJORITY
    return None


def why_not(proposal: Proposal, count: Count, why: Why) -> Said:
    """A rejection in one sentence with its figures."""
    assert proposal.rules is not None
    if why is Why.QUORUM:
        return Said(
            f"Er verandert niets: {_votes(count.voted).nl} van de {count.may_vote} die mochten stemmen, en er waren er {count.needed} nodig.",
            f"Nothing changes: {_votes(count.voted).en} of the {count.may_vote} who could vote, and {count.needed} were needed.",
        )
    if proposal.needs_two_thirds:
        strict = [name for name in proposal.proposed.articles if article(name).two_thirds]
        return Said(
            f"Er verandert niets: {_sides(count).nl}, en voor {strict[0]} moet twee derde van de stemmen voor zijn.",
            f"Nothing changes: {_sides(count).en}, and {strict[0]} needs two thirds of the votes.",
        )
    percent = proposal.rules.majority_percent
    return Said(
        f"Er verandert niets: {_sides(count).nl}, en meer dan {percent} % van de stemmen moest voor zijn.",
        f"Nothing changes: {_sides(count).en}, and more than {percent}% of the votes had to be for it.",
    )


def adopted(proposal: Proposal, count: Count) -> Said:
    """An adoption in one sentence, with its day, and why it is a later one where it is."""
    day = proposal.from_day
    nl, en = (
        f"Aangenomen: {_sides(count).nl}. Het geldt vanaf {day}",
        f"Adopted: {_sides(count).en}. It holds from {day} on",
    )
    if not proposal.moved:
        return Said(f"{nl}.", f"{en}.")
    asked = proposal.proposed.from_day
    return Said(
        f"{nl}: de eerste dag die nog kan, want {asked} werd te vroeg.",
        f"{en}: the first day that is still possible, for {asked} has become too early.",
    )


def _votes(many: int) -> Said:
    if many == 1:
        return Said("er stemde 1 huis", "1 home voted")
    return Said(f"er stemden {many} huizen", f"{many} homes voted")


def _sides(count: Count) -> Said:
    return Said(
        f"{count.yes} voor, {count.no} tegen, {count.abstain} onthouden",
        f"{count.yes} for, {count.no} against, {count.abstain} abstained",
    )
