"""What a home of each group gains on average, now and by each key: a line for each group with four marks, told apart by shape."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from laag.apps.street.pages import gains_words as words
from laag.cycle.live.views import Gains
from laag.foundation.words import Lang
from laag.neighbourhood.sharing.fairness import Group
from laag.settlement.words import euros

_ROW, _TOP, _GAP = 46, 34, 12
_SIZES = (("wide", 900), ("narrow", 380))
_EDGE = 84
_SWATCH = 33


def gains_picture(found: Gains, lang: Lang) -> Markup:
    """Wide and narrow, with a legend; the same figures stand in the tables below it."""
    rows = [(way, group) for way in found.ways for group in found.groups(way)]
    means = [{one: found.mean_units(one, group) for one in found.columns} for _, group in rows]
    ends = [0, *(units for each in means for units in each.values())]
    low, high = min(ends), max(ends)
    legend = "".join(
        f'<li><svg class="swatch" viewBox="0 0 {_SWATCH} 12" aria-hidden="true">{_mark(one, _SWATCH / 2, 6)}</svg>'
        f"{escape(words.COLUMNS[one].to(lang))}</li>"
        for one in found.columns
    )
    drawn = "".join(
        _drawn(rows, means, (low, max(high, low + 1)), kind, width, lang) for kind, width in _SIZES
    )
    return Markup(  # noqa: S704 - every text in it is escaped where it is put in
        f'<figure class="chart"><ul class="legend">{legend}</ul>{drawn}</figure>'
    )


def _drawn(
    rows: list[tuple[str, Group]],
    means: list[dict[str, int]],
    ends: tuple[int, int],
    kind: str,
    width: int,
    lang: Lang,
) -> str:
    low, high = ends

    def x(units: int) -> float:
        return 10 + (width - _EDGE - 10) * (units - low) / (high - low)

    parts, y, before = [], _TOP, rows[0][0] if rows else ""
    for (way, group), each in zip(rows, means, strict=True):
        y += _GAP if way != before else 0
        before = way
        least, most = min(each.values()), max(each.values())
        name = escape(words.label(group.names).to(lang))
        parts.append(f'<text class="strong" x="0" y="{y - 14}">{name}</text>')
        parts.append(
            f'<path class="rule" d="M10 {y}H{width - _EDGE}"/><path class="zero" d="M{x(0):.1f} {y - 8}V{y + 8}"/>'
        )
        parts.append(f'<path class="line s-load" d="M{x(least):.1f} {y}H{x(most):.1f}"/>')
        parts += [_mark(one, x(units), y) for one, units in each.items()]
        parts.append(f'<text x="{width - _EDGE + 12}" y="{y + 4}">{euros(most, lang)}</text>')
        y += _ROW
    title = escape(words.MEAN.to(lang))
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {y - _ROW + 24}" role="img" aria-labelledby="gains-{kind}">'
        f'<title id="gains-{kind}">{title}</title>{"".join(parts)}</svg>'
    )


def _mark(column: str, x: float, y: float) -> str:
    match column:
        case "now":
            return f'<rect class="f-ink" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
        case "equal":
            return f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        case "pro_rata":
            corners = ((0, -6), (6, 0), (0, 6), (-6, 0))
            points = " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners)
            return f'<polygon class="f-import" points="{points}"/>'
        case _:
            return f'<circle class="f-local" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
