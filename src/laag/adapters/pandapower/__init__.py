"""A grid saved by pandapower, read without pandapower."""

from laag.adapters.pandapower.saved import SavedGrid, read_grid

__all__ = ["SavedGrid", "read_grid"]
