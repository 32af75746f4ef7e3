"""Nothing can be read before it is known, and what is known can be read for ever."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import GridMismatch, LaagError, LookAhead
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.forecast import Diary, Known

SPRING = PtuGrid.days(date(2025, 3, 28), 4, AMSTERDAM)
"""The third of these days has 92 quarter-hours."""
COUNT = len(SPRING)
NUMBERED = Profile(SPRING, np.arange(COUNT), Unit.KW)


def instant(ptu):
    return SPRING.start + ptu * timedelta(minutes=15)


@given(st.integers(0, COUNT), st.integers(0, COUNT - 1), st.integers(0, 300), st.integers(0, 100))
def test_a_read_either_holds_only_what_is_known_or_is_refused(now, first, count, delay):
    known = Known.measured(NUMBERED, timedelta(minutes=delay))
    part = SPRING.window(first, min(first + count, COUNT))
    late = len(part) and part.end + timedelta(minutes=delay) > instant(now)
    if late:
        with pytest.raises(LookAhead):
            known.read(instant(now), part)
    else:
        assert known.read(instant(now), part).values.tolist() == list(range(first, first + len(part)))


@given(st.integers(0, COUNT), st.integers(0, COUNT))
def test_what_is_known_stays_known(now, later):
    known = Known.published(NUMBERED, AMSTERDAM, time(13))
    before, after = (np.isfinite(known.at(instant(t))) for t in sorted((now, later)))
    assert np.all(after | ~before)


@given(st.integers(0, COUNT))
def test_everything_up_to_until_can_be_read_and_nothing_beyond(now):
    known = Known.published(NUMBERED, AMSTERDAM, time(12))
    until = SPRING.index(known.until(instant(now)))
    if until > now:
        assert len(known.read(instant(now), SPRING.window(now, until)).values) == until - now
    if now <= until < COUNT:
        with pytest.raises(LookAhead):
            known.read(instant(now), SPRING.window(now, until + 1))


def test_prices_of_the_day_the_clock_changes_are_there_at_one_o_clock_on_the_wall():
    prices = Known.published(NUMBERED, AMSTERDAM, time(13))
    sunday = PtuGrid.day(date(2025, 3, 30), AMSTERDAM)
    published = datetime(2025, 3, 29, 12, tzinfo=UTC)
    assert len(prices.read(published, sunday).values) == 92
    with pytest.raises(LookAhead, match="known from 12:00Z, and it is 11:59Z"):
        prices.read(published - timedelta(minutes=1), sunday)


def test_a_refusal_names_the_day_when_it_is_another_one():
    prices = Known.published(NUMBERED, AMSTERDAM, time(13))
    with pytest.raises(LookAhead, match=r"known from 2025-03-30T11:00Z, and it is 23:00Z"):
        prices.read(instant(0), PtuGrid.day(date(2025, 3, 31), AMSTERDAM))


def test_a_look_ahead_is_one_of_our_errors():
    assert issubclass(LookAhead, LaagError)


def test_instants_that_do_not_fit_their_values_are_refused():
    with pytest.raises(GridMismatch, match="say of each PTU when it is known"):
        Known(NUMBERED, SPRING.instants()[:-1])


def diary(meter_delay=timedelta(0)):
    told = Known.published(NUMBERED, AMSTERDAM, time(12))
    measured = Known.measured(NUMBERED)
    return Diary(Known.measured(NUMBERED, meter_delay), measured, measured, measured, told, None, told)


@given(st.integers(0, COUNT), st.integers(0, 400))
def test_a_record_ends_now_and_holds_what_was_measured(now, back):
    past = diary().record(instant(now), back)
    assert past.now == instant(now)
    assert past.load_kw.tolist() == list(range(max(now - back, 0), now))


def test_a_reading_that_is_late_is_missing_from_the_record():
    past = diary(timedelta(hours=1)).record(instant(100), 8)
    assert past.load_kw[:4].tolist() == [92, 93, 94, 95]
    assert np.isnan(past.load_kw[4:]).all()
    assert np.isfinite(past.pv_kw).all()


def test_beyond_what_is_told_its_last_day_comes_again():
    noon = SPRING.index(datetime(2025, 3, 28, 11, tzinfo=UTC))
    sun, outdoor = diary().weather(instant(noon), SPRING.window(noon, noon + 240))
    told = 192 - noon
    assert outdoor is None
    assert sun[:told].tolist() == list(range(noon, 192))
    assert sun[told:].tolist() == [96 + (noon + i - 192) % 96 for i in range(told, 240)]
    assert diary().told_pv_kw(instant(noon), SPRING.window(noon, noon + 4)).tolist() == list(
        range(noon, noon + 4)
    )


def test_before_noon_only_today_is_told():
    morning = SPRING.index(datetime(2025, 3, 28, 10, 45, tzinfo=UTC))
    sun, _ = diary().weather(instant(morning), SPRING.window(morning, morning + 96))
    assert sun[95 - morning] == 95
    assert sun[96 - morning] == 0
