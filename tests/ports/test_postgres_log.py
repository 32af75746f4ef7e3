"""What only a log on a server can meet: a cut cable, a restart, a full disk over there, a password, other people's tables."""

import subprocess
import sys
import tempfile
import threading
import time
import traceback
from contextlib import closing
from dataclasses import replace

import pytest
from tests.ports.server import PASSWORD
from tests.ports.wire import Wire

from laag.adapters.stores import open_log
from laag.adapters.stores.address import Address
from laag.foundation.errors import BadInput, Unfinished
from laag.foundation.ports import Event

pytest.importorskip("pg8000", reason="no pg8000 here: pip install 'laag[postgres]'")

from laag.adapters.stores import postgres_session
from laag.adapters.stores.postgres import PostgresLog


def day(number):
    return [Event("day", str(number), {"n": number}, {})]


def keys(log):
    return [event.key for event in log.events()]


@pytest.fixture
def schema(postgres):
    """A schema with a log of three days."""
    place = postgres.fresh()
    with PostgresLog(place) as log:
        log.append([*day(0), *day(1), *day(2)])
    return Address.of(place).schema


@pytest.fixture
def wire(postgres):
    with tempfile.TemporaryDirectory(prefix="laag-wire-") as folder, closing(Wire(folder, f"{postgres.folder}/.s.PGSQL.5432")) as wire:  # fmt: skip
        yield wire


@pytest.mark.parametrize("cut", ["question", "answer"])
def test_an_append_whose_connection_is_cut_is_there_once(postgres, wire, schema, cut):
    with PostgresLog(postgres.url(schema, folder=wire.folder)) as log:
        wire.cut = cut
        digest = log.append(day(3))
        assert wire.cuts == 1
        assert log.append(day(4)) != digest
        assert keys(log) == ["0", "1", "2", "3", "4"]
        assert log.verify() == 5


@pytest.mark.parametrize("cut", ["question", "answer"])
def test_an_append_that_ended_in_an_error_is_there_once_after_it_is_asked_again(postgres, wire, schema, cut):
    with PostgresLog(postgres.url(schema, folder=wire.folder), patience_s=0) as log:
        wire.cut = cut
        with pytest.raises(Unfinished, match="not written twice"):
            log.append(day(3))
        assert len(keys(log)) == (3 if cut == "question" else 4)
        assert log.append(day(3)) == log.digest()
        assert keys(log) == ["0", "1", "2", "3"]


def test_something_else_is_not_appended_before_the_caller_knows_what_is_there(postgres, wire, schema):
    with PostgresLog(postgres.url(schema, folder=wire.folder), patience_s=0) as log:
        wire.cut = "answer"
        with pytest.raises(Unfinished):
            log.append(day(3))
        with pytest.raises(BadInput, match="open it again"):
            log.append(day(9))
    with PostgresLog(postgres.url(schema)) as log:
        log.append(day(9))
        assert keys(log) == ["0", "1", "2", "3", "9"]


def test_something_else_may_be_appended_where_nothing_was_written(postgres, wire, schema):
    with PostgresLog(postgres.url(schema, folder=wire.folder), patience_s=0) as log:
        wire.cut = "question"
        with pytest.raises(Unfinished):
            log.append(day(3))
        log.append(day(9))
        assert keys(log) == ["0", "1", "2", "9"]


def test_another_writer_in_between_is_noticed_after_a_cut(postgres, wire, schema):
    with PostgresLog(postgres.url(schema, folder=wire.folder), patience_s=0) as log, PostgresLog(postgres.url(schema)) as other:  # fmt: skip
        wire.cut = "question"
        with pytest.raises(Unfinished):
            log.append(day(3))
        other.append(day(8))
        with pytest.raises(BadInput, match="something else writes"):
            log.append(day(3))
        assert keys(other) == ["0", "1", "2", "8"]


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_restarts_loses_nothing_and_doubles_nothing(postgres, schema, mode):
    acknowledged, enough = [], threading.Event()

    def write():
        with PostgresLog(postgres.url(schema)) as log:
            while not enough.is_set():
                acknowledged.append(log.append(day(3 + len(acknowledged))))

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(2):
        seen = len(acknowledged)
        _wait(lambda seen=seen: len(acknowledged) > seen + 20)
        postgres.stop(mode)
        postgres.start()
    seen = len(acknowledged)
    _wait(lambda: len(acknowledged) > seen + 20)
    enough.set()
    writer.join()
    with PostgresLog(postgres.url(schema)) as log:
        assert keys(log) == [str(n) for n in range(3 + len(acknowledged))]
        assert log.verify() == 3 + len(acknowledged)
        assert log.digest() == acknowledged[-1]


def _wait(until):
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_reader_goes_on_after_a_restart(postgres, schema):
    with PostgresLog(postgres.url(schema)) as log:
        log.append([event for n in range(3, 250) for event in day(n)])
        reading = log.events()
        first = next(reading).key
        postgres.stop()
        postgres.start()
        assert [first, *(event.key for event in reading)] == [str(n) for n in range(250)]


def test_a_server_that_stays_away_is_named_without_its_password(postgres, schema):
    with PostgresLog(postgres.url(schema), patience_s=0.3) as log:
        postgres.stop()
        try:
            with pytest.raises(Unfinished, match="did not come back") as fault:
                log.append(day(3))
            with pytest.raises(BadInput, match="cannot be opened") as other:
                PostgresLog(postgres.url(schema))
        finally:
            postgres.start()
        log.append(day(3))
        assert keys(log) == ["0", "1", "2", "3"]
    for raised in fault, other:
        told = "".join(traceback.format_exception(raised.value))
        assert f"schema={schema}" in str(raised.value)
        assert "s3cret" not in told


def test_a_session_that_is_ended_is_begun_again(postgres, schema):
    with PostgresLog(postgres.url(schema)) as log:
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'laag'")
        log.append(day(3))
        assert keys(log) == ["0", "1", "2", "3"]


def test_a_full_disk_is_an_error_and_leaves_nothing(postgres, schema):
    postgres.run(
        f"CREATE FUNCTION {schema}.full() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END$$"
    )
    postgres.run(f"CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON {schema}.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.seq = 5) EXECUTE FUNCTION {schema}.full()")  # fmt: skip
    with PostgresLog(postgres.url(schema)) as log:
        with pytest.raises(BadInput, match=r"No space left on device.*make room"):
            log.append([*day(3), *day(4), *day(5)])
        assert keys(log) == ["0", "1", "2"]
        postgres.run(f"DROP TRIGGER full_disk ON {schema}.event")
        log.append([*day(3), *day(4)])
        assert log.verify() == 5


def test_an_append_that_must_wait_too_long_for_another_is_refused(postgres, schema):
    from pg8000.native import Connection

    slow = Connection("laag", password=PASSWORD, database="postgres", unix_sock=f"{postgres.folder}/.s.PGSQL.5432", ssl_context=False)  # fmt: skip
    with PostgresLog(postgres.url(schema)) as log:
        slow.run("BEGIN")
        slow.run(
            f"INSERT INTO {schema}.event SELECT 4, kind, key, body, digest FROM {schema}.event WHERE seq = 3"
        )
        with pytest.raises(BadInput, match="something else writes"):
            log.append(day(3))
        slow.run("ROLLBACK")
        slow.close()
        log.append(day(3))
        assert keys(log) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE event SET key = 'other' WHERE seq = 2", "event 2"),
        ("UPDATE event SET body = 'x' WHERE seq = 2", "event 2"),
        ("UPDATE event SET kind = '\\xff' WHERE seq = 2", "event 2"),
        ("DELETE FROM event WHERE seq = 1", "event 2"),
    ],
)
def test_a_changed_or_removed_row_is_found(postgres, schema, damage, found):
    postgres.run(damage.replace("event", f"{schema}.event"))
    with PostgresLog(postgres.url(schema)) as log, pytest.raises(BadInput, match=f"{found}.*restore a copy"):
        log.verify()


def test_a_row_that_cannot_be_read_is_refused_when_it_is_met(postgres, schema):
    postgres.run(f"UPDATE {schema}.event SET body = 'x' WHERE seq = 2")
    with PostgresLog(postgres.url(schema)) as log, pytest.raises(BadInput, match="event 2"):
        keys(log)


def test_a_log_that_was_emptied_under_its_writer_is_not_written_to(postgres, schema):
    with PostgresLog(postgres.url(schema)) as log:
        postgres.run(f"DELETE FROM {schema}.event")
        with pytest.raises(BadInput, match="something else"):
            log.append(day(3))


@pytest.mark.parametrize(
    ("damage", "holds"),
    [
        ("CREATE TABLE {0}.recipes (name TEXT)", "event, recipes, version"),
        ("DROP TABLE {0}.event", "version"),
        ("DROP TABLE {0}.version", "event"),
        ("DELETE FROM {0}.version", "event, version"),
        ("ALTER TABLE {0}.event DROP COLUMN digest", "event, version"),
        ("ALTER TABLE {0}.event DROP CONSTRAINT event_pkey", "event, version"),
    ],
)
def test_foreign_or_damaged_tables_are_refused_with_a_way_out(postgres, schema, damage, holds):
    postgres.run(damage.format(schema))
    with pytest.raises(BadInput, match=f"it holds {holds}, .*give another schema"):
        PostgresLog(postgres.url(schema))


def test_other_tables_in_the_same_database_are_no_concern_of_a_log(postgres):
    postgres.run("CREATE TABLE public.event (name TEXT)")
    try:
        with PostgresLog(postgres.fresh()) as log:
            log.append(day(1))
        assert postgres.run("SELECT * FROM public.event") == []
    finally:
        postgres.run("DROP TABLE public.event")


def test_two_that_open_a_new_log_at_once_make_one(postgres):
    place, faults = postgres.fresh(), []

    def enter():
        try:
            PostgresLog(place).close()
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_log_of_a_newer_laag_is_refused(postgres, schema):
    postgres.run(f"UPDATE {schema}.version SET number = 2")
    postgres.run(f"CREATE TABLE {schema}.novelty (name TEXT)")
    with pytest.raises(BadInput, match=r"newer laag.*version 2, this laag knows 1.*update laag"):
        PostgresLog(postgres.url(schema))


def test_an_older_log_is_brought_up_to_date_and_keeps_its_events(postgres, schema, monkeypatch):
    now = postgres_session.LOG
    more = (*now.steps, "CREATE TABLE novelty (name TEXT)")
    layout = {**now.layout, "novelty": "name text"}
    monkeypatch.setattr(postgres_session, "LOG", replace(now, steps=more, layout=layout))
    for _ in range(2):
        with PostgresLog(postgres.url(schema)) as log:
            assert log.verify() == 3
    assert postgres.run(f"SELECT number FROM {schema}.version") == [[2]]


def test_an_upgrade_that_fails_leaves_the_log_as_it_was(postgres, schema, monkeypatch):
    now = postgres_session.LOG
    worse = (*now.steps, "CREATE TABLE novelty (name TEXT)", "CREATE nonsense")
    monkeypatch.setattr(postgres_session, "LOG", replace(now, steps=worse))
    with pytest.raises(BadInput, match="nonsense"):
        PostgresLog(postgres.url(schema))
    monkeypatch.undo()
    with PostgresLog(postgres.url(schema)) as log:
        assert log.verify() == 3


def test_a_server_that_does_not_sync_is_refused(postgres, schema):
    postgres.run("ALTER SYSTEM SET fsync = off")
    try:
        postgres.run("SELECT pg_reload_conf()")
        _wait(lambda: postgres.run("SHOW fsync") == [["off"]])
        with pytest.raises(BadInput, match="fsync = on"):
            PostgresLog(postgres.url(schema))
    finally:
        postgres.run("ALTER SYSTEM RESET fsync")
        postgres.run("SELECT pg_reload_conf()")
        _wait(lambda: postgres.run("SHOW fsync") == [["on"]])


def test_a_role_that_settles_for_less_is_overruled(postgres, schema):
    postgres.run("ALTER ROLE laag SET synchronous_commit = off")
    try:
        with PostgresLog(postgres.url(schema)) as log:
            assert log._session.ask(lambda db: db.run("SHOW synchronous_commit")) == [["on"]]
    finally:
        postgres.run("ALTER ROLE laag RESET synchronous_commit")


def test_who_may_only_read_can_read(postgres, schema):
    postgres.run(f"CREATE ROLE reader LOGIN PASSWORD 'r'; GRANT USAGE ON SCHEMA {schema} TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")  # fmt: skip
    with PostgresLog(postgres.url(schema).replace("laag:", "reader:").replace(_quoted(), "r")) as log:
        assert log.verify() == 3
        with pytest.raises(BadInput, match="permission denied"):
            log.append(day(3))


def _quoted():
    from urllib.parse import quote

    return quote(PASSWORD, safe="")


def test_a_wrong_password_is_said_and_not_repeated(postgres, schema):
    with pytest.raises(BadInput, match='authentication failed for user "laag"') as fault:
        PostgresLog(postgres.url(schema, password="wr0ng"))
    assert "wr0ng" not in "".join(traceback.format_exception(fault.value)).replace('password="wr0ng"', "")


def test_the_password_may_come_from_the_environment(postgres, schema, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with PostgresLog(postgres.url(schema).replace(":" + _quoted(), "")) as log:
        assert log.verify() == 3
    assert PASSWORD not in repr(log._address) + str(log._address)


def test_without_the_driver_a_file_opens_and_a_database_says_what_to_install(tmp_path):
    code = (
        "import sys; sys.modules['pg8000'] = None; from laag.adapters.stores import open_log; "
        "open_log(sys.argv[1]).close(); open_log('postgresql://laag:s3cret@localhost/street')"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "log.sqlite"], capture_output=True, text=True, check=False)  # fmt: skip
    assert "pip install 'laag[postgres]'" in done.stderr.splitlines()[-1]
    assert (tmp_path / "log.sqlite").exists()


def test_a_url_of_either_spelling_is_a_database(postgres, schema):
    with open_log(postgres.url(schema).replace("postgresql:", "postgres:")) as log:
        assert isinstance(log, PostgresLog)
