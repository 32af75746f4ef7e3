"""What a home keeps is there after any stop, and a number is never used twice."""

import sqlite3
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.homestore import SERIES, HomeStore, NoRoom, Stay
from laag.adapters.homestore import database as tables
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid

AT = datetime(2026, 6, 1, tzinfo=UTC)
DAY = PtuGrid(AT, 96)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "home.sqlite"


def abandoned(store):
    """As a killed process leaves it: nothing is closed, nothing folded."""
    return HomeStore(store._place)


def full(store):
    """A disk with no room left."""
    store._db.execute("PRAGMA max_page_count = 1")


def said_often(store):
    for _ in range(200):
        store.outbox.add("{:200}".format)


def room_again(store):
    store._db.execute("PRAGMA max_page_count = 1000000")


@given(st.lists(st.tuples(st.integers(0, 95), st.sampled_from(SERIES), st.floats(-1e6, 1e6)), max_size=30))
@settings(max_examples=30)
def test_the_newest_value_of_each_quarter_hour_is_kept_and_no_other_is_touched(written):
    meant = {name: np.full(96, np.nan) for name in SERIES}
    with HomeStore(":memory:") as store:
        for ptu, name, value in written:
            store.write(DAY[ptu], **{name: value})
            meant[name][ptu] = value
        found = store.series(DAY)
    assert all(np.array_equal(found[name], meant[name], equal_nan=True) for name in SERIES)


def test_all_that_was_written_is_there_after_a_kill(place):
    store = HomeStore(place)
    store.write(AT, import_wh=120, export_wh=0)
    store.keep("board", {"prices": [0.25]})
    store.write_stay(Stay(AT, AT + 40 * PTU, 20.0, 48.0))
    store.wish("keep 40 % for a power cut")
    store.write_plan(AT, {"connection_kw": [1.0, 2.0]})
    again = abandoned(store)
    assert again.series(DAY)["import_wh"][0] == 120
    assert again.kept("board") == {"prices": [0.25]}
    assert again.stays(AT) == [Stay(AT, AT + 40 * PTU, 20.0, 48.0)]
    assert [line for _, line in again.wishes()] == ["keep 40 % for a power cut"]
    assert again.plan(AT + PTU) == {"connection_kw": [1.0, 2.0]}


@given(st.lists(st.sampled_from(["say", "kill", "answer"]), max_size=40))
@settings(max_examples=30)
def test_numbers_rise_by_one_whenever_the_home_is_killed(tmp_path_factory, happens):
    store = HomeStore(tmp_path_factory.mktemp("home") / "home.sqlite")
    given_out = []
    for one in happens:
        if one == "say":
            given_out.append(store.outbox.add(lambda number: f"message {number}"))
        elif one == "kill":
            store = abandoned(store)
        elif waiting := store.outbox.waiting(1):
            store.outbox.answered([(waiting[0].number, "taken", "")])
    assert given_out == list(range(len(given_out)))
    store.close()


def test_a_home_that_moves_to_an_older_file_goes_on_where_the_neighbourhood_heard_it_last():
    with HomeStore(":memory:") as store:
        store.outbox.go_on_from(41)
        assert store.outbox.add(str) == 42
        store.outbox.go_on_from(7)
        assert store.outbox.add(str) == 43


@given(st.integers(0, 6), st.integers(0, 6), st.integers(-1, 20))
def test_what_was_never_sent_is_never_told_under_a_number_that_was_heard(tried, untried, heard):
    with HomeStore(":memory:") as store:
        for _ in range(tried):
            store.outbox.add("old {}".format)
        store.outbox.trying(tried - 1)
        for _ in range(untried):
            store.outbox.add("new {}".format)
        store.outbox.agree(heard, lambda body, number: f"{body.split()[0]} {number}")
        waiting = store.outbox.waiting(100)
        assert [one.number for one in waiting] == sorted(one.number for one in waiting)
        assert all(one.number > heard for one in waiting if one.body.startswith("new"))
        assert all(one.body.endswith(f" {one.number}") for one in waiting)
        assert [one.body.split()[0] for one in waiting] == ["old"] * tried + ["new"] * untried
        assert store.outbox.add(str) > max(heard, tried + untried - 1)


def test_every_metered_quarter_hour_is_in_one_message(place):
    store = HomeStore(place)
    for i in range(4):
        store.write(DAY[i], import_wh=100.0 + i, export_wh=50.0)
    unsent = store.unsent(DAY[1], 2)
    assert unsent == [(DAY[1], 51), (DAY[2], 52)]
    store.say([at for at, _ in unsent], lambda number: f"{number}: two")
    store = abandoned(store)
    assert store.unsent(DAY[1], 10) == [(DAY[3], 53)]
    assert [one.body for one in store.outbox.waiting(10)] == ["0: two"]


def test_what_a_full_disk_does_not_take_is_written_when_there_is_room(place):
    with HomeStore(place) as store:
        full(store)
        for i in range(96 * 3):
            store.write(AT + i * PTU, import_wh=1.0, load_kw=0.5)
            store.keep(f"fact {i}", "x" * 100)
        assert "make room" in store.trouble.en
        assert store.kept("fact 0") == "x" * 100
        with pytest.raises(NoRoom):
            said_often(store)
        given_out = store.outbox.last_number
        room_again(store)
        store.keep("anything", 1)
        assert store.trouble is None
        assert store.outbox.add(str) == given_out + 1
    with HomeStore(place) as again:
        assert again.series(PtuGrid(AT, 96 * 3))["load_kw"].sum() == 0.5 * 96 * 3


def test_refused_messages_are_shown_and_not_sent_again(place):
    with HomeStore(place) as store:
        number = store.outbox.add("nonsense, no. {}".format)
        store.outbox.answered([(number, "refused", "the gate is closed")])
        assert len(store.outbox) == 0
        assert store.outbox.refused() == [(0, "nonsense, no. 0", "the gate is closed")]


def test_old_plans_make_room(place):
    with HomeStore(place) as store:
        store.write_plan(AT, {"first": True})
        store.write_plan(AT + timedelta(days=9), {"first": False})
        assert store.plan(AT + timedelta(days=1)) is None


def test_a_file_of_something_else_is_left_alone(place):
    other = sqlite3.connect(place)
    other.execute("CREATE TABLE photos (id INTEGER)")
    other.commit()
    other.close()
    with pytest.raises(BadInput, match="photos"):
        HomeStore(place)


def test_a_store_of_a_newer_version_is_left_alone(place):
    HomeStore(place).close()
    newer = sqlite3.connect(place)
    newer.execute(f"PRAGMA user_version = {len(tables._STEPS) + 1}")
    newer.close()
    with pytest.raises(BadInput, match="newer"):
        HomeStore(place)


def test_a_file_that_is_no_database_is_left_alone(place):
    place.write_text("a letter to the neighbours, long enough to be taken for a page of something" * 20)
    with pytest.raises(BadInput, match="not the store"):
        HomeStore(place)
