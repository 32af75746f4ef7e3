"""The next instruction, from the plan and from what is measured now."""

from laag.home.operate.stretch import Actual, Operated, Replan, Replanned, Triggers, Watch, stretch

__all__ = ["Actual", "Operated", "Replan", "Replanned", "Triggers", "Watch", "stretch"]
