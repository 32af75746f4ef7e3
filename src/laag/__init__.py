"""laag: an open, layered energy system."""

__version__ = "0.1.0"
