"""Why: the reasons of a plan over the quarter-hours in which something happens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from laag.apps.home.day import Day
from laag.apps.home.happenings import RESTS_KW, Happening
from laag.apps.home.together import alike, together
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.words import Lang, Said
from laag.home.reasons import Reason, Subject, say
from laag.home.reasons.words import moment

_NEARLY_ALL, _GOOD_PART = 0.95, 0.2
_AND = Said("{one} en {other}", "{one} and {other}")
_ON_AND_OFF = Said("met tussenpozen van {since} tot {until}", "on and off from {since} to {until}")


def because(day: Day, one: Happening, lang: Lang) -> str:
    """The reason of most of the energy, and another that holds for a good part; each with its times unless it holds for all.

    Empty where nobody knows.
    """
    parts = _parts(day, one)
    if not parts:
        return ""
    energy = {place: sum(_kwh(one, reason.ptu) for reason in part) for place, part in enumerate(parts)}
    most, *others = sorted(energy, key=lambda place: (-round(energy[place], 6), place))
    told = [most, *(place for place in others[:1] if energy[place] >= _GOOD_PART * sum(energy.values()))]
    whole = energy[most] >= _NEARLY_ALL * sum(energy.values())
    said = []
    for place in told:
        ptus = [reason.ptu for reason in parts[place]]
        sentence = say(together(parts[place], day.reasons, _apart(one)), lang, day.called)
        said.append(sentence if whole else f"{_times(day, one, ptus, lang)}: {sentence}")
    return " ".join(said)


def _parts(day: Day, one: Happening) -> list[list[Reason]]:
    """The reasons of its quarter-hours, those together that say the same but for their numbers."""
    columns = [column for column in day.reasons.columns if column.subject is one.subject]
    column = next(iter(columns[one.run or 0 :]), None)
    if column is None:
        return []
    found = [
        day.reasons.reason(column, ptu)
        for ptu in range(one.first, one.stop)
        if _kwh(one, ptu) > RESTS_KW * PTU_HOURS
    ]
    parts: dict[object, list[Reason]] = {}
    for reason in found:
        parts.setdefault(alike(reason), []).append(reason)
    return list(parts.values())


def _kwh(one: Happening, ptu: int) -> float:
    """What it takes there, or gives where it mostly gives."""
    kwh = one.each_kwh[ptu - one.first]
    return -kwh if one.energy_kwh < 0 else kwh


def _apart(one: Happening) -> range:
    """No comparison is with itself, save that of a machine, which could also have begun while it runs now."""
    return range(one.first, one.first if one.subject is Subject.APPLIANCE else one.stop)


def _times(day: Day, one: Happening, ptus: Sequence[int], lang: Lang) -> str:
    """From when until when, once or twice; else on and off."""

    def clock(ptu: int) -> str:
        return moment(day.reasons.moment(ptu, one.first), lang)

    runs = [
        [ptu for _, ptu in run] for _, run in groupby(enumerate(ptus), key=lambda pair: pair[1] - pair[0])
    ]
    if len(runs) > 2:
        since, until = clock(ptus[0]), clock(ptus[-1] + 1)
        words = _ON_AND_OFF.to(lang).format(since=since, until=until)
        return words[:1].upper() + words[1:]
    spans = [f"{clock(run[0])}–{clock(run[-1] + 1)}" for run in runs]
    return spans[0] if len(spans) == 1 else _AND.to(lang).format(one=spans[0], other=spans[1])
