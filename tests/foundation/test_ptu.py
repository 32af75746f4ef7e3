"""Time is UTC; the zone only cuts days."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput, GridMismatch
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid, midnight

dates = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@given(dates)
def test_a_local_day_runs_from_midnight_to_midnight(day):
    grid = PtuGrid.day(day, AMSTERDAM)
    assert grid.start.astimezone(AMSTERDAM).timetuple()[:5] == (day.year, day.month, day.day, 0, 0)
    assert grid.end == midnight(day + timedelta(days=1), AMSTERDAM)
    assert len(grid) in {92, 96, 100}


@given(dates, st.integers(1, 40))
def test_local_days_cut_a_grid_without_gap_or_overlap(day, count):
    grid = PtuGrid.days(day, count, AMSTERDAM)
    days = grid.local_days(AMSTERDAM)
    assert [d for d, _ in days] == [day + timedelta(days=i) for i in range(count)]
    assert days[0][1].start == 0
    assert days[-1][1].stop == len(grid)
    assert all(a.stop == b.start for (_, a), (_, b) in itertools.pairwise(days))
    assert all(PtuGrid.day(d, AMSTERDAM) == grid.window(s.start, s.stop) for d, s in days)


@given(dates, st.integers(0, 95))
def test_an_index_finds_its_instant(day, i):
    grid = PtuGrid.day(day, AMSTERDAM)
    i = min(i, len(grid) - 1)
    assert grid.index(grid[i]) == grid.index(grid[i] + PTU / 2) == i
    assert grid[i] in grid
    assert grid.since(grid[i]).count == len(grid) - i


@pytest.mark.parametrize(
    ("day", "quarters", "twice", "never"),
    [(date(2025, 3, 30), 92, set(), {8, 9, 10, 11}), (date(2025, 10, 26), 100, {8, 9, 10, 11}, set())],
)
def test_the_clock_change_repeats_or_skips_the_quarters_from_two_to_three(day, quarters, twice, never):
    quarter = PtuGrid.day(day, AMSTERDAM).quarter_of_day(AMSTERDAM).tolist()
    assert len(quarter) == quarters
    assert {q for q in range(96) if quarter.count(q) == 2} == twice
    assert set(range(96)) - set(quarter) == never


@given(dates)
def test_instants_agree_with_the_grid(day):
    grid = PtuGrid.day(day, AMSTERDAM)
    assert [t.replace(tzinfo=UTC) for t in grid.instants().tolist()] == list(grid)


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (datetime(2025, 1, 1), "UTC"),  # noqa: DTZ001 - the fault under test
        (datetime(2025, 1, 1, tzinfo=AMSTERDAM), "UTC"),
        (datetime(2025, 1, 1, 0, 7, tzinfo=UTC), "quarter-hour"),
    ],
)
def test_a_grid_refuses_what_is_not_a_quarter_in_utc(start, says):
    with pytest.raises(BadInput, match=says):
        PtuGrid(start, 4)


def test_a_grid_outside_another_says_so():
    day = PtuGrid.day(date(2025, 1, 1), AMSTERDAM)
    with pytest.raises(GridMismatch, match="not inside"):
        day.window(-1, 4).within(day)
