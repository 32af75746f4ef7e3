"""Every store of records keeps these promises, in a file and in PostgreSQL."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.stores import open_log, open_records
from laag.adapters.stores.records import beside
from laag.foundation.errors import BadInput

words = st.text(max_size=6)
bodies = st.dictionaries(
    words,
    st.recursive(words | st.integers(-(2**60), 2**60) | st.booleans() | st.none(), st.lists),
    max_size=3,
)
acts = st.lists(
    st.tuples(st.sampled_from(["put", "put_if", "add", "delete"]), words, words, bodies), max_size=12
)


@settings(max_examples=40)
@given(acts)
def test_a_store_is_a_dictionary_that_lasts(fresh, given_acts):
    place, expected = fresh(), {}
    with open_records(place) as records:
        for act, kind, key, body in given_acts:
            name = kind, key
            match act:
                case "put":
                    records.put(kind, key, body)
                    expected[name] = body
                case "put_if":
                    assert records.put_if(kind, key, expected.get(name), body)
                    expected[name] = body
                case "add":
                    assert records.put_if(kind, key, None, body) == (name not in expected)
                    expected.setdefault(name, body)
                case "delete":
                    assert records.delete(kind, key) == (name in expected)
                    expected.pop(name, None)
    with open_records(place) as again:
        for kind in {kind for _, kind, _, _ in given_acts}:
            there = sorted((k, body) for (its, k), body in expected.items() if its == kind)
            assert sorted(again.list(kind)) == there
        assert all(again.get(*name) == body for name, body in expected.items())


def test_of_many_who_use_a_code_at_once_one_does(fresh):
    with open_records(fresh()) as records:
        code = {"cable": "north", "used": False}
        records.put("code", "K7QP", code)
        with ThreadPoolExecutor(8) as many:
            won = list(many.map(lambda n: records.put_if("code", "K7QP", code, {"by": n}), range(20)))
        assert won.count(True) == 1
        assert records.get("code", "K7QP") == {"by": won.index(True)}


def test_what_differs_is_left_as_it_is(fresh):
    with open_records(fresh()) as records:
        records.put("code", "a", {"n": 1})
        assert not records.put_if("code", "a", {"n": 2}, {"n": 3})
        assert not records.put_if("code", "b", {"n": 2}, {"n": 3})
        assert not records.put_if("code", "a", {"n": 2}, None)
        assert records.put_if("code", "a", {"n": 1}, None)
        assert records.list("code") == []


def test_records_live_beside_the_log_and_leave_it_alone(fresh):
    place = fresh()
    with open_log(place) as log, open_records(place) as records:
        records.put("account", "ann", {})
        assert log.verify() == 0
    with open_log(place) as log:
        assert log.verify() == 0


def test_what_is_acknowledged_outlives_a_killed_process(fresh):
    place = fresh()
    code = (
        "import sys; from laag.adapters.stores import open_records\n"
        "records = open_records(sys.argv[1])\n"
        "for n in range(1000):\n"
        "    records.put('n', str(n), {'n': n}); print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, place], stdout=subprocess.PIPE, text=True) as writer:
        said = [writer.stdout.readline() for _ in range(20)]
        writer.kill()
        said += writer.stdout.readlines()
    acknowledged = [int(line) for line in said if line.endswith("\n")]
    with open_records(place) as records:
        assert all(records.get("n", str(n)) == {"n": n} for n in acknowledged)


def test_what_json_cannot_say_is_refused(fresh):
    with open_records(fresh()) as records, pytest.raises(BadInput, match="JSON"):
        records.put("a", "b", {"when": object()})


def test_a_log_is_no_store_of_records(tmp_path):
    with open_log(beside(tmp_path / "street.sqlite")):
        pass
    with pytest.raises(BadInput, match="no store of records"):
        open_records(tmp_path / "street.sqlite")


def test_a_newer_file_is_left_alone(tmp_path):
    import sqlite3

    with open_records(tmp_path / "street.sqlite"):
        pass
    db = sqlite3.connect(beside(tmp_path / "street.sqlite"))
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(BadInput, match="newer laag"):
        open_records(tmp_path / "street.sqlite")


def test_what_is_forgotten_is_not_left_in_the_file(tmp_path):
    place = tmp_path / "street.sqlite"
    with open_records(place) as records:
        records.put("name", "m-1", {"name": "an odd name to look for"})
    with open_records(place) as records:
        assert records.delete("name", "m-1")
    assert b"an odd name" not in beside(place).read_bytes()


def test_only_its_owner_can_read_the_file(tmp_path):
    with open_records(tmp_path / "street.sqlite"):
        assert beside(tmp_path / "street.sqlite").stat().st_mode & 0o077 == 0


def test_records_come_back_with_a_server_that_restarts(postgres):
    with open_records(postgres.fresh()) as records:
        records.put("a", "b", {"n": 1})
        postgres.stop("immediate")
        postgres.start()
        assert records.put_if("a", "b", {"n": 1}, {"n": 2})
        assert records.get("a", "b") == {"n": 2}
