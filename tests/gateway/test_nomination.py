"""A nomination is whole Wh per quarter-hour, and is never changed: it is revised."""

from datetime import date

import numpy as np
import pytest

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.gateway.nomination import Nomination, Role


@pytest.mark.parametrize(("day", "quarters"), [(date(2025, 3, 30), 92), (date(2025, 10, 26), 100)])
def test_a_clock_change_day_is_nominated_in_its_own_length(day, quarters):
    grid = PtuGrid.day(day, AMSTERDAM)
    assert Nomination(grid, np.zeros(quarters, np.int64), Role.TSO).revision == 0
    with pytest.raises(GridMismatch, match="one Wh number per PTU"):
        Nomination(grid, np.zeros(96, np.int64), Role.TSO)


def test_a_revision_leaves_the_earlier_one_as_it_was():
    grid = PtuGrid.day(date(2026, 1, 1), AMSTERDAM)
    first = Nomination(grid, np.zeros(96, np.int64), Role.DSO)
    second = first.revised(np.ones(96, np.int64))
    assert (first.energy_wh.sum(), second.energy_wh.sum(), second.revision, second.to) == (0, 96, 1, Role.DSO)
    with pytest.raises(ValueError, match="read-only"):
        first.energy_wh[0] = 5
