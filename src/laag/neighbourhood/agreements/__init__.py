"""Agreements between neighbours: when they hold, who kept to them, what follows, and how one appeals."""

from laag.neighbourhood.agreements.book import Book, Case, Standing
from laag.neighbourhood.agreements.consequences import kept_permille
from laag.neighbourhood.agreements.lot import drawn
from laag.neighbourhood.agreements.motions import Appealed, Looked, Motion, Ruled, Told, Voiced
from laag.neighbourhood.agreements.steps import TELL_DAYS, Letter, Moment, NotTaken, judge, step
from laag.neighbourhood.agreements.watch import Verdict, Which, judged
from laag.neighbourhood.agreements.when import holds, window

__all__ = [
    "TELL_DAYS",
    "Appealed",
    "Book",
    "Case",
    "Letter",
    "Looked",
    "Moment",
    "Motion",
    "NotTaken",
    "Ruled",
    "Standing",
    "Told",
    "Verdict",
    "Voiced",
    "Which",
    "drawn",
    "holds",
    "judge",
    "judged",
    "kept_permille",
    "step",
    "window",
]
