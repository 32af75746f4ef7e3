"""What changes a day while it is lived: what members want changed, what the intraday market asks, and what is traded."""

from __future__ import annotations

from dataclasses import fields, replace

from laag.cycle import intraday
from laag.cycle.live.effects import Effect, RoundCleared
from laag.cycle.live.messages import Amended, Intraday, RoundClosed, Rows
from laag.cycle.live.side_by_side import side_by_side
from laag.cycle.live.state import Live
from laag.settlement.estimate import Flags


def amended(state: Live, message: Amended) -> Live:
    """With what a member wants changed, in the place of what it wanted before."""
    day = state.day(message.day)
    every = {**day.amended, message.member: message.rows}
    if not len(message.rows):
        del every[message.member]
    return state.heard(message).having(message.day, replace(day, amended=every))


def quoted(state: Live, message: Intraday) -> Live:
    """With the newest prices of these quarter-hours."""
    day = state.day(message.day)
    columns = (message.ptu.tolist(), message.buy_ticks.tolist(), message.sell_ticks.tolist())
    new = {ptu: intraday.Quote(buy, sell) for ptu, buy, sell in zip(*columns, strict=True)}
    details = replace(day.details.whole(), quoted={**day.quoted, **new})
    return state.having(message.day, replace(day, details=details))


def cleared(state: Live, message: RoundClosed) -> tuple[Live, tuple[Effect, ...]]:
    """Trade what was amended for this quarter-hour; what was amended for others stays."""
    place, known, ptu = state.neighbourhood, state.day(message.day), message.ptu
    details = known.details.whole()
    assert details.market is not None
    mine = {member: _of(rows, rows.ptu == ptu) for member, rows in known.amended.items()}
    left = {member: _of(rows, rows.ptu != ptu) for member, rows in known.amended.items()}
    done = intraday.clear_round(
        place.layers(known.members),
        state.terms_on(message.day),
        details.market,
        ptu,
        side_by_side(known.members, mine),
        details.quoted.get(ptu) if message.in_time else None,
    )
    after = replace(
        known,
        amended={member: rows for member, rows in left.items() if len(rows)},
        details=replace(
            details, market=intraday.after(details.market, done), rounds={**details.rounds, ptu: done}
        ),
    )
    return state.having(message.day, after), (RoundCleared(message.day, done),)


def _of(rows: Rows, kept: Flags) -> Rows:
    return Rows(*(getattr(rows, part.name)[kept] for part in fields(Rows)))
