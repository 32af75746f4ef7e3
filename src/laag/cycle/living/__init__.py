"""A home that lives: the plans and orders of a simulated home, from what a real one has measured so far."""

from laag.cycle.living.knowledge import Knowledge, sight
from laag.cycle.living.mind import Thought, orders_for, think
from laag.cycle.living.promises import Ordered, Promise, moved_wh, offered, promised, says

__all__ = [
    "Knowledge",
    "Ordered",
    "Promise",
    "Thought",
    "moved_wh",
    "offered",
    "orders_for",
    "promised",
    "says",
    "sight",
    "think",
]
