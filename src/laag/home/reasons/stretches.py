"""A day in paragraphs: quarter-hours in a row with the same reason, told as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.foundation.words import Lang, Said, clock
from laag.home.reasons.codes import Doing
from laag.home.reasons.column import CODES, Column, Options
from laag.home.reasons.explain import Reasons
from laag.home.reasons.reason import Alternative, Moment, Number, Reason, Span
from laag.home.reasons.say import say
from laag.home.reasons.sentences import KINDS
from laag.home.reasons.words import moment, written


@dataclass(frozen=True, slots=True)
class Stretch:
    """From PTU ``start`` until ``stop`` (exclusive) one device had one reason; its numbers are spans where they vary."""

    start: int
    stop: int
    begins: Moment
    ends: Moment
    energy_kwh: float
    reason: Reason

    def text(self, language: Lang | str, called: Mapping[str, Said] = MappingProxyType({})) -> str:
        """A paragraph: when, how much, why.

        The sentence is true of each of its quarter-hours.
        """
        lang = Lang(language)
        when = f"{moment(self.begins, lang)}-{moment(self.ends, lang)}"
        much = (
            "" if abs(self.energy_kwh) < 0.05 else f" ({written('energy_kwh', abs(self.energy_kwh), lang)})"
        )
        return f"{when}{much}: {say(self.reason, lang, called)}"


def stretches(found: Reasons, column: Column, first: int = 0, stop: int | None = None) -> tuple[Stretch, ...]:
    """The paragraphs of one device between two PTUs, in order."""
    stop = len(found) if stop is None else stop
    if stop <= first:
        return ()
    changes = _changes(column)
    starts = [first, *(int(ptu) for ptu in np.flatnonzero(changes) if first < ptu < stop)]
    return tuple(
        _stretch(found, column, start, until)
        for start, until in zip(starts, [*starts[1:], stop], strict=True)
    )


def _changes(column: Column) -> np.ndarray:
    """Where a PTU's reason is another than the one before it, also by a moment that it names."""
    changes = np.ones(len(column.code), np.bool_)
    same = (column.code[1:] == column.code[:-1]) & (column.claim[1:] == column.claim[:-1])
    for name, values in column.numbers.items():
        if name.endswith(_MOMENTS):
            naming = [place for place, code in enumerate(CODES) if name in KINDS[code].names]
            same &= (values[1:] == values[:-1]) | ~np.isin(column.code[1:], naming)
    changes[1:] = ~same
    return changes


_MOMENTS = ("_at", "_by", "_cheapest")
_END = "_end_by"
_FAR = 10_000
"""So many quarter-hours away a moment is never told without its day."""


def _stretch(found: Reasons, column: Column, start: int, stop: int) -> Stretch:
    here = slice(start, stop)
    reason = found.reason(column, start)
    numbers = {
        name: _span(column.numbers[name][here])
        if isinstance(value, float) and not name.endswith(_MOMENTS)
        else value
        for name, value in reason.numbers.items()
    }
    return Stretch(
        start,
        stop,
        found.moment(start, 0),
        found.moment(stop, start),
        float(column.power_kw[here].sum()) * PTU_HOURS,
        replace(
            reason,
            power_kw=float(column.power_kw[here].mean()),
            numbers=day_named_once(numbers),
            next_best=_shared(reason.next_best, column.next_best, here),
            unplanned=_shared(reason.unplanned, column.unplanned, here),
        ),
    )


def day_named_once(numbers: Mapping[str, Number]) -> dict[str, Number]:
    """The same numbers, with the day of a span from one moment to another before both where both lie on it."""
    named = dict(numbers)
    for name, until in numbers.items():
        start = name.removesuffix(_END) + "_by"
        since = numbers.get(start)
        if name.endswith(_END) and isinstance(since, Moment) and isinstance(until, Moment):
            named[start], named[name] = on_one_day(since, until)
    return named


def on_one_day(since: Moment, until: Moment) -> tuple[Moment, Moment]:
    """Where the second is only told by its day and that is the day of the first, the first is told by it; midnight ends a day.

    >>> since, until = on_one_day(Moment(36, 8, 1, 36), Moment(48, 20, 1, 48))
    >>> moment(since, Lang.EN), moment(until, Lang.EN)
    ('tomorrow 02:00', '05:00')
    """
    told_by_day = moment(until, Lang.EN) != clock(until.quarter)
    if not told_by_day or since.days != until.days - (until.quarter == 0):
        return since, until
    return replace(since, ptus=_FAR), replace(until, days=0)


def _span(values: np.ndarray) -> Span:
    return Span(float(values.min()), float(values.max()))


def _shared(one: Alternative | None, options: Options, here: slice) -> Alternative | None:
    """The alternative, where all these PTUs have the same; the least that any of them would lose by it."""
    alike = np.ptp(options.at[here]) == 0 and np.ptp(options.doing[here]) == 0
    worse, most = options.worse_eur_per_kwh[here], options.at_most_eur_per_kwh[here]
    if one is None or not alike or np.isnan(worse).any() or _inside(one, here):
        return None
    return replace(
        one,
        worse_eur_per_kwh=_span(worse),
        at_most_eur_per_kwh=None if np.isnan(most).any() else _span(most),
        weighs_eur_per_kwh=float(options.weighs_eur_per_kwh[here].min()),
    )


def _inside(one: Alternative, here: slice) -> bool:
    """Whether it is something that is done then anyway; a machine could have begun while it runs now."""
    return one.at is not None and here.start <= one.at.ptu < here.stop and one.doing is not Doing.START_THEN
