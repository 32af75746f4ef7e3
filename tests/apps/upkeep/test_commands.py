"""The operator's commands, on a log that lived two days."""

import shutil
from datetime import timedelta

import pytest
from tests.apps.upkeep.test_upgrade import as_events, cheaper
from tests.cycle.living_street import FIRST, place

from laag.adapters.stores import SqliteLog, sqlite
from laag.apps.cli import main
from laag.apps.upkeep import streets
from laag.apps.upkeep.upgrade import Street
from laag.cycle.live import fold
from laag.foundation.ports import Event


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    store = tmp_path_factory.mktemp("lived") / "street.sqlite"
    with SqliteLog(store) as log:
        log.append(as_events())
    return store


@pytest.fixture
def config(lived, tmp_path, monkeypatch):
    """Settings of the living street, whose rules are of the test's own making."""
    store = tmp_path / "street.sqlite"
    shutil.copy(lived, store)
    path = tmp_path / "street.toml"
    path.write_text('[street]\nname = "Kade"\n')
    clock = f"1e-9x {FIRST + timedelta(days=2)}T00:00Z since 2026-11-22T08:30Z"  # it stands still
    monkeypatch.setattr(streets, "street_in", lambda given: Street(given, str(store), place(), clock))
    monkeypatch.setattr("laag.apps.upkeep.steps.street_in", streets.street_in)
    return path


@pytest.fixture
def newer(monkeypatch):
    return lambda: monkeypatch.setattr(
        sqlite, "_STEPS", (*sqlite._STEPS, "CREATE INDEX by_kind ON event (kind)")
    )


def laag(capsys, *arguments):
    code = main([*map(str, arguments)])
    done = capsys.readouterr()
    return code, done.out + done.err


def test_an_upgrade_that_changes_nothing_may_be_started(config, tmp_path, capsys):
    code, said = laag(capsys, "upgrade", "prepare", config, "--to", tmp_path / "before")
    assert code == 0, said
    assert "laag upgrade check" in said
    code, said = laag(capsys, "upgrade", "check", tmp_path / "before", "--lang", "nl")
    assert (code, "kan worden gestart" in said) == (0, True)
    code, said = laag(capsys, "upgrade", "rollback", tmp_path / "before")
    assert (code, "nothing is lost" in said) == (0, True)


def test_an_upgrade_that_books_otherwise_ends_with_1_and_says_what(config, tmp_path, capsys, monkeypatch):
    laag(capsys, "upgrade", "prepare", config, "--to", tmp_path / "before")
    monkeypatch.setattr(fold.settle, "local", cheaper(fold.settle.local))
    code, said = laag(capsys, "upgrade", "check", tmp_path / "before")
    assert code == 1
    assert "do not start it" in said
    assert f"{FIRST} comes out otherwise" in said


def test_what_would_be_lost_is_lost_only_by_its_number(config, tmp_path, capsys, newer, monkeypatch):
    store = tmp_path / "street.sqlite"
    laag(capsys, "upgrade", "prepare", config, "--to", tmp_path / "before")
    newer()
    with SqliteLog(store) as log:
        log.append([Event("looked", "m-1", {}, {})] * 2)
    for losing, code in (((), 1), (("--losing", "1"), 1), (("--losing", "2"), 0)):
        done, said = laag(capsys, "upgrade", "rollback", tmp_path / "before", *losing)
        assert done == code
        assert ("2 × looked" in said) == (code == 1)
    monkeypatch.undo()
    with SqliteLog(store) as log:
        assert log.verify() == len(as_events())
    assert len(list(tmp_path.glob("street-until-*.sqlite"))) == 1


def test_a_share_of_the_homes_is_named_and_looked_at(config, capsys):
    members = {event.key for event in as_events() if event.kind == "joined"}
    args = ("upgrade", "homes", config, "--version", "0.2.0", "--percent", "100")
    code, said = laag(capsys, *args)
    assert (code, set(said.split())) == (0, members)
    switched = f"{FIRST + timedelta(days=1)}T00:00+01:00"
    code, said = laag(capsys, *args, "--since", switched)
    assert (code, "heard as well as before" in said) == (0, True)
    code, said = laag(capsys, *args, "--since", "2026-03-29T00:00")
    assert (code, "zone" in said) == (2, True)


def test_a_home_can_ask_whether_it_is_its_turn(capsys):
    turn = ("upgrade", "turn", "m-7f3k2a", "--version", "0.2.0", "--percent")
    assert laag(capsys, *turn, "20") == (1, "24.6\n")
    assert laag(capsys, *turn, "25") == (0, "24.6\n")


def test_copies_are_made_and_kept(config, tmp_path, capsys):
    code, said = laag(capsys, "backups", config, tmp_path / "copies", "--keep", "2")
    assert code == 0
    assert said.strip().startswith(str(tmp_path / "copies" / "street-"))


def test_a_device_in_danger_ends_with_1(tmp_path, capsys):
    file = tmp_path / "devices.toml"
    file.write_text('[[device]]\nname = "lader"\nkind = "charger"\nsupport_until = 2020-01-01\n')
    code, said = laag(capsys, "devices", file, "--lang", "nl")
    assert (code, "woensdag 1 januari 2020" in said) == (1, True)
