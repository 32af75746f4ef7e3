"""Messages as events of the log and back: nothing is in the state that is not in an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np

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
from laag.cycle.live.messages_charter import MOTIONS, Withdrawn
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.cycle.live.messages_limited import Bears, Limited, Runs
from laag.cycle.live.messages_people import SupportAsked, SupportPaid
from laag.foundation.errors import BadInput
from laag.foundation.ports import Column, Event, Scalar

KINDS = MappingProxyType(
    {
        one.__name__.lower(): one
        for one in (
            Joined,
            Changed,
            Left,
            Ordered,
            Closed,
            Priced,
            Amended,
            Intraday,
            Imbalanced,
            Metered,
            Asked,
            Offered,
            Passed,
            Flexed,
            Limited,
            SupportAsked,
            SupportPaid,
            Answered,
            Consented,
            Expected,
            Took,
            Weighed,
            Appealed,
            Voiced,
            Ruled,
        )
    }
    | {one.__name__.lower(): one for one in MOTIONS if one is not Withdrawn}
    | {
        "round_closed": RoundClosed,
        "consent_withdrawn": ConsentWithdrawn,
        "proposal_withdrawn": Withdrawn,
        "settled": Settle,
    }
)
_KIND = MappingProxyType({one: kind for kind, one in KINDS.items()})
_TABLES: Mapping[str, type[Rows | Steps | Runs | Bears]] = MappingProxyType(
    {"rows": Rows, "steps": Steps, "runs": Runs, "bears": Bears}
)
"""Fields that are columns themselves."""
_READ: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "tuple[str, ...]": tuple}
)


def to_event(message: Message, more: Mapping[str, Scalar] = MappingProxyType({})) -> Event:
    """A message as one event, with facts that are no part of it but belong to it; its key is the member, else what it is about.

    >>> event = to_event(Joined("no-12", date(2026, 11, 22), "north"))
    >>> event.kind, event.key, event.facts["cable"]
    ('joined', 'no-12', 'north')
    >>> from_event(event)
    Joined(member='no-12', first_day=datetime.date(2026, 11, 22), cable='north', connection='3x25A', kind='person', lived_in=True, follows='')
    """
    facts: dict[str, Scalar] = {}
    columns: dict[str, Column] = {}
    for field in fields(message):
        value = getattr(message, field.name)
        if isinstance(value, np.ndarray):
            columns[field.name] = value
        elif is_dataclass(value):
            columns |= {f"{field.name}_{part.name}": getattr(value, part.name) for part in fields(value)}
        else:
            facts[field.name] = value.isoformat() if isinstance(value, date) else value
    key = next(facts[name] for name in ("member", "proposal", "day", "question", "month") if name in facts)
    return Event(_KIND[type(message)], str(key), {**facts, **more}, columns)


def from_event(event: Event) -> Message:
    """The message that ``to_event`` was given; what else the event says is left aside."""
    kind = KINDS.get(event.kind)
    if kind is None:
        raise BadInput(
            f"the log has an event {event.kind!r} that this version does not know; open it with a newer one"
        )
    given: dict[str, Any] = {}
    for field in fields(kind):
        if (table := _TABLES.get(field.name)) is not None:
            parts: dict[str, Any] = {
                part.name: event.columns[f"{field.name}_{part.name}"] for part in fields(table)
            }
            given[field.name] = table(**parts)
        elif field.name in event.columns:
            given[field.name] = event.columns[field.name]
        elif field.name in event.facts or field.default is MISSING:
            value: Any = event.facts[field.name]
            read = _READ.get(str(field.type))
            given[field.name] = value if read is None else read(value)
    message: Message = kind(**given)
    return message
