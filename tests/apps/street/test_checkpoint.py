"""A start from what was laid down is a start from the whole log; what does not belong to the log is ignored with a reason."""

import asyncio
import hashlib
import json
import logging
from dataclasses import replace

import pytest
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, Hands, books, elsewhere, orders, prices, readings
from tests.ports.conftest import fresh, postgres  # noqa: F401 - places for logs, in each kind of store

from laag.adapters.stores import open_log
from laag.adapters.stores.shelf import open_shelf
from laag.apps.street import checkpoints
from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import Known, NotTaken, Signed
from laag.cycle import live
from laag.cycle.live.packing import bound, loose
from laag.cycle.live.state import Day
from laag.foundation.ports import Event


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    """As after many events: every batch makes one, unless one is being made."""
    monkeypatch.setattr(checkpoints, "EVERY_EVENTS", 1)
    monkeypatch.setattr(checkpoints, "LEAST_EVENTS", 1)


@pytest.fixture
def heard(caplog):
    """What the server wrote down of checkpoints."""
    caplog.set_level(logging.INFO, "laag.street")
    return lambda what: [one for one in caplog.records if one.getMessage() == what]


def keeper_of(place, shelf, neighbourhood=STREET, version="1", clock=None):
    return Keeper(lambda: open_log(place), neighbourhood, clock or Hands(), version=version, shelf=shelf)


async def lived(place, shelf, days=2):
    """Some days with a late reading, a correction and a refused message."""
    clock = Hands()
    async with keeper_of(place, shelf, clock=clock) as keeper:
        for name, key in KEYS.items():
            await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
        for n in range(days):
            day = FIRST + n * DAY
            clock.at = live.gate(STREET, day) - DAY / 12
            await keeper.ask([Signed(orders(name, 10 * n + 1, day)) for name in KEYS])
            await keeper.tell(live.Closed(day))
            priced, imbalanced = prices(day)
            await keeper.tell(priced)
            clock.at = live.settled_at(STREET, day)
            ptus = range(len(STREET.grid(day)))
            await keeper.ask([Signed(readings(name, 10 * n + 2, day, ptus, ptus)) for name in list(KEYS)[1:]])
            await keeper.tell(imbalanced)
            await keeper.tell(live.Settle(day))
            (wrong,) = await keeper.ask([Signed(readings("m-1", 10 * n + 4, day, (200,), (1,)))])
            assert isinstance(wrong, NotTaken)
            await keeper.ask([Signed(readings("m-0", 10 * n + 3, day, (3, 4), (900, -20)))])
            await keeper.tell(live.Settle(day))
        return keeper.kept


async def started(place, shelf=None, **how):
    async with keeper_of(place, shelf, **how) as keeper:
        return keeper.kept


async def asked_again(place, shelf):
    """What became of what was said before."""
    async with keeper_of(place, shelf) as keeper:
        return await keeper.ask(
            [
                Signed(readings("m-0", 3, FIRST, (3, 4), (900, -20))),
                Signed(readings("m-1", 4, FIRST, (200,), (1,))),
            ]
        )


def same(one, other):
    assert books(one.live) == books(other.live) != {}
    assert one.keys == other.keys
    assert dict(one.live.numbers) == dict(other.live.numbers)
    assert one.local.buyers.tolist() == other.local.buyers.tolist()
    assert (one.refused, one.refused_count, one.events) == (other.refused, other.refused_count, other.events)
    assert live.due(one.live, live.settled_at(STREET, FIRST + 9 * DAY)) == live.due(
        other.live, live.settled_at(STREET, FIRST + 9 * DAY)
    )


def test_a_start_from_what_was_laid_down_is_one_from_the_log_and_answers_as_before(fresh, heard):  # noqa: F811 - a fixture
    place = fresh()
    before = asyncio.run(lived(place, open_shelf(place)))
    laid, whole = asyncio.run(started(place, open_shelf(place))), asyncio.run(started(place))
    same(laid, before)
    same(laid, whole)
    first, second, third = (one.from_checkpoint for one in heard("replayed"))
    assert (first, second, third) == (0, before.events, 0)


def test_who_says_again_what_was_answered_is_answered_as_then(there):
    place, _, _ = there
    known, refused = asyncio.run(asked_again(place, open_shelf(place)))
    assert isinstance(known, Known)
    assert isinstance(refused, NotTaken)
    assert "200" in refused.why.en


def test_what_came_after_it_is_read_from_the_log(fresh, heard):  # noqa: F811 - a fixture
    place = fresh()
    asyncio.run(lived(place, open_shelf(place), days=1))
    asyncio.run(more(place, FIRST + 2 * DAY))
    laid = asyncio.run(started(place, open_shelf(place)))
    whole = asyncio.run(started(place))
    same(laid, whole)
    assert 0 < heard("replayed")[-2].from_checkpoint < laid.events


async def more(place, day):
    """Another day, and what comes late of the first."""
    clock = Hands(live.gate(STREET, day) - DAY / 12)
    async with keeper_of(place, None, clock=clock) as keeper:
        await keeper.ask([Signed(orders("m-1", 50, day))])
        await keeper.tell(live.Closed(day))
        await keeper.ask([Signed(readings("m-2", 51, FIRST, (7,), (77,)))])
        await keeper.tell(live.Settle(FIRST))


@pytest.fixture(scope="module")
def log_with_checkpoint(tmp_path_factory):
    """A log of a day, its checkpoint's files, and what it comes to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "EVERY_EVENTS", 1)
        patch.setattr(checkpoints, "LEAST_EVENTS", 1)
        place = tmp_path_factory.mktemp("kade") / "street.sqlite"
        kept = asyncio.run(lived(str(place), open_shelf(place)))
    folder = place.with_name("street-checkpoint")
    return place.read_bytes(), {one.name: one.read_bytes() for one in folder.iterdir()}, kept


@pytest.fixture
def there(log_with_checkpoint, tmp_path):
    """The same, in a place of this test alone."""
    log, files, kept = log_with_checkpoint
    place, folder = tmp_path / "street.sqlite", tmp_path / "street-checkpoint"
    place.write_bytes(log)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return place, folder, kept


def otherwise(folder, **says):
    """A head that says something else, and adds up."""
    said, *rest = loose(memoryview((folder / "head").read_bytes())[32:])
    body = bound([json.dumps({**json.loads(bytes(said)), **says}).encode(), *map(bytes, rest)])
    (folder / "head").write_bytes(hashlib.sha256(body).digest() + body)


def a_piece(folder):
    return max((one for one in folder.iterdir() if one.name != "head"), key=lambda one: one.stat().st_size)


def shortened(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def turned(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda folder: turned(folder / "head"), "is damaged"),
        (lambda folder: shortened(folder / "head"), "is damaged"),
        (lambda folder: (folder / "head").write_bytes(b""), "is damaged"),
        (lambda folder: turned(a_piece(folder)), "a piece of the checkpoint is damaged"),
        (lambda folder: shortened(a_piece(folder)), "a piece of the checkpoint is damaged"),
        (lambda folder: a_piece(folder).unlink(), "cannot be read"),
        (lambda folder: otherwise(folder, format=0), "another format"),
        (lambda folder: otherwise(folder, version="0"), "another version"),
        (lambda folder: otherwise(folder, code="0"), "another code"),
        (lambda folder: otherwise(folder, settings="0"), "another settings"),
        (lambda folder: otherwise(folder, digest="0" * 64), "of another log"),
    ],
)
def test_what_does_not_belong_to_the_log_is_ignored_with_a_reason(there, heard, spoil, why):
    place, folder, kept = there
    spoil(folder)
    found = asyncio.run(started(place, open_shelf(place)))
    same(found, kept)
    (said,) = heard("checkpoint ignored")
    assert why in said.why
    assert heard("replayed")[-1].from_checkpoint == 0


def test_a_log_that_was_put_back_from_an_older_copy_ignores_it(there, heard, tmp_path):
    place, _, kept = there
    older = tmp_path / "older.sqlite"
    with open_log(place) as log, open_log(older) as copy:
        copy.append(list(log.events())[: kept.events // 2])
    older.replace(place)
    for beside in ("-wal", "-shm"):
        place.with_name(place.name + beside).unlink(missing_ok=True)
    whole = asyncio.run(started(place))
    found = asyncio.run(started(place, open_shelf(place)))
    same(found, whole)
    assert "older copy" in heard("checkpoint ignored")[0].why


def test_another_rule_for_rounds_is_another_setting(there, heard):
    place, _, kept = there
    later = elsewhere(rounds_close=STREET.rounds_close * 2)
    found = asyncio.run(started(place, open_shelf(place), neighbourhood=later))
    assert found.events == kept.events
    assert "settings" in heard("checkpoint ignored")[0].why


class Full:
    """A shelf on a disk that is full."""

    def head(self):
        return None

    def piece(self, name):
        raise FileNotFoundError(name)

    def put(self, *_):
        raise OSError(28, "no space left on device")

    def close(self):
        pass


def test_a_disk_that_is_full_stands_in_nobodys_way(tmp_path, heard):
    kept = asyncio.run(lived(str(tmp_path / "street.sqlite"), Full()))
    assert books(kept.live) != {}
    assert "no space left" in heard("no checkpoint")[0].why


def test_where_the_rest_of_the_log_does_not_follow_from_it_the_whole_log_is_read(there, heard, monkeypatch):
    place, _, _ = there
    asyncio.run(more(place, FIRST + 3 * DAY))
    newest = checkpoints.Checkpoints.newest

    def closed_already(self, store):
        kept, digest = newest(self, store)
        days = {**kept.live.days, FIRST + 3 * DAY: Day(closed=True)}
        return replace(kept, live=replace(kept.live, days=days)), digest

    monkeypatch.setattr(checkpoints.Checkpoints, "newest", closed_already)
    found = asyncio.run(started(place, open_shelf(place)))
    monkeypatch.undo()
    whole = asyncio.run(started(place))
    same(found, whole)
    assert any("the whole log is read" in one.why for one in heard("checkpoint ignored"))


def test_a_note_in_the_log_counts_as_an_event_of_it(tmp_path):
    place = tmp_path / "street.sqlite"
    asyncio.run(lived(str(place), open_shelf(place), days=1))

    async def noted():
        async with keeper_of(str(place), open_shelf(place)) as keeper:
            await keeper.note(Event("looked", "m-0", {"who": "operator"}, {}))

    asyncio.run(noted())
    laid = asyncio.run(started(str(place), open_shelf(place)))
    whole = asyncio.run(started(str(place)))
    same(laid, whole)
