"""The disk is lost: a copy is put back, the ledger goes on as it was, and homes are told what happened."""

import asyncio
import shutil
import threading
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, Hands, orders, prices, readings
from tests.apps.street.recorded import a_day, checked, committed, evidence, home, record, secret, server
from tests.apps.street.test_api import post

from laag.adapters.keys import Key
from laag.adapters.ledger.store import Store
from laag.adapters.neighbourhood.committed import OwnRecord
from laag.adapters.neighbourhood.wire import Standing
from laag.adapters.stores import open_log, open_records
from laag.apps.street.ledger.config import LedgerWire, MeteringWire
from laag.apps.street.ledger.kept import Trees
from laag.apps.street.ledger.making import root
from laag.apps.street.ledger.opening import Files
from laag.apps.upkeep import ledger_aside, rotation
from laag.apps.upkeep.put_back import put_back
from laag.cycle import live
from laag.foundation.errors import BadInput
from laag.ledger.entries import read
from laag.ledger.genesis import founded
from laag.ledger.members import Member
from laag.ledger.refused import Code
from laag.ledger.verified import Verified

SECOND = FIRST + DAY


def store_of(folder):
    return f"{folder}/log.sqlite"


def files_of(folder):
    return Files.of(LedgerWire(), Path(folder), store_of(folder))


async def second_day(running, caller, first_number=3):
    """The day after the first, from its orders to its settlement."""
    keeper = running.keeper
    keeper.clock.at = live.gate(STREET, SECOND) - timedelta(hours=1)
    closed = keeper.live.day(SECOND).closed
    if not closed:
        await post(caller, *(orders(name, first_number, SECOND, ptu=44) for name in KEYS))
        await keeper.tell(live.Closed(SECOND))
        await committed(running)
    keeper.clock.at = live.settled_at(STREET, SECOND)
    await post(caller, *(readings(name, first_number + 1, SECOND, range(92), range(92)) for name in KEYS))
    for one in (*prices(SECOND), live.Settle(SECOND)):
        await keeper.tell(one)
    await committed(running)


@asynccontextmanager
async def restored(folder, made, clock):
    """Another disk, on which the copy was put back."""
    put_back(made, store_of(folder), files_of(folder), clock.at)
    async with server(folder, clock) as (running, caller):
        await committed(running)
        yield running, caller


def test_a_street_that_lost_its_disk_goes_on_with_the_same_record(tmp_path):
    """Made, a day settled, copied, the disk lost before anything came: evidence of before holds, and the record goes on."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir(), new.mkdir()

    async def go():
        async with server(old) as (running, caller):
            await a_day(running, caller)
            pins = {}
            for name in KEYS:
                mine = await secret(caller, name)
                (proof,) = await evidence(caller, name)
                pins[name] = checked(proof, mine.ledger, bytes.fromhex(mine.secret)).pin
            made = rotation.copy(
                store_of(old), tmp_path / "copies", 3, running.keeper.clock.at, files_of(old)
            )
            clock = running.keeper.clock
        shutil.rmtree(old)
        async with restored(new, made, clock) as (running, caller):
            assert (await record(caller)).size == pins["m-1"].size, "nothing was entered anew"
            await second_day(running, caller)
            said = await record(caller)
            for name in KEYS:
                mine = await secret(caller, name)
                for day in (FIRST, SECOND):
                    (proof,) = await evidence(caller, name, first=day, more=f"&since={pins[name].size}")
                    verdict = checked(proof, mine.ledger, bytes.fromhex(mine.secret), pins[name])
                    assert isinstance(verdict, Verified), verdict
            return said

    said = asyncio.run(go())
    assert said.well
    assert any("was put back on" in one.en and "from a copy of" in one.en for one in said.notes)
    assert any("teruggezet van een kopie" in one.nl for one in said.notes)


def test_what_came_after_the_copy_is_told_again_and_whoever_saw_more_is_told_why(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir(), new.mkdir()

    async def go():
        async with server(old) as (running, caller):
            await a_day(running, caller)
            mine = await secret(caller, "m-1")
            made = rotation.copy(
                store_of(old), tmp_path / "copies", 3, running.keeper.clock.at, files_of(old)
            )
            copied = running.keeper.clock.at
            await second_day(running, caller)
            (proof,) = await evidence(caller, "m-1", first=SECOND)
            pin = checked(proof, mine.ledger).pin
            clock = running.keeper.clock
            before = await home(caller, "m-1").own(Standing, "GET", "")
        async with restored(new, made, clock) as (running, caller):
            after = await home(caller, "m-1").own(Standing, "GET", "")
            about = await home(caller, "m-1").own(OwnRecord, "GET", "record")
            (proof,) = await evidence(caller, "m-1", more=f"&since={pin.size}")
            shorter = checked(proof, mine.ledger, pin=pin)
            await second_day(running, caller)
            (again,) = await evidence(caller, "m-1", first=SECOND)
            return (
                before,
                after,
                about,
                shorter,
                checked(again, mine.ledger, bytes.fromhex(mine.secret)),
                pin,
                copied,
            )

    before, after, about, shorter, again, pin, copied = asyncio.run(go())
    assert after.last_number < before.last_number, "what was said after the copy is lost to it"
    (told,) = about.restored
    assert (told.copied, told.size < pin.size) == (copied, True)
    assert about.public_key == KEYS["m-1"].public
    assert shorter.code is Code.ROLLED_BACK
    assert isinstance(again, Verified), again


def test_a_copy_holds_everything_of_the_record_for_nobody_else_to_read(tmp_path):
    async def go():
        async with server(tmp_path) as (running, caller):
            await a_day(running, caller)
            return rotation.copy(
                store_of(tmp_path), tmp_path / "copies", 1, running.keeper.clock.at, files_of(tmp_path)
            )

    made = asyncio.run(go())
    names = {one.name.removeprefix(made.stem): one for one in made.parent.iterdir()}
    assert set(names) == {
        ".sqlite",
        "-records.sqlite",
        "-copy.json",
        "-ledger.json",
        "-ledger.pem",
        "-ledger.sqlite",
    }
    assert {oct(one.stat().st_mode)[-3:] for one in names.values()} == {"600"}
    assert Key.load(names["-ledger.pem"]).public == Key.load(files_of(tmp_path).keys[0]).public
    assert rotation.made_of(made).entries == 5


def test_a_ledger_that_went_on_while_it_was_copied_is_copied_again(tmp_path, monkeypatch):
    """Its copy is never older than what the log and the records beside it know of it."""
    counts = iter([6, 5])

    async def go():
        async with server(tmp_path) as (running, caller):
            await a_day(running, caller)
            monkeypatch.setattr(ledger_aside, "entries", lambda _: next(counts))
            return rotation.copy(
                store_of(tmp_path), tmp_path / "copies", 1, running.keeper.clock.at, files_of(tmp_path)
            )

    assert rotation.made_of(asyncio.run(go())).entries == 5
    with pytest.raises(StopIteration):
        next(counts)


def test_copies_made_while_a_street_commits_are_each_whole(tmp_path):
    """Whenever it is made: each entry on a copied ledger has its leaves in the records that were copied with it."""
    made = []

    async def go():
        async with server(tmp_path) as (running, caller):
            over, another = threading.Event(), threading.Event()

            def copies():
                while not over.is_set():
                    at = Hands().at + timedelta(seconds=len(made))
                    with suppress(BadInput):
                        made.append(
                            rotation.copy(store_of(tmp_path), tmp_path / "copies", 99, at, files_of(tmp_path))
                        )
                        another.set()

            thread = threading.Thread(target=copies)
            thread.start()
            for lives in (a_day, second_day):
                await lives(running, caller)
                another.clear()
                assert await asyncio.to_thread(another.wait, 60)
            over.set()
            await asyncio.to_thread(thread.join)

    asyncio.run(go())
    assert len(made) > 1
    for one in made:
        with open_log(one) as log:
            log.verify()
        if not ledger_aside.named(one, ledger_aside.STORE).exists():
            continue
        with Store(ledger_aside.named(one, ledger_aside.STORE)) as store, open_records(one) as records:
            for data in store.all_entries():
                entry = read(data).entry
                assert root(Trees(records).get(entry.key).leaves).hex() == entry.root


def test_every_key_is_copied_and_goes_back_to_its_own_place(tmp_path):
    """Two of a key that changes, and that of who measures: none takes the place of another."""
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    wire = LedgerWire(key=("a.pem", "b.pem"), metering=MeteringWire(member="meters", key="m.pem"))
    old, new = (Files.of(wire, tmp_path / name, store_of(tmp_path / name)) for name in ("old", "new"))
    keys = [Key.new() for _ in range(3)]
    for key, path in zip(keys, (*old.keys, *old.metering), strict=True):
        key.save(path)
    alone = Member("street", keys[0].public, ("metering", "operator"))
    old.genesis.write_bytes(founded("kade", [alone]).data + b"\n")
    copy = tmp_path / "street-20260601T000000Z.sqlite"
    ledger_aside.keep(old, copy)
    for kept, place in ledger_aside.pairs(new, copy):
        ledger_aside.bring_back(kept, place)
    assert [Key.load(path).public for path in (*new.keys, *new.metering)] == [one.public for one in keys]


def test_nothing_is_put_back_over_what_is_there(tmp_path):
    new = tmp_path / "new"
    new.mkdir()

    async def go():
        async with server(tmp_path) as (running, caller):
            await a_day(running, caller)
            return rotation.copy(
                store_of(tmp_path), tmp_path / "copies", 1, running.keeper.clock.at, files_of(tmp_path)
            )

    made, now = asyncio.run(go()), Hands().at
    with pytest.raises(BadInput, match="move it aside"):
        put_back(made, store_of(tmp_path), files_of(tmp_path), now)
    Key.new().save(files_of(new).keys[0])
    with pytest.raises(BadInput, match="is not what was copied"):
        put_back(made, store_of(new), files_of(new), now)
    with pytest.raises(BadInput, match="no whole copy"):
        put_back(tmp_path / "street-20260101T000000Z.sqlite", store_of(new), files_of(new), now)
