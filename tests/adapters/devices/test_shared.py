"""Secrets that are never shown, waits that differ, a queue that never blocks, templates that are known to fill."""

import asyncio
from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.adapters.devices.listening import live

from laag.adapters.clocks import Wall
from laag.adapters.devices import Again, Call, Queue, heard, secret_of, words
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding


def test_a_secret_is_read_from_its_file_and_not_shown(tmp_path):
    (tmp_path / "word").write_text("open sesame\n")
    secret = secret_of(f"file:{tmp_path / 'word'}")
    assert secret.reveal() == "open sesame"
    assert "sesame" not in f"{secret!r} {secret}"


def test_a_secret_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("LAAG_TEST_WORD", "open sesame")
    assert secret_of("env:LAAG_TEST_WORD").reveal() == "open sesame"


@pytest.mark.parametrize("text", ["open sesame", "sesame:", "env:", ""])
def test_a_secret_in_the_settings_themselves_is_refused_without_repeating_it(text):
    with pytest.raises(BadInput) as refused:
        secret_of(text)
    assert "sesame" not in str(refused.value)


def test_a_secret_that_is_not_there_says_what_to_do(tmp_path):
    for place in (f"file:{tmp_path / 'none'}", "env:LAAG_NO_SUCH_WORD"):
        with pytest.raises(BadInput, match="write file:"):
            secret_of(place).reveal()


@given(st.integers(), st.floats(0.1, 10), st.floats(10, 100))
def test_waits_grow_up_to_a_most_and_homes_differ(seed, first_s, most_s):
    waits = list(islice(Again(first_s, most_s, Random(seed)).waits(), 20))
    assert all(first_s / 2 <= wait <= most_s for wait in waits)
    assert waits[-1] >= most_s / 2
    assert len(set(waits)) > 10


@live
async def test_what_nobody_takes_in_time_is_lost_oldest_first_and_counted():
    queue = Queue("test", Wall().now, most=3)
    for one in range(5):
        queue.put(one)
    lost = await queue.get()
    assert isinstance(lost, Finding)
    assert lost.what.startswith("2 messages")
    assert [await queue.get() for _ in range(3)] == [2, 3, 4]


@live
async def test_a_connection_ends_with_who_listens_and_its_error_is_not_swallowed():
    queue, ended = Queue("test", Wall().now), asyncio.Event()

    async def lives():
        queue.put(1)
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    stream = heard(queue, lives)
    assert await anext(stream) == 1
    await stream.aclose()
    assert ended.is_set()

    async def breaks():
        raise BadInput("no such broker")

    with pytest.raises(BadInput):
        await anext(heard(queue, breaks))


@given(st.floats())
def test_any_power_has_words(kw):
    if kw == kw:  # noqa: PLR0124 - nothing else is unlike itself
        assert set(words(kw)) == {"w", "kw", "a1", "a3", "on", "ON"}


@given(st.floats(0, 20))
def test_amperes_are_never_more_than_the_power(kw):
    assert int(words(kw)["a1"]) * 0.23 <= kw + 1e-6
    assert int(words(kw)["a3"]) * 0.69 <= kw + 1e-6


def test_a_template_with_an_unknown_word_is_refused_when_it_is_read():
    with pytest.raises(ValidationError, match="known are"):
        Call(service="number.set_value", data={"value": "$watts"})
    assert Call(service="a.b", data={"text": "$$5", "power": "$kw", "flag": "$on", "plain": 3}).filled(words(2)) == {
        "text": "$5", "power": 2, "flag": True, "plain": 3,
    }  # fmt: skip


def test_a_secret_written_into_settings_is_refused_without_being_repeated():
    from laag.adapters.homeassistant import HaSettings
    from laag.adapters.mqtt import Broker
    from laag.adapters.s2 import S2Settings

    for made in (
        lambda: Broker(host="h", password="open sesame"),
        lambda: HaSettings(token="open sesame"),
        lambda: S2Settings(token="open sesame"),
    ):
        with pytest.raises(BadInput) as refused:
            made()
        assert "sesame" not in str(refused.value)
