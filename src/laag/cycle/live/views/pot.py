"""What the grid operator paid on the days of a period, put together and shared by the charter that held on each day."""

from __future__ import annotations

from laag.cycle.live.views.period import Period, Whole
from laag.cycle.pot import GRID, grid_pot
from laag.neighbourhood.sharing import Facts
from laag.settlement.pooled import Share


def grid_shares(lived: Period) -> dict[str, Share]:
    """By member, of the days on which it was there; empty where no charter of these days shares it."""
    found: dict[str, Share] = {}
    for one in lived.wholes:
        for name, share in _of_day(one).items():
            found[name] = share.and_also(found[name]) if name in found else share
    return found


def _of_day(one: Whole) -> dict[str, Share]:
    """A day's quarter-hours are fetched only where something was paid, and is shared."""
    if GRID not in one.charter.sharing.pot or not one.tally.rooms:
        return {}
    names = tuple(member.member for member in one.known.members)
    paid = {names[at]: sum(room.paid_units for room in rooms) for at, rooms in one.tally.rooms.items()}
    market = one.market
    facts = Facts(
        names,
        net_wh=one.done.settled.metered_wh,
        buy_ticks=market.landed_ticks,
        sell_ticks=market.export_ticks,
        kept_permille=one.kept_permille,
    )
    return grid_pot(one.charter, paid, facts)
