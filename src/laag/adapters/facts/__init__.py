"""Dated Dutch figures as shipped in ``nl.toml``, and a community's own on top.

>>> from datetime import date
>>> from laag.adapters import facts
>>> facts.load(date(2026, 1, 1))["energy_tax.0"].value
9161
"""

from laag.adapters.facts.load import load

__all__ = ["load"]
