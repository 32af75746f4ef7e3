"""All that a neighbourhood holds about one member, as plain rows: what it sent, what came of it, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from laag.cycle.layers import DEVICES
from laag.cycle.live.codec import KINDS, from_event
from laag.cycle.live.limiting import told_of
from laag.cycle.live.messages import Amended, Metered, Offered, Ordered
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Live
from laag.cycle.live.views.moments import moments_in
from laag.cycle.live.views.period import whole
from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.ports import Event, Scalar
from laag.foundation.ptu import PTU
from laag.settlement.books import ENTRIES_PER_REVISION, Cause
from laag.settlement.estimate import Method

Row = Mapping[str, Scalar]

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_SETTLED = ("metered_wh", "bought_wh", "bought_units", "sold_wh", "sold_units", "intraday_wh", "intraday_units", "deviation_wh", "deviation_units", "flexibility_units", "band_units")  # fmt: skip


def export(state: Live, events: Iterable[Event], member: str) -> dict[str, list[Row]]:
    """Tables of rows, each of plain words and whole numbers.

    What was sent is from the whole log; what came of it (``settled``, ``postings``, ``limits``) from the days that the state still
    has, and for older days comes out of the log by ``rerun``. Money is in units of 1e-8 EUR, times are UTC.
    """
    tables: dict[str, list[Row]] = {"membership": _membership(state, member)}
    tables |= {"messages": [], "orders": [], "amendments": [], "readings": [], "offers": []}
    for event in events:
        if event.key != member and event.facts.get("member") != member:
            continue
        tables["messages"].append(_message(event))
        if event.kind not in KINDS:
            continue
        match from_event(event):
            case Ordered() as ordered:
                tables["orders"] += _orders(state.neighbourhood, ordered)
            case Amended() as amended:
                tables["amendments"] += _orders(state.neighbourhood, amended)
            case Metered() as metered:
                tables["readings"] += _readings(state.neighbourhood, metered)
            case Offered() as offered:
                tables["offers"] += _offers(state.neighbourhood, offered)
    tables["settled"] = [row for day in sorted(state.days) for row in _settled(state, member, day)]
    tables["postings"] = [row for day in sorted(state.days) for row in _postings(state, member, day)]
    tables["limits"] = [row for day in sorted(state.days) for row in _limits(state, member, day)]
    tables["answers"] = _answers(state, member)
    return tables


def _answers(state: Live, member: str) -> list[Row]:
    """Questions from outside, the answers to which it is in; what the answers were everybody reads."""
    return [
        {
            "question": one.question,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "cable": one.group,
            "micro_epsilon": one.micro_epsilon,
            "asked_by": one.asked_by,
            "why": one.why,
            "at": one.at.isoformat(),
        }
        for one in state.answers.values()
        if member in one.homes
    ]


def _limits(state: Live, member: str, day: date) -> list[Row]:
    """What full cables left it, why and for how long."""
    grid = state.neighbourhood.grid(day)
    return [
        {
            "begins": begins.isoformat(),
            "ends": ends.isoformat(),
            "way": record.way.name.lower(),
            "wh": record.wh,
            "rule": record.rule.value,
            "point": record.point,
            "source": record.source,
        }
        for record, begins, ends in told_of(state.day(day), grid, member, _EVER)
    ]


def _membership(state: Live, member: str) -> list[Row]:
    one = state.members.get(member)
    if one is None:
        return []
    return [
        {
            "member": member,
            "first_day": since.isoformat(),
            "last_day": one.last_day.isoformat() if one.last_day else None,
            "cable": one.on(since).cable,
            "connection": one.on(since).connection,
            "kind": one.joined.kind,
            "lived_in": one.joined.lived_in,
            "follows": one.joined.follows,
            "last_number": state.numbers.get(member),
        }
        for since in sorted({one.joined.first_day, *(changed.first_day for changed in one.changes)})
    ]


def _message(event: Event) -> Row:
    """Its facts as they are in the log: when it came, its number, its signature, who looked and for what."""
    return {"kind": event.kind} | {
        name: value if isinstance(value, Scalar) else ", ".join(map(str, value))
        for name, value in event.facts.items()
    }


def _orders(place: Neighbourhood, ordered: Ordered | Amended) -> list[Row]:
    grid, rows = place.grid(ordered.day), ordered.rows
    columns = (rows.ptu, rows.device, rows.side, rows.quantity_wh, rows.limit_ticks)
    return [
        {
            "number": ordered.number,
            "start": grid[ptu].isoformat(),
            "device": DEVICES[device],
            "side": Side(side).name.lower(),
            "quantity_wh": wh,
            "limit_ticks": None if abs(limit) == ANY_PRICE else limit,
        }
        for ptu, device, side, wh, limit in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _readings(place: Neighbourhood, metered: Metered) -> list[Row]:
    grid = place.grid(metered.day)
    return [
        {"number": metered.number, "start": grid[ptu].isoformat(), "wh": wh}
        for ptu, wh in zip(metered.ptu.tolist(), metered.wh.tolist(), strict=True)
    ]


def _offers(place: Neighbourhood, offered: Offered) -> list[Row]:
    """A row for each quarter-hour of each step, and for what comes back of it."""
    grid, steps = place.grid(offered.day), offered.steps
    about: dict[str, Scalar] = {"number": offered.number, "request": offered.request}
    rows: list[Row] = []
    for step, wh in enumerate(steps.less_wh.reshape(len(steps), -1) if len(steps) else ()):
        rows += [
            about
            | {
                "step": step,
                "start": grid[offered.ptu + at].isoformat(),
                "less_wh": less,
                "comes_back_wh": 0,
                "price_ticks": int(steps.price_ticks[step]),
            }
            for at, less in enumerate(wh.tolist())
        ]
    columns = (steps.rebound_step, steps.rebound_ptu, steps.rebound_wh)
    rows += [
        about
        | {
            "step": step,
            "start": (grid.start + ptu * PTU).isoformat(),
            "less_wh": 0,
            "comes_back_wh": wh,
            "price_ticks": 0,
        }
        for step, ptu, wh in zip(*(column.tolist() for column in columns), strict=True)
    ]
    return rows


def _settled(state: Live, member: str, day: date) -> list[Row]:
    one = whole(state, day)
    moments = None if one is None else moments_in(state.neighbourhood, one, member)
    if moments is None:
        return []
    grid = state.neighbourhood.grid(day)
    columns = {name: getattr(moments, name).tolist() for name in (*_SETTLED, "units")}
    methods = [Method(method).name.lower() for method in moments.method.tolist()]
    return [
        {"start": grid[ptu].isoformat(), "method": methods[ptu]}
        | {name: column[ptu] for name, column in columns.items()}
        for ptu in range(len(grid))
    ]


def _postings(state: Live, member: str, day: date) -> list[Row]:
    one = whole(state, day)
    if one is None or member not in one.known.row_of or one.known.posted is None:
        return []
    posted = one.known.posted
    mine = posted.where(posted.account == one.done.accounts.members.index(member))
    grid, first = state.neighbourhood.grid(day), one.market.first
    return [
        {
            "start": grid[ptu - first].isoformat(),
            "cause": Cause(cause).name.lower(),
            "revision": entry // ENTRIES_PER_REVISION,
            "amount_units": units,
            "energy_wh": wh,
        }
        for entry, ptu, cause, _, units, wh in zip(
            *(column.tolist() for column in mine.columns()), strict=True
        )
    ]
