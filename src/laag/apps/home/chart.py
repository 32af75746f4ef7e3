"""Rows of block characters: a day in one line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laag.home.outlook import Floats

BLOCKS = " ▁▂▃▄▅▆▇█"
PLAIN = " .:-=+*#@"
"""For a terminal that has no blocks."""
ABSENT = "·"
PTUS_PER_HOUR = 4


def ptus_per_character(count: int, columns: int) -> int:
    """As fine as fits: a quarter, a half or a whole hour.

    >>> [ptus_per_character(96, columns) for columns in (100, 60, 30)]
    [1, 2, 4]
    """
    return next((per for per in (1, 2) if count <= per * columns), PTUS_PER_HOUR)


def drawn(values: Floats, per: int, low: float, high: float, blocks: str = BLOCKS) -> str:
    """One character for each ``per`` PTUs: their mean between ``low`` (nothing) and ``high`` (a full block).

    >>> drawn(np.array([0.0, 0.0, 1.0, 1.0, 2.0, 2.0, np.nan, np.nan]), 2, 0.0, 2.0)
    ' ▄█·'
    """
    marks = []
    for first in range(0, len(values), per):
        part = values[first : first + per]
        part = part[np.isfinite(part)]
        if not len(part):
            marks.append(ABSENT if blocks is BLOCKS else "-")
            continue
        share = (float(part.mean()) - low) / (high - low) if high > low else 0.0
        step = round(share * (len(blocks) - 1))
        marks.append(blocks[min(max(step, 1 if share > 0.005 else 0), len(blocks) - 1)])
    return "".join(marks)


def hours(first_quarter: Sequence[int], per: int) -> str:
    """The hours on the wall above the columns, every third one.

    >>> hours(list(range(0, 96)), 4)
    '00 03 06 09 12 15 18 21 '
    """
    line = ""
    for i in range(0, len(first_quarter), per):
        quarter = first_quarter[i]
        if len(line) <= i // per:
            line += f"{quarter // 4:02d}" if quarter % 12 == 0 else " "
    return line
