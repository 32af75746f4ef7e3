"""A living neighbourhood of two thousand homes on one machine: what it bears, and how soon it answers."""
