"""Each day's fullest moment before and after, a strip per grid: what is taken upward, what is fed in downward."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from laag.foundation.words import Lang, Said
from laag.neighbourhood.grid.network import Floats
from laag.study.grid.overloads.row import Row

WIDTH, LEFT, RIGHT, TOP, STRIP, GAP = 900, 56, 16, 66, 116, 40
BEFORE, AFTER, RATED, INK = "#b9c4cc", "#1f7a5c", "#b3541e", "#22303a"
DAY_PTUS = 96
LEAST = 1.2
"""Of the rating: so much is shown at least."""
BEFORE_SAID, AFTER_SAID, RATED_SAID = (
    Said("zonder flexibiliteit", "without flexibility"),
    Said("met flexibiliteit", "with flexibility"),
    Said("vol", "full"),
)
TITLE = Said(
    "De volste kabel of transformator van elke dag: afname omhoog, teruglevering omlaag",
    "The fullest cable or transformer of each day: taken upward, fed in downward",
)


def picture(rows: Sequence[Row], lang: Lang = Lang.EN) -> str:
    """An SVG of one strip per row."""
    height = TOP + len(rows) * (STRIP + GAP)
    title = TITLE.to(lang)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        f"<style>text {{ font: 13px system-ui, sans-serif; fill: {INK} }}</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="600">{escape(title)}</text>',
        *_legend(lang),
    ]
    for at, row in enumerate(rows):
        parts += _strip(row, TOP + at * (STRIP + GAP), lang)
    return "\n".join([*parts, "</svg>", ""])


def _legend(lang: Lang) -> list[str]:
    return [
        f'<rect x="{LEFT}" y="34" width="12" height="12" fill="{BEFORE}"/>',
        f'<text x="{LEFT + 18}" y="44">{BEFORE_SAID.to(lang)}</text>',
        f'<rect x="{LEFT + 170}" y="34" width="12" height="12" fill="{AFTER}"/>',
        f'<text x="{LEFT + 188}" y="44">{AFTER_SAID.to(lang)}</text>',
        f'<line x1="{LEFT + 340}" y1="40" x2="{LEFT + 364}" y2="40" stroke="{RATED}" stroke-dasharray="5 3"/>',
        f'<text x="{LEFT + 370}" y="44">{RATED_SAID.to(lang)}</text>',
    ]


def extremes(fullest: Floats) -> tuple[Floats, Floats]:
    """By day: the most that is taken, and (below zero) the most that is fed in; what has no solution is left out.

    >>> up, down = extremes(np.array([0.5] * 95 + [-0.2, 1.5] + [0.1] * 95))
    >>> up.tolist(), down.tolist()
    ([0.5, 1.5], [-0.2, 0.0])
    """
    days = np.nan_to_num(fullest[: len(fullest) // DAY_PTUS * DAY_PTUS]).reshape(-1, DAY_PTUS)
    return np.maximum(days.max(axis=1), 0.0), np.minimum(days.min(axis=1), 0.0)


def _strip(row: Row, y: float, lang: Lang) -> list[str]:
    before = extremes(row.found.before.fullest)
    after = None if row.found.after is None else extremes(row.found.after.fullest)
    high, low = max(LEAST, float(before[0].max())), max(LEAST, float(-before[1].min()))
    if after is not None:
        high, low = max(high, float(after[0].max())), max(low, float(-after[1].min()))
    days = Said(f"{len(before[0])} dagen", f"{len(before[0])} days").to(lang)
    top, per = y + 18, STRIP / (high + low)
    zero = top + high * per
    parts = [
        f'<text x="{LEFT}" y="{y + 8:.1f}" font-weight="600">{escape(f"{row.grid}: {row.load.to(lang)}")}</text>'
    ]
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{y + 8:.1f}" text-anchor="end">{days}</text>')
    layers = [(before, BEFORE), *([] if after is None else [(after, AFTER)])]
    if after is None:
        layers = [(before, AFTER)]
    for shares, colour in layers:
        parts += [f'<path d="{_area(series, zero, per)}" fill="{colour}"/>' for series in shares]
    for share in (1.0, -1.0):
        at = zero - share * per
        parts += [
            f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="{RATED}" stroke-dasharray="5 3"/>',
            f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">100 %</text>',
        ]
    parts.append(f'<line x1="{LEFT}" y1="{zero:.1f}" x2="{WIDTH - RIGHT}" y2="{zero:.1f}" stroke="{INK}"/>')
    return parts


def _area(series: Floats, zero: float, per: float) -> str:
    """A step for each day."""
    wide = (WIDTH - LEFT - RIGHT) / max(len(series), 1)
    steps = [f"M{LEFT} {zero:.1f}"]
    for day, share in enumerate(series.tolist()):
        steps.append(f"V{zero - share * per:.1f}H{LEFT + (day + 1) * wide:.1f}")
    return "".join([*steps, f"V{zero:.1f}Z"])
