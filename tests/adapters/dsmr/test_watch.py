"""Nothing that a meter cannot have counted is passed on as energy."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.dsmr.reading import OtherMeter, Reading
from laag.adapters.dsmr.watch import Accepted, SetAside, Waiting, Watch, Why

START = datetime(2024, 10, 27, 0, 0, 5, tzinfo=UTC)


def at(second, import_wh, export_wh=0, **more):
    given = {"stamped": True, "checked": True, "meter": "a", "version": "50"} | more
    return Reading(START + timedelta(seconds=second), import_wh=import_wh, export_wh=export_wh, **given)


def watched(readings):
    watch, outcomes = Watch(), []
    for reading in readings:
        watch, outcome = watch.see(reading)
        outcomes.append(outcome)
    return outcomes


def said(readings):
    return [outcome.why if isinstance(outcome, SetAside) else type(outcome) for outcome in watched(readings)]


meters = st.lists(
    st.builds(
        at,
        st.integers(0, 7200),
        st.integers(0, 3000) | st.none(),
        st.integers(0, 3000) | st.none(),
        meter=st.sampled_from("aab"),
        checked=st.booleans(),
    ),
    max_size=30,
)


@given(meters)
def test_within_an_era_registers_only_rise_and_no_faster_than_a_connection_carries(readings):
    accepted = [outcome for outcome in watched(readings) if isinstance(outcome, Accepted)]
    for before, after in itertools.pairwise(accepted):
        if before.era == after.era:
            elapsed_s = (after.reading.at - before.reading.at).total_seconds()
            rise_wh = after.reading.import_wh - before.reading.import_wh
            assert 0 <= rise_wh <= 55_200 / 3600 * (elapsed_s + 15)
            assert before.reading.meter == after.reading.meter


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.booleans())
def test_a_sound_meter_is_believed_throughout(rises, checked):
    readings, count = [], 1000
    for i, rise in enumerate(rises):
        count += rise
        readings.append(at(10 * i, count, checked=checked))
    assert set(said(readings)[0 if checked else 1 :]) <= {Accepted}


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (at(20, 999), Why.BACK),
        (at(20, 0), Why.BACK),
        (at(20, 100_000), Why.LEAP),
        (at(20, 1020, meter="b"), Why.OTHER_METER),
        (at(20, None), Why.NO_REGISTER),
        (at(20, 1020, None), Why.NO_REGISTER),
        (at(10, 1010), Why.REPEATED),
        (at(0, 1000), Why.LATE),
        (at(-3600, 1020), Why.CLOCK_BACK),
        (at(20, 1020, import_tariffs_wh=(20, 1000)), Why.BACK),
    ],
)
def test_one_odd_reading_is_set_aside_and_the_next_goes_on(odd, why):
    tariffs = {"import_tariffs_wh": (520, 490)} if odd.import_tariffs_wh else {}
    outcomes = watched([at(0, 1000), at(10, 1010, **tariffs), odd, at(30, 1030)])
    assert [getattr(outcome, "why", None) for outcome in outcomes] == [None, None, why, None]
    assert {outcome.era for outcome in outcomes if isinstance(outcome, Accepted)} == {0}


@pytest.mark.parametrize("begin", [at(20, 0), at(20, 500_000), at(20, 1020, meter="b"), at(-3600, 1020)])
def test_three_readings_that_agree_are_a_new_beginning(begin):
    """A meter that was reset, or replaced, or whose clock was set: what lies between the eras is not counted."""
    later = [
        replace(begin, at=begin.at + timedelta(seconds=s), import_wh=begin.import_wh + s)
        for s in (10, 20, 30)
    ]
    outcomes = watched([at(0, 1000), at(10, 1010), begin, *later])
    assert [type(outcome) for outcome in outcomes] == [
        Accepted,
        Accepted,
        SetAside,
        SetAside,
        Accepted,
        Accepted,
    ]
    assert [outcome.era for outcome in outcomes if isinstance(outcome, Accepted)] == [0, 0, 1, 1]
    assert outcomes[4].findings[0].repair == "counted anew from here"


def test_an_odd_reading_said_three_times_is_not_three_readings():
    assert said([at(0, 1000), at(10, 0), at(10, 0), at(10, 0), at(20, 1020)])[-1] is Accepted


def test_what_is_sent_again_is_not_counted_again():
    """A bridge that kept a minute and sends it once more."""
    once = [at(10 * i, 1000 + i) for i in range(10)]
    outcomes = said([*once, *once, at(100, 1010)])
    assert outcomes == [Accepted] * 10 + [Why.LATE] * 9 + [Why.REPEATED, Accepted]


def test_without_a_checksum_a_reading_counts_when_the_next_goes_on_from_it():
    readings = [at(10 * i, 1000 + i, checked=False) for i in range(4)]
    outcomes = watched(readings)
    assert isinstance(outcomes[0], Waiting)
    assert [outcome.reading for outcome in outcomes[1:]] == readings[:-1]


def test_without_a_checksum_a_flipped_digit_is_not_believed():
    outcomes = said(
        [at(10 * i, wh, checked=False) for i, wh in enumerate([1000, 1001, 1102, 1003, 1004, 1005])]
    )
    assert outcomes == [Waiting, Accepted, Accepted, Why.UNCONFIRMED, Accepted, Accepted]


def test_a_gas_meter_that_falls_back_is_left_out_and_named():
    def gas(second, dm3):
        return (OtherMeter(1, "gas", START + timedelta(seconds=second), dm3, "dm3", "g"),)

    outcomes = watched(
        [at(0, 0, others=gas(0, 500)), at(10, 1, others=gas(10, 400)), at(20, 2, others=gas(20, 501))]
    )
    assert [len(outcome.reading.others) for outcome in outcomes] == [1, 0, 1]
    assert outcomes[1].findings[0].what == "the gas meter does not go on from its last count"
