"""Quarter-hours as UFTP counts them: from 1, in runs, each at most once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.adapters.uftp.reasons import Reason, Refusal

Ints = NDArray[np.int64]
PTU_MINUTES = 15


def spans(isps: Iterable[Any]) -> list[tuple[int, int]]:
    """First and last-but-one PTU of each element, counted from 0."""
    return [(one.start - 1, one.start - 1 + one.duration) for one in isps]


def ill_placed(isps: Sequence[Any], count: int, day: object) -> Iterator[Refusal]:
    """What is wrong with where they stand in a day of so many."""
    seen: set[int] = set()
    twice: set[int] = set()
    for first, end in spans(isps):
        if first < 0 or end > count:
            yield Refusal(
                Reason.BOUNDS,
                f"{day} has ISPs 1 to {count} and the message names {first + 1} to {end}; count the clock change",
            )
            return
        twice |= seen.intersection(range(first, end))
        seen.update(range(first, end))
    if twice:
        yield Refusal(
            Reason.CONFLICT, f"ISP {min(twice) + 1} is named more than once; see the durations before it"
        )


def covered(isps: Iterable[Any]) -> set[int]:
    """All PTUs that are named."""
    return {ptu for first, end in spans(isps) for ptu in range(first, end)}


def spread(isps: Iterable[Any], count: int, field: str = "power") -> Ints:
    """One number per PTU of the day; 0 where none is named."""
    values = np.zeros(count, np.int64)
    for one, (first, end) in zip(list(isps := list(isps)), spans(isps), strict=True):
        values[first:end] = getattr(one, field)
    return values


def runs(*columns: Sequence[Any] | NDArray[Any]) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """Start (from 1), duration and values of each run of equal rows.

    >>> list(runs([5, 5, 7]))
    [(1, 2, (5,)), (3, 1, (7,))]
    """
    at = 1
    for row, group in groupby(zip(*(np.asarray(one).tolist() for one in columns), strict=True)):
        length = len(list(group))
        yield at, length, row
        at += length


def minutes(duration: object) -> float:
    """An XML duration of hours, minutes and seconds, in minutes."""
    hours, mins, seconds = (getattr(duration, part) or 0 for part in ("hours", "minutes", "seconds"))
    return float(hours) * 60 + float(mins) + float(seconds) / 60
