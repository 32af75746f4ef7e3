"""The community's cheapest day by exchanging prices alone: prices go down, what homes would take goes up.

A round is one price per quarter-hour for all, and one answer from each home: what it would take at those prices while moving no
further than that pays for. The aggregator moves the prices by the *sum* of the answers and by nothing else (ADMM on the
sharing form), so what a home has, wants or fears stays in the home.
"""

from laag.neighbourhood.coordination.gate import Gate
from laag.neighbourhood.coordination.masks import masked
from laag.neighbourhood.coordination.messages import Answer, Ask, Connection, Refused, Settled
from laag.neighbourhood.coordination.rounds import Coordination, closed, heard, opened
from laag.neighbourhood.coordination.terms import Terms

__all__ = [
    "Answer",
    "Ask",
    "Connection",
    "Coordination",
    "Gate",
    "Refused",
    "Settled",
    "Terms",
    "closed",
    "heard",
    "masked",
    "opened",
]
