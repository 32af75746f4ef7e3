"""Prices from ENTSO-E's transparency platform: day-ahead of tomorrow, imbalance of yesterday."""

from laag.adapters.entsoe.link import NETHERLANDS, Entsoe
from laag.adapters.entsoe.token import token_of

__all__ = ["NETHERLANDS", "Entsoe", "token_of"]
