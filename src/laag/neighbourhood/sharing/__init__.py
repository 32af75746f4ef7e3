"""Sharing what a community earned: keys that turn a pot into whole units of each member, and who gains by each of them."""

from laag.neighbourhood.sharing.facts import Band, By, Facts
from laag.neighbourhood.sharing.holdings import Leaving, Left, Moved, held, held_over, of_assets
from laag.neighbourhood.sharing.keys import KEYS, shares, weights
from laag.neighbourhood.sharing.split import split

__all__ = [
    "KEYS",
    "Band",
    "By",
    "Facts",
    "Leaving",
    "Left",
    "Moved",
    "held",
    "held_over",
    "of_assets",
    "shares",
    "split",
    "weights",
]
