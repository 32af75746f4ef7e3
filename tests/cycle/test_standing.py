"""What the grid operator said of several days, as it stands at a gate: the lower of what speaks of the same quarter-hour."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.cycle.events import Validated
from laag.cycle.standing import Word, standing
from laag.foundation.contracts import NO_LIMIT_WH
from laag.settlement.delivered import Sold

FIRST, HOMES, DAY = date(2026, 1, 14), 2, 96


def stop_of(day):
    return DAY * ((day - FIRST).days + 1)


def made(width, limit_wh):
    nothing = np.zeros((HOMES, width), np.int64)
    limited = np.full((2, HOMES, width), NO_LIMIT_WH, np.int64)
    limited[0] = limit_wh
    return Validated(Sold(nothing, nothing, nothing), limited, 0, 0, 0.0)


def word(width, limit_wh, promised_kw=np.inf, ordered_wh=0):
    ordered = np.full((HOMES, width), ordered_wh)
    back = np.full((HOMES, width), NO_LIMIT_WH)
    return Word(
        made(width, limit_wh).limited_wh, np.full((2, HOMES, width), float(promised_kw)), ordered, back
    )


limits_wh = st.integers(0, 4000)


@given(limits_wh, limits_wh, st.integers(0, DAY), st.integers(0, 2 * DAY), st.integers(1, 3 * DAY))
def test_where_two_days_speak_the_lower_limit_holds_and_elsewhere_each_its_own(a, b, evening, first, count):
    days = {FIRST: made(DAY, a), FIRST + timedelta(days=1): made(DAY + evening, b)}
    said = standing(HOMES, first, count, stop_of, days, {}, None).limited_kw[0]
    ptu = np.arange(first, first + count)
    one = np.where(ptu < DAY, a / 250, np.inf)
    other = np.where((ptu >= DAY - evening) & (ptu < 2 * DAY), b / 250, np.inf)
    assert (said == np.minimum(one, other)).all()


@given(limits_wh, limits_wh, st.floats(-5, 5), st.integers(0, DAY))
def test_what_is_said_now_loosens_nothing_that_was_said_before(a, b, promised_kw, evening):
    days = {FIRST: made(DAY, a)}
    tomorrow = FIRST + timedelta(days=1)
    before = standing(HOMES, 48, 2 * DAY, stop_of, days, {}, None)
    now = standing(HOMES, 48, 2 * DAY, stop_of, days, {}, (tomorrow, word(DAY + evening, b, promised_kw, 70)))
    assert (now.limited_kw <= before.limited_kw).all()
    assert (now.promised_kw <= before.promised_kw).all()
    looked_at = slice(48, None) if evening >= 48 else slice(DAY - evening, None)
    there = (now.ordered_wh != 0).any(axis=0)
    assert there.sum() == DAY + min(evening, 48), looked_at


def test_a_day_that_is_over_says_nothing():
    said = standing(HOMES, DAY, DAY, stop_of, {FIRST: made(DAY, 100)}, {}, None)
    assert np.isinf(said.limited_kw).all()
    assert not said.claims(0, DAY, DAY)
