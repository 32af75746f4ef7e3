"""Flexibility bought cheaply: the offers that together resolve every overloaded cable and every voltage, for the least.

``cheapest`` chooses, ``holding`` until a power flow agrees; ``first`` is the plain way to choose that it is held beside. What the rules are, and an example,
stands in docs/flexibility.md.
"""

from laag.foundation.flex import Offer, Rebound, Step
from laag.neighbourhood.flexibility.cheapest import cheapest
from laag.neighbourhood.flexibility.chosen import Chosen, Reason, Why
from laag.neighbourhood.flexibility.first import cheapest_first
from laag.neighbourhood.flexibility.holding import holding
from laag.neighbourhood.flexibility.need import Need, joined
from laag.neighbourhood.flexibility.pay import Rule
from laag.neighbourhood.flexibility.say import say

__all__ = [
    "Chosen",
    "Need",
    "Offer",
    "Reason",
    "Rebound",
    "Rule",
    "Step",
    "Why",
    "cheapest",
    "cheapest_first",
    "holding",
    "joined",
    "say",
]
