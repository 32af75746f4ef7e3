"""What is said of sums of measured loads comes about as often as it is said."""

import pytest
from benchmarks import congestion

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not congestion.DATA.is_dir(), reason="the measured data are not beside the project"),
]


def test_nine_measured_homes_lie_in_their_eighty_percent_four_times_in_five():
    found = congestion.measured(congestion.homes(), 24)
    assert found["as measured"][0] == pytest.approx(0.80, abs=0.03)
    assert found["each by itself"][0] < 0.65
    assert found["all alike"][0] > 0.90


def test_a_late_summer_teaches_five_substations_most_of_their_autumn():
    found = congestion.measured(congestion.substations(), 96)
    assert found["as measured"][0] == pytest.approx(0.80, abs=0.08)
    assert found["as measured"][0] > found["each by itself"][0] + 0.10
