"""Rolling plans on measured homes against no control, rules of thumb and perfect foresight."""

from laag.study.backtest.case import Case
from laag.study.backtest.errors import Error, errors
from laag.study.backtest.foresight import Foreseen, foreseen
from laag.study.backtest.habits import habit_of
from laag.study.backtest.households import SaysAll, SaysNothing
from laag.study.backtest.known import Sight
from laag.study.backtest.mixes import MIXES, Mix
from laag.study.backtest.outcome import MixRow, Outcome, by_mix, outcome
from laag.study.backtest.picture import picture
from laag.study.backtest.rolling import Way, lived
from laag.study.backtest.rules import rule_of_thumb, uncontrolled
from laag.study.backtest.said import as_said
from laag.study.backtest.score import Course, Score, Worth, score

__all__ = [
    "MIXES",
    "Case",
    "Course",
    "Error",
    "Foreseen",
    "Mix",
    "MixRow",
    "Outcome",
    "SaysAll",
    "SaysNothing",
    "Score",
    "Sight",
    "Way",
    "Worth",
    "as_said",
    "by_mix",
    "errors",
    "foreseen",
    "habit_of",
    "lived",
    "outcome",
    "picture",
    "rule_of_thumb",
    "score",
    "uncontrolled",
]
