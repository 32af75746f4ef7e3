"""The next instruction, from the plan and from what is measured now.

:func:`stretch` lives quarter-hours of a real day, for simulation and backtests; :func:`instructions` is asked every few
seconds in a home that is really there.
"""

from laag.home.operate.absorb import Absorbing
from laag.home.operate.caution import Caution, Signal, believed, bounded
from laag.home.operate.heard import Heard, Patience, Reading
from laag.home.operate.instruct import Because, Instruction, Why
from laag.home.operate.link import DeviceLink, Measured
from laag.home.operate.live import instructions
from laag.home.operate.lived import Actual, Operated, Replanned, Watch
from laag.home.operate.memory import Live, Memory
from laag.home.operate.pace import Pace
from laag.home.operate.sentences import say
from laag.home.operate.stretch import Replan, Triggers, stretch

__all__ = [
    "Absorbing",
    "Actual",
    "Because",
    "Caution",
    "DeviceLink",
    "Heard",
    "Instruction",
    "Live",
    "Measured",
    "Memory",
    "Operated",
    "Pace",
    "Patience",
    "Reading",
    "Replan",
    "Replanned",
    "Signal",
    "Triggers",
    "Watch",
    "Why",
    "believed",
    "bounded",
    "instructions",
    "say",
    "stretch",
]
