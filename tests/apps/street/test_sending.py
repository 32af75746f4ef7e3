"""What a server lets itself send of prices: nothing beyond the exchange, no jump after its word, and an operator who may say it is right."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.neighbourhood.wire import Board
from laag.apps.street.sending import LISTS, Sending, allowed
from laag.foundation.words import Lang
from laag.neighbourhood.caution import Bounds

START = datetime(2026, 1, 14, 12, tzinfo=UTC)
COUNT, KNOWN = 12, 8
BOUNDS = Bounds()
anything = st.lists(st.floats(-10_000, 10_000), min_size=COUNT, max_size=COUNT)
sensible = st.lists(st.floats(-0.5, 5.0), min_size=COUNT, max_size=COUNT)


def board(prices, later=0, **lists):
    start = START + later * timedelta(minutes=15)
    return Board(
        start=start,
        made_at=start,
        **({name: list(prices) for name in LISTS} | lists),
        margin_eur_per_kwh=[0.0],
        published_until=START + KNOWN * timedelta(minutes=15),
        bid_day=date(2026, 1, 15),
        gate=START,
        surprise_eur_per_kwh=[],
        spread_eur_per_kwh=0.01,
        vat=0.21,
        notes=[],
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.one_of(anything, sensible)), min_size=1, max_size=6))
def test_whatever_is_made_nothing_beyond_the_exchange_is_sent_and_no_word_is_moved_far(steps):
    sending, later, before = Sending(), 0, None
    for gone, prices in steps:
        later += gone
        sent = sending.next(board(prices, later))
        for name in LISTS:
            values = np.array(getattr(sent, name))
            assert (values >= BOUNDS.lowest_eur_per_kwh).all()
            assert (values <= BOUNDS.highest_eur_per_kwh).all()
            if before is not None and sent is not before:
                ahead = (sent.start - before.start) // timedelta(minutes=15)
                known = max(KNOWN - (sent.start - START) // timedelta(minutes=15), 0)
                told = np.array(getattr(before, name))[ahead : ahead + known]
                assert (np.abs(values[: len(told)] - told) <= BOUNDS.step_eur_per_kwh + 1e-9).all()
        before = sent


def test_a_jump_waits_until_an_operator_looked():
    sending = Sending()
    first = sending.next(board([0.30] * COUNT))
    jumps = board([0.30] * 3 + [2.30] + [0.30] * 8)
    assert sending.next(jumps) is first
    assert sending.why is not None
    assert sending.why.nl != sending.why.en
    assert sending.believe()
    assert sending.why is None
    assert sending.next(jumps) == jumps
    assert not sending.believe()


def test_what_was_only_expected_may_come_out_otherwise():
    sending = Sending()
    sending.next(board([0.30] * COUNT))
    known_later = board([0.30] * KNOWN + [3.0] * (COUNT - KNOWN))
    assert sending.next(known_later) is known_later


def test_a_first_board_beyond_the_exchange_is_bounded():
    sent = Sending().next(board([-40.0] + [80.0] * (COUNT - 1)))
    assert min(sent.buy_eur_per_kwh) == BOUNDS.lowest_eur_per_kwh
    assert max(sent.buy_eur_per_kwh) == BOUNDS.highest_eur_per_kwh


def test_what_a_server_does_not_do_is_said_in_both_languages():
    for one in allowed(BOUNDS, Bounds(wave_s=30.0)):
        for lang in Lang:
            assert "{" not in one.to(lang)
