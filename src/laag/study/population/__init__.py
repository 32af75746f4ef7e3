"""The built-in street: about sixty synthetic homes, their weather, cables and prices, reproducible by seed."""

from laag.study.population.build import street

__all__ = ["street"]
