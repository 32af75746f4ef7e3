"""Two pictures: how unequally the pot is shared, and what a home of each group gets before and after each key."""

from __future__ import annotations

from html import escape

from laag.foundation.words import Lang, Said
from laag.neighbourhood.sharing.fairness import lorenz
from laag.settlement.words import euros
from laag.study.bars import INK, LINES, PAPER
from laag.study.fairness.gains import NAMES, Found
from laag.study.fairness.tables import SHARED, label

COLOURS = {"market": "#22303a", "equal": "#6b7680", "pro_rata": "#b3541e", "shapley": "#1f7a5c"}
DASHES = {"market": "", "equal": "2 4", "pro_rata": "7 4", "shapley": "12 3 2 3"}
"""Told apart without colour too."""
MARKS = {"market": "square", "equal": "ring", "pro_rata": "diamond", "shapley": "dot"}
LORENZ = Said(
    "Welk deel van de pot heeft welk deel van de huizen?", "Which share of the pot has which share of homes?"
)
GROUPS = Said("Wat krijgt een huis gemiddeld?", "What does a home get on average?")
_HOMES = Said("huizen, wie het minst krijgt eerst", "homes, those who get least first")
_POT = Said("van de pot", "of the pot")
_WIDE, _LEFT, _RIGHT, _TOP = 820, 290, 90, 92
_LORENZ_SIDE = 420


def lorenz_picture(found: Found, lang: Lang) -> str:
    """Lorenz' curves; the straight line would be equal."""
    side, left, top = _LORENZ_SIDE, 70, 60
    parts = [f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="{LINES}"/>']
    for quarter in range(5):
        x, y = left + side * quarter / 4, top + side - side * quarter / 4
        parts.append(f'<text x="{x:.0f}" y="{top + side + 20}" text-anchor="middle">{25 * quarter} %</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{25 * quarter} %</text>')
        parts.append(f'<line x1="{left}" x2="{left + side}" y1="{y:.0f}" y2="{y:.0f}" stroke="{LINES}"/>')
    for at, column in enumerate(SHARED):
        points = " ".join(
            f"{left + side * x:.1f},{top + side * (1 - y):.1f}"
            for x, y in lorenz(found.columns[column].tolist())
        )
        line = (
            f'fill="none" stroke="{COLOURS[column]}" stroke-width="2.5" stroke-dasharray="{DASHES[column]}"'
        )
        parts.append(f'<polyline points="{points}" {line}/>')
        y = top + 20 + 26 * at
        parts.append(f'<line x1="{left + side + 24}" x2="{left + side + 72}" y1="{y}" y2="{y}" {line}/>')
        parts.append(f'<text x="{left + side + 82}" y="{y + 4}">{escape(NAMES[column].to(lang))}</text>')
    parts.append(f'<text x="{left}" y="{top + side + 42}">{_HOMES.to(lang)}</text>')
    parts.append(f'<text x="{left}" y="{top - 10}">{_POT.to(lang)}</text>')
    return _page(LORENZ.to(lang), top + side + 56, parts)


def groups_picture(found: Found, lang: Lang) -> str:
    """A line for each group, with a mark for the market and for each key."""
    rows = [(way, group) for way in found.ways for group in found.groups(way)]
    values = {(way, group): {c: found.mean_units(c, group) for c in SHARED} for way, group in rows}
    most = max(max(each.values()) for each in values.values()) or 1

    def x(units: int) -> float:
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * units / most

    parts: list[str] = []
    for at, column in enumerate(SHARED):
        across, down = 16 + 400 * (at % 2), 48 + 20 * (at // 2)
        parts.append(_mark(column, across + 6, down - 4))
        parts.append(f'<text x="{across + 20}" y="{down}">{escape(NAMES[column].to(lang))}</text>')
    y, before = _TOP, rows[0][0] if rows else ""
    for way, group in rows:
        y += 14 if way != before else 0
        before = way
        each = values[way, group]
        parts.append(
            f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(label(group, lang))}</text>'
        )
        low, high = x(min(each.values())), x(max(each.values()))
        parts.append(
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="#b9c4cc" stroke-width="3"/>'
        )
        parts += [_mark(column, x(units), y) for column, units in each.items()]
        parts.append(f'<text x="{high + 12:.1f}" y="{y + 4}">{euros(max(each.values()), lang)}</text>')
        y += 28
    return _page(GROUPS.to(lang), y + 4, parts)


def _mark(column: str, x: float, y: float) -> str:
    colour = COLOURS[column]
    match MARKS[column]:
        case "square":
            return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}"/>'
        case "ring":
            return (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PAPER}" stroke="{colour}" stroke-width="2"/>'
            )
        case "diamond":
            return f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z" fill="{colour}"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour}"/>'


def _page(title: str, height: float, parts: list[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height:.0f}" role="img">',
            f"<style>text {{ font: 13px system-ui, sans-serif; fill: {INK} }}</style>",
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDE}" height="{height:.0f}" fill="{PAPER}"/>',
            f'<text x="16" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )
