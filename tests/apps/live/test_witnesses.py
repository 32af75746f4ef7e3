"""The other members of a living street: each has a key of its own, two of them audit, and the server knows where they are."""

import tomllib

from laag.adapters.stores import open_records
from laag.apps.ledger.settings import Settings
from laag.apps.live import witnesses
from laag.apps.street.ledger.config import LedgerWire
from laag.ledger.canonical import decode
from laag.ledger.genesis import genesis


def test_four_members_found_a_ledger_and_three_of_them_watch(tmp_path):
    street = tmp_path / "street"
    street.mkdir()
    with open_records(":memory:") as records:
        table = witnesses.made(tmp_path, street, "kade", 8400, records)
    wire = LedgerWire.model_validate(tomllib.loads(table)["ledger"])
    begun = genesis(decode((street / witnesses.GENESIS).read_bytes().strip()))
    assert [one.id for one in begun.members] == ["auditor", "grid-operator", "municipality", "street"]
    assert len({one.key for one in begun.members}) == 4
    there = witnesses.there(tmp_path)
    assert [party.id for party, _ in there] == [party.id for party in witnesses.PARTIES]
    for party, path in there:
        settings = Settings(path)
        told = settings.witness
        assert wire.witnesses[party.id] == f"http://127.0.0.1:{told.port}/api/v1/ledger"
        assert told.follows == "http://127.0.0.1:8400/api/v1/ledger"
        assert settings.genesis(told.genesis) == begun.data
        assert settings.keys(told.key)[0].public == next(
            one.key for one in begun.members if one.id == party.id
        )
        assert (told.audit is not None) == party.audits


def test_a_street_that_was_made_before_has_none(tmp_path):
    assert witnesses.there(tmp_path) == []
