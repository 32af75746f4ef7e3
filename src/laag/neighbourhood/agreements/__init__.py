"""Agreements between neighbours: when they hold, who kept to them, what follows, and how one appeals."""

from laag.neighbourhood.agreements.book import Book, Case, Standing
from laag.neighbourhood.agreements.consequences import kept_permille
from laag.neighbourhood.agreements.lot import drawn
from laag.neighbourhood.agreements.motions import Appealed, Decided, Juror, Looked, Motion, Told
from laag.neighbourhood.agreements.steps import Moment, NotTaken, Outcome, step
from laag.neighbourhood.agreements.watch import Verdict, Which, judged
from laag.neighbourhood.agreements.when import holds, window

__all__ = [
    "Appealed",
    "Book",
    "Case",
    "Decided",
    "Juror",
    "Looked",
    "Moment",
    "Motion",
    "NotTaken",
    "Outcome",
    "Standing",
    "Told",
    "Verdict",
    "Which",
    "drawn",
    "holds",
    "judged",
    "kept_permille",
    "step",
    "window",
]
