"""Before a new version touches a log it shows on a copy that all comes out the same, and there is a way back."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.cycle.living_street import FIRST, folded, place, plainly

from laag.adapters.stores import SqliteLog, open_log, open_records, sqlite
from laag.adapters.stores.tables import head
from laag.apps.street.kept import Refusal
from laag.apps.street.opening import opened
from laag.apps.upkeep import note as notes
from laag.apps.upkeep import rollback, upgrade
from laag.apps.upkeep.rollback import Way
from laag.apps.upkeep.standing import differences, standing
from laag.cycle import live
from laag.cycle.live import fold
from laag.foundation.errors import BadInput, CannotResume
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ports import Event
from laag.foundation.words import Said

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def as_events():
    state, events = live.begin(place()), [opened(place(), "0.1.0")]
    for message in plainly():
        state, effects = live.apply(state, message)
        events.append(live.to_event(message, live.told_by(effects)))
    refused = Refusal("m-1", FIRST.isoformat(), 7, Said("te laat", "late"), "2026-03-28T11:00:01Z")
    return [*events, refused.event()]


@pytest.fixture(scope="session")
def lived(tmp_path_factory):
    """A log of two settled days, and accounts beside it."""
    store = tmp_path_factory.mktemp("lived") / "street.sqlite"
    with SqliteLog(store) as log:
        log.append(as_events())
    with open_records(store) as records:
        records.put("account", "ann", {"role": "operator"})
    return store


@pytest.fixture
def street(lived, tmp_path):
    """A copy of it that a test may do anything to."""
    for file in lived.parent.iterdir():
        shutil.copy(file, tmp_path)
    config = tmp_path / "street.toml"
    config.write_text('[street]\nname = "Kade"\n')
    return upgrade.Street(config, str(tmp_path / lived.name), place())


@pytest.fixture
def folder(street, tmp_path):
    upgrade.prepare(street, tmp_path / "before", "0.1.0", NOW)
    return tmp_path / "before"


@pytest.fixture
def newer(monkeypatch):
    """A version whose tables are others, from here on."""
    return lambda: monkeypatch.setattr(
        sqlite, "_STEPS", (*sqlite._STEPS, "CREATE INDEX by_kind ON event (kind)")
    )


def appended(store, *kinds):
    with SqliteLog(store) as log:
        log.append([Event(kind, "m-1", {}, {}) for kind in kinds])


def rows(store):
    with SqliteLog(store) as log:
        return log.verify(), log.digest()


def checked(street, folder):
    return upgrade.check(notes.read(folder), folder, street.place)


def cheaper(settle_local):
    """A version that books a cent less of whatever the first member pays first."""

    def changed(*args, **more):
        settled, right = settle_local(*args, **more)
        amounts = right.amount_units.copy()
        amounts[np.flatnonzero(right.account == 0)[0]] -= UNITS_PER_EUR // 100
        return settled, type(right)(
            *(amounts if column is right.amount_units else column for column in right.columns())
        )

    return changed


def test_what_a_log_comes_to_is_what_its_messages_came_to(street):
    with SqliteLog(street.store) as log:
        stands = standing(log.events(), street.place)
    _, effects = folded(plainly())
    settled = [one for one in effects if isinstance(one, live.DaySettled)]
    assert stands.events == len(as_events())
    assert len(stands.days) == len(settled)
    assert sum(units for units, _ in stands.accounts.values()) == 0
    for name, account in zip(settled[0].accounts.names, range(99), strict=False):
        paid = sum(one.postings.amount_units[one.postings.account == account].sum() for one in settled)
        assert stands.accounts[name][0] == paid


def test_the_same_version_finds_nothing_that_comes_out_otherwise(street, folder):
    assert checked(street, folder) == ()
    assert oct((folder / notes.CONFIG).stat().st_mode)[-3:] == "600"


def test_preparing_changes_nothing_and_leaves_room_for_a_server_that_writes_on(street, folder):
    count, digest = rows(street.store)
    note = notes.read(folder)
    assert (note.events, note.log_digest) == (count, digest)
    with open_log(folder / notes.LOG) as copy:
        assert copy.digest() == digest
    appended(street.store, "looked")
    assert checked(street, folder) == ()


def test_a_version_with_other_tables_is_tried_on_a_copy_only(street, folder, newer):
    newer()
    assert checked(street, folder) == ()
    assert head(street.store).tables == 1
    assert head(folder / notes.LOG).tables == 1
    assert notes.read(folder).tables == 1


def test_a_version_that_books_otherwise_is_found_out_with_who_and_which_day(street, folder, monkeypatch):
    monkeypatch.setattr(fold.settle, "local", cheaper(fold.settle.local))
    found = checked(street, folder)
    first = place_of_first_member()
    assert any("gives other postings than when it was written" in one.en for one in found)
    assert any("andere boekingen" in one.nl for one in found)
    assert [one.en for one in found if "comes out otherwise" in one.en] == [
        f"{day} comes out otherwise" for day in sorted(notes.read(folder).days)
    ]
    assert [one.en for one in found if "stood at" in one.en] == [one.en for one in found if first in one.en]


def place_of_first_member():
    return f"member/{next(iter(folded(plainly())[0].members))} stood at"


def test_a_version_that_refuses_what_was_taken_says_which_event(street, folder, monkeypatch):
    monkeypatch.setattr(
        fold, "judge", lambda _, one: Said("nee", "no") if isinstance(one, live.Imbalanced) else None
    )
    found = [one.en for one in checked(street, folder)]
    assert any("imbalanced 2026-03-28 is not taken by this version: no" in one for one in found)
    assert any(
        "(settled 2026-03-28) cannot be followed by this version: AssertionError" in one for one in found
    )


def test_a_version_with_another_rule_is_refused_as_the_server_would(street, folder):
    note = notes.read(folder)
    other = live.Neighbourhood("Elsewhere", street.place.terms, FIRST)
    with pytest.raises(CannotResume, match="Elsewhere"):
        upgrade.check(note, folder, other)


def test_a_log_that_came_out_otherwise_already_is_not_prepared(street, tmp_path, monkeypatch):
    monkeypatch.setattr(fold.settle, "local", cheaper(fold.settle.local))
    with pytest.raises(BadInput, match="not the one that wrote it"):
        upgrade.prepare(street, tmp_path / "before", "0.1.0", NOW)
    assert not (tmp_path / "before" / notes.NOTE).exists()


def test_the_new_version_cannot_prepare_for_the_old_one(street, tmp_path, newer):
    newer()
    with pytest.raises(BadInput, match="prepare with the version that runs now"):
        upgrade.prepare(street, tmp_path / "before", "0.2.0", NOW)
    assert head(street.store).tables == 1


def test_a_damaged_log_is_not_prepared(street, tmp_path):
    with sqlite3.connect(street.store) as db:
        db.execute("UPDATE event SET key = 'other' WHERE seq = 3")
    db.close()
    with pytest.raises(BadInput, match="event 3"):
        upgrade.prepare(street, tmp_path / "before", "0.1.0", NOW)


@pytest.mark.parametrize("spoilt", [notes.LOG, notes.NOTE])
def test_a_copy_that_was_changed_is_no_way_back(folder, spoilt):
    path = folder / spoilt
    path.write_bytes(path.read_bytes().replace(b"member/", b"membre/", 1) + b" " * (spoilt == notes.LOG))
    with pytest.raises(BadInput, match=r"no way back|not a note"):
        notes.read(folder)


def test_a_folder_in_use_is_not_written_over(street, folder):
    with pytest.raises(BadInput, match="holds something already"):
        upgrade.prepare(street, folder, "0.1.0", NOW)


def test_where_the_tables_stayed_the_way_back_loses_nothing_and_touches_nothing(street, folder):
    appended(street.store, "looked", "looked")
    back = rollback.way_back(notes.read(folder), street.store)
    assert (back.way, back.since) == (Way.AS_IT_IS, 2)
    assert "nothing is lost" in rollback.said(back, notes.read(folder), ()).en


def test_where_nothing_came_since_the_copy_takes_the_logs_place(street, folder, newer, monkeypatch):
    before = rows(street.store)
    newer()
    assert rows(street.store) == before
    note = notes.read(folder)
    back = rollback.way_back(note, street.store)
    assert (back.way, back.since) == (Way.COPY, 0)
    aside = rollback.restore(note, folder, street.store, LATER)
    assert head(aside).tables == 2
    monkeypatch.undo()
    assert rows(street.store) == before


def test_what_would_be_lost_is_counted_by_kind(street, folder, newer):
    newer()
    appended(street.store, "metered", "metered", "looked")
    note = notes.read(folder)
    back = rollback.way_back(note, street.store)
    assert (back.way, back.since) == (Way.LOSS, 3)
    came = rollback.what_came(street.store, note)
    assert came == (("looked", 1), ("metered", 2))
    words = rollback.said(back, note, came)
    assert "--losing 3" in words.en
    assert "2 × metered" in words.nl


def test_accounts_made_since_are_kept_where_their_tables_stayed(street, folder, newer):
    newer()
    rows(street.store)
    with open_records(street.store) as records:
        records.put("account", "bob", {"role": "member"})
    rollback.restore(notes.read(folder), folder, street.store, LATER)
    with open_records(street.store) as records:
        assert [name for name, _ in records.list("account")] == ["ann", "bob"]


def test_accounts_go_back_where_their_tables_changed(street, folder, newer):
    newer()
    rows(street.store)
    with open_records(street.store) as records:
        records.put("account", "bob", {"role": "member"})
    with sqlite3.connect(street.store.replace(".sqlite", "-records.sqlite")) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    rollback.restore(notes.read(folder), folder, street.store, LATER)
    with open_records(street.store) as records:
        assert [name for name, _ in records.list("account")] == ["ann"]


def test_nothing_is_restored_under_a_server_that_runs(street, folder, newer):
    newer()
    with SqliteLog(street.store), pytest.raises(BadInput, match="stop the server"):
        rollback.restore(notes.read(folder), folder, street.store, LATER)
    assert head(street.store).tables == 2


def test_the_folder_of_another_log_is_refused(street, folder, tmp_path):
    other = tmp_path / "other.sqlite"
    with SqliteLog(other) as log:
        log.append([Event("day", str(i), {}, {}) for i in range(3)])
    with pytest.raises(BadInput, match="not the one that was copied"):
        rollback.way_back(notes.read(folder), str(other))


def test_a_difference_below_a_cent_is_shown_in_full(street):
    with SqliteLog(street.store) as log:
        stands = standing(log.events(), street.place)
    name, (units, wh) = next(iter(stands.accounts.items()))
    moved = type(stands)(stands.events, stands.days, {**stands.accounts, name: (units + 1, wh)})
    (only,) = differences(stands, moved)
    assert f"{units + 1}e-8 EUR" in only.en
