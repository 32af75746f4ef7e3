"""Which commitments follow from what was just said to a neighbourhood, in the order in which they are to be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from laag.cycle.commit.commit import Commit
from laag.cycle.commit.market import of_closed, of_market, of_round
from laag.cycle.commit.settled import of_settled
from laag.cycle.live import Cleared, Closed, DaySettled, Effect, Live, Message, RoundCleared


def following(state: Live, message: Message, effects: Sequence[Effect]) -> Iterator[Commit]:
    """The book before what the market made of it; ``state`` is as it is after the message.

    A settlement from which nothing new was booked is committed already.
    """
    if isinstance(message, Closed):
        yield of_closed(state, message.day)
    for effect in effects:
        match effect:
            case Cleared():
                yield of_market(state, effect)
            case RoundCleared() if len(effect.round.orders):
                yield from of_round(state, effect)
            case DaySettled() if len(effect.postings) or effect.revision == 1:
                yield from of_settled(state, effect)
