"""What people say about their charter, as the log takes it: by form or by a home's signed call, and one vote either way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from secrets import token_hex

from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import Failed, NotTaken
from laag.cycle.live import Live
from laag.foundation.ports import Scalar
from laag.foundation.words import Said
from laag.neighbourhood.charter.process import Feedback, Proposed, Voted, Withdrawn

_NAME_BYTES = 3


async def moved(
    keeper: Keeper,
    motion: Feedback | Proposed | Voted | Withdrawn,
    more: Mapping[str, Scalar] | None = None,
) -> Said | None:
    """Say it; why it was not taken, ``None`` where it was."""
    outcome = await keeper.tell(motion, more)
    if isinstance(outcome, Failed):
        raise outcome.fault
    if isinstance(outcome, NotTaken):
        nl, en = (f"{text[:1].upper()}{text[1:]}." for text in (outcome.why.nl, outcome.why.en))
        return Said(nl, en)
    return None


def new_name(state: Live, today: date) -> str:
    """A name for a proposal that no other has: its day, and a few letters."""
    while True:
        name = f"{today.isoformat()}-{token_hex(_NAME_BYTES)}"
        if name not in state.process.proposals:
            return name
