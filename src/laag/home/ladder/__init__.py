"""Which signal goes first, and why."""

from laag.home.ladder.claims import Claim, Floor, Guarantee, Level, Limit, On, SunFirst, shifted
from laag.home.ladder.rungs import BY_LAW, USUAL, Ladder, Rung

__all__ = [
    "BY_LAW",
    "USUAL",
    "Claim",
    "Floor",
    "Guarantee",
    "Ladder",
    "Level",
    "Limit",
    "On",
    "Rung",
    "SunFirst",
    "shifted",
]
