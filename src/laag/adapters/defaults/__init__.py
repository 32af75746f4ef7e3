"""Public defaults as shipped, one TOML file an edition, and a community's own.

>>> from laag.adapters import defaults
>>> defaults.load().provenance.said.en
'Public default nl-2026.11, proposed by the authors of laag on 2026-11-22, not yet adopted by any community.'
"""

from laag.adapters.defaults.load import NEWEST, load, shipped

__all__ = ["NEWEST", "load", "shipped"]
