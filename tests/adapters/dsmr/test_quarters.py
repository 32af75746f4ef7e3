"""Quarter-hours in whole Wh: the registers' own rise, with a flag where an edge was not measured."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.dsmr.quarters import Quarter, Quarters, registers
from laag.adapters.dsmr.reading import Reading
from laag.adapters.dsmr.watch import Accepted
from laag.foundation.ptu import PtuGrid

START = datetime(2024, 6, 12, 10, tzinfo=UTC)


def at(second, import_wh, export_wh=0, era=0):
    moment = START + timedelta(seconds=second)
    return Accepted(
        Reading(
            moment,
            stamped=True,
            checked=True,
            meter="a",
            version=None,
            import_wh=import_wh,
            export_wh=export_wh,
        ),
        era,
    )


def quarters(accepted):
    counted = Quarters()
    return [quarter for one in accepted for quarter in counted.add(one)]


@given(st.lists(st.tuples(st.integers(1, 1200), st.integers(0, 300), st.integers(0, 300)), max_size=60))
def test_nothing_is_lost_or_made_between_the_first_edge_and_the_last(steps):
    """What the quarter-hours say adds up to what the registers rose, within what is stated to be unsure."""
    now, drawn, fed, readings = 0, 5000, 9000, [at(0, 5000, 9000)]
    for step, more, back in steps:
        now, drawn, fed = now + step, drawn + more, fed + back
        readings.append(at(now, drawn, fed))
    got = quarters(readings)
    assert [quarter.start for quarter in got] == [
        START + timedelta(minutes=15 * i) for i in range(now // 900)
    ]
    assert all(quarter.import_wh >= 0 and quarter.export_wh >= 0 for quarter in got)
    if got:
        left = readings[-1].reading.import_wh - 5000 - sum(quarter.import_wh for quarter in got)
        assert 0 <= left <= sum(more for _, more, _ in steps)
        if now % 900 == 0:
            assert left == 0


@given(st.lists(st.integers(0, 3), min_size=60, max_size=60), st.sets(st.integers(0, 59), min_size=2))
def test_no_figure_is_further_from_the_truth_than_it_says(rises, spoken):
    """A meter that counts every minute and is heard only now and then."""
    true = np.concatenate(([0], np.cumsum(rises)))
    for quarter in quarters([at(60 * minute, int(true[minute])) for minute in sorted(spoken)]):
        begin = (quarter.start - START) // timedelta(minutes=1)
        off = quarter.import_wh - (true[begin + 15] - true[begin])
        assert abs(off) <= quarter.unsure_wh
        assert quarter.estimated == (not {begin, begin + 15} <= spoken)


def test_a_reading_on_the_edge_is_measured():
    assert quarters([at(0, 1000), at(450, 1100), at(900, 1250, 7)]) == [Quarter(START, 250, 7, False, 0)]


def test_an_edge_between_two_readings_is_estimated_and_says_by_how_much_it_may_be_wrong():
    got = quarters([at(0, 1000), at(895, 1249), at(905, 1253), at(1795, 1500), at(1800, 1502)])
    assert got == [
        Quarter(START, 251, 0, True, 4),
        Quarter(START + timedelta(minutes=15), 251, 0, True, 4),
    ]


def test_over_more_than_an_hour_without_readings_nothing_is_given():
    got = quarters([at(0, 0), at(900, 10), at(900 + 3601, 50), at(5400, 60), at(6300, 70)])
    assert [quarter.start.minute for quarter in got] == [0, 30]
    assert [quarter.estimated for quarter in got] == [False, False]


def test_nothing_is_counted_across_two_eras():
    assert quarters([at(0, 1000), at(890, 1100), at(910, 0, era=1), at(1800, 20, era=1)]) == []


def test_a_quarter_hour_is_given_once_also_when_the_clock_was_set_back():
    got = quarters(
        [
            at(0, 0),
            at(900, 10),
            at(1800, 20),
            at(0, 21, era=1),
            at(900, 30, era=1),
            at(1800, 40, era=1),
            at(2700, 50, era=1),
        ]
    )
    assert [quarter.start.minute for quarter in got] == [0, 15, 30]


def test_after_a_restart_the_readings_of_the_last_hour_suffice():
    readings = [at(70 * i, 3 * i, i) for i in range(120)]
    later = quarters(readings[52:])
    assert later == quarters(readings)[-len(later) :]
    assert len(later) > 3


def test_a_meter_without_an_export_register_has_no_export():
    (quarter,) = quarters([at(0, 0, None), at(900, 10, None)])
    assert (quarter.import_wh, quarter.export_wh) == (10, None)


def test_quarter_hours_are_the_same_registers_as_an_export_gives():
    grid = PtuGrid(START, 4)
    got = registers(quarters([at(0, 0), at(905, 10), at(1800, 20)]), grid, "meter")
    np.testing.assert_allclose(got.import_kw.values, [0.036, 0.044, np.nan, np.nan])
    assert str(got.findings[0]) == (
        "meter, 2024-06-12T10:00Z to 2024-06-12T10:15Z: 2 of 4 quarter-hours without a reading on their edge, "
        "sure to 10 Wh each (repaired: register's rise spread evenly)"
    )
