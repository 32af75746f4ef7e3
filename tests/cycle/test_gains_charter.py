"""Who would gain by a key is reckoned by the charter that members have now."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.cycle.any_street import Street, after

from laag.cycle.live.views.gains import gains_of
from laag.cycle.live.views.period import period


@cache
def lived():
    state = after(Street(12, 2, 4).messages())
    days = sorted(day for day, one in state.days.items() if one.is_settled)
    return period(state, days[0], days[-1])


def counted_by(what, day):
    """The same days, of which one has a charter that counts something else as a contribution."""
    wholes = list(lived().wholes)
    charter = wholes[day].charter
    wholes[day] = replace(
        wholes[day], charter=replace(charter, sharing=replace(charter.sharing, pro_rata_by=what))
    )
    return gains_of(replace(lived(), wholes=tuple(wholes))).columns["pro_rata"]


@pytest.mark.parametrize(("day", "matters"), [(-1, True), (0, False)])
def test_the_newest_day_says_what_counts_as_a_contribution(day, matters):
    given, used = (counted_by(what, day) for what in ("given", "used"))
    assert np.array_equal(given, used) != matters
    assert given.sum() == used.sum()
