"""The study as one picture: how much of a street moves within ten seconds, attack by attack, with and without caution."""

from __future__ import annotations

from collections.abc import Sequence

from laag.study.bars import EDGE, PLAIN, STRONG, Bars
from laag.study.hacked.search import Found

BARS = Bars(width=820, left=330, right=70, row=34)
KEYS = ((PLAIN, "every protection off"), (STRONG, "as homes are"))
WINDOW = 1
"""Ten seconds, of ``WINDOWS_S``."""


def picture(found: Sequence[Found], swing_kw: float, title: str) -> str:
    """An SVG with two bars per attack and a line at what cannot be exceeded, all as a share of what the street can move."""
    parts = [
        part for at, one in enumerate(found) for part in _attack(one, swing_kw, BARS.top + BARS.row * at)
    ]
    return BARS.page(title, len(found), _legend(), parts)


def _legend() -> list[str]:
    x = BARS.left + 170 * len(KEYS) - 40
    return [
        *BARS.keys(KEYS, 170),
        f'<line x1="{x}" y1="37" x2="{x}" y2="51" stroke="{EDGE}" stroke-width="2"/>',
        f'<text x="{x + 8}" y="48">cannot be exceeded</text>',
    ]


def _attack(one: Found, swing_kw: float, y: int) -> list[str]:
    bare, careful = (side.steps_kw()[WINDOW] / swing_kw for side in (one.bare, one.protected))
    most = BARS.x(one.bound.kept_kw[WINDOW] / swing_kw)
    return [
        BARS.name(one.attack.name, y + 16),
        BARS.bar(bare, y + 2, 9, PLAIN),
        BARS.bar(careful, y + 13, 9, STRONG),
        f'<line x1="{most:.1f}" y1="{y + 11}" x2="{most:.1f}" y2="{y + 24}" stroke="{EDGE}" stroke-width="2"/>',
        BARS.told(f"{100 * careful:.1f} %", y + 19),
    ]
