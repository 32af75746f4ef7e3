"""How much of a pot the cheap guesses at Shapley's shares give to the wrong member, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from laag.study.bars import PLAIN, STRONG, Bars

BARS = Bars(width=820, left=230, right=90, row=66)
NAMES = (
    "last marginal contribution",
    "stratified expected value",
    "three classes of homes",
    "sampled, to 5 %",
)
MOST = 0.5
"""The axis ends where half of the pot goes to the wrong members."""
INSIDE_FROM = 0.33
"""Beside a longer bar there is no room for words."""


def picture(rows: Sequence[tuple[str, Sequence[float]]], title: str) -> str:
    """A group of bars per street: the guesses, and the sample in the strong colour."""
    parts = [
        part
        for at, (name, shares) in enumerate(rows)
        for part in _street(name, shares, BARS.top + BARS.row * at)
    ]
    page = BARS.page(title, len(rows), BARS.keys([(PLAIN, "guessed"), (STRONG, "sampled")], 170), parts)
    for percent in (100, 75, 50, 25):  # the axis of the page is of all; here it is of half
        page = page.replace(f">{percent} %</text>", f">{percent * MOST:g} %</text>", 1)
    return page


def _street(name: str, shares: Sequence[float], y: int) -> list[str]:
    parts = [BARS.name(name, y + 32)]
    for k, (who, share) in enumerate(zip(NAMES, shares, strict=True)):
        at = y + 4 + 14 * k
        colour = STRONG if k == len(NAMES) - 1 else PLAIN
        parts.append(BARS.bar(share / MOST, at, 11, colour))
        inside = share > INSIDE_FROM
        x = BARS.x(share / MOST) + (-8 if inside else 6)
        anchor = "end" if inside else "start"
        beyond = " →" if share > MOST else ""
        words = f"{who}: {100 * share:.1f} %{beyond}"
        parts.append(f'<text x="{x:.1f}" y="{at + 10}" font-size="11" text-anchor="{anchor}">{words}</text>')
    return parts
