"""A proposal tried on days that have been: from the log to the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.views.past import bearing_on
from laag.cycle.shadow.days import Chosen
from laag.cycle.shadow.groups import Group
from laag.cycle.shadow.replayed import Replay
from laag.cycle.shadow.table import Table, compared
from laag.foundation.ports import Event
from laag.neighbourhood.charter import Charter

REPLAYED = (
    "market.rule",
    "market.k_percent",
    "market.scarcity_ticks",
    "market.surplus_ticks",
    "market.silent_order_nothing",
    "grid.flexibility_bought",
    "grid.bands_pooled",
    "sharing.key",
    "sharing.fund_permille",
    "sharing.pot",
    "sharing.pro_rata_by",
    "sharing.low_income_percent",
    "sharing.high_income_percent",
)
"""Articles that decide what a settled quarter-hour comes to; all others change nothing of days that have been."""
Far = Callable[[int, int], None]
"""Hears how many days are done, of how many."""


def _nobody(_done: int, _of: int) -> None: ...


def tried(
    place: Neighbourhood,
    events: Iterable[Event],
    chosen: Chosen,
    proposal: str,
    articles: Sequence[str],
    charter: Charter,
    *,
    floor: int,
    groups: Sequence[Group] = (),
    far: Far = _nobody,
) -> Table:
    """The table of a proposal whose charter would be ``charter``; ``events`` are the log from its beginning.

    What changes nothing of the past is not replayed: a table of zeros would say that it changes nothing at all.
    """
    idle = [name for name in articles if name not in REPLAYED]
    if len(idle) == len(articles) or not chosen.days:
        return Table(proposal, tuple(articles), tuple(idle), chosen.days, chosen.missing, floor=floor)
    done, of = set[tuple[bool, date]](), 2 * len(chosen.days)

    def heard(day: date, *, again: bool) -> None:
        done.add((again, day))
        far(len(done), of)

    days = frozenset(chosen.days)
    as_it_was = Replay(place, days, told=lambda day: heard(day, again=False))
    otherwise = Replay(place, days, charter, told=lambda day: heard(day, again=True))
    for event in bearing_on(events, min(days), max(days)):
        as_it_was.take(event)
        otherwise.take(event)
    was, would = as_it_was.lived(), otherwise.lived()
    if was is None or would is None:
        return untried(proposal, articles, chosen, floor=floor)
    return compared(
        proposal,
        articles,
        idle,
        was,
        would,
        floor=floor,
        more=groups,
        missing=chosen.missing,
    )


def untried(proposal: str, articles: Sequence[str], chosen: Chosen, *, floor: int) -> Table:
    """The table where the log does not give its days again: it says so of each."""
    lost = tuple((day, "fault") for day in chosen.days)
    return Table(proposal, tuple(articles), (), (), (*chosen.missing, *lost), floor=floor)
