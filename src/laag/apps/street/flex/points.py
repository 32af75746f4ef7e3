"""Who hangs behind which congestion point, and what of their day may be told: sums of ten homes, also by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from laag.cycle.live.flexing import bought
from laag.cycle.live.messages import Joined
from laag.cycle.live.state import Day
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.neighbourhood.prognosis import Point, may_be_shown_again, prognoses

W_PER_WH = 4
_STREET = "street"


def homes_behind(members: Sequence[Joined], cables: Sequence[str] | None) -> Ints:
    """Rows of the members behind these cables; of everybody where it is the whole street."""
    return np.array(
        [row for row, one in enumerate(members) if cables is None or one.cable in cables], np.int64
    )


def may_be_told(
    members: Sequence[Joined], points: Mapping[str, Sequence[str] | None], least: int
) -> frozenset[str]:
    """Points whose sum says nothing of few homes, not even less the sums of others.

    The street's own sum is public, so that it counts as told also where no point is the whole street.
    """
    inner = {name: homes_behind(members, cables) for name, cables in points.items() if cables is not None}
    hung = {int(row) for rows in inner.values() for row in rows}
    rest = tuple(row for row in range(len(members)) if row not in hung)
    tree = [
        Point(_STREET, None, rest, NO_LIMIT_WH, NO_LIMIT_WH),
        *(
            Point(name, _STREET, tuple(rows.tolist()), NO_LIMIT_WH, NO_LIMIT_WH)
            for name, rows in inner.items()
        ),
    ]
    shown = prognoses(tree, np.zeros((len(members), 1), np.int64), least)
    return frozenset(
        name for name, cables in points.items() if shown[_STREET if cables is None else name].wh is not None
    )


def planned_wh(known: Day) -> Ints:
    """What everybody has agreed to by now, with what was ordered; ``(members, ptus)``."""
    return next(_plans(known))


def changed_since(known: Day, homes: Ints, told_w: Ints) -> list[str] | None:
    """Whose plans are others than when this was told of them; ``None`` where it cannot be known what was told then."""
    now = planned_wh(known)[homes]
    for plans in _plans(known):
        then = plans[homes]
        if np.array_equal(then.sum(axis=0) * W_PER_WH, told_w):
            rows = homes[(then != now).any(axis=1)].tolist()
            return [known.members[row].member for row in rows]
    return None


def may_be_told_again(known: Day, homes: Ints, told_w: Ints, least: int) -> bool:
    """Whether the difference with what was told is a sum as well."""
    changed = changed_since(known, homes, told_w)
    return changed is not None and may_be_shown_again(changed, least)


def _plans(known: Day) -> Iterator[Ints]:
    """As they are, and then as they were after fewer rounds and fewer orders."""
    market = known.market
    assert market is not None
    rounds = list(known.rounds.values())
    orders = [order for one in known.askings.values() for order in one.orders]
    flex = bought(known.askings, market.cleared_wh.shape)
    moved = np.zeros_like(market.cleared_wh) if flex is None else flex.moved_wh.copy()
    for some in range(len(orders), -1, -1):
        if some < len(orders):
            late = orders[some]
            np.subtract.at(moved, (late.home, late.ptu), late.bought_wh - late.comes_back_wh)
        plan = market.cleared_wh - moved
        yield plan.copy()
        for round_ in reversed(rounds):
            plan[:, round_.ptu] -= round_.changed_wh
            yield plan.copy()
