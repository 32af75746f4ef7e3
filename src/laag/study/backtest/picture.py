"""The shares per device mix as one picture, readable without the table."""

from __future__ import annotations

from collections.abc import Sequence

from laag.study.backtest.outcome import WORTH_A_SHARE_EUR, MixRow, Outcome
from laag.study.bars import EDGE, PAPER, PLAIN, STRONG, Bars

BARS = Bars(width=760, left=200, right=60, row=44)
KEYS = ((PLAIN, "rule of thumb"), (STRONG, "laag"))
ONE = "#0d3b2d"
AIM = 0.92


def picture(rows: Sequence[MixRow], outcomes: Sequence[Outcome], title: str) -> str:
    """An SVG with two bars per mix, rule of thumb and laag, a dot for each home and window, and a line at the aim."""
    aim, bottom = BARS.x(AIM), BARS.top + BARS.row * len(rows) + 8
    parts = [
        f'<line x1="{aim:.1f}" y1="{BARS.top - 6}" x2="{aim:.1f}" y2="{bottom}" stroke="{EDGE}" stroke-dasharray="4 3"/>'
    ]
    for at, row in enumerate(rows):
        parts += _mix(row, [one for one in outcomes if one.mix == row.mix], BARS.top + BARS.row * at)
    return BARS.page(title, len(rows), _legend(), parts)


def _legend() -> list[str]:
    x = BARS.left + 130 * len(KEYS)
    return [
        *BARS.keys(KEYS, 130),
        f'<circle cx="{x}" cy="44" r="2.5" fill="{PAPER}" stroke="{ONE}"/>',
        f'<text x="{x + 10}" y="48">a home in one window</text>',
        f'<line x1="{x + 172}" y1="38" x2="{x + 172}" y2="50" stroke="{EDGE}" stroke-dasharray="4 3"/>',
        f'<text x="{x + 180}" y="48">aim, {100 * AIM:.0f} %</text>',
    ]


def _mix(row: MixRow, outcomes: Sequence[Outcome], y: int) -> list[str]:
    parts = [
        BARS.name(row.mix, y + 20),
        BARS.bar(row.thumb_share, y + 2, 9, PLAIN),
        BARS.bar(row.laag_share, y + 13, 14, STRONG),
    ]
    for one in outcomes:
        if one.gain_eur > WORTH_A_SHARE_EUR * one.days / 28:
            x = BARS.x(one.gained_eur(one.laag) / one.gain_eur)
            parts.append(f'<circle cx="{x:.1f}" cy="{y + 20}" r="2.5" fill="{PAPER}" stroke="{ONE}"/>')
    return [*parts, BARS.told(f"{100 * row.laag_share:.0f} %", y + 25)]
