"""The rules a community can choose from, side by side: each is one function from books to clearings.

What each keeps of the rule book's promises stands in docs/market-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from laag.foundation.contracts import Books, Clearings
from laag.foundation.errors import BadOrder
from laag.neighbourhood.market import (
    layered,
    literal,
    mid_market,
    pay_as_bid,
    peer_to_peer,
    uniform,
)

Rule = Callable[[Books], Clearings]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "layered": layered.clear,
        "literal": literal.clear,
        "uniform": uniform.clear,
        "pay_as_bid": pay_as_bid.clear,
        "mid_market": mid_market.clear,
        "peer_to_peer": peer_to_peer.clear,
    }
)

BILATERAL = frozenset({"pay_as_bid", "peer_to_peer"})
"""Rules under which every match has a price of its own."""

WITH_FUND = frozenset({"literal"})
"""Rules under which the community fund takes part."""


def clear(rule: str, books: Books) -> Clearings:
    """Clear books by the rule of that name; the clearing says which rule, and which version of it, it followed."""
    if rule not in RULES:
        raise BadOrder(f"there is no market rule {rule!r}; choose one of {', '.join(RULES)}")
    return RULES[rule](books)
