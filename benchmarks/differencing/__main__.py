"""`python -m benchmarks.differencing`: what 1,000 pairs of answers, a year of them, and least squares over all of them find out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.differencing.attacks import (
    AFFORDED,
    TOTAL,
    Guesses,
    Told,
    bare,
    measured_epsilon,
    measured_year,
    pairs,
    reconstruction,
    year_of_answers,
)
from benchmarks.differencing.street import street
from laag.adapters.noise import noise
from laag.neighbourhood.commons.noise import Noise
from laag.neighbourhood.commons.questions import SHIPPED
from laag.study.bars import EDGE, STRONG, Bars

BARS = Bars(820, 330, 70, 34)
MANY = 3_000


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables, and draw what is left of each guess."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differencing", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--tries", type=int, default=10_000, help="of each question, to measure its epsilon")
    parser.add_argument("--picture", type=Path, help="where to draw it, as SVG")
    asked = parser.parse_args(arguments)
    made = noise()
    if made is None:
        print("the noise is not installed; pip install 'laag[research]' adds it")
        return
    sure, by = made
    wh = street()
    print(f"60 made-up homes, a year of quarter-hours; noise: {by}\n")
    rows = list(_guesses(wh, sure, asked.pairs))
    print(
        "| who guesses, and what it read | of | off before, Wh | without noise | with noise |\n|---|---|---|---|---|"
    )
    for name, of, before, plain, after in rows:
        print(f"| {name} | {of} | {before:,.0f} | {plain:,.0f} | {after:,.0f} |")
    print("\n| answers | epsilon stated | epsilon surely given away (95 %) |\n|---|---|---|")
    for told in _epsilons(sure, asked.tries):
        print(f"| {told.name} | {told.stated:g} | {max(told.at_least, 0):.3f} |")
    if asked.picture is not None:
        asked.picture.write_text(drawn(rows), "utf-8")


def _guesses(wh: np.ndarray, sure: Noise, tries: int) -> list[tuple[str, str, float, float, float]]:
    both = [pairs(wh, one, tries) for one in (bare, sure)]
    year = [year_of_answers(wh, one, tries) for one in (bare, sure)]
    few = [reconstruction(wh, one, 600) for one in (bare, sure)]
    many = [reconstruction(wh, one, MANY, budget=False) for one in (bare, sure)]
    asked = few[0].answers
    return [
        ("two answers that differ by one home", "its period", *_middles([one[0] for one in both])),
        ("the same, and all else of that home", "a quarter-hour", *_middles([one[1] for one in both])),
        (f"a year's budget ({AFFORDED} answers), and all else", "a quarter-hour", *_middles(year)),
        (f"least squares, a year's budget ({asked} answers)", "a week", few[0].before_wh, few[0].after_wh, few[1].after_wh),
        (f"least squares, no budget ({MANY:,} answers)", "a week", many[0].before_wh, many[0].after_wh, many[1].after_wh),
    ]  # fmt: skip


def _middles(found: Sequence[Guesses]) -> tuple[float, float, float]:
    plain, noisy = found
    return float(np.median(plain.before)), float(np.median(plain.after)), float(np.median(noisy.after))


def _epsilons(sure: Noise, tries: int) -> list[Told]:
    found = [measured_epsilon(one, sure, tries) for one in SHIPPED.values() if one.needs_noise]
    found.append(measured_year(sure, 10 * tries))
    third = measured_epsilon(TOTAL, lambda values, reach, micro: sure(values, -(-reach // 3), micro), tries)
    found.append(Told(f"{TOTAL.name}, noise made three times too narrow", third.stated, third.at_least))
    plain = measured_epsilon(TOTAL, bare, tries)
    return [*found, Told(f"{TOTAL.name}, no noise", plain.stated, plain.at_least)]


def drawn(rows: Sequence[tuple[str, str, float, float, float]]) -> str:
    """What is left of each guess's distance: 100 % is who read nothing."""
    parts = []
    for at, (name, of, before, plain, after) in enumerate(rows):
        y = BARS.top + BARS.row * at
        parts.append(f'<text x="16" y="{y + 13}" font-size="12">{name}</text>')
        parts.append(f'<text x="16" y="{y + 27}" font-size="11" fill="#5b6870">{of}</text>')
        for drop, value, colour in ((0, plain, EDGE), (12, after, STRONG)):
            share = value / before
            wide = max(BARS.x(share) - BARS.left, 2)
            parts.append(
                f'<rect x="{BARS.left}" y="{y + 2 + drop}" width="{wide:.0f}" height="10" fill="{colour}"/>'
            )
            parts.append(
                f'<text x="{BARS.left + wide + 5:.0f}" y="{y + 11 + drop}" font-size="11">{share:.0%}</text>'
            )
    legend = BARS.keys([(EDGE, "without noise"), (STRONG, "with the noise that is given")], 150)
    return BARS.page(
        "How far off who guesses stays, of how far off who read nothing is", len(rows), legend, parts
    )


if __name__ == "__main__":
    main(sys.argv[1:])
