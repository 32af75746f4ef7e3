"""The next instruction, from the plan and from what is measured now."""

from laag.home.operate.absorb import Absorbing
from laag.home.operate.lived import Actual, Operated, Replanned, Watch
from laag.home.operate.stretch import Replan, Triggers, stretch

__all__ = ["Absorbing", "Actual", "Operated", "Replan", "Replanned", "Triggers", "Watch", "stretch"]
