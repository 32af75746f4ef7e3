"""A day as a picture that the server draws: lines in steps, with the same figures in a table behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from laag.apps.home.words import decimal
from laag.apps.web import words
from laag.apps.web.written import NONE
from laag.foundation.words import Lang, Said

COLOURS = ("local", "import", "export", "tax", "load", "pv", "battery", "ev", "heat_pump", "ink", "bad")
_TOP, _FOOT = 12, 26


@dataclass(frozen=True, slots=True)
class Line:
    """One number per step; ``None`` or ``nan`` draws nothing. ``colour`` is one of ``COLOURS``; ``dashed`` is for limits."""

    name: Said
    values: Sequence[float | None]
    colour: str = "ink"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """Where in the picture the figures lie, and between which numbers."""

    width: int
    height: int
    left: int
    low: float
    high: float
    steps: int

    def x(self, step: float) -> float:
        return self.left + step * (self.width - self.left - 4) / max(self.steps, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _TOP + (1 - share) * (self.height - _TOP - _FOOT)


def chart(
    name: str,
    title: Said,
    lines: Sequence[Line],
    times: Sequence[str],
    unit: str,
    lang: Lang,
    *,
    now: int | None = None,
    places: int = 1,
    days: Sequence[str] = (),
    up_to: float = 0.0,
) -> Markup:
    """A figure: a picture for a wide and one for a narrow screen, what each line is, and the table.

    ``times`` are the starts of the steps as ``HH:MM``; ``now`` is the step in which we are; ``days`` are the names of the
    days in which the steps lie, where there are several; the picture reaches at least ``up_to``.
    """
    known = [value for line in lines for value in map(_number, line.values) if value is not None]
    if not known:
        return Markup("")
    summary = "; ".join(_summary(line, unit, lang, places) for line in lines)
    pictures = "".join(
        _picture(
            f"{name}-{kind}",
            kind,
            size,
            title.to(lang),
            summary,
            lines,
            times,
            days,
            now,
            [*known, up_to],
            lang,
        )
        for kind, size in (("wide", (900, 300)), ("narrow", (380, 260)))
    )
    legend = "".join(
        f'<li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><path d="M0 4h22" class="s-{line.colour}{_dash(line)}"/></svg>'
        f"{escape(line.name.to(lang))}</li>"
        for line in lines
    )
    return Markup(  # noqa: S704 - every text in it is escaped where it is put in
        f'<figure class="chart"><figcaption>{escape(title.to(lang))} <small>{escape(unit)}</small></figcaption>'
        f'<ul class="legend">{legend}</ul>{pictures}{_table(title, lines, _moments(times, days), lang, places)}</figure>'
    )


def _picture(
    name: str,
    kind: str,
    size: tuple[int, int],
    title: str,
    summary: str,
    lines: Sequence[Line],
    times: Sequence[str],
    days: Sequence[str],
    now: int | None,
    known: Sequence[float],
    lang: Lang,
) -> str:
    marks = ticks(min(*known, 0.0), max(*known, 0.0))
    widest = max(len(_mark(mark, marks, lang)) for mark in marks)
    box = _Box(*size, 10 + 7 * widest, marks[0], marks[-1], len(times))
    parts = [
        f'<svg class="{kind}" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="{name}-title {name}-about">',
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-about">{escape(summary)}</desc>',
        *(_across(mark, marks, box, lang) for mark in marks),
        *_hours(times, _names(days, kind), box, (3 if kind == "wide" else 6) * max(len(set(days)), 1)),
        *_now(now, box),
        *(
            f'<path class="line s-{line.colour}{_dash(line)}" d="{steps(line.values, box)}"/>'
            for line in lines
        ),
        "</svg>",
    ]
    return "".join(parts)


def ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers from below the lowest to above the highest.

    >>> ticks(-3.2, 21), ticks(0, 0.4)
    ([-5.0, 0.0, 5.0, 10.0, 15.0, 20.0, 25.0], [0.0, 0.1, 0.2, 0.3, 0.4])
    """
    span = max(high - low, 1e-6)
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * by for by in (1, 2, 5, 10) if span / (power * by) <= 5.5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * at, 9) for at in range(first, max(last, first + 1) + 1)]


def _across(mark: float, marks: Sequence[float], box: _Box, lang: Lang) -> str:
    y = box.y(mark)
    kind = "zero" if mark == 0 else "rule"
    return (
        f'<path class="{kind}" d="M{box.left} {y:.1f}H{box.width - 4}"/>'
        f'<text x="{box.left - 6}" y="{y + 4:.1f}" text-anchor="end">{_mark(mark, marks, lang)}</text>'
    )


def _mark(mark: float, marks: Sequence[float], lang: Lang) -> str:
    places = max(0, -math.floor(math.log10(marks[1] - marks[0]) + 1e-9))
    return decimal(mark, places, lang)


def _hours(times: Sequence[str], days: Sequence[str], box: _Box, apart: int) -> Iterator[str]:
    """Whole hours so far ``apart``; where a day begins its name instead, and a line."""
    for step, at in enumerate(times):
        begins = bool(days) and (step == 0 or days[step] != days[step - 1])
        whole = at.endswith(":00") and int(at[:2]) % apart == 0
        if begins or (whole and (step == 0 or times[step - 1][:2] != at[:2])):
            anchor = "start" if step == 0 else "middle"
            words_of = escape(days[step] if begins else at)
            yield f'<text x="{box.x(step):.1f}" y="{box.height - 8}" text-anchor="{anchor}">{words_of}</text>'
        if begins and step:
            yield f'<path class="rule" d="M{box.x(step):.1f} {_TOP}V{box.height - _FOOT}"/>'


def _names(days: Sequence[str], kind: str) -> Sequence[str]:
    """Under a narrow picture there is no room for months."""
    return days if kind == "wide" else [" ".join(day.split()[:2]) for day in days]


def _moments(times: Sequence[str], days: Sequence[str]) -> list[str]:
    return [f"{day} {at}" for day, at in zip(days, times, strict=True)] if days else list(times)


def _now(now: int | None, box: _Box) -> Iterator[str]:
    if now is not None:
        left, right = box.x(now), box.x(now + 1)
        yield f'<rect class="now" x="{left:.1f}" y="{_TOP}" width="{max(right - left, 2):.1f}" height="{box.height - _TOP - _FOOT}"/>'


def steps(values: Sequence[float | None], box: _Box) -> str:
    """The path of one line; it is lifted where there is nothing."""
    path, drawn = [], False
    for step, value in enumerate(map(_number, values)):
        if value is None:
            drawn = False
            continue
        y = box.y(value)
        path.append(f"V{y:.1f}" if drawn else f"M{box.x(step):.1f} {y:.1f}")
        path.append(f"H{box.x(step + 1):.1f}")
        drawn = True
    return "".join(path)


def _table(title: Said, lines: Sequence[Line], times: Sequence[str], lang: Lang, places: int) -> str:
    heads = "".join(f'<th scope="col" class="n">{escape(line.name.to(lang))}</th>' for line in lines)
    rows = "".join(
        f'<tr><th scope="row">{escape(at)}</th>'
        + "".join(f'<td class="n">{_cell(line.values[step], lang, places)}</td>' for line in lines)
        + "</tr>"
        for step, at in enumerate(times)
    )
    caption = escape(title.to(lang))
    return (
        f"<details><summary>{escape(words.TABLE_BEHIND.to(lang))}</summary>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><caption class="unseen">{caption}</caption>'
        f'<thead><tr><th scope="col">{escape(words.TIME.to(lang))}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _cell(value: float | None, lang: Lang, places: int) -> str:
    known = _number(value)
    return NONE if known is None else decimal(known, places, lang)


def _summary(line: Line, unit: str, lang: Lang, places: int) -> str:
    known = [value for value in map(_number, line.values) if value is not None]
    if not known:
        return f"{line.name.to(lang)}: {NONE}"
    low, high = (decimal(value, places, lang) for value in (min(known), max(known)))
    return f"{line.name.to(lang)}: {low} {Said('tot', 'to').to(lang)} {high} {unit}"


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _dash(line: Line) -> str:
    return " dashed" if line.dashed else ""
