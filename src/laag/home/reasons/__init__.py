"""Why each device does what it does: codes and numbers for machines, one sentence for a neighbour."""

from laag.home.reasons.codes import Bound, Code, Doing, Subject
from laag.home.reasons.explain import Reasons, reasons
from laag.home.reasons.reason import Alternative, Moment, Reason
from laag.home.reasons.say import say
from laag.home.reasons.stretches import Stretch, stretches

__all__ = [
    "Alternative",
    "Bound",
    "Code",
    "Doing",
    "Moment",
    "Reason",
    "Reasons",
    "Stretch",
    "Subject",
    "reasons",
    "say",
    "stretches",
]
