"""A home that lives: the plans and orders of a simulated home, from what a real one has measured so far."""

from laag.cycle.living.knowledge import Knowledge, sight
from laag.cycle.living.mind import Thought, orders_for, think

__all__ = ["Knowledge", "Thought", "orders_for", "sight", "think"]
