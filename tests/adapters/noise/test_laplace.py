"""The noise is as wide as was agreed, and different every time."""

import numpy as np
import pytest

from laag.foundation.errors import BadInput
from laag.neighbourhood.commons.noise import off_by, scale

opendp = pytest.importorskip("opendp", reason="needs the extra: pip install 'laag[research]'")


def test_the_library_itself_says_that_it_keeps_to_the_epsilon():
    from laag.adapters.noise.laplace import measurement

    for reach in (1, 2, 280_000, 560_000, 14_640_000):
        for micro in (20_000, 100_000, 333_333, 500_000):
            assert measurement(reach, micro).map(reach) * 1e6 <= micro


def test_it_is_off_as_far_as_an_answer_says():
    from laag.adapters.noise import noise

    made, by = noise()
    drawn = np.array(made([5_000] * 4_000, 1_000, 500_000)) - 5_000
    far = off_by(scale(1_000, 500_000))
    assert 0.93 < np.mean(np.abs(drawn) <= far) < 0.97
    assert abs(np.mean(drawn)) < 6 * 2_000 * 2**0.5 / 4_000**0.5
    assert "opendp" in by


def test_asked_twice_it_is_another_noise():
    from laag.adapters.noise import noise

    made, _ = noise()
    assert made([0] * 20, 10_000, 100_000) != made([0] * 20, 10_000, 100_000)


def test_a_sum_that_no_homes_can_come_to_is_refused():
    from laag.adapters.noise import noise

    made, _ = noise()
    with pytest.raises(BadInput, match="fewer days"):
        made([2**60], 1, 100_000)
