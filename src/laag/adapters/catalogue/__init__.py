"""Configurations of homes and of communities that others can start from: signed, and without anything personal in them."""

from laag.adapters.catalogue.entry import Community, Entry, Home, Words
from laag.adapters.catalogue.made import community_of, home_of, shareable
from laag.adapters.catalogue.signed import EXAMPLE, example_key, parse, read, signed

__all__ = [
    "EXAMPLE",
    "Community",
    "Entry",
    "Home",
    "Words",
    "community_of",
    "example_key",
    "home_of",
    "parse",
    "read",
    "shareable",
    "signed",
]
