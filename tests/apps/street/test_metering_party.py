"""Readings that another member commits than the operator: with its own key, through the street's server."""

import asyncio

import pytest
from tests.apps.street.kade import FIRST, KEYS
from tests.apps.street.recorded import a_day, checked, evidence, server

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.apps.street.ledger.config import LedgerWire
from laag.apps.street.ledger.opening import Files, Opened, opened
from laag.apps.street.ledger.signs import Party, Signs
from laag.foundation.errors import BadInput
from laag.ledger.entries import Meter, read, to_sign, written
from laag.ledger.genesis import founded
from laag.ledger.members import Member
from laag.ledger.verify import Verified

COOP, METERS = Key.new(), Key.new()
GENESIS = founded(
    "kade",
    (Member("coop", COOP.public, ("operator",)), Member("meters", METERS.public, ("metering",))),
)


def test_readings_are_committed_by_who_measures_and_all_else_by_the_operator(tmp_path):
    with EmbeddedLedger(tmp_path / "ledger.sqlite", [COOP], GENESIS.data) as ledger:
        asyncio.run(a_committed_day(tmp_path, ledger))
        entries = [read(one).entry for one in ledger.entries(0, 100)]
        assert {(one.kind, one.by) for one in entries} == {
            ("book", "coop"),
            ("clear", "coop"),
            ("meter", "meters"),
            ("settle", "coop"),
        }

        # The operator alone commits no readings: the rules know who measures.
        mine = Meter(GENESIS.ledger, "coop", "ab" * 32, 16, str(FIRST), 2)
        assert ledger.submit(written(mine, COOP.sign(to_sign(mine)))).code == "role"
        forged = Meter(GENESIS.ledger, "meters", "ab" * 32, 16, str(FIRST), 2)
        assert ledger.submit(written(forged, COOP.sign(to_sign(forged)))).code == "signature"


async def a_committed_day(folder, ledger):
    """A day through the street's server; each home's reading leads to who measured."""
    signs = Signs("coop", [COOP], Party("meters", [METERS]))
    async with server(folder, ledger=Opened(ledger, signs)) as (running, caller):
        await a_day(running, caller)
        cosign(ledger)
        for member in KEYS:
            (proof,) = await evidence(caller, member, "meter")
            found = checked(proof, GENESIS.ledger)
            assert isinstance(found, Verified), found
            assert found.stands == ("meters",)


def cosign(ledger):
    """The other member's signature under the newest head."""
    from laag.adapters.ledger.store.notes import cosigned
    from laag.ledger.checkpoint import Checkpoint

    head = ledger.signed()
    said = Checkpoint(ledger.id, head.size, head.root)
    assert ledger.cosign(head.size, cosigned(said, "meters", METERS, 1_774_900_000)) is not None


@pytest.fixture
def files(tmp_path):
    COOP.save(tmp_path / "coop.pem")
    METERS.save(tmp_path / "meters.pem")
    (tmp_path / "genesis.json").write_bytes(GENESIS.data + b"\n")
    return tmp_path


def wire(**metering):
    said = {"member": "coop", "genesis": "genesis.json", "key": "coop.pem"}
    return LedgerWire.model_validate(said | ({"metering": metering} if metering else {}))


def begun(folder, told):
    with opened(told, Files.of(told, folder, f"{folder}/log.sqlite"), "Kade", Wall()) as found:
        return found.signs.writer("meter")


def test_a_file_names_who_measures(files):
    assert begun(files, wire(member="meters", key="meters.pem")) == "meters"


@pytest.mark.parametrize(
    ("metering", "says"),
    [
        ({}, "coop commits books, settlements and readings and lacks the role metering"),
        ({"member": "meters", "key": "coop.pem"}, "give ledger.metering.key the file of it"),
        ({"member": "nobody", "key": "meters.pem"}, "give ledger.metering.member the name of one"),
        ({"member": "coop", "key": "coop.pem"}, "coop commits readings and lacks the role metering"),
    ],
)
def test_who_cannot_commit_readings_is_told_so_at_the_start(files, metering, says):
    with pytest.raises(BadInput, match=says):
        begun(files, wire(**metering))
