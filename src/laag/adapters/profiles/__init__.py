"""Household load and generation from any table with a time and a power or energy column."""

from laag.adapters.profiles.profile import read_load, read_pv

__all__ = ["read_load", "read_pv"]
