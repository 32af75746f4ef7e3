"""Who may be in an answer, and which answers a neighbourhood does not give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from laag.cycle.live.consents import consenting, said_yes
from laag.cycle.live.messages_commons import Answered
from laag.foundation.data import Purpose
from laag.foundation.words import Said
from laag.neighbourhood.commons.bins import days_of
from laag.neighbourhood.commons.budget import Cost, exhausted
from laag.neighbourhood.commons.questions import MICRO, SHIPPED, Question

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Live

Consenting = Callable[["Live", date, date], frozenset[str]]
"""Whose yes to research holds today, and has held since a day."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the charter says of questions from outside."""

    questions: Mapping[str, Question]
    """That may be asked, by name."""
    floor_homes: int
    micro_epsilon: int
    """That a home's data of a year may give away."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody's question about days, first and last included, and a cable; no cable is the whole street."""

    question: str
    first: date
    last: date
    group: str
    today: date


def agreed(state: Live, day: date) -> Agreed:
    """As the charter of a day has it."""
    data = state.charter_on(day).data
    questions = {name: SHIPPED[name] for name in data.questions if name in SHIPPED}
    return Agreed(questions, data.floor_homes, data.epsilon_milli * (MICRO // 1_000))


def research(state: Live, today: date, since: date) -> frozenset[str]:
    """Whose yes to research holds today, and has held since a day: asked before an answer is made."""
    return frozenset(consenting(state, Purpose.RESEARCH, today, since))


def said_yes_to_research(state: Live, today: date, since: date) -> frozenset[str]:
    """The same as any version reads it from the log: asked when an answer is taken in."""
    return frozenset(said_yes(state, Purpose.RESEARCH, today, since))


def taking_part(state: Live, asking: Asking, consents: Consenting = research) -> dict[str, str]:
    """Who took part on every day of a period, had said yes before it, and still does; and on which cable each hung at its end."""
    days = days_of(asking.first, asking.last)
    willing = consents(state, asking.today, asking.first)
    return {
        name: one.on(asking.last).cable
        for name, one in sorted(state.members.items())
        if name in willing and all(state.takes_part(name, day) for day in days)
    }


def in_group(homes: Mapping[str, str], group: str) -> tuple[str, ...]:
    """Of them, who hangs on a cable."""
    return tuple(name for name, cable in homes.items() if not group or cable == group)


def why_not(state: Live, may: Agreed, asking: Asking, consents: Consenting = research) -> Said | None:
    """Why this is not answered; ``None`` where it can be."""
    question = may.questions.get(asking.question)
    if question is None:
        return _not_approved(asking.question, may)
    why = _cable(state, asking.group) or _period(state, question, asking)
    if why is not None:
        return why
    floor = max(question.least_homes, may.floor_homes)
    if not question.needs_noise:
        return _shown_anyway(state, asking, floor)
    whole = taking_part(state, asking, consents)
    homes = in_group(whole, asking.group)
    cost = Cost(homes, asking.first, asking.last, question.micro_epsilon)
    costs = [one.cost for one in state.answers.values()]
    return _few(len(homes), len(whole), floor) or exhausted(costs, cost, may.micro_epsilon)


def judge_answered(
    state: Live, message: Answered, consents: Consenting = said_yes_to_research
) -> Said | None:
    """Of who may be in it, within what they may spend, and once: what was answered is not answered otherwise."""
    if message.digest in state.answers:
        return Said(
            "dit is al beantwoord, en het antwoord blijft wat het is; lees het daar",
            "this was answered already, and the answer stays what it is; read it there",
        )
    today = message.at.astimezone(state.neighbourhood.zone).date()
    may, question = agreed(state, today), SHIPPED.get(message.question)
    if question is None or message.question not in may.questions:
        return _not_approved(message.question, may)
    asking = Asking(message.question, message.first, message.last, message.group, today)
    why = _cable(state, message.group) or _period(state, question, asking)
    if why is not None:
        return why
    if question.needs_noise and len(message.homes) < (floor := max(question.least_homes, may.floor_homes)):
        return _too_few(floor)
    costs = [one.cost for one in state.answers.values()]
    return _unfit(state, message, question, asking, consents) or exhausted(
        costs, message.cost, may.micro_epsilon
    )


def _unfit(
    state: Live, message: Answered, question: Question, asking: Asking, consents: Consenting
) -> Said | None:
    whose = in_group(taking_part(state, asking, consents), message.group) if question.needs_noise else ()
    fits = (
        message.homes == tuple(sorted(set(message.homes)))
        and set(message.homes) <= set(whose)
        and message.micro_epsilon == question.micro_epsilon
        and message.digest == question.digest(message.first, message.last, message.group)
        and len(message.keys) == len(message.values) == len(message.off_by)
    )
    if fits:
        return None
    return Said(
        "dit antwoord hoort niet bij deze vraag zoals zij nu gesteld kan worden; stel haar opnieuw",
        "this answer does not belong to this question as it can be asked now; ask it again",
    )


def _not_approved(name: str, may: Agreed) -> Said:
    there = ", ".join(sorted(may.questions))
    return Said(
        f"de vraag {name!r} is hier niet goedgekeurd; goedgekeurd zijn {there or 'geen vragen'}, en de bewoners stemmen daarover",
        f"the question {name!r} is not approved here; approved are {there or 'none'}, and those who live here vote on that",
    )


def _cable(state: Live, group: str) -> Said | None:
    cables = sorted(cable.name for cable in state.neighbourhood.cables)
    if not group or group in cables:
        return None
    there = ", ".join(cables)
    return Said(
        f"er is geen kabel {group!r}; vraag naar de hele straat of naar {there or 'geen kabel'}",
        f"there is no cable {group!r}; ask about the whole street or about {there or 'no cable'}",
    )


def _period(state: Live, question: Question, asking: Asking) -> Said | None:
    first, last = asking.first, asking.last
    days = (last - first).days + 1
    if not question.least_days <= days <= question.most_days:
        return Said(
            f"dit zijn {days} dagen; deze vraag gaat over minstens {question.least_days} en hoogstens {question.most_days}",
            f"these are {days} days; this question is about {question.least_days} at least and {question.most_days} at most",
        )
    begun = state.neighbourhood.first_day
    if first < begun:
        return Said(
            f"deze buurt begon op {begun}; vraag vanaf die dag",
            f"this neighbourhood began on {begun}; ask from that day on",
        )
    oldest = min(state.days, default=begun)
    open_ = [day for day in days_of(max(first, oldest), last) if not state.day(day).is_settled]
    if open_:
        return Said(
            f"{open_[0]} is nog niet afgerekend; vraag over dagen tot en met {open_[0] - timedelta(days=1)}, of later",
            f"{open_[0]} is not settled yet; ask about days up to {open_[0] - timedelta(days=1)}, or later",
        )
    return None


def _shown_anyway(state: Live, asking: Asking, floor: int) -> Said | None:
    for day in days_of(asking.first, asking.last):
        known = state.day(day)
        if not known.is_cleared:
            return Said(
                f"van {day} is de markt hier niet meer bekend; vraag over latere dagen",
                f"the market of {day} is not known here any more; ask about later days",
            )
        if len(known.members) < floor:
            return _too_few(floor)
    if asking.group:
        return Said(
            "de poort is van de hele straat; vraag zonder kabel",
            "the gateway is of the whole street; ask without a cable",
        )
    return None


def _few(homes: int, whole: int, floor: int) -> Said | None:
    """Of a group and of all others: who knows both knows the difference."""
    if homes >= floor and (whole == homes or whole - homes >= floor):
        return None
    return _too_few(floor)


def _too_few(floor: int) -> Said:
    return Said(
        f"hierin, of in wat er buiten valt, zouden minder dan {floor} huizen zitten die de hele periode meededen en ja zeiden; "
        "vraag naar een grotere groep of een andere periode",
        f"in this, or in what it leaves out, there would be fewer than {floor} homes that took part and said yes all the time; "
        "ask about a larger group or another period",
    )
