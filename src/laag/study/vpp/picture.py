"""The windows as lying bars: of what foresight would have left over, the part that what is known left over."""

from __future__ import annotations

from collections.abc import Sequence

from laag.foundation.words import Lang, Said
from laag.study.bars import STRONG, Bars
from laag.study.vpp.outcome import Outcome
from laag.study.vpp.said import row_name, share

BARS = Bars(width=600, left=190, right=64, row=30)
TITLE = Said("Deel van wat met volledige voorkennis over was", "Part of what foresight would have left over")
KEY = Said("wat de buurt overhield", "what the street had left over")


def picture(rows: Sequence[Outcome], lang: Lang = Lang.EN) -> str:
    """An SVG with a bar for each window; a loss has none, and its number says how large it was."""
    parts = [part for at, one in enumerate(rows) for part in _row(one, BARS.top + BARS.row * at, lang)]
    return BARS.page(TITLE.to(lang), len(rows), BARS.keys(((STRONG, KEY.to(lang)),), 200), parts)


def _row(one: Outcome, y: int, lang: Lang) -> list[str]:
    part = share(one)
    return [
        BARS.name(row_name(one).to(lang), y + 16),
        BARS.bar(part, y + 5, 14, STRONG),
        BARS.told(f"{100 * part:.0f} %", y + 17),
    ]
