"""The ledger in a file: one writer, nothing lost, every change by hand noticed, and keys that may change."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from tests.adapters.ledger.circle import WITHIN_S, Circle
from tests.adapters.ledger.test_witnesses import all_signed
from tests.ports.ledger.hands import GENESIS, KEYS, LEDGER, MEMBERS, day, history, key_of, signed
from tests.ports.ledger.test_ledger import straight_root

from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.ledger import entries as on
from laag.ledger.changes import Join, Remove
from laag.ledger.genesis import founded
from laag.ledger.members import Member, Role
from laag.ledger.refused import Code


@pytest.fixture
def place(tmp_path):
    return tmp_path / "ledger.sqlite"


def opened(place, *keys, genesis=GENESIS.data):
    return EmbeddedLedger(place, keys or [KEYS["coop"]], genesis)


def test_a_ledger_goes_on_where_it_was_left(place):
    with opened(place) as ledger:
        ledger.submit_all(day(1))
        before = ledger.head()
    with opened(place, genesis=None) as ledger:
        assert ledger.head() == before
        assert [one.became for one in ledger.submit_all(day(1))] == [Became.KNOWN] * 8
        ledger.submit_all(day(2))
        assert ledger.head().root == straight_root([*day(1), *day(2)])


def test_the_same_entries_come_to_the_same_root_however_they_are_batched(tmp_path):
    with opened(tmp_path / "a") as once, opened(tmp_path / "b") as apart:
        once.submit_all(history(50))
        for entry in history(50):
            apart.submit(entry)
        assert once.head().root == apart.head().root
        assert once.state == apart.state


def test_whoever_calls_at_once_gets_each_their_own_place(place):
    with opened(place) as ledger:
        found = []
        days = [
            threading.Thread(target=lambda n=n: found.extend(ledger.submit_all(day(n)))) for n in range(8)
        ]
        for one in days:
            one.start()
        for one in days:
            one.join()
        assert sorted(one.index for one in found) == list(range(64))
        assert ledger.head().root == straight_root(ledger.entries(0, 100))


def test_one_process_writes_and_another_is_told_so(place):
    with opened(place), pytest.raises(BadInput, match="written to by another process"):
        opened(place)
    with opened(place) as ledger:
        ledger.submit_all(day(1))


def test_a_ledger_that_is_not_there_is_not_made_without_its_beginning(place):
    with pytest.raises(BadInput, match="begin it with a genesis"):
        opened(place, genesis=None)
    assert not place.exists()


def test_a_ledger_is_opened_with_its_own_beginning_and_an_operators_key(place):
    opened(place).close()
    with pytest.raises(BadInput, match="began otherwise"):
        opened(place, genesis=founded("other", MEMBERS).data)
    with pytest.raises(BadInput, match="give the key of coop"):
        opened(place, KEYS["town"])
    with pytest.raises(BadInput, match="give the key of coop"):
        opened(place, Key.new())


def test_the_file_is_for_its_owner_alone(place):
    opened(place).close()
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("data", [b"", b"not a database at all" * 100])
def test_what_is_no_ledger_is_refused_or_begun(place, data):
    place.write_bytes(data)
    if data:
        with pytest.raises(BadInput, match="cannot be read or written"):
            opened(place)
    else:
        opened(place).close()


def test_the_file_of_something_else_is_left_alone(place):
    with closing(sqlite3.connect(place)) as db:
        db.execute("CREATE TABLE event (seq INTEGER)")
    with pytest.raises(BadInput, match="it holds event"):
        opened(place)


@pytest.mark.parametrize(
    ("by_hand", "says"),
    [
        ("UPDATE entry SET data = (SELECT data FROM entry WHERE place = 8) WHERE place = 0", "entry 0 of"),
        ("UPDATE entry SET data = CAST(replace(CAST(data AS TEXT), '16', '32') AS BLOB) WHERE place = 4", "entry 4 of"),
        ("DELETE FROM entry WHERE place = 15", "something beside its 15 entries"),
        ("DELETE FROM entry WHERE place = 3", "entry 3 of"),
        ("UPDATE written SET place = 2 WHERE place = 1", "the key of entry 1 of"),
        ("DELETE FROM written WHERE place = 7", "the key of entry 7 of"),
        ("INSERT INTO written VALUES ('book/x/y/1', 3)", "something beside its 16 entries"),
        ("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND place = 2", "entry 5 of"),
        ("DELETE FROM node WHERE level = 3 AND place = 0", "lacks the hash 0 of level 3"),
        ("INSERT INTO node VALUES (9, 9, zeroblob(32))", "something beside its 16 entries"),
        ("UPDATE head SET root = zeroblob(32) WHERE size = 8", "the head at 8 of"),
        ("DELETE FROM head WHERE size = 16", "its end"),
        ("UPDATE head SET note = replace(note, '16', '17') WHERE size = 16", "was not signed by its sequencer"),
        ("UPDATE head SET note = (SELECT note FROM head WHERE size = 8) WHERE size = 16", "not signed"),
        ("UPDATE genesis SET data = CAST(replace(CAST(data AS TEXT), 'kade', 'kaai') AS BLOB)", "began otherwise"),
    ],
)  # fmt: skip
def test_whatever_is_changed_by_hand_is_noticed_when_it_is_opened(place, by_hand, says):
    with opened(place) as ledger:
        ledger.submit_all(day(1))
        ledger.submit_all(day(2))
    with closing(sqlite3.connect(place)) as db:
        db.execute(by_hand)
        db.commit()
    with pytest.raises(BadInput, match=says):
        opened(place)


def test_a_history_that_was_rewritten_whole_lacks_its_signature(place, tmp_path):
    """Whoever has the file and not the key makes another consistent ledger, and cannot sign its head."""
    with opened(place) as ledger:
        ledger.submit_all(day(1))
    with opened(tmp_path / "other") as other:
        other.submit_all(day(1, seed="other"))
    with closing(sqlite3.connect(tmp_path / "other")) as theirs:
        theirs.execute("ATTACH ? AS ours", (str(place),))
        theirs.execute("UPDATE head SET note = (SELECT note FROM ours.head WHERE size = 8)")
        theirs.commit()
    with pytest.raises(BadInput, match="was not signed by its sequencer"):
        opened(tmp_path / "other")


def rotate(member, number, key, new):
    entry = on.Rotate(LEDGER, member, number, new.public, "", "0" * 128)
    entry = on.Rotate(LEDGER, member, number, new.public, "", new.sign(entry.proved))
    return signed(entry, key)


def test_a_sequencer_changes_its_key_once_it_has_the_new_one(place):
    new = key_of("coop anew")
    with opened(place) as ledger:
        ledger.submit_all(day(1))
        receipt = ledger.submit(rotate("coop", 1, KEYS["coop"], new))
        assert (receipt.became, receipt.code) == (Became.REFUSED, Code.CHANGE)
        assert "geef hem eerst de nieuwe sleutel" in receipt.why.nl
    with opened(place, KEYS["coop"], new) as ledger:
        assert ledger.submit(rotate("coop", 1, KEYS["coop"], new)).final_on_log
        assert ledger.state.member("coop").key == new.public
    with opened(place, new) as ledger:
        assert ledger.submit(day(2)[2]).final_on_log
    with pytest.raises(BadInput, match="none of the 1 keys given"):
        opened(place, KEYS["coop"])


def test_witnesses_follow_a_sequencer_and_a_member_that_change_their_keys(circle):
    new = {name: key_of(f"{name} anew") for name in ("coop", "town")}
    with circle.published() as publisher:
        circle.ledger.submit_all(day(1))
        all_signed(circle, publisher, 8)
    circle.ledger.close()
    circle.begin(new["coop"])
    circle.witnesses["town"].close()
    circle.watch("town", new["town"])
    with circle.published() as publisher:
        for name, key in new.items():
            assert circle.ledger.submit(rotate(name, 1, KEYS[name], key)).final_on_log
        circle.ledger.submit(day(2)[2])
        all_signed(circle, publisher, 11)
    assert {one.id: one.key for one in circle.witnesses["dso"].state.members}["coop"] == new["coop"].public


def test_a_quorum_is_of_the_members_of_its_day(tmp_path):
    """Of one member its own signature is enough; of two it is not, and of one again it is."""
    genesis = founded("alone", [Member("coop", KEYS["coop"].public, (Role.METERING, Role.OPERATOR))])

    def vote(at, change, *by):
        return [signed(on.Vote(genesis.ledger, who, at, change)) for who in by]

    with closing(Circle(tmp_path, names=("town",), genesis=genesis)) as circle:
        circle.ledger.submit(signed(on.Meter(genesis.ledger, "coop", "0" * 64, 16, "a", 1)))
        assert circle.ledger.proven().size == 1
        circle.ledger.submit_all(vote(0, Join(Member("town", KEYS["town"].public)), "coop"))
        assert (circle.ledger.head().size, circle.ledger.proven().size) == (2, 1)
        with circle.published():
            assert circle.ledger.until_proven(2, WITHIN_S)
        circle.ledger.submit_all(vote(1, Remove("town"), "coop", "town"))
        assert circle.ledger.proven().size == 4
    with EmbeddedLedger(tmp_path / "coop.sqlite", [KEYS["coop"]]) as again:
        assert again.proven().size == 4


WRITER = """
import sys
from tests.ports.ledger.hands import GENESIS, KEYS, history
from laag.adapters.ledger.embedded import EmbeddedLedger
with EmbeddedLedger(sys.argv[1], [KEYS["coop"]], GENESIS.data) as ledger:
    entries = history(37 * 80)
    while entries:
        some, entries = entries[: int(sys.argv[2])], entries[int(sys.argv[2]) :]
        print(ledger.submit_all(some)[-1].index, flush=True)
"""


@pytest.mark.parametrize("batch", [1, 37])
def test_killed_at_any_moment_it_holds_whole_batches_and_all_that_was_acknowledged(place, batch):
    random.seed(batch)
    for _ in range(2):
        writes = [sys.executable, "-c", WRITER, str(place), str(batch)]
        with subprocess.Popen(writes, stdout=subprocess.PIPE, text=True) as writer:
            said = [writer.stdout.readline()]
            time.sleep(random.uniform(0.02, 0.4))
            os.kill(writer.pid, signal.SIGKILL)
            said += writer.stdout.readlines()
        acknowledged = max(int(one) for one in said if one.endswith("\n")) + 1
        with opened(place) as ledger:
            size = ledger.state.size
            assert size >= acknowledged
            assert size % batch == 0
            assert ledger.head().size == size
            assert ledger.head().root == straight_root(history(size))
