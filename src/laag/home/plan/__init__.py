"""The cheapest feasible day of a home, with what a kWh is worth in each quarter-hour of it."""

from laag.home.plan.cheapest import cheapest
from laag.home.plan.day import Plan
from laag.home.plan.hedged import hedged

__all__ = ["Plan", "cheapest", "hedged"]
