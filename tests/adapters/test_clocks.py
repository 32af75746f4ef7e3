"""Processes that are given the same text agree on the time, whatever its speeds."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.clocks import Faster, Wall, clock_of, faster
from laag.foundation.errors import BadInput

WALL, OWN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
speeds = st.sampled_from([0.5, 1.0, 7.0, 60.0, 600.0, 2400.0])


@st.composite
def clocks(draw):
    after = draw(st.lists(st.integers(1, 5000), max_size=4))
    begins = [WALL + timedelta(seconds=sum(after[: n + 1])) for n in range(len(after))]
    return Faster(draw(speeds), OWN, WALL, tuple((draw(speeds), at) for at in begins))


@given(clocks())
def test_a_clock_comes_back_from_its_text(clock):
    assert clock_of(str(clock)) == clock


@given(clocks(), st.integers(-1000, 30_000), st.integers(1, 1000))
def test_it_never_goes_back_and_its_instants_are_found_on_the_wall(clock, seconds, more):
    wall = WALL + timedelta(seconds=seconds)
    assert clock.at(wall) < clock.at(wall + timedelta(seconds=more))
    assert abs(clock.wall(clock.at(wall)) - wall) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "text",
    ["", "fast", "60x", "60x 2026-06-01T00:00Z", "60x 2026-06-01T00:00 since 2026-11-22T08:30Z",
     "0x 2026-06-01T00:00Z since 2026-11-22T08:30Z", "nanx 2026-06-01T00:00Z since 2026-11-22T08:30Z",
     "1e9x 2026-06-01T00:00Z since 2026-11-22T08:30Z",
     "60x 2026-06-01T00:00Z since 2026-11-22T08:30Z, 600x since 2026-11-22T08:30Z"],
)  # fmt: skip
def test_a_text_that_is_no_clock_is_refused_with_the_way_out(text):
    with pytest.raises(BadInput, match=r"like 60|write wall|order of their time"):
        clock_of(text)


def test_waiting_ends_when_it_is_so_late_and_not_before():
    clock = faster(3600, OWN)
    asyncio.run(clock.until(OWN + timedelta(minutes=10)))
    assert clock.now() >= OWN + timedelta(minutes=10)
    asyncio.run(Wall().until(OWN))
