"""Every event log keeps these promises."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from laag.adapters.stores import SqliteLog
from laag.adapters.stores.codec import decode, encode
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

words = st.text(max_size=8)
columns = st.dictionaries(
    words,
    hnp.arrays(np.int64, hnp.array_shapes(max_dims=2, min_side=0, max_side=5))
    | hnp.arrays(np.float64, hnp.array_shapes(max_dims=2, max_side=5)),
    max_size=3,
)
facts = st.dictionaries(
    words, words | st.integers(-(2**60), 2**60) | st.booleans() | st.none() | st.lists(words)
)
events = st.builds(Event, kind=words, key=words, facts=facts, columns=columns)


def same(a, b):
    return encode(a) == encode(b) and (a.kind, a.key) == (b.kind, b.key)


@given(events)
def test_an_event_comes_back_as_it_was_written(event):
    again = decode(event.kind, event.key, encode(event))
    assert same(again, event)
    for name, column in event.columns.items():
        assert np.array_equal(again.columns[name], column, equal_nan=column.dtype.kind == "f")


@given(st.lists(events, max_size=4), st.lists(events, max_size=4))
def test_a_log_gives_back_everything_in_order(first, second):
    with SqliteLog(":memory:") as log:
        log.append(first)
        log.append(second)
        assert all(same(a, b) for a, b in zip(log.events(), [*first, *second], strict=True))
        assert log.verify() == len(first) + len(second)


def test_the_same_events_give_the_same_digest_however_they_are_grouped():
    day = [Event("day", str(i), {"n": i}, {"wh": np.arange(i)}) for i in range(5)]
    with SqliteLog(":memory:") as once, SqliteLog(":memory:") as apart:
        once.append(day)
        for event in day:
            apart.append([event])
        assert once.digest() == apart.digest()


def test_an_append_that_fails_leaves_nothing(tmp_path):
    with SqliteLog(tmp_path / "log.sqlite") as log:
        log.append([Event("day", "1", {}, {})])
        with pytest.raises(BadInput):
            log.append([Event("day", "2", {}, {}), Event("day", "3", {}, {"wh": np.zeros(2, np.float32)})])
        assert [e.key for e in log.events()] == ["1"]


def test_a_changed_row_is_found(tmp_path):
    place = tmp_path / "log.sqlite"
    with SqliteLog(place) as log:
        log.append([Event("day", str(i), {}, {}) for i in range(3)])
    with sqlite3.connect(place) as db:
        db.execute("UPDATE event SET key = 'other' WHERE seq = 2")
    db.close()
    with SqliteLog(place) as log, pytest.raises(BadInput, match="event 2"):
        log.verify()


def test_a_file_of_another_kind_is_refused_with_a_way_out(tmp_path):
    place = tmp_path / "log.sqlite"
    place.write_bytes(b"not a database at all, but long enough to be read as one" * 100)
    with pytest.raises(BadInput, match="--out"):
        SqliteLog(place)


def test_another_database_is_refused_and_left_as_it_is(tmp_path):
    place = tmp_path / "log.sqlite"
    with sqlite3.connect(place) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = place.read_bytes()
    with pytest.raises(BadInput, match="it holds recipes"):
        SqliteLog(place)
    assert place.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened"):
        SqliteLog(tmp_path)


def test_a_file_with_a_hole_in_it_is_refused_when_it_is_read(tmp_path):
    place = tmp_path / "log.sqlite"
    with SqliteLog(place) as log:
        log.append([Event("day", str(i), {}, {"wh": np.random.default_rng(i).integers(0, 9**9, 900)}) for i in range(9)])  # fmt: skip
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2] + bytes(2000) + whole[len(whole) // 2 + 2000 :])
    with pytest.raises(BadInput, match=r"--fresh"), SqliteLog(place) as log:
        log.verify()


def test_two_writers_at_once_are_one_too_many(tmp_path):
    place = tmp_path / "log.sqlite"
    with SqliteLog(place) as one, SqliteLog(place) as two:
        one.append([Event("day", "1", {}, {})])
        with pytest.raises(BadInput, match="something else writes"):
            two.append([Event("day", "1", {}, {})])
        one.append([Event("day", "2", {}, {})])
        assert [e.key for e in two.events()] == ["1", "2"]
