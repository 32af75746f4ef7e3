"""What a neighbourhood does not take, and why: each refusal in one sentence, in both languages, that says the way out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.layers import DEVICES, MOST_NUMBERS
from laag.cycle.live.agreeing import judge_agreement
from laag.cycle.live.charters import judge_motion
from laag.cycle.live.commons import judge_answered
from laag.cycle.live.consents import judge_consent
from laag.cycle.live.judge_flex import judge_asked, judge_flexed, judge_offered, judge_passed
from laag.cycle.live.judge_intraday import judge_amended, judge_intraday, judge_round
from laag.cycle.live.judge_joined import judge_joined, judge_left
from laag.cycle.live.judge_limited import judge_limited
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
)
from laag.cycle.live.messages_agreements import Appealed, Expected, Ruled, Took, Voiced, Weighed
from laag.cycle.live.messages_charter import (
    Activated,
    Counted,
    Feedback,
    Proposed,
    Shadowed,
    Voted,
    Withdrawn,
)
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.cycle.live.messages_limited import Limited
from laag.cycle.live.messages_people import SupportAsked, SupportPaid
from laag.cycle.live.supporting import judge_support
from laag.foundation.contracts import ANY_PRICE, Ints, Side
from laag.foundation.words import Said
from laag.settlement.bands import connections

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Live

MOST_WH = 250_000
"""A megawatt for a quarter of an hour: no connection of a neighbourhood carries more."""
ORDERS_AHEAD_DAYS = 8
"""Beyond the newest day whose gate is closed: a week, and nobody fills a store with orders for another century."""


def judge(state: Live, message: Message) -> Said | None:
    """Why this is not taken; ``None`` where it is."""
    match message:
        case Joined():
            return _joins(state, message)
        case Changed():
            return _changes(state, message)
        case Left():
            return _leaves(state, message)
        case Ordered():
            return _orders(state, message)
        case Amended():
            return (
                _sender(state, message.member, message.day, message.number)
                or judge_amended(state, message)
                or _rows(state, message.day, message.rows)
            )
        case Intraday():
            return _in_day(state, message.day, message.ptu) or judge_intraday(state, message)
        case RoundClosed():
            return judge_round(state, message)
        case Metered():
            return _meters(state, message)
        case Closed():
            return _closes(state, message)
        case Priced():
            return _prices(state, message)
        case Imbalanced():
            return _imbalance(state, message)
        case Asked():
            return _in_day(state, message.day, message.ptu) or judge_asked(state, message)
        case Offered():
            return _sender(state, message.member, message.day, message.number) or judge_offered(
                state, message
            )
        case Passed():
            return judge_passed(state, message)
        case Flexed():
            return _in_day(state, message.day, message.ptu) or judge_flexed(state, message)
        case Limited():
            return judge_limited(state, message)
        case Answered():
            return judge_answered(state, message)
        case Consented() | ConsentWithdrawn():
            return _sender(state, message.member, message.day, message.number) or judge_consent(message)
        case Settle():
            return _settles(state, message)
        case SupportAsked() | SupportPaid():
            return judge_support(state, message)
        case Feedback() | Proposed() | Shadowed() | Voted() | Withdrawn() | Counted() | Activated():
            return judge_motion(state, message)
        case Took():
            return _sender(state, message.member, message.day, message.number) or judge_agreement(
                state, message
            )
        case Expected() | Weighed() | Appealed() | Voiced() | Ruled():
            return judge_agreement(state, message)


def _connects(state: Live, message: Joined | Changed) -> Said | None:
    cables = {cable.name for cable in state.neighbourhood.cables}
    if message.cable not in cables | {""}:
        there = ", ".join(sorted(cables))
        return Said(
            f"er is geen kabel {message.cable!r}; er zijn {there or 'geen kabels'}",
            f"there is no cable {message.cable!r}; there are {there or 'none'}",
        )
    return _no_tariff(state, message.connection)


def _joins(state: Live, message: Joined) -> Said | None:
    if (unknown := _connects(state, message)) is not None:
        return unknown
    if (wrong := judge_joined(state, message)) is not None:
        return wrong
    if message.member in state.members and state.members[message.member].last_day is None:
        return Said(
            f"{message.member} is al lid; laat dit lid eerst vertrekken voordat het opnieuw toetreedt",
            f"{message.member} is a member already; let it leave before it joins again",
        )
    return _not_closed(
        state, message.first_day, Said("treed toe vanaf een latere dag", "join from a later day on")
    )


def _changes(state: Live, message: Changed) -> Said | None:
    if (unknown := _connects(state, message)) is not None:
        return unknown
    closed = state.newest_closed
    if closed is not None and message.first_day <= closed:
        return Said(
            f"de poort van {closed} is dicht; verander dit vanaf een latere dag",
            f"the gate of {closed} is closed; change this from a later day on",
        )
    if not state.takes_part(message.member, message.first_day):
        return _no_member(message.member, message.first_day)
    return None


def _no_tariff(state: Live, connection: str) -> Said | None:
    """A connection that no tariff is known for would leave everybody without a bill."""
    whose, terms = state.neighbourhood.grid_operator, state.neighbourhood.terms
    known = connections(terms.policy, terms.facts, whose)
    if connection in known:
        return None
    there = ", ".join(known)
    return Said(
        f"van {whose} is geen tarief bekend voor een aansluiting van {connection!r}; wel voor {there or 'geen enkele'}",
        f"no tariff of {whose} is known for a connection of {connection!r}; there are {there or 'none'}",
    )


def _leaves(state: Live, message: Left) -> Said | None:
    if (wrong := judge_left(message)) is not None:
        return wrong
    if not state.takes_part(message.member, message.last_day):
        return _no_member(message.member, message.last_day)
    closed = max((day for day, one in state.days.items() if one.closed), default=message.last_day)
    if closed > message.last_day:
        return Said(
            f"de poort van {closed} is dicht, en {message.member} doet dan mee; vertrek na die dag",
            f"the gate of {closed} is closed with {message.member} in it; leave after that day",
        )
    return None


def _orders(state: Live, message: Ordered) -> Said | None:
    return (
        _sender(state, message.member, message.day, message.number)
        or _not_closed(state, message.day, Said("bestel voor een latere dag", "order for a later day"))
        or _soon(state, message.day)
        or _rows(state, message.day, message.rows)
    )


def _meters(state: Live, message: Metered) -> Said | None:
    wrong = _sender(state, message.member, message.day, message.number) or _lived(state, message.day)
    if wrong:
        return wrong
    if len(message.ptu) != len(message.wh):
        return Said(
            f"{len(message.ptu)} kwartieren en {len(message.wh)} waarden; geef voor elk kwartier een waarde",
            f"{len(message.ptu)} quarter-hours and {len(message.wh)} values; give one value for each",
        )
    if len(set(message.ptu.tolist())) != len(message.ptu):
        return Said(
            "een kwartier komt twee keer voor; stuur elk kwartier een keer",
            "a quarter-hour is there twice; send each once",
        )
    return _in_day(state, message.day, message.ptu) or _amounts(np.abs(message.wh))


def _closes(state: Live, message: Closed) -> Said | None:
    if not state.day(message.day).closed:
        return None
    return Said(f"de poort van {message.day} is al dicht", f"the gate of {message.day} is closed already")


def _prices(state: Live, message: Priced) -> Said | None:
    known = state.day(message.day).day_ahead_ticks
    if known is not None and not np.array_equal(known, message.day_ahead_ticks):
        return Said(
            f"de day-aheadprijzen van {message.day} zijn bekend en definitief; er is niets veranderd",
            f"the day-ahead prices of {message.day} are known and final; nothing was changed",
        )
    return _as_long_as(state, message.day, len(message.day_ahead_ticks))


def _imbalance(state: Live, message: Imbalanced) -> Said | None:
    known = state.day(message.day)
    if message.expected and known.imbalance_ticks is not None and not known.imbalance_expected:
        return Said(
            f"de onbalansprijzen van {message.day} zijn er; wat ervoor in de plaats stond is niet meer nodig",
            f"the imbalance prices of {message.day} are known; what stood in for them is not needed any more",
        )
    return _as_long_as(state, message.day, len(message.shortage_ticks), len(message.surplus_ticks))


def _settles(state: Live, message: Settle) -> Said | None:
    day = state.day(message.day)
    if not day.closed:
        missing = Said("de poort is nog open", "its gate is still open")
    elif not day.is_cleared:
        missing = Said("de day-aheadprijzen zijn nog niet bekend", "its day-ahead prices are not known yet")
    elif day.imbalance_ticks is None:
        missing = Said("de onbalansprijzen zijn nog niet bekend", "its imbalance prices are not known yet")
    else:
        return None
    return Said(
        f"{message.day} kan niet worden afgerekend: {missing.nl}",
        f"{message.day} cannot be settled: {missing.en}",
    )


def _sender(state: Live, member: str, day: date, number: int) -> Said | None:
    if not state.takes_part(member, day):
        return _no_member(member, day)
    last = state.numbers.get(member, -1)
    if number <= last:
        return Said(
            f"nummer {number} van {member} is al geweest; het laatste was {last}, ga vandaar verder",
            f"number {number} of {member} has come already; the last was {last}, go on from there",
        )
    return None


def _no_member(member: str, day: date) -> Said:
    return Said(f"{member} is geen lid op {day}", f"{member} is no member on {day}")


def _not_closed(state: Live, day: date, way_out: Said) -> Said | None:
    if not state.day(day).closed:
        return None
    return Said(f"de poort van {day} is dicht; {way_out.nl}", f"the gate of {day} is closed; {way_out.en}")


def _soon(state: Live, day: date) -> Said | None:
    latest = (state.newest_closed or state.neighbourhood.first_day) + timedelta(days=ORDERS_AHEAD_DAYS)
    if day <= latest:
        return None
    return Said(
        f"{day} is te ver vooruit; bestel voor uiterlijk {latest}",
        f"{day} is too far ahead; order for {latest} at the latest",
    )


def _lived(state: Live, day: date) -> Said | None:
    """Of a day whose gate is open nothing is measured yet; of one that is forgotten nothing can be corrected."""
    if state.day(day).closed:
        return None
    if state.newest_closed is not None and day < state.newest_closed:
        return Said(
            f"{day} is te lang geleden; wat zo laat komt, telt niet meer mee",
            f"{day} is too long ago; what comes so late counts no more",
        )
    return Said(
        f"{day} moet nog komen; stuur wat gemeten is", f"{day} is still to come; send what was measured"
    )


def _as_long_as(state: Live, day: date, *lengths: int) -> Said | None:
    ptus = len(state.neighbourhood.grid(day))
    wrong = next((length for length in lengths if length != ptus), None)
    if wrong is None:
        return None
    return Said(
        f"{day} heeft {ptus} kwartieren en er kwamen {wrong} prijzen",
        f"{day} has {ptus} quarter-hours and {wrong} prices came",
    )


def _rows(state: Live, day: date, rows: Rows) -> Said | None:
    lengths = {
        len(column) for column in (rows.device, rows.ptu, rows.side, rows.quantity_wh, rows.limit_ticks)
    }
    if len(lengths) != 1:
        return Said(
            "de kolommen van de orders zijn niet even lang; geef elke order in alle kolommen een waarde",
            "the columns of the orders differ in length; give each order a value in all of them",
        )
    if not np.isin(rows.side, tuple(Side)).all():
        return Said(
            "een order is geen koop (1) en geen verkoop (0)", "an order is neither to buy (1) nor to sell (0)"
        )
    if not ((rows.device >= 0) & (rows.device < len(DEVICES))).all():
        known = ", ".join(DEVICES)
        return Said(
            f"een order is voor een apparaat dat niet bekend is; bekend zijn {known}",
            f"an order stands for a device that is not known; they are {known}",
        )
    if not (np.abs(rows.limit_ticks) <= ANY_PRICE).all():
        return Said(
            f"een limiet ligt verder dan enige prijs; de ruimste is {ANY_PRICE}",
            f"a limit lies beyond any price; the widest is {ANY_PRICE}",
        )
    wrong = _in_day(state, day, rows.ptu)
    if wrong:
        return wrong
    if len(rows) and int(np.bincount(rows.device + len(DEVICES) * rows.ptu).max()) >= MOST_NUMBERS:
        return Said(
            f"een apparaat heeft {MOST_NUMBERS} orders of meer in een kwartier; voeg er samen",
            f"a device has {MOST_NUMBERS} orders or more in one quarter-hour; put some together",
        )
    return _amounts(rows.quantity_wh, least=1)


def _in_day(state: Live, day: date, ptu: Ints) -> Said | None:
    ptus = len(state.neighbourhood.grid(day))
    if not len(ptu) or (ptu.min() >= 0 and ptu.max() < ptus):
        return None
    first, last = int(ptu.min()), int(ptu.max())
    return Said(
        f"{day} heeft de kwartieren 0 tot en met {ptus - 1}; een van {first} tot en met {last} hoort daar niet bij",
        f"{day} has the quarter-hours 0 to {ptus - 1}; one of {first} to {last} is none of them",
    )


def _amounts(wh: Ints, least: int = 0) -> Said | None:
    if not len(wh) or (wh.min() >= least and wh.max() <= MOST_WH):
        return None
    return Said(
        f"een hoeveelheid ligt niet tussen {least} en {MOST_WH} Wh in een kwartier",
        f"an amount lies outside {least} to {MOST_WH} Wh in a quarter-hour",
    )
