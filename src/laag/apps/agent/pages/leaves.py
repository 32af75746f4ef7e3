"""What leaves a home, purpose by purpose, as the register has it: a field that is not there cannot be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from laag.adapters.neighbourhood.bindings import BINDINGS
from laag.adapters.neighbourhood.calls import CALLS
from laag.adapters.neighbourhood.leaving import KINDS
from laag.adapters.neighbourhood.wire import Messages
from laag.apps.agent.consents import Consents
from laag.apps.agent.pages.words import leaves as words
from laag.apps.agent.pages.written import filled
from laag.apps.web.written import day as in_words
from laag.foundation.consent import ASKED
from laag.foundation.data import GROUNDS, PURPOSE_WORDS, Field, Ground, Party, Purpose
from laag.foundation.register import REGISTER
from laag.foundation.words import Lang, Said

_OUT = (Party.NEIGHBOURHOOD, Party.WEATHER)
_ALWAYS = ("envelope", "call")
_NEEDED = (
    Purpose.MARKET,
    Purpose.SETTLEMENT,
    Purpose.RECORD,
    Purpose.GRID,
    Purpose.FLEXIBILITY,
    Purpose.MEMBERSHIP,
    Purpose.WEATHER,
    Purpose.VOTING,
    Purpose.FUND,
)
_BODIES = (*KINDS.values(), *(one.body for one in CALLS if one.body not in {None, Messages}))
_GROUPS = tuple(dict.fromkeys([*(BINDINGS[one].group for one in _BODIES if one is not None), "weather"]))
"""Every kind of message and of question with something in it, as homes send them."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """One kind of message: what it is, why, what is in it, why nothing less would do, how long, and when last."""

    what: Said
    why: Said
    fields: tuple[Said, ...]
    least: Said
    keeps: Said
    last: Said | None


@dataclass(frozen=True, slots=True)
class ForWhat:
    """A purpose, by what it is allowed, and what leaves for it."""

    name: str
    title: Said
    ground: Said
    leaves: tuple[Leaves, ...]
    asked: bool = False
    """Whether the household decides here."""
    on: bool = False
    answered: bool = False


def always(last: Mapping[str, str], zone: ZoneInfo) -> tuple[Leaves, ...]:
    """What goes along with every message and every question."""
    return tuple(_of(name, _in(name), last, zone) for name in _ALWAYS)


def needed(last: Mapping[str, str], zone: ZoneInfo, *, weather: bool) -> list[ForWhat]:
    """What taking part needs, the law asks, or a wish or setting turned on."""
    return [
        ForWhat(one.value, _title(one), words.GROUNDS[GROUNDS[one]], _leaves(one, last, zone))
        for one in _NEEDED
        if one is not Purpose.WEATHER or weather
    ]


def chosen(
    consents: Consents, may_ask: Sequence[str], last: Mapping[str, str], zone: ZoneInfo, today: date
) -> list[ForWhat]:
    """What the household decides: for what its neighbourhood may ask, and whatever it said yes to before."""
    return [
        ForWhat(
            one.value,
            _title(one),
            _stands(consents, one, today),
            _leaves(one, last, zone),
            asked=True,
            on=consents.held(one) is not None,
            answered=consents.asked(one),
        )
        for one in ASKED
        if one.value in may_ask or consents.said(one) is not None
    ]


def _stands(consents: Consents, purpose: Purpose, today: date) -> Said:
    yes = consents.said(purpose)
    if yes is not None and consents.held(purpose) is not None:
        return _dated(words.UNTIL, yes.until)
    if yes is not None:
        return _dated(words.ENDED, yes.until) if yes.until < today else words.CHANGED
    return words.REFUSED if consents.asked(purpose) else words.NOT_ASKED


def _leaves(purpose: Purpose, last: Mapping[str, str], zone: ZoneInfo) -> tuple[Leaves, ...]:
    every = ((name, [one for one in _in(name) if one.serves(purpose)]) for name in _GROUPS)
    return tuple(
        _of(name, fields, last, zone)
        for name, fields in every
        if fields and (name != "consents" or purpose is Purpose.MEMBERSHIP)
    )


def _in(group: str) -> list[Field]:
    return [one for one in REGISTER.values() if one.group == group and one.to in _OUT]


def _of(name: str, fields: Sequence[Field], last: Mapping[str, str], zone: ZoneInfo) -> Leaves:
    first = fields[0]
    sent = last.get(name)
    return Leaves(
        words.GROUPS[name],
        first.why,
        tuple(one.what for one in fields),
        first.least,
        _keeps(first.keeps),
        None if sent is None else Said(*_at(datetime.fromisoformat(sent).astimezone(zone))),
    )


def _at(at: datetime) -> Iterator[str]:
    for lang in Lang:
        yield filled(words.LAST, lang, day=in_words(at.date(), lang), at=f"{at:%H:%M}")


def _keeps(days: int | None) -> Said:
    if days is None:
        return words.KEEPS_BOOKS
    return Said(*(filled(words.KEEPS_DAYS, lang, days=days) for lang in Lang)) if days else words.KEEPS_NOT


def _dated(said: Said, day: date) -> Said:
    return Said(*(filled(said, lang, day=f"{in_words(day, lang)} {day.year}") for lang in Lang))


def _title(purpose: Purpose) -> Said:
    """As a heading: "To settle accounts"."""
    said = PURPOSE_WORDS[purpose]
    return Said(*(text[:1].upper() + text[1:] for text in (said.nl, said.en)))


def never() -> list[Said]:
    """For what nothing is ever used."""
    return [PURPOSE_WORDS[one] for one, ground in GROUNDS.items() if ground is Ground.NEVER]
