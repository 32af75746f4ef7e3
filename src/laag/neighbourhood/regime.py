"""Green, yellow, orange, red: how it stands with one congestion point, and why.

A regime is entered at once and left late: only after it was calm for long enough, and one step at a time. So whatever is
seen, an hour holds no more changes than ``Thresholds.changes_per_hour`` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, pointed


class Regime(IntEnum):
    """As USEF names them; a higher one is a worse one."""

    GREEN = 0
    """The market alone."""
    YELLOW = 1
    """The grid operator buys flexibility."""
    ORANGE = 2
    """Connections are limited: what could be bought was not enough."""
    RED = 3
    """The grid itself is in danger, or cannot be seen."""


class Why(StrEnum):
    """What a regime came of."""

    CALM = "calm"
    LIKELY = "likely"
    """Overload is likely in a forecast."""
    FULL = "full"
    """Measured: nearly full."""
    NOT_ENOUGH = "not_enough"
    """Overload stays likely after all that was bought."""
    TOO_FULL = "too_full"
    """Measured: above the rating."""
    DANGER = "danger"
    """Measured: so far above it that fuses go."""
    SILENT = "silent"
    """Nothing at all is heard of the point."""
    HELD = "held"
    """It is better, but not for long enough, or by too little."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, with its numbers; ``say`` has the sentence."""

    why: Why
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a congestion point at an instant."""

    at: datetime
    probability: float = 0.0
    """Of overload in the coming quarter-hours, as planned."""
    left_over: float = 0.0
    """The same once everything offered has been bought."""
    loading: float | None = None
    """Measured, as a share of the rating; ``None`` where nobody measures it."""
    silent_s: float = 0.0
    """For how long nothing at all was heard of the point: no measurement and no home."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a regime begins, how much lower it may end, and for how long it must then be calm."""

    likely: float = 0.20
    not_enough: float = 0.20
    full: float = 0.90
    too_full: float = 1.00
    danger: float = 1.30
    silent_s: float = 300.0
    lower: float = 0.10
    """So much below its beginning, of a loading or a probability, a regime may end."""
    calm_s: float = 1800.0

    def __post_init__(self) -> None:
        if not 0 < self.full <= self.too_full <= self.danger:
            raise BadInput(
                f"full {self.full}, too full {self.too_full} and danger {self.danger} rise; give them in that order"
            )
        if not (0 <= self.lower < min(self.full, self.likely, self.not_enough) and self.calm_s > 0):
            raise BadInput(
                "a regime ends below where it begins, after some time: give lower from 0 up to likely, not_enough and "
                "full, and calm_s above 0"
            )

    def changes_per_hour(self) -> int:
        """The most that any hour can hold: each step down takes its calm, each step up undoes one, or is one of the first three.

        >>> Thresholds(calm_s=1800).changes_per_hour()
        7
        """
        down = -int(-3600 // self.calm_s)
        return 2 * down + int(Regime.RED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A regime, since when, and since when it could be a better one."""

    regime: Regime = Regime.GREEN
    since: datetime | None = None
    calm_since: datetime | None = None


def step(now: Standing, seen: Seen, thresholds: Thresholds = Thresholds()) -> tuple[Standing, Reason]:
    """The regime after what is seen, and why.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 14, 12, tzinfo=UTC)
    >>> standing, reason = step(Standing(), Seen(noon, probability=0.35))
    >>> standing.regime.name, say(reason).en
    ('YELLOW', 'The chance that this cable becomes too full is 35 %; the grid operator asks who can help.')
    """
    entered, reason = _entered(seen, thresholds, 0.0)
    if entered > now.regime:
        return Standing(entered, seen.at), reason
    kept, kept_for = _entered(seen, thresholds, thresholds.lower)
    if kept >= now.regime:
        same = Standing(now.regime, now.since)
        return same, reason if entered == now.regime else Reason(Why.HELD, kept_for.numbers)
    calm_since = now.calm_since or seen.at
    left_s = thresholds.calm_s - (seen.at - calm_since).total_seconds()
    if left_s > 0:
        return Standing(now.regime, now.since, calm_since), Reason(Why.HELD, {"left_min": left_s / 60})
    better = Regime(now.regime - 1)
    if kept == better:
        return Standing(better, seen.at), kept_for
    # On its way to a better one still: the calm for the next step begins here.
    return Standing(better, seen.at, seen.at), Reason(Why.HELD, {"left_min": thresholds.calm_s / 60})


def foreseen(
    start: datetime,
    probability: Sequence[float],
    left_over: Sequence[float],
    thresholds: Thresholds = Thresholds(),
) -> tuple[tuple[Regime, Reason], ...]:
    """The regime of each quarter-hour ahead, as a forecast makes it; never red, for nothing of it is measured."""
    standing, found = Standing(), []
    for i, (planned, after) in enumerate(zip(probability, left_over, strict=True)):
        seen = Seen(start + i * timedelta(minutes=15), planned, after)
        standing, reason = step(standing, seen, thresholds)
        found.append((standing.regime, reason))
    return tuple(found)


def _entered(seen: Seen, at: Thresholds, lower: float) -> tuple[Regime, Reason]:
    """What is seen calls for this regime, when each begins (or, to stay in one, ``lower`` than where it begins)."""
    loading = seen.loading if seen.loading is not None else 0.0
    measured = {"loading_percent": 100 * loading}
    if seen.silent_s >= at.silent_s:
        return Regime.RED, Reason(Why.SILENT, {"silent_min": seen.silent_s / 60})
    if loading >= at.danger - lower:
        return Regime.RED, Reason(Why.DANGER, measured)
    if loading >= at.too_full - lower:
        return Regime.ORANGE, Reason(Why.TOO_FULL, measured)
    if seen.left_over >= at.not_enough - lower:
        return Regime.ORANGE, Reason(Why.NOT_ENOUGH, {"chance_percent": 100 * seen.left_over})
    if loading >= at.full - lower:
        return Regime.YELLOW, Reason(Why.FULL, measured)
    if seen.probability >= at.likely - lower:
        return Regime.YELLOW, Reason(Why.LIKELY, {"chance_percent": 100 * seen.probability})
    return Regime.GREEN, Reason(Why.CALM)


_ASKS, _LIMITS = {Why.LIKELY, Why.FULL}, {Why.NOT_ENOUGH, Why.TOO_FULL}
"""What ends in what is done about it."""
_SAID: Mapping[Why, Said] = {
    Why.CALM: Said("Er is ruimte op deze kabel.", "There is room on this cable."),
    Why.LIKELY: Said(
        "De kans dat deze kabel te vol raakt is {chance_percent}; de netbeheerder vraagt wie kan helpen.",
        "The chance that this cable becomes too full is {chance_percent}; the grid operator asks who can help.",
    ),
    Why.FULL: Said(
        "De kabel is voor {loading_percent} vol; de netbeheerder vraagt wie kan helpen.",
        "The cable is {loading_percent} full; the grid operator asks who can help.",
    ),
    Why.NOT_ENOUGH: Said(
        "Ook met alle hulp die te krijgen was, is de kans dat de kabel te vol raakt {chance_percent}; iedereen krijgt een "
        "grens.",
        "With all the help that could be had the chance that the cable becomes too full is still {chance_percent}; "
        "everybody gets a limit.",
    ),
    Why.TOO_FULL: Said(
        "De kabel is voor {loading_percent} vol, meer dan hij lang aankan; iedereen krijgt een grens.",
        "The cable is {loading_percent} full, more than it can bear for long; everybody gets a limit.",
    ),
    Why.DANGER: Said(
        "De kabel is voor {loading_percent} vol; de stroom kan uitvallen.",
        "The cable is {loading_percent} full; the power may fail.",
    ),
    Why.SILENT: Said(
        "Van deze kabel is al {silent_min} niets gehoord; misschien is de stroom uitgevallen.",
        "Nothing has been heard of this cable for {silent_min}; the power may have failed.",
    ),
    Why.HELD: Said(
        "Het gaat beter; pas als dat zo blijft, gaat de kleur terug.",
        "It is getting better; the colour goes back only once it stays so.",
    ),
}


def say(reason: Reason, *, asks: bool = True, limits: bool = True) -> Said:
    """The sentence; where nobody asks for help, or nobody is limited, it does not say so.

    >>> say(Reason(Why.LIKELY, {"chance_percent": 35.0}), asks=False).en
    'The chance that this cable becomes too full is 35 %.'
    """
    said = _SAID[reason.why]
    if (reason.why in _ASKS and not asks) or (reason.why in _LIMITS and not limits):
        said = Said(*(f"{text.partition('; ')[0]}." for text in (said.nl, said.en)))
    return said.filled(reason.numbers, _written)


def _written(name: str, number: float, lang: Lang) -> str:
    whole = pointed(f"{number:.0f}", lang)
    if name.endswith("percent"):
        return f"{whole} %"
    return f"{whole} {'minuten' if lang is Lang.NL else 'minutes'}"
