"""Questions from outside: refused, read again, or answered once and written down before anybody reads the answer."""

from __future__ import annotations

import asyncio
from datetime import date

import numpy as np

from laag.adapters.noise import LACKING, noise
from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import Failed, NotTaken
from laag.cycle.live import Answered, Live
from laag.cycle.live.commons import Agreed, Asking, agreed, in_group, taking_part, why_not
from laag.cycle.live.views.lived import READS, imported, names, of_homes
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.neighbourhood.commons.answers import Figures, figures
from laag.neighbourhood.commons.budget import spent
from laag.neighbourhood.commons.questions import Question

MOST_WORDS = 200


def today(keeper: Keeper) -> date:
    """Of the neighbourhood."""
    return keeper.clock.now().astimezone(keeper.live.neighbourhood.zone).date()


def in_force(keeper: Keeper) -> Agreed:
    """What may be asked now."""
    return agreed(keeper.live, today(keeper))


async def ask(
    keeper: Keeper, name: str, first: date, last: date, group: str, *, asked_by: str, why: str
) -> Answered | Said:
    """The answer, or why there is none. The same question about the same days is the same answer, for nothing."""
    state, may = keeper.live, in_force(keeper)
    question = may.questions.get(name)
    if question is not None and (known := state.answers.get(question.digest(first, last, group))) is not None:
        return known
    asking = Asking(name, first, last, group, today(keeper))
    no = await asyncio.to_thread(why_not, state, may, asking)
    if no is not None or question is None:
        return no or LACKING
    homes = in_group(taking_part(state, asking), group) if question.needs_noise else ()
    found = await _found(keeper, state, question, asking, homes)
    if isinstance(found, Said):
        return found
    told, made_by = found
    answer = Answered(
        question=name,
        digest=question.digest(first, last, group),
        first=first,
        last=last,
        group=group,
        homes=homes,
        micro_epsilon=question.micro_epsilon,
        keys=tuple(names(question, first, last)),
        values=np.array(told.values, np.int64),
        off_by=np.array(told.off_by, np.int64),
        noise=made_by,
        asked_by=asked_by[:MOST_WORDS],
        why=why[:MOST_WORDS],
        at=keeper.clock.now(),
    )
    outcome = await keeper.tell(answer)
    if isinstance(outcome, Failed):
        raise outcome.fault
    if isinstance(outcome, NotTaken):
        # Somebody else asked the same meanwhile, or a home took its yes back.
        return keeper.live.answers.get(answer.digest) or outcome.why
    return answer


async def _found(
    keeper: Keeper, state: Live, question: Question, asking: Asking, homes: tuple[str, ...]
) -> tuple[Figures, str] | Said:
    if not question.needs_noise:
        exact = await asyncio.to_thread(imported, state, asking.first, asking.last)
        return Figures(exact, (0,) * len(exact)), ""
    made = noise()
    if made is None:
        return LACKING
    add, made_by = made
    place, first, last = state.neighbourhood, asking.first, asking.last
    each: dict[str, Ints] = await keeper.read(
        lambda events: of_homes(place, events, question, first, last, homes), READS[question.over]
    )
    days = (last - first).days + 1
    return await asyncio.to_thread(figures, question, days, each, add), made_by


def left(state: Live, may: Agreed, member: str, year: int) -> int:
    """Of a home's budget of a year, in millionths of epsilon."""
    return max(may.micro_epsilon - spent([one.cost for one in state.answers.values()], member, year), 0)
