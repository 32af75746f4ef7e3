"""Which kinds of members there are, who can take over whose connection, and why one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laag.foundation.words import Said
from laag.neighbourhood.people.kinds import MemberKind, kind_of
from laag.neighbourhood.people.leaving import Leaving

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.messages import Joined, Left
    from laag.cycle.live.state import Live


def judge_joined(state: Live, message: Joined) -> Said | None:
    """Why nobody joins like that; ``None`` where somebody may."""
    if kind_of(message.kind) is None:
        there = ", ".join(MemberKind)
        return Said(
            f"{message.kind!r} is geen soort lid; kies uit {there}",
            f"{message.kind!r} is no kind of member; choose from {there}",
        )
    return _follows(state, message) if message.follows else None


def judge_left(message: Left) -> Said | None:
    """Why nobody leaves for that; ``None`` where somebody may."""
    if not message.why or message.why in {one.value for one in Leaving}:
        return None
    there = ", ".join(Leaving)
    return Said(
        f"{message.why!r} is geen reden om te vertrekken die hier bekend is; kies uit {there}, of laat dit leeg",
        f"{message.why!r} is no reason to leave that is known here; choose from {there}, or leave this empty",
    )


def _follows(state: Live, message: Joined) -> Said | None:
    before = state.members.get(message.follows)
    if before is None:
        return Said(
            f"{message.follows} is nooit lid geweest; neem de aansluiting van een lid over, of laat dit leeg",
            f"{message.follows} was never a member; take over a member's connection, or leave this empty",
        )
    if before.last_day is None or before.last_day >= message.first_day:
        return Said(
            f"{message.follows} doet op {message.first_day} nog mee; laat dit lid eerst vertrekken, of begin later",
            f"{message.follows} still takes part on {message.first_day}; let it leave first, or begin later",
        )
    taken = next(
        (
            name
            for name, one in state.members.items()
            if one.joined.follows == message.follows and name != message.member
        ),
        None,
    )
    if taken is None:
        return None
    return Said(
        f"de aansluiting van {message.follows} is al overgenomen door {taken}; een aansluiting heeft een lid",
        f"the connection of {message.follows} was taken over by {taken}; a connection has one member",
    )
