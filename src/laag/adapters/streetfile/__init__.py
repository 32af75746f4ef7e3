"""A neighbourhood described in one TOML file that refers to files its author has."""

from laag.adapters.streetfile.load import StreetPlan, load_street, read_plan

__all__ = ["StreetPlan", "load_street", "read_plan"]
