"""Chance addressed by position: the same place on a tape always holds the same number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.study.population.noise import Tape

places = st.integers(0, 3_000_000)
lengths = st.integers(1, 300)


@given(places, lengths, st.integers(0, 299))
def test_a_tape_reads_the_same_from_anywhere(first, count, later):
    tape = Tape(3, 7, "kettle")
    whole = tape.uniform(first, later + count)
    assert np.array_equal(whole[later:], tape.uniform(first + later, count))


@given(places, lengths, st.integers(0, 200), st.sampled_from([0.3, 0.8, 0.97]))
def test_drift_reads_the_same_from_anywhere(first, count, later, memory):
    tape = Tape(3, 7, "clouds")
    whole = tape.drifting(first, later + count, memory)
    assert np.array_equal(whole[later:], tape.drifting(first + later, count, memory))


@pytest.mark.parametrize("memory", [0.3, 0.8, 0.97])
def test_drift_is_standard_and_remembers_as_much_as_asked(memory):
    drift = Tape(1, -1, "wind").drifting(1000, 60_000, memory)
    assert abs(drift.mean()) < 0.12
    assert abs(drift.std() - 1) < 0.06
    assert np.corrcoef(drift[:-1], drift[1:])[0, 1] == pytest.approx(memory, abs=0.03)


def test_seed_owner_and_purpose_each_give_another_tape():
    tapes = [Tape(1, 0, "a"), Tape(2, 0, "a"), Tape(1, 1, "a"), Tape(1, -1, "a"), Tape(1, 0, "b")]
    firsts = {float(tape.uniform(0, 1)[0]) for tape in tapes}
    assert len(firsts) == len(tapes)
    assert len({float(tape.pick().random()) for tape in tapes}) == len(tapes)
