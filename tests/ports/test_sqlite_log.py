"""What only a log in a file can meet."""

import sqlite3

import numpy as np
import pytest

from laag.adapters.stores import SqliteLog, open_log, sqlite
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event


def version(place):
    with sqlite3.connect(place) as db:
        (found,) = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return found


def spoil(place, statement):
    with sqlite3.connect(place) as db:
        db.execute(statement)
    db.close()


@pytest.fixture
def place(tmp_path):
    """A log of three days."""
    with SqliteLog(tmp_path / "log.sqlite") as log:
        log.append([Event("day", str(i), {}, {}) for i in range(3)])
    return tmp_path / "log.sqlite"


def test_a_changed_row_is_found(place):
    spoil(place, "UPDATE event SET key = 'other' WHERE seq = 2")
    with SqliteLog(place) as log, pytest.raises(BadInput, match="event 2"):
        log.verify()


def test_a_file_of_another_kind_is_refused_with_a_way_out(tmp_path):
    place = tmp_path / "log.sqlite"
    place.write_bytes(b"not a database at all, but long enough to be read as one" * 100)
    with pytest.raises(BadInput, match="--out"):
        SqliteLog(place)


def test_another_database_is_refused_and_left_as_it_is(tmp_path):
    place = tmp_path / "log.sqlite"
    spoil(place, "CREATE TABLE recipes (name TEXT)")
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


def test_a_log_that_says_no_version_is_version_1_and_stays_as_it_is(place):
    spoil(place, "PRAGMA user_version = 0")
    before = place.read_bytes()
    with SqliteLog(place) as log:
        assert log.verify() == 3
    assert place.read_bytes() == before


def test_a_log_of_a_newer_laag_is_refused_and_left_as_it_is(place):
    spoil(place, "PRAGMA user_version = 2")
    spoil(place, "CREATE TABLE novelty (name TEXT)")
    before = place.read_bytes()
    with pytest.raises(BadInput, match=r"newer laag.*version 2, this laag knows 1.*update laag"):
        SqliteLog(place)
    assert place.read_bytes() == before


@pytest.mark.parametrize("said", [0, 1])
def test_an_older_log_is_brought_up_to_date_and_keeps_its_events(place, monkeypatch, said):
    spoil(place, f"PRAGMA user_version = {said}")
    with SqliteLog(place) as log:
        digest = log.digest()
    monkeypatch.setattr(sqlite, "_STEPS", (*sqlite._STEPS, "CREATE INDEX by_kind ON event (kind)"))
    for _ in range(2):
        with SqliteLog(place) as log:
            assert (log.verify(), log.digest()) == (3, digest)
    assert version(place) == 2


def test_an_upgrade_that_fails_leaves_the_log_as_it_was(place, monkeypatch):
    monkeypatch.setattr(
        sqlite, "_STEPS", (*sqlite._STEPS, "CREATE INDEX by_kind ON event (kind)", "CREATE nonsense")
    )
    with pytest.raises(BadInput, match="nonsense"):
        SqliteLog(place)
    monkeypatch.undo()
    with SqliteLog(place) as log:
        assert (log.verify(), version(place)) == (3, 1)


@pytest.mark.parametrize("where", ["{}", "sqlite:///{}"])
def test_a_path_is_a_file(place, where):
    with open_log(where.format(place)) as log:
        assert log.verify() == 3


@pytest.mark.parametrize("where", ["mysql://root:s3cret@db/street", "sqlite://s3cret"])
def test_another_kind_of_store_is_refused_without_repeating_what_may_be_secret(where):
    with pytest.raises(BadInput, match="postgresql://") as fault:
        open_log(where)
    assert "s3cret" not in str(fault.value)


def test_what_goes_wrong_while_a_log_is_read_is_what_is_told(tmp_path):
    place = tmp_path / "log.sqlite"
    with SqliteLog(place) as log:
        log.append([Event("ordered", f"m-{n}", {}, {}) for n in range(1_000)])

    def reads():
        with SqliteLog(place) as log:
            log.append([Event("ordered", "one more", {}, {})])
            reading = log.events()  # held on to, as whoever handles the fault does
            next(reading)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reads()
    with SqliteLog(place) as log:
        assert log.verify() == 1_001


def test_a_log_that_is_let_go_of_half_way_through_reading_is_whole(tmp_path):
    place = tmp_path / "log.sqlite"
    log = SqliteLog(place)
    log.append([Event("ordered", f"m-{n}", {}, {}) for n in range(1_000)])
    reading = log.events()
    next(reading)
    log.close()
    with SqliteLog(place) as again:
        assert again.verify() == 1_000
