"""The study as one picture: how much of a street moves within ten seconds, attack by attack, with and without caution."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from laag.study.hacked.search import Found

WIDTH, LEFT, RIGHT, TOP, ROW = 820, 330, 70, 64, 34
BARE, CAREFUL, MOST = "#b9c4cc", "#1f7a5c", "#b3541e"
WINDOW = 1
"""Ten seconds, of ``WINDOWS_S``."""


def picture(found: Sequence[Found], swing_kw: float, title: str) -> str:
    """An SVG with two bars per attack and a line at what cannot be exceeded, all as a share of what the street can move."""
    height = TOP + ROW * len(found) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<style>text { font: 13px system-ui, sans-serif; fill: #22303a }</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
        *_legend(),
        *_axis(height),
    ]
    for at, one in enumerate(found):
        parts += _attack(one, swing_kw, TOP + ROW * at)
    return "\n".join([*parts, "</svg>", ""])


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0.0), 1.0)


def _legend() -> list[str]:
    said = ((BARE, "every protection off"), (CAREFUL, "as homes are"))
    parts = []
    for k, (colour, words) in enumerate(said):
        x = LEFT + 170 * k
        parts.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="48">{words}</text>')
    x = LEFT + 170 * len(said) - 40
    return [
        *parts,
        f'<line x1="{x}" y1="37" x2="{x}" y2="51" stroke="{MOST}" stroke-width="2"/>',
        f'<text x="{x + 8}" y="48">cannot be exceeded</text>',
    ]


def _axis(height: int) -> list[str]:
    parts = []
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent / 100)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{height - 32}" stroke="#e3e8ec"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 14}" text-anchor="middle">{percent} %</text>')
    return parts


def _attack(one: Found, swing_kw: float, y: int) -> list[str]:
    bare, careful = (side.steps_kw()[WINDOW] / swing_kw for side in (one.bare, one.protected))
    most = _x(one.bound.kept_kw[WINDOW] / swing_kw)
    return [
        f'<text x="{LEFT - 12}" y="{y + 16}" text-anchor="end">{escape(one.attack.name)}</text>',
        f'<rect x="{LEFT}" y="{y + 2}" width="{_x(bare) - LEFT:.1f}" height="9" fill="{BARE}"/>',
        f'<rect x="{LEFT}" y="{y + 13}" width="{_x(careful) - LEFT:.1f}" height="9" fill="{CAREFUL}"/>',
        f'<line x1="{most:.1f}" y1="{y + 11}" x2="{most:.1f}" y2="{y + 24}" stroke="{MOST}" stroke-width="2"/>',
        f'<text x="{WIDTH - RIGHT + 8}" y="{y + 19}" font-weight="600">{100 * careful:.1f} %</text>',
    ]
