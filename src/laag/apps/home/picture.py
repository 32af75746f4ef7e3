"""A planned day as one SVG picture: the rows of the terminal's chart, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from laag.apps.home.day import Day
from laag.apps.home.headline import amounts, period
from laag.apps.home.rows import Row, rows
from laag.foundation.words import Lang
from laag.home.outlook import Floats

_LABEL, _WIDTH, _RANGE, _EDGE = 150, 768, 120, 20
_HEAD, _ROW, _GAP, _FOOT = 64, 40, 12, 24
_HOURS_APART = 3
_COLOURS = {"price": "#8a8a8a", "sun": "#e0a100", "use": "#3572b0", "store": "#3d8f5f", "grid": "#b0563a"}


def svg(day: Day, lang: Lang) -> str:
    """The picture; the same day gives the same bytes."""
    seen = list(rows(day, lang))
    height = _HEAD + len(seen) * (_ROW + _GAP) + _FOOT
    width = 2 * _EDGE + _LABEL + _WIDTH + _RANGE
    title = f"{day.house.name}, {period(day, lang)}"
    summary = "; ".join(f"{name} {amount}" for name, amount in amounts(day, lang))
    parts = [
        _opening(width, height, lang),
        f"<title>{escape(title)}</title><desc>{escape(summary)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_EDGE, 26, title, 'font-size="16" font-weight="600"'),
        _text(_EDGE, 46, summary),
        *_hours(day, len(seen)),
    ]
    for place, row in enumerate(seen):
        parts += _drawn(row, _HEAD + place * (_ROW + _GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _opening(width: int, height: int, lang: Lang) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    letters = 'font-family="system-ui, sans-serif" font-size="13"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" lang="{lang.value}" {letters}>'


def _hours(day: Day, count: int) -> Iterator[str]:
    """A thin line and a time every few hours; a date where a day begins."""
    bottom = _HEAD + count * (_ROW + _GAP)
    for ptu in range(len(day.plan) + 1):
        at = day.local(ptu)
        if at.minute or at.hour % _HOURS_APART:
            continue
        x = _EDGE + _LABEL + ptu * _WIDTH / len(day.plan)
        yield f'<path d="M{x:.1f} {_HEAD}V{bottom}" stroke="#e4e4e4"/>'
        words = f"{at:%d-%m}" if at.hour == 0 and ptu else f"{at:%H:%M}"
        yield _text(x, bottom + 14, words, 'text-anchor="middle" font-size="11" fill="#666666"')


def _drawn(row: Row, top: float) -> Iterator[str]:
    bottom = top + _ROW
    yield _text(_EDGE, bottom - 12, row.name)
    yield f'<path d="{_area(row, top)}" fill="{_COLOURS[row.kind]}"><title>{escape(row.name)}</title></path>'
    yield f'<path d="M{_EDGE + _LABEL} {bottom}h{_WIDTH}" stroke="#bbbbbb"/>'
    yield _text(_EDGE + _LABEL + _WIDTH + 10, bottom - 12, row.range, 'fill="#666666"')


def _area(row: Row, top: float) -> str:
    """Steps from quarter-hour to quarter-hour, down to the bottom; nothing where there is no value."""
    step, left = _WIDTH / max(len(row.values), 1), _EDGE + _LABEL
    share = np.clip((row.values - row.low) / max(row.high - row.low, 1e-9), 0.0, 1.0)
    marks = []
    for first, stop in _runs(share):
        marks.append(f"M{left + first * step:.1f} {top + _ROW}")
        marks += [
            f"V{top + _ROW * (1 - share[i]):.1f}H{left + (i + 1) * step:.1f}" for i in range(first, stop)
        ]
        marks.append(f"V{top + _ROW}Z")
    return "".join(marks)


def _runs(share: Floats) -> list[tuple[int, int]]:
    """Where there is something to draw."""
    there = np.concatenate([[False], np.nan_to_num(share) > 0, [False]])
    edges = np.flatnonzero(np.diff(there.astype(np.int64)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _text(x: float, y: float, words: str, style: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'
