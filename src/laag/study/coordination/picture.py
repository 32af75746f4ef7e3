"""What the street takes over one day, a strip per way, with the transformer's limit: the herd, and what becomes of it.

Narrow on purpose: it is read on a telephone.
"""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from laag.foundation.words import Lang, Said
from laag.study.coordination.homes import OWN_PTUS
from laag.study.coordination.row import Row, Study
from laag.study.coordination.said import NAMES

WIDTH, LEFT, RIGHT, TOP, STRIP, GAP = 420, 44, 10, 40, 84, 34
FILL, BEYOND, LIMIT, INK, SOFT = "#8fb8ad", "#b3541e", "#8a2b12", "#22303a", "#56636c"
SHOWN = ("alone", "signal", "prices", "operator", "layered")
FIRST_HOUR = 12


def picture(study: Study, lang: Lang = Lang.EN) -> str:
    """An SVG of the day on which the street alone would take most."""
    rows = [row for row in study.rows if row.way in SHOWN]
    kw = {row.way: np.array(row.street_kw) for row in rows}
    day = int(np.argmax(kw[rows[0].way].reshape(-1, OWN_PTUS).max(axis=1)))
    here = slice(day * OWN_PTUS, (day + 1) * OWN_PTUS)
    high = 1.08 * max(study.limit_kw, *(float(one[here].max()) for one in kw.values()))
    low = 1.08 * max(10.0, *(float(-one[here].min()) for one in kw.values()))
    height = TOP + len(rows) * (STRIP + GAP) + 16
    title = Said(
        f"Wat {study.homes} huizen samen afnemen, van middag tot middag",
        f"What {study.homes} homes take together, from noon to noon",
    ).to(lang)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        f"<style>text {{ font: 13px system-ui, sans-serif; fill: {INK} }} .soft {{ fill: {SOFT}; font-size: 12px }}</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="22" font-size="14" font-weight="600">{escape(title)}</text>',
    ]
    for at, row in enumerate(rows):
        parts += _strip(study, row, kw[row.way][here], TOP + at * (STRIP + GAP), (high, low), lang)
    parts += _hours(height - 6)
    return "\n".join([*parts, "</svg>", ""])


def _strip(
    study: Study, row: Row, kw: NDArray[np.float64], y: int, reach: tuple[float, float], lang: Lang
) -> list[str]:
    high, low = reach
    top, per = y + 18, STRIP / (high + low)
    zero = top + high * per
    most = Said(f"hoogste {kw.max():.0f} kW", f"highest {kw.max():.0f} kW").to(lang)
    parts = [
        f'<text x="12" y="{y + 10}" font-weight="600">{escape(NAMES[row.way].to(lang))}</text>',
        f'<text class="soft" x="{WIDTH - RIGHT}" y="{y + 10}" text-anchor="end">{most}</text>',
        f'<path d="{_area(np.clip(kw, -study.limit_kw, study.limit_kw), zero, per)}" fill="{FILL}"/>',
    ]
    beyond = np.maximum(kw - study.limit_kw, 0.0)
    if beyond.any():
        parts.append(f'<path d="{_area(beyond, zero - study.limit_kw * per, per)}" fill="{BEYOND}"/>')
    limit = zero - study.limit_kw * per
    return [
        *parts,
        f'<line x1="{LEFT}" y1="{limit:.1f}" x2="{WIDTH - RIGHT}" y2="{limit:.1f}" stroke="{LIMIT}" stroke-dasharray="5 3"/>',
        f'<text class="soft" x="{LEFT - 4}" y="{limit + 4:.1f}" text-anchor="end">{study.limit_kw:.0f}</text>',
        f'<line x1="{LEFT}" y1="{zero:.1f}" x2="{WIDTH - RIGHT}" y2="{zero:.1f}" stroke="{INK}"/>',
        f'<text class="soft" x="{LEFT - 4}" y="{zero + 4:.1f}" text-anchor="end">0</text>',
    ]


def _area(kw: NDArray[np.float64], zero: float, per: float) -> str:
    wide = (WIDTH - LEFT - RIGHT) / len(kw)
    steps = [f"M{LEFT} {zero:.1f}"]
    steps += [f"V{zero - one * per:.1f}H{LEFT + (at + 1) * wide:.1f}" for at, one in enumerate(kw.tolist())]
    return "".join([*steps, f"V{zero:.1f}Z"])


def _hours(y: int) -> list[str]:
    wide = (WIDTH - LEFT - RIGHT) / 24
    anchors = {0: "start", 24: "end"}
    return [
        f'<text class="soft" x="{LEFT + hour * wide:.1f}" y="{y}" text-anchor="{anchors.get(hour, "middle")}">'
        f"{(FIRST_HOUR + hour) % 24:02d}:00</text>"
        for hour in range(0, 25, 6)
    ]
