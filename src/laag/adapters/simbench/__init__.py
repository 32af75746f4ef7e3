"""A SimBench low-voltage grid, as pandapower saves it, as homes, feeders and a transformer."""

from laag.adapters.simbench.homes import read_homes
from laag.adapters.simbench.net import Net, read_net
from laag.adapters.simbench.tree import Tree, walk

__all__ = ["Net", "Tree", "read_homes", "read_net", "walk"]
