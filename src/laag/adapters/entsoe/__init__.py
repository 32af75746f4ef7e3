"""Prices from ENTSO-E's transparency platform: day-ahead of tomorrow, imbalance of yesterday, and what to use without them."""

from laag.adapters.entsoe.fallback import FallenBack, fallen_back, without_imbalance
from laag.adapters.entsoe.link import NETHERLANDS, Entsoe
from laag.adapters.entsoe.token import token_of

__all__ = ["NETHERLANDS", "Entsoe", "FallenBack", "fallen_back", "token_of", "without_imbalance"]
