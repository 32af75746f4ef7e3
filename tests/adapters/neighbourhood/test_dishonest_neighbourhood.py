"""A home believes its neighbourhood no further than it must: whatever is answered, nothing worse happens than that nobody was there."""

import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Away, Neighbourhood
from laag.adapters.neighbourhood.wire import Board
from laag.foundation.errors import BadInput

AT = datetime(2026, 6, 1, tzinfo=UTC)
KEY = Key.new()
PRICES = ("buy", "sell", "above", "below", "margin")
BOARD = {
    **{f"{name}_eur_per_kwh": [0.2] * 196 for name in PRICES},
    "start": "2026-06-01T00:00:00Z",
    "made_at": "2026-06-01T00:00:00Z",
    "published_until": "2026-06-02T00:00:00Z",
    "bid_day": "2026-06-02",
    "gate": "2026-06-01T10:00:00Z",
    "surprise_eur_per_kwh": [[0.0] * 96],
    "spread_eur_per_kwh": 0.01,
    "vat": 1.21,
    "notes": [],
}


def asked(what, answer):
    """What a home makes of an answer to everything that it asks."""

    async def ask():
        client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer()))
        async with client:
            return await what(Neighbourhood("http://kade", KEY, "m-1", client))

    return asyncio.run(ask())


def board(**other):
    return asked(lambda link: link.board(), lambda: httpx.Response(200, text=json.dumps(BOARD | other)))


def test_a_board_is_read():
    assert isinstance(board(), Board)


@pytest.mark.parametrize(
    "odd",
    [
        {"buy_eur_per_kwh": []},
        {"sell_eur_per_kwh": [float("nan")] * 196},
        {"above_eur_per_kwh": [float("inf")] * 196},
        {"below_eur_per_kwh": [1e308] * 196},
        {"surprise_eur_per_kwh": [[float("nan")] * 96]},
        {"vat": float("nan")},
        {"start": "0001-01-01T00:00:00+14:00"},
        {"start": "2026-06-01T00:00:00"},
        {"bid_day": "9999-12-31"},
    ],
    ids=str,
)
def test_a_board_by_which_no_home_can_plan_is_not_taken(odd):
    """It would be kept, and no plan made any more: also not by the contract or the last good board."""
    with pytest.raises(Away):
        board(**odd)


@pytest.mark.parametrize("number", [2**53 - 1, 2**60])
def test_a_home_does_not_go_on_from_a_number_after_which_there_is_none(number):
    enrolled = {"member": "m-1", "first_day": "2026-06-02", "cable": "", "last_number": number}
    with pytest.raises(Away):
        asked(lambda link: link.enrol("K7QP3MXA"), lambda: httpx.Response(200, json=enrolled))


@pytest.mark.parametrize("said", [b"9" * 400, b"\xb2", b"-1", b"1e9", b""])
def test_a_home_comes_back_within_the_hour_whatever_it_is_told(said):
    with pytest.raises(Away) as away:
        asked(lambda link: link.board(), lambda: httpx.Response(503, headers=[(b"retry-after", said)]))
    assert 0 <= away.value.wait_s <= 3600


def test_what_a_neighbourhood_says_is_shown_in_one_plain_line():
    loud = "\x1b]0;owned\x07\n" + "y" * 100_000
    with pytest.raises(BadInput) as said:
        asked(lambda link: link.board(), lambda: httpx.Response(400, json={"detail": loud}))
    assert str(said.value).isprintable()
    assert len(str(said.value)) < 400


def test_an_answer_without_end_does_not_fill_a_homes_memory():
    async def endless():
        while True:
            yield b"x" * 2**20

    with pytest.raises(Away):
        asked(lambda link: link.board(), lambda: httpx.Response(200, content=endless()))


def test_a_line_without_end_does_not_either():
    async def endless():
        while True:
            yield b"x" * 10_000

    async def listens(link):
        async for _ in link.events():
            pass

    with pytest.raises(Away):
        asked(listens, lambda: httpx.Response(200, content=endless()))


@given(
    st.sampled_from([200, 400, 401, 429, 503]),
    st.one_of(
        st.binary(max_size=50),
        st.sampled_from(["9999-12-31T23:59:59-20:00", "0001-01-01T00:00:00+20:00", 7, None]).map(
            lambda now: json.dumps({"detail": {"now": now}}).encode()
        ),
        st.just(b"[" * 50_000),
    ),
)
def test_whatever_is_answered_is_a_neighbourhood_that_is_away_or_says_no(status, body):
    with pytest.raises((Away, BadInput)):
        asked(lambda link: link.positions(AT, 4), lambda: httpx.Response(status, content=body))
