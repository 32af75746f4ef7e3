"""Proposals as a page tells them: what they change, how far they are, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from laag.apps.street import charter_words as words
from laag.apps.web.written import NONE, short_moment
from laag.apps.web.written import day as written_day
from laag.cycle.live import Live
from laag.cycle.shadow import Table, own
from laag.foundation.words import Lang, Said
from laag.neighbourhood.charter import Charter, Differs, differences
from laag.neighbourhood.charter.counting import adopted, why_not
from laag.neighbourhood.charter.names import CALLED
from laag.neighbourhood.charter.process import Process, Proposal, Since, Stage, Why


@dataclass(frozen=True, slots=True)
class Seen:
    """One proposal, to be read."""

    id: str
    title: Said
    standing: Said
    why: str
    changes: tuple[Differs, ...]
    timetable: tuple[tuple[Said, str], ...]
    is_open: bool
    mine: bool
    stage: str


def seen(state: Live, one: Proposal, member: str | None, lang: Lang) -> Seen:
    """As a member reads it, or somebody who is none."""
    process = state.process
    changes = differences(*_sides(process, one))
    return Seen(
        one.name,
        title(one, changes),
        standing(process, one, lang),
        one.proposed.why,
        changes,
        tuple(_timetable(state, one, lang)),
        one.is_open,
        member is not None and one.proposed.member == member,
        one.stage,
    )


def title(one: Proposal, changes: tuple[Differs, ...]) -> Said:
    """What it is called: the first thing that it changes."""
    name = one.proposed.articles[0]
    called = CALLED[name]
    change = next((each for each in changes if each.article == name), None)
    if change is None:
        return called
    before, after = _short(change.before), _short(change.after)
    more = len(one.proposed.articles) - 1
    also = (f", en nog {more}", f", and {more} more") if more else ("", "")
    return Said(
        f"{called.nl}: van {before} naar {after}{also[0]}",
        f"{called.en}: from {before} to {after}{also[1]}",
    )


def _short(text: str) -> str:
    """A value in a title."""
    return "…" if len(text) > 24 else text or "–"


def standing(process: Process, one: Proposal, lang: Lang) -> Said:
    """How far it is, in a sentence."""
    match one.stage:
        case Stage.PROPOSED:
            return words.SHADOW_RUNS
        case Stage.VOTING:
            assert one.ends is not None
            return words.voting_until(written_day(one.ends - timedelta(days=1), lang))
        case Stage.ADOPTED:
            assert one.count is not None
            return adopted(one, one.count)
        case Stage.ACTIVE:
            assert one.from_day is not None
            version = next(each.charter.version for each in process.charters if each.proposal == one.name)
            return words.holds(written_day(one.from_day, lang), version)
    if one.rejected == Why.WITHDRAWN:
        return words.TAKEN_BACK
    if one.rejected == Why.OVERTAKEN or one.count is None:
        return words.overtaken(_by(process, one))
    return why_not(one, one.count, Why(str(one.rejected)))


def _by(process: Process, one: Proposal) -> str:
    """The proposal that changed one of its articles first."""
    asked = set(one.proposed.articles)
    later = [
        each.name
        for each in process.proposals.values()
        if each.stage == Stage.ACTIVE and each.name != one.name and asked & set(each.proposed.articles)
    ]
    return later[-1] if later else NONE


def _sides(process: Process, one: Proposal) -> tuple[Charter, Charter]:
    """The text before and after it; of what is over, as it was then."""
    for before, after in zip(process.charters, process.charters[1:], strict=False):
        if after.proposal == one.name:
            return before.charter, after.charter
    before_it = process.newest if one.is_open else process.on(one.proposed.at.date())
    return before_it, before_it.changed(one.values)


def _timetable(state: Live, one: Proposal, lang: Lang) -> Iterator[tuple[Said, str]]:
    zone = state.neighbourhood.zone
    yield words.PROPOSED, short_moment(one.proposed.at, lang, zone)
    yield words.SHADOW_DONE, short_moment(one.shadowed.at, lang, zone) if one.shadowed else NONE
    if one.ends is not None:
        name = words.VOTE_ENDS if one.stage == Stage.VOTING else words.VOTE_ENDED
        yield name, written_day(one.ends - timedelta(days=1), lang)
    yield _begin(one), written_day(one.from_day or one.proposed.from_day, lang)


def _begin(one: Proposal) -> Said:
    if one.stage == Stage.ACTIVE:
        return words.BEGAN
    return words.BEGINS if one.stage == Stage.ADOPTED else words.WOULD_BEGIN


def version_on(process: Process, today: date) -> Since:
    """The charter that holds today, and since when."""
    return next((one for one in reversed(process.charters) if one.day <= today), process.charters[0])


def own_of(table: Table, member: str | None) -> Said | None:
    """A home's own; ``None`` where nothing was replayed."""
    if table.homes is None or member is None:
        return None
    effect = table.homes.get(member)
    return words.NOT_THEN if effect is None else own(effect)
