"""Every event log keeps these promises, in a file and in PostgreSQL."""

import random
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from laag.adapters.stores import copied, open_log
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


def days(*numbers):
    return [Event("day", str(n), {"n": n}, {"wh": np.arange(n)}) for n in numbers]


def keys(log, kind=None):
    return [event.key for event in log.events(kind)]


@given(events)
def test_an_event_comes_back_as_it_was_written(event):
    again = decode(event.kind, event.key, encode(event))
    assert same(again, event)
    for name, column in event.columns.items():
        assert np.array_equal(again.columns[name], column, equal_nan=column.dtype.kind == "f")


@settings(max_examples=60)
@given(first=st.lists(events, max_size=4), second=st.lists(events, max_size=4))
def test_a_log_gives_back_everything_in_order(fresh, first, second):
    with open_log(fresh()) as log:
        log.append(first)
        log.append(second)
        assert all(same(a, b) for a, b in zip(log.events(), [*first, *second], strict=True))
        assert log.verify() == len(first) + len(second)


def test_the_same_events_give_the_same_digest_however_they_are_grouped(fresh):
    with open_log(fresh()) as once, open_log(fresh()) as apart:
        once.append(days(*range(5)))
        for event in days(*range(5)):
            apart.append([event])
        assert once.digest() == apart.digest()


def test_the_digest_is_the_same_in_every_store_and_every_release(fresh):
    with open_log(fresh()) as log:
        assert log.digest() == "0" * 64
        assert log.append(days(1, 2)).startswith("372b8bf9b1e0")


@settings(max_examples=40)
@given(st.lists(events, min_size=1, max_size=5), st.integers(0, 6))
def test_a_log_says_what_it_was_after_so_many_events_and_what_came_since(fresh, written, upto):
    with open_log(fresh()) as log, open_log(fresh()) as shorter:
        log.append(written)
        shorter.append(written[:upto])
        assert log.digest(upto) == shorter.digest()
        assert all(same(a, b) for a, b in zip(log.events(after=upto), written[upto:], strict=True))
        kind = written[-1].kind
        since = [one.kind for one in written[upto:] if one.kind == kind or not kind]
        assert [one.kind for one in log.events(kind, after=upto)] == since


def test_a_log_goes_on_where_it_was_left(fresh):
    place = fresh()
    with open_log(place) as log:
        log.append(days(1))
    with open_log(place) as log:
        digest = log.append(days(2))
    with open_log(place) as log:
        assert (keys(log), log.digest()) == (["1", "2"], digest)


def test_one_kind_can_be_asked_for_out_of_many(fresh):
    with open_log(fresh()) as log:
        log.append([Event("odd" if n % 2 else "even", str(n), {}, {}) for n in range(512)])
        assert keys(log, "odd") == [str(n) for n in range(1, 512, 2)]
        assert len(keys(log)) == 512


def test_nothing_more_changes_nothing(fresh):
    with open_log(fresh()) as log:
        digest = log.append(days(1))
        assert log.append([]) == digest == log.digest()


def test_an_append_that_fails_leaves_nothing(fresh):
    with open_log(fresh()) as log:
        log.append(days(1))
        with pytest.raises(BadInput):
            log.append([*days(2), Event("day", "3", {}, {"wh": np.zeros(2, np.float32)})])
        assert keys(log) == ["1"]
        log.append(days(4))
        assert keys(log) == ["1", "4"]


def test_two_writers_at_once_are_one_too_many(fresh):
    place = fresh()
    with open_log(place) as one, open_log(place) as two:
        one.append(days(1))
        for again in days(1), days(1), days(5), []:
            with pytest.raises(BadInput, match="something else writes"):
                two.append(again)
        one.append(days(2))
        assert keys(two) == ["1", "2"]


def test_readers_see_what_was_there_when_they_asked(fresh):
    place = fresh()
    with open_log(place) as log, open_log(place) as reader, open_log(place) as other:
        log.append(days(*range(250)))
        begun = reader.events()
        assert next(begun).key == "0"
        log.append(days(250))
        assert len(list(begun)) == 249
        assert len(list(other.events())) == 251


WRITER = """
import sys
from laag.adapters.stores import open_log
from laag.foundation.ports import Event
with open_log(sys.argv[1]) as log:
    n = log.verify()
    while True:
        print(n + 3, log.append([Event("day", str(n + i), {"pad": "x" * 2000}, {}) for i in range(3)]), flush=True)
        n += 3
"""


def test_a_killed_writer_leaves_all_that_was_acknowledged_and_nothing_half_written(fresh, quiet):
    place, chance = fresh(), random.Random(4)
    for _ in range(12):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, place], stdout=subprocess.PIPE, text=True)
        said = [writer.stdout.readline()]
        time.sleep(chance.uniform(0, 0.05))
        writer.kill()
        said += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        quiet()
        count, digest = [line for line in said if line.endswith("\n")][-1].split()
        with open_log(place) as log:
            there = log.verify()
            assert there % 3 == 0
            assert int(count) <= there <= int(count) + 3
            assert keys(log) == [str(n) for n in range(there)]
            assert there > int(count) or log.digest() == digest


def test_a_copy_is_whole_and_goes_on(fresh, tmp_path):
    with open_log(fresh()) as log:
        log.append(days(*range(250)))
        backup, restored = tmp_path / "backup.sqlite", fresh()
        assert copied(log, backup) == log.digest()
        with open_log(backup) as copy:
            assert copied(copy, restored) == log.digest()
        with open_log(restored) as again:
            assert again.append(days(300)) == log.append(days(300))


def test_a_copy_of_nothing_is_nothing(fresh):
    with open_log(fresh()) as log:
        assert copied(log, fresh()) == "0" * 64


def test_a_copy_goes_into_an_empty_place_only(fresh):
    with open_log(fresh()) as log, open_log(taken := fresh()) as other:
        log.append(days(1, 2))
        other.append(days(1))
        with pytest.raises(BadInput, match="holds events already"):
            copied(log, taken)
        assert keys(other) == ["1"]


def test_a_copy_ends_where_the_log_ended_when_it_was_asked_for(fresh):
    with open_log(place := fresh()) as log, open_log(place) as reader:
        digest = log.append(days(1, 2))

        class Growing:
            digest = reader.digest

            def events(self):
                log.append(days(3))
                return reader.events()

        assert copied(Growing(), fresh()) == digest


def test_a_copy_of_a_log_that_does_not_add_up_is_refused(fresh):
    class Wrong:
        def digest(self):
            return "f" * 64

        def events(self):
            return iter(days(1))

    with pytest.raises(BadInput, match="does not add up"):
        copied(Wrong(), fresh())
