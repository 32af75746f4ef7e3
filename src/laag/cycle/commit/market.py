"""Markets: what everybody ordered, fixed before prices are known; and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date

import numpy as np

from laag.cycle.commit.commit import STREET, Commit, Line, commits, listed
from laag.cycle.events import DayOrders
from laag.cycle.live import Cleared, Live, RoundCleared, Rows
from laag.cycle.live.charters import rule_of
from laag.foundation.contracts import Clearings, Ints

DAY_AHEAD, INTRADAY = "day-ahead", "intraday"
_ROW = tuple(part.name for part in fields(Rows))


def of_closed(state: Live, day: date) -> Commit:
    """The book of a day whose gate has closed: every list that counts, and what was ordered for who sent none."""
    known = state.day(day)
    stood_in = {member: rows for member, rows in known.unordered.items() if member not in known.orders}
    lines = {
        member: _listed(rows, stood_in=member in stood_in)
        for member, rows in {**stood_in, **known.orders}.items()
    }
    return commits("book", day.isoformat(), lines, market=DAY_AHEAD)


def line_of(day: date, member: str, rows: Rows) -> tuple[str, Line]:
    """The key of a day's book, and the line that this list has there if the gate closes now."""
    one = commits("book", day.isoformat(), {member: _listed(rows)}, market=DAY_AHEAD)
    return one.key, one.lines[member]


def period_of_round(day: date, ptu: int) -> str:
    """As its entries name it.

    >>> period_of_round(date(2026, 6, 1), 57)
    '2026-06-01.57'
    """
    return f"{day.isoformat()}.{ptu}"


def of_market(state: Live, effect: Cleared) -> Commit:
    """What the market made of a day: the fills of each list, row by row as they were ordered, and the street's prices."""
    market, names = effect.market, _names(state, effect.day)
    lines = {
        **dict(_fills(names, market.orders, market.clearings)),
        **_street(market.clearings, market.rent_units),
    }
    return commits(
        "clear",
        effect.day.isoformat(),
        lines,
        market=DAY_AHEAD,
        rule=rule_of(state, effect.day, market.clearings.rule),
    )


def of_round(state: Live, effect: RoundCleared) -> tuple[Commit, Commit]:
    """The book and the clearing of one quarter-hour's round; its period counts quarter-hours from local midnight."""
    done, names = effect.round, _names(state, effect.day)
    period = period_of_round(effect.day, done.ptu)
    book = {
        names[member]: _list(
            {name: getattr(done.orders, name)[done.orders.member == member] for name in _ROW}
        )
        for member in np.unique(done.orders.member).tolist()
    }
    lines = {
        **dict(_fills(names, done.orders, done.clearings)),
        **_street(done.clearings, done.traded.rent_units),
    }
    return (
        commits("book", period, book, market=INTRADAY),
        commits(
            "clear", period, lines, market=INTRADAY, rule=rule_of(state, effect.day, done.clearings.rule)
        ),
    )


def _names(state: Live, day: date) -> Sequence[str]:
    return [one.member for one in state.day(day).members]


def _listed(rows: Rows, *, stood_in: bool = False) -> Line:
    return _list({name: getattr(rows, name) for name in _ROW}, stood_in=stood_in)


def _list(columns: dict[str, Ints], *, stood_in: bool = False) -> Line:
    return {name: listed(column) for name, column in columns.items()} | {"stood_in": int(stood_in)}


def _fills(names: Sequence[str], orders: DayOrders, cleared: Clearings) -> Iterator[tuple[str, Line]]:
    for member in np.unique(orders.member).tolist():
        mine = orders.member == member
        yield (
            names[member],
            {
                "fill_wh": listed(cleared.fill_wh[mine]),
                "fill_units": listed(cleared.fill_units[mine]),
                "outcome": listed(cleared.outcome[mine]),
            },
        )


def _street(cleared: Clearings, rent_units: Ints) -> dict[str, Line]:
    """Layer by layer, each with all its quarter-hours; what went through the gateway is a line of its own."""
    prices: Line = {
        "priced": listed(cleared.priced.astype(np.int64)),
        "price_centiticks": listed(np.where(cleared.priced, cleared.price_centiticks, 0)),
    }
    gateway: Line = {
        name: listed(getattr(cleared, name))
        for name in ("imported_wh", "exported_wh", "levy_units", "gateway_units", "fund_units")
    } | {"rent_units": listed(rent_units)}
    return {STREET + "prices": prices, STREET + "gateway": gateway}
