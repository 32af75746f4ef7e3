"""What a household reads of agreements between neighbours: what holds today and tomorrow, and what was told of how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from laag.apps.agent import agreeing
from laag.apps.agent.pages.here import Here
from laag.apps.agent.pages.words import agreed as words
from laag.apps.agent.pages.written import filled
from laag.apps.web.written import day as day_in_words
from laag.cycle.living.agreed import Agreed, runs
from laag.foundation.data import Purpose
from laag.foundation.ptu import PTU
from laag.foundation.words import Lang, Said
from laag.home.operate import Signal
from laag.settlement.words import kwh

_LATELY = timedelta(days=2)


def on_agreements(home: Here, lang: Lang) -> list[str]:
    """Sentence by sentence; nothing where neighbours agreed nothing for these days."""
    return [*_coming(home, lang), *_lately(home, lang)]


def _coming(home: Here, lang: Lang) -> Iterator[str]:
    vetoed = Signal.REQUESTS in home.life.caution.veto
    for one in agreeing.of_board(home.life):
        if home.today <= one.day <= home.today + timedelta(days=1):
            said = words.DEVICES.get(one.device, words.BY_HAND)
            yield filled(
                words.NOT_FOLLOWED if vetoed else said,
                lang,
                day=(words.TODAY if one.day == home.today else words.TOMORROW).to(lang),
                hours=_hours(home, one),
                name=one.name,
            )


def _lately(home: Here, lang: Lang) -> Iterator[str]:
    for one, told_wh in agreeing.lately(home.life):
        if not home.today - _LATELY <= one.day < home.today:
            continue
        about = {"name": one.name, "day": day_in_words(one.day, lang)}
        if told_wh is not None:
            yield filled(words.TOLD, lang, kwh=kwh(told_wh, lang), **about)
        else:
            yield filled(_why_not(home), lang, **about)


def _why_not(home: Here) -> Said:
    neighbour = home.agent.neighbour
    may = neighbour is not None and neighbour.consents.may(Purpose.AGREEMENT)
    return words.NOT_MEASURED if may else words.NO_YES


def _hours(home: Here, one: Agreed) -> str:
    """On the wall, also on the day that the clock changes."""
    start = one.grid(home.life.zone).start
    times = [
        [(start + at * PTU).astimezone(home.life.zone) for at in (first, stop)]
        for first, stop in runs(one.ptus)
    ]
    return ", ".join(f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in times)
