"""Whose clock is wrong, by the times of their votes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.parties import FOUR, Ledger
from tests.ledger.proving import comet_head

from laag.adapters.ledger.comet.clocks_seen import BLOCKS, Off, clocks
from laag.ledger.comet_header import Instant

NANOS = 10**9


def blocks(off_s, every_s, slowest_s=0.3, who="town"):
    """As nodes vote: each with its own time, and not before a millisecond after the block's."""
    bare = comet_head(Ledger.of(), FOUR)
    made = []
    for number in range(BLOCKS):
        now = int((1_795_000_000 + every_s * number) * NANOS)
        before = now - int(every_s * NANOS)
        commits = []
        for place, one in enumerate(bare.commits):
            mine = now + place * int(slowest_s * NANOS) // 4 + int(off_s * NANOS) * (one.by == who)
            at = max(mine, before + 1_000_000)
            commits.append(replace(one, at=Instant(at // NANOS, at % NANOS)))
        header = replace(bare.header, time=Instant(before // NANOS, before % NANOS))
        made.append(replace(bare, header=header, commits=tuple(commits)))
    return made


@given(st.floats(-2, 2), st.floats(3, 60))
def test_clocks_that_are_nearly_right_are_not_spoken_of(off_s, every_s):
    assert clocks(blocks(off_s, every_s)) == {}


@pytest.mark.parametrize("off_s", [30, 600])
@pytest.mark.parametrize("every_s", [0.2, 60])
def test_a_fast_clock_shows_by_how_much(off_s, every_s):
    assert clocks(blocks(off_s, every_s)) == {"town": Off(slow=False, by_s=off_s)}


def test_a_slow_clock_shows_by_how_much_where_blocks_are_far_apart_and_else_only_that_it_is():
    assert clocks(blocks(-30, 60)) == {"town": Off(slow=True, by_s=30)}
    assert clocks(blocks(-600, 60))["town"].slow
    assert clocks(blocks(-600, 0.2)) == {"town": Off(slow=True, by_s=None)}


def test_of_too_few_blocks_nothing_is_said():
    assert clocks(blocks(600, 1)[: BLOCKS - 2]) == {}
    assert clocks([]) == {}
