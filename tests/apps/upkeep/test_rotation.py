"""Of the daily copies the newest are kept, each whole."""

from datetime import UTC, datetime, timedelta

import pytest

from laag.adapters.stores import SqliteLog, open_log, open_records, sqlite
from laag.apps.upkeep.rotation import copies, copy, records_of
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

NIGHT = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    place = tmp_path / "street.sqlite"
    with SqliteLog(place) as log:
        log.append([Event("day", str(i), {}, {}) for i in range(3)])
    with open_records(place) as records:
        records.put("account", "ann", {"role": "operator"})
    return str(place)


def test_the_newest_are_kept_and_everything_of_somebody_else(store, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    made = [copy(store, folder, 3, NIGHT + timedelta(days=day)) for day in range(5)]
    assert copies(folder) == made[-3:]
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        [
            "letter.txt",
            *(one.name for one in made[-3:]),
            *(records_of(one).name for one in made[-3:]),
            *(f"{one.stem}-copy.json" for one in made[-3:]),
        ]
    )


def test_a_copy_is_the_log_and_its_accounts_while_the_log_is_open(store, tmp_path):
    with open_log(store) as log:
        made = copy(store, tmp_path / "copies", 1, NIGHT)
        with open_log(made) as copied:
            assert (copied.verify(), copied.digest()) == (3, log.digest())
    with open_records(made) as records:
        assert records.list("account") == [("ann", {"role": "operator"})]
    assert oct(made.stat().st_mode)[-3:] == "600"


def test_a_damaged_log_takes_no_place_of_a_good_copy(store, tmp_path):
    folder = tmp_path / "copies"
    good = copy(store, folder, 1, NIGHT)
    with SqliteLog(store) as log:
        log._db.execute("UPDATE event SET key = 'other' WHERE seq = 2")
    with pytest.raises(BadInput):
        copy(store, folder, 1, NIGHT + timedelta(days=1))
    assert copies(folder) == [good]


def test_a_copy_that_was_interrupted_is_made_anew(store, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    with SqliteLog(folder / "street-20261122T031500Z.part") as torn:
        torn.append([Event("day", "0", {}, {})])
    with open_log(copy(store, folder, 1, NIGHT)) as made:
        assert made.verify() == 3


def test_keeping_none_is_refused(store, tmp_path):
    with pytest.raises(BadInput, match="--keep 1"):
        copy(store, tmp_path / "copies", 0, NIGHT)


def test_a_newer_version_does_not_touch_the_log_of_one_that_runs(store, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "_STEPS", (*sqlite._STEPS, "CREATE INDEX by_kind ON event (kind)"))
    with pytest.raises(BadInput, match="the version that runs"):
        copy(store, tmp_path / "copies", 1, NIGHT)


def test_where_there_is_no_log_none_is_made(tmp_path):
    with pytest.raises(BadInput, match="no log"):
        copy(str(tmp_path / "no.sqlite"), tmp_path / "copies", 1, NIGHT)
    assert not (tmp_path / "no.sqlite").exists()
