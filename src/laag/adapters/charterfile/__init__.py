"""A charter as a TOML file: exactly its articles, each under its own sentence."""

from laag.adapters.charterfile.read import faults, of_tables, parse, read
from laag.adapters.charterfile.write import text

__all__ = ["faults", "of_tables", "parse", "read", "text"]
