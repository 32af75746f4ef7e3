"""What became of one member's own orders in a quarter-hour, computed again from the log: for whoever supervises, and is noted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Request

from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.access import Door, Doors, Role
from laag.apps.street.running import Running, running
from laag.apps.street.trouble import NOTHING, Trouble
from laag.cycle.live.views import Fill, Rerun, rerun
from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.errors import BadInput
from laag.foundation.words import Said

router = APIRouter(tags=["regulator"])
_PATH = "/api/v1/members/{member}/fills/{day}/{ptu}"
WHAT = Said("wat er van je orders in een kwartier werd", "what became of your orders in a quarter-hour")
FILL_DOORS: Doors = {
    ("GET", _PATH): Door.of(Role.HOME, Role.RESIDENT, Role.REGULATOR, personal=True, what=WHAT)
}


class OneFill(Wire):
    """One order, and what became of it."""

    device: str
    buys: bool
    asked_wh: int
    limit_ticks: int | None
    """0.01 EUR/MWh; nothing where any price was good."""
    filled_wh: int
    units: int
    """What it pays (+) or receives (-), in 1e-8 EUR."""
    because: Both


class Fills(Wire):
    """A quarter-hour of one member as it comes out of the log again."""

    member: str
    day: date
    ptu: int
    same: bool
    """Whether all that was recorded of the quarter-hour and its day comes out again."""
    rule: str
    fills: list[OneFill]
    changes: list[OneFill]
    """What it wanted changed during the day, in the round of the quarter-hour."""


@router.get(_PATH)
async def fills(request: Request, member: str, day: date, ptu: Annotated[int, Path(ge=0, lt=100)]) -> Fills:
    """One member's orders in a quarter-hour counted from local midnight, computed again from nothing but the log."""
    done = await again(running(request), member, day, ptu)
    if done is None:
        raise Trouble(404, NOTHING)
    rows = [_one(fill) for fill in done.fills]
    changes = [_one(fill) for fill in done.changes]
    return Fills(member=member, day=day, ptu=ptu, same=done.same, rule=done.rule, fills=rows, changes=changes)


async def again(here: Running, member: str, day: date, ptu: int) -> Rerun | None:
    """The quarter-hour out of the log; ``None`` where it has none such, or nobody is called so."""
    place = here.keeper.live.neighbourhood
    if member not in here.keeper.live.members:
        return None
    try:
        return await here.keeper.read(lambda events: rerun(place, events, day, ptu, member))
    except BadInput:
        return None


def _one(fill: Fill) -> OneFill:
    return OneFill(
        device=fill.device,
        buys=fill.side is Side.BUY,
        asked_wh=fill.asked_wh,
        limit_ticks=None if abs(fill.limit_ticks) >= ANY_PRICE else fill.limit_ticks,
        filled_wh=fill.filled_wh,
        units=fill.units,
        because=Both(nl=fill.because.nl, en=fill.because.en),
    )
