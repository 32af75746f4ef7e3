"""A neighbourhood as it lives: small events as they come, folded by the functions that a simulated day uses."""

from laag.cycle.live.agenda import due, gate, next_at, round_gate, settled_at
from laag.cycle.live.charters import first_open
from laag.cycle.live.codec import from_event, to_event
from laag.cycle.live.consents import consenting, said_yes
from laag.cycle.live.digests import told_by
from laag.cycle.live.effects import Cleared, Effect, Refused, RoundCleared
from laag.cycle.live.fold import apply, begin
from laag.cycle.live.judge import judge
from laag.cycle.live.messages import (
    Amended,
    Asked,
    Changed,
    Closed,
    Flexed,
    Imbalanced,
    Intraday,
    Joined,
    Left,
    Message,
    Metered,
    Offered,
    Ordered,
    Passed,
    Priced,
    RoundClosed,
    Rows,
    Settle,
    Steps,
)
from laag.cycle.live.messages_agreements import Appealed, Expected, Ruled, Took, Voiced, Weighed
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.cycle.live.messages_limited import Limited, Runs
from laag.cycle.live.messages_people import SupportAsked, SupportPaid
from laag.cycle.live.neighbourhood import Cable, Neighbourhood
from laag.cycle.live.state import Asking, DaySettled, Live

__all__ = [
    "Amended",
    "Answered",
    "Appealed",
    "Asked",
    "Asking",
    "Cable",
    "Changed",
    "Cleared",
    "Closed",
    "ConsentWithdrawn",
    "Consented",
    "DaySettled",
    "Effect",
    "Expected",
    "Flexed",
    "Imbalanced",
    "Intraday",
    "Joined",
    "Left",
    "Limited",
    "Live",
    "Message",
    "Metered",
    "Neighbourhood",
    "Offered",
    "Ordered",
    "Passed",
    "Priced",
    "Refused",
    "RoundCleared",
    "RoundClosed",
    "Rows",
    "Ruled",
    "Runs",
    "Settle",
    "Steps",
    "SupportAsked",
    "SupportPaid",
    "Took",
    "Voiced",
    "Weighed",
    "apply",
    "begin",
    "consenting",
    "due",
    "first_open",
    "from_event",
    "gate",
    "judge",
    "next_at",
    "round_gate",
    "said_yes",
    "settled_at",
    "to_event",
    "told_by",
]
