"""Questions instead of data: which may be asked, asking one, all answers that were given, and whose budget they took."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street import commons
from laag.apps.street.running import address, let_in, running
from laag.apps.street.trouble import NOTHING, Trouble
from laag.cycle.live import Answered
from laag.foundation.words import Said
from laag.neighbourhood.commons.bins import spoken
from laag.neighbourhood.commons.questions import FIELDS, SHIPPED, Over, Question, Statistic

router = APIRouter(tags=["questions"])
_MEMBER = "/api/v1/members/{member}/answers"
OWN_ANSWERS = Said(
    "in welke antwoorden jouw huis zit en wat er van je budget is gebruikt",
    "which answers your home is in and what is used of your budget",
)
QUESTION_DOORS: Doors = {
    ("GET", "/api/v1/questions"): Door.of(Role.ANYBODY),
    ("POST", "/api/v1/questions/{name}"): Door.of(Role.RESEARCHER, Role.COMPANY),
    ("GET", "/api/v1/answers"): Door.of(Role.ANYBODY),
    ("GET", _MEMBER): Door.of(Role.HOME, Role.RESIDENT, personal=True, what=OWN_ANSWERS),
}


class MayAsk(Wire):
    """A question, its bounds and its price; only those that are ``approved`` are answered."""

    name: str
    what: Both
    said: Both
    approved: bool
    over: str
    fields: list[str]
    """Of the register of data."""
    statistic: str
    by: str
    least_homes: int
    least_days: int
    most_days: int
    most_wh_per_day: int
    """What a home counts for at most."""
    epsilon: float
    """What an answer costs each home that is in it."""


class Questions(Wire):
    """What may be asked here, and how much in a year."""

    questions: list[MayAsk]
    floor_homes: int
    epsilon_per_year: float
    """That a home's data of a calendar year may give away, whoever asks and whenever."""
    cables: list[str]


class Ask(Wire):
    """About which days, both included, and which homes (a cable; none is the whole street), and what for."""

    first: date
    last: date
    cable: Annotated[str, Field(max_length=100)] = ""
    why: Annotated[str, Field(min_length=3, max_length=200)]


class Told(Wire):
    """One figure of an answer."""

    key: str
    said: Both
    value: int
    off_by: int
    """In 19 of 20 answers the truth lies within so much of the value."""


class Answer(Wire):
    """An answer; asked again it is the same."""

    question: str
    what: Both
    first: date
    last: date
    cable: str
    unit: str
    """``Wh`` or ``homes``."""
    figures: list[Told]
    epsilon: float
    noise: str
    """Who made it; empty where there is none."""
    asked_by: str
    why: str
    at: datetime


class OwnAnswers(Wire):
    """What a home's data were used for outside the neighbourhood."""

    answers: list[Answer]
    """That it is in."""
    epsilon_left: dict[int, float]
    """Of its budget, by year of its data."""


@router.get("/api/v1/questions")
async def questions(request: Request) -> Questions:
    """Every question that there is; those who live here approve some of them in their charter."""
    keeper = running(request).keeper
    may = commons.in_force(keeper)
    return Questions(
        questions=[_may_ask(one, one.name in may.questions) for one in SHIPPED.values()],
        floor_homes=may.floor_homes,
        epsilon_per_year=may.micro_epsilon / 1e6,
        cables=[cable.name for cable in keeper.live.neighbourhood.cables],
    )


@router.post("/api/v1/questions/{name}")
async def ask(request: Request, name: str, asked: Ask) -> Answer:
    """The answer, with how far it can be off; 409 where there is none, and why."""
    here = running(request)
    caller: Caller = request.state.caller
    let_in(here.limits.reads, caller.name or address(request))
    if name not in SHIPPED:
        raise Trouble(404, NOTHING)
    if not asked.first <= asked.last <= commons.today(here.keeper):
        raise Trouble(409, _TURNED)
    found = await commons.ask(
        here.keeper,
        name,
        asked.first,
        asked.last,
        asked.cable,
        asked_by=caller.name,
        why=asked.why,
    )
    if isinstance(found, Said):
        raise Trouble(409, found)
    return answer_of(found)


@router.get("/api/v1/answers")
async def answers(request: Request) -> list[Answer]:
    """All that were given, the newest first."""
    given = running(request).keeper.live.answers.values()
    return [answer_of(one) for one in reversed(list(given))]


@router.get(_MEMBER)
async def own(request: Request, member: str) -> OwnAnswers:
    """Those that a member is in, the newest first, and what is left of its budget."""
    keeper = running(request).keeper
    if member not in keeper.live.members:
        raise Trouble(404, NOTHING)
    mine = [one for one in keeper.live.answers.values() if member in one.homes]
    may, year = commons.in_force(keeper), commons.today(keeper).year
    years = sorted({year, *(each for one in mine for each in one.cost.years)})
    return OwnAnswers(
        answers=[answer_of(one) for one in reversed(mine)],
        epsilon_left={each: commons.left(keeper.live, may, member, each) / 1e6 for each in years},
    )


_TURNED = Said(
    "de laatste dag ligt voor de eerste, of in de toekomst; vraag over dagen die voorbij zijn",
    "the last day lies before the first, or in the future; ask about days that are over",
)


def _may_ask(one: Question, approved: bool) -> MayAsk:  # noqa: FBT001 - one of its fields
    return MayAsk(
        name=one.name,
        what=_both(one.what),
        said=_both(one.said),
        approved=approved,
        over=one.over.value,
        fields=list(FIELDS[one.over]),
        statistic=one.statistic.value,
        by=one.by.value,
        least_homes=one.least_homes,
        least_days=one.least_days,
        most_days=one.most_days,
        most_wh_per_day=one.most_wh_per_day,
        epsilon=one.micro_epsilon / 1e6,
    )


def answer_of(one: Answered) -> Answer:
    """As everybody reads it: without the homes that are in it."""
    question = SHIPPED[one.question]
    told = zip(one.keys, one.values.tolist(), one.off_by.tolist(), strict=True)
    return Answer(
        question=one.question,
        what=_both(question.what),
        first=one.first,
        last=one.last,
        cable=one.group,
        unit=unit_of(question),
        figures=[Told(key=key, said=_both(spoken(key)), value=value, off_by=off) for key, value, off in told],
        epsilon=one.micro_epsilon / 1e6,
        noise=one.noise,
        asked_by=one.asked_by,
        why=one.why,
        at=one.at,
    )


def unit_of(question: Question) -> str:
    """What its figures count."""
    counts = question.statistic in {Statistic.COUNT, Statistic.HISTOGRAM}
    return "homes" if counts and question.over is not Over.IMPORTED else "Wh"


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
