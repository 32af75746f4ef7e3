"""The state machine: ``(state, message) -> (state, effects)``. The same messages give the same state on any machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from laag.cycle import intraday
from laag.cycle.bands import pooling
from laag.cycle.live import agreeing, charters, consents, flexing, rounds, supporting
from laag.cycle.live.effects import Cleared, Effect, Refused
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
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.put_away import lighter
from laag.cycle.live.side_by_side import side_by_side
from laag.cycle.live.state import Day, DaySettled, Live, Membership
from laag.cycle.live.tally import tally
from laag.cycle.live.week_before import like_last_week, readings
from laag.cycle.market_day import clear_day
from laag.foundation.contracts import Ints
from laag.gateway.exchange import NationalPrices, position
from laag.settlement import day as settle
from laag.settlement.bands import Pooling, kw_of
from laag.settlement.books import Accounts, corrected, joined

KEPT_DAYS = 35
"""A reading may come so late; what is older is in the log."""


def begin(neighbourhood: Neighbourhood) -> Live:
    """Before the first message."""
    return Live(neighbourhood)


def apply(state: Live, message: Message) -> tuple[Live, tuple[Effect, ...]]:
    """The state after a message, and what follows from it; what is refused changes nothing."""
    why = judge(state, message)
    if why is not None:
        return state, (Refused(message, why),)
    match message:
        case Joined():
            # One who comes back stands behind those who stayed.
            others = {name: one for name, one in state.members.items() if name != message.member}
            return replace(state, members={**others, message.member: Membership(message)}), ()
        case Changed():
            one = state.members[message.member]
            changed = replace(one, changes=(*one.changes, message))
            return replace(state, members={**state.members, message.member: changed}), ()
        case Left():
            one = state.members[message.member]
            gone = replace(one, last_day=message.last_day, why_left=message.why)
            return replace(state, members={**state.members, message.member: gone}), ()
        case Ordered():
            return _ordered(state, message), ()
        case Amended():
            return rounds.amended(state, message), ()
        case Intraday():
            return rounds.quoted(state, message), ()
        case RoundClosed():
            return rounds.cleared(state, message)
        case Metered():
            return _metered(state, message), ()
        case Closed():
            return _closed(state, message.day)
        case Priced():
            day = replace(state.day(message.day), day_ahead_ticks=message.day_ahead_ticks)
            return _cleared(state, message.day, day)
        case Imbalanced():
            return _imbalanced(state, message), ()
        case Asked():
            return flexing.asked(state, message), ()
        case Offered():
            return flexing.offered(state, message), ()
        case Passed():
            return flexing.passed(state, message), ()
        case Flexed():
            return flexing.flexed(state, message), ()
        case Limited():
            known = state.day(message.day)
            return state.having(message.day, replace(known, limited=(*known.limited, message))), ()
        case Answered():
            return replace(state, answers={**state.answers, message.digest: message}), ()
        case Consented() | ConsentWithdrawn():
            return consents.told(state, message), ()
        case Settle():
            return _settled(state, message.day)
        case SupportAsked() | SupportPaid():
            return supporting.told(state, message)
        case Feedback() | Proposed() | Shadowed() | Voted() | Withdrawn() | Counted() | Activated():
            return charters.moved(state, message)
        case Expected() | Took() | Weighed() | Appealed() | Voiced() | Ruled():
            return agreeing.told(state, message)


def _ordered(state: Live, message: Ordered) -> Live:
    day, details = state.day(message.day), state.day(message.day).details.whole()
    after = replace(details, orders=details.orders.plus(message.member, message.rows))
    return state.heard(message).having(message.day, replace(day, details=after))


def _metered(state: Live, message: Metered) -> Live:
    day, count = state.day(message.day), len(state.neighbourhood.grid(message.day))
    wh = day.metered.get(message.member, np.zeros(count, np.int64)).copy()
    known = day.measured.get(message.member, np.zeros(count, np.bool_)).copy()
    news = bool((~known[message.ptu] | (wh[message.ptu] != message.wh)).any())
    wh[message.ptu], known[message.ptu] = message.wh, True
    kept = replace(
        day,
        late=day.late or (news and day.is_settled),
        metered=day.metered.plus(message.member, wh),
        measured=day.measured.plus(message.member, known),
    )
    return state.heard(message).having(message.day, kept)


def _imbalanced(state: Live, message: Imbalanced) -> Live:
    ticks = message.shortage_ticks, message.surplus_ticks
    day = state.day(message.day)
    news = day.imbalance_ticks is None or not np.array_equal(ticks, day.imbalance_ticks)
    late = day.late or (news and day.is_settled)
    known = replace(day, imbalance_ticks=ticks, imbalance_expected=message.expected, late=late)
    return state.having(message.day, known)


def _closed(state: Live, day: date) -> tuple[Live, tuple[Effect, ...]]:
    members, before = state.of_day(day), state.day(day - timedelta(days=1))
    if members == before.members:  # the same values need room once
        members, row_of = before.members, before.row_of
    else:
        row_of = {one.member: row for row, one in enumerate(members)}
    known = replace(state.day(day), closed=True, members=members, row_of=row_of)
    details = replace(known.details.whole(), unordered=like_last_week(state, day, known))
    return _cleared(_forget(state, day), day, replace(known, details=details))


def _forget(state: Live, today: date) -> Live:
    since = today - timedelta(days=KEPT_DAYS)
    return replace(state, days={day: known for day, known in state.days.items() if day >= since})


def _cleared(state: Live, day: date, known: Day) -> tuple[Live, tuple[Effect, ...]]:
    """Clear the market where the gate is closed and the nation's prices are known, whichever came last."""
    if not known.closed or known.day_ahead_ticks is None or known.is_cleared:
        return state.having(day, known), ()
    place, ticks, details = state.neighbourhood, known.day_ahead_ticks, known.details.whole()
    # What imbalance will cost is not known yet, and clears nothing.
    prices = NationalPrices(ticks, ticks, ticks)
    # Of who sent no list, what was ordered for them.
    orders = side_by_side(known.members, {**details.unordered, **details.orders})
    market = clear_day(place.layers(known.members), state.terms_on(day), prices, place.first_ptu(day), orders)
    known = replace(known, details=replace(details, market=market))
    return state.having(day, known), (Cleared(day, market),)


def _settled(state: Live, day: date) -> tuple[Live, tuple[Effect, ...]]:
    known = state.day(day)
    details, ticks, imbalance = known.details.whole(), known.day_ahead_ticks, known.imbalance_ticks
    market = details.market
    assert market is not None
    assert ticks is not None
    assert imbalance is not None
    measured = readings(state, day, known, market.cleared_wh)
    prices = NationalPrices(ticks, *imbalance)
    bought_wh = market.traded.cleared_wh.sum(axis=0)
    flex = flexing.bought(details.askings, measured.wh.shape)
    nominated_wh = market.nominated_wh if flex is None else market.nominated_wh - flex.moved_wh.sum(axis=0)
    outside = position(nominated_wh, measured.wh.sum(axis=0), prices, bought_wh)
    ordered = None if flex is None else flex.ordered(measured.wh, prices)
    accounts = Accounts(tuple(one.member for one in known.members))
    settled, right = settle.local(
        accounts,
        market.traded,
        measured.wh,
        outside.day_ahead_units,
        outside.imbalance_ticks,
        first_ptu=market.first,
        ordered=ordered,
        intraday=intraday.of_day(market, tuple(details.rounds.values())),
        pooling=_pooling(state, day, known, measured.wh),
    )
    if details.posted is None:
        added, posted = right, right
    else:
        added = corrected(details.posted, right)
        posted = joined([details.posted, added])
    revision = known.revision + (len(added) > 0 or details.posted is None)
    done = DaySettled(day, accounts, measured, settled, added, revision, charters.named(state, day))
    details = replace(details, posted=posted, settled=done)
    given = {} if flex is None or ordered is None else flex.rooms(ordered, measured.wh, _quarters(state, day))
    sums = tally(known, details, done, given)
    known = replace(known, revision=revision, late=False, tally=sums, details=details)
    return lighter(state.having(day, known)), (done,)


def _pooling(state: Live, day: date, known: Day, metered_wh: Ints) -> Pooling | None:
    """Where connections are bands: those of everybody who takes part on the day, and of nobody else."""
    terms = state.terms_on(day)
    if not terms.policy.bands:
        return None
    names = [one.member for one in known.members]
    bands_kw = [kw_of(one.connection) for one in known.members]
    return pooling(names, bands_kw, metered_wh, terms.facts, lends=terms.charter.grid.bands_pooled)


def _quarters(state: Live, day: date) -> Ints:
    place = state.neighbourhood
    return place.grid(day).quarter_of_day(place.zone)
