"""The shares per device mix as one picture, readable without the table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from laag.study.backtest.outcome import WORTH_A_SHARE_EUR, MixRow, Outcome

WIDTH, LEFT, RIGHT, TOP, ROW = 760, 200, 60, 64, 44
THUMB, LAAG, ONE, AIMED = "#b9c4cc", "#1f7a5c", "#0d3b2d", "#b3541e"
AIM = 0.92


def picture(rows: Sequence[MixRow], outcomes: Sequence[Outcome], title: str) -> str:
    """An SVG with two bars per mix, rule of thumb and laag, a dot for each home and window, and a line at the aim."""
    height = TOP + ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<style>text { font: 13px system-ui, sans-serif; fill: #22303a }</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
        *_legend(),
        *_axis(height),
    ]
    for at, row in enumerate(rows):
        parts += _mix(row, [one for one in outcomes if one.mix == row.mix], TOP + ROW * at)
    return "\n".join([*parts, "</svg>", ""])


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0.0), 1.0)


def _legend() -> list[str]:
    said = ((THUMB, "rule of thumb"), (LAAG, "laag"))
    parts = []
    for k, (colour, words) in enumerate(said):
        x = LEFT + 130 * k
        parts.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="48">{words}</text>')
    x = LEFT + 130 * len(said)
    return [
        *parts,
        f'<circle cx="{x}" cy="44" r="2.5" fill="#ffffff" stroke="{ONE}"/>',
        f'<text x="{x + 10}" y="48">a home in one window</text>',
        f'<line x1="{x + 172}" y1="38" x2="{x + 172}" y2="50" stroke="{AIMED}" stroke-dasharray="4 3"/>',
        f'<text x="{x + 180}" y="48">aim, {100 * AIM:.0f} %</text>',
    ]


def _axis(height: int) -> list[str]:
    bottom = height - 32
    parts = []
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent / 100)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{bottom}" stroke="#e3e8ec"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{percent} %</text>')
    aim = _x(AIM)
    return [
        *parts,
        f'<line x1="{aim:.1f}" y1="{TOP - 6}" x2="{aim:.1f}" y2="{bottom}" stroke="{AIMED}" stroke-dasharray="4 3"/>',
    ]


def _mix(row: MixRow, outcomes: Sequence[Outcome], y: int) -> list[str]:
    parts = [f'<text x="{LEFT - 12}" y="{y + 20}" text-anchor="end">{escape(row.mix)}</text>']
    for share, colour, above, tall in ((row.thumb_share, THUMB, 2, 9), (row.laag_share, LAAG, 13, 14)):
        parts.append(
            f'<rect x="{LEFT}" y="{y + above}" width="{_x(share) - LEFT:.1f}" height="{tall}" fill="{colour}"/>'
        )
    for one in outcomes:
        if one.gain_eur > WORTH_A_SHARE_EUR * one.days / 28:
            x = _x(one.gained_eur(one.laag) / one.gain_eur)
            parts.append(f'<circle cx="{x:.1f}" cy="{y + 20}" r="2.5" fill="#ffffff" stroke="{ONE}"/>')
    parts.append(
        f'<text x="{WIDTH - RIGHT + 8}" y="{y + 25}" font-weight="600">{100 * row.laag_share:.0f} %</text>'
    )
    return parts
