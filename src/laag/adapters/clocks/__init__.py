"""The time: the wall's, or one that runs faster so that a day can be watched."""

from laag.adapters.clocks.clocks import Faster, Wall, clock_of, faster

__all__ = ["Faster", "Wall", "clock_of", "faster"]
