"""Days beside each other as a picture: one bar up, one down, with the same figures in the page's table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from laag.apps.home.words import decimal
from laag.apps.web.charts import ticks
from laag.foundation.words import Lang, Said

_TOP, _FOOT, _LEFT = 10, 24, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; ``None`` where nothing is known."""

    label: str
    up: float | None
    down: float | None


def bars(name: str, title: Said, days: Sequence[Bar], unit: str, lang: Lang) -> Markup:
    """The picture, for a wide and for a narrow screen.

    >>> "<rect" in bars("week", Said("Week", "Week"), [Bar("ma", 4.0, 1.0)], "kWh", Lang.NL)
    True
    """
    if not any(one.up is not None for one in days):
        return Markup("")
    pictures = "".join(
        _picture(f"{name}-{kind}", kind, size, title.to(lang), days, unit, lang)
        for kind, size in (("wide", (900, 260)), ("narrow", (380, 230)))
    )
    caption = f"<figcaption>{escape(title.to(lang))} <small>{escape(unit)}</small></figcaption>"
    return Markup(f'<figure class="chart">{caption}{pictures}</figure>')  # noqa: S704 - every text in it is escaped


def _picture(
    name: str, kind: str, size: tuple[int, int], title: str, days: Sequence[Bar], unit: str, lang: Lang
) -> str:
    width, height = size
    marks = ticks(min(-(one.down or 0.0) for one in days), max((one.up or 0.0) for one in days))
    low, high = marks[0], marks[-1]

    def y(value: float) -> float:
        return _TOP + (high - value) / (high - low) * (height - _TOP - _FOOT)

    about = "; ".join(f"{one.label}: {_amount(one.up, lang)} {unit}" for one in days)
    parts = [
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-about">',
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-about">{escape(about)}</desc>',
    ]
    for mark in marks:
        line = "zero" if mark == 0 else "rule"
        parts.append(f'<path class="{line}" d="M{_LEFT} {y(mark):.1f}H{width - 4}"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y(mark) + 4:.1f}" text-anchor="end">{_amount(mark, lang)}</text>'
        )
    each = (width - _LEFT - 4) / len(days)
    every = 1 if each > 26 else 5
    for i, one in enumerate(days):
        left = _LEFT + i * each
        parts += _bar(left + 0.14 * each, 0.72 * each, one, y)
        if i % every == 0:
            parts.append(
                f'<text x="{left + each / 2:.1f}" y="{height - 7}" text-anchor="middle">{escape(one.label)}</text>'
            )
    return "".join([*parts, "</svg>"])


def _bar(left: float, width: float, one: Bar, y: object) -> Iterator[str]:
    assert callable(y)
    if one.up:
        yield f'<rect class="f-import" x="{left:.1f}" y="{y(one.up):.1f}" width="{width:.1f}" height="{y(0) - y(one.up):.1f}"/>'
    if one.down:
        yield f'<rect class="f-export" x="{left:.1f}" y="{y(0):.1f}" width="{width:.1f}" height="{y(-one.down) - y(0):.1f}"/>'


def _amount(value: float | None, lang: Lang) -> str:
    return "–" if value is None else decimal(value, 0 if abs(value) >= 10 or value == int(value) else 1, lang)
