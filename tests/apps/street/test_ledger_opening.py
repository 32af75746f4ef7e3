"""A server's ledger: founded by itself where nothing is said, and never begun anew where one was."""

from datetime import date
from pathlib import Path

import pytest
from tests.ledger.parties import FOUR, key_of, party

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.apps.street.config import parse
from laag.apps.street.ledger.config import LedgerWire
from laag.apps.street.ledger.opening import Files, begin, opened
from laag.foundation.errors import BadInput
from laag.ledger.canonical import decode
from laag.ledger.genesis import founded, genesis

STREET = {"name": "Kade aan 't IJ", "first_day": date(2026, 6, 1)}


def config(beside, /, **ledger):
    return parse({"street": STREET, "ledger": ledger}, Path(beside))


def test_a_server_that_is_told_nothing_founds_a_ledger_of_itself_and_keeps_it(tmp_path, caplog):
    told = config(tmp_path)
    with opened(told.ledger, told.ledger_files, told.wire.name, Wall()) as first:
        begun = genesis(decode(first.ledger.genesis))
        assert (begun.name, [one.id for one in begun.members]) == ("kade-aan-t-ij", ["street"])
        assert first.signs.on(first.ledger)[0].id == "street"
    assert "nobody else watches" in caplog.text
    with opened(told.ledger, told.ledger_files, "another name", Wall()) as again:
        assert again.ledger.genesis == begun.data
    assert sorted(path.name for path in tmp_path.glob("street-ledger*") if path.suffix != ".lock") == [
        "street-ledger.json",
        "street-ledger.pem",
        "street-ledger.sqlite",
    ]
    assert (tmp_path / "street-ledger.pem").stat().st_mode & 0o077 == 0


def test_the_files_lie_beside_the_log_or_where_they_are_said_to(tmp_path):
    beside = Files.of(LedgerWire(), tmp_path, "sqlite:////var/kade.sqlite")
    assert beside.store == Path("/var/kade-ledger.sqlite")
    database = Files.of(LedgerWire(), tmp_path, "postgresql://laag@db/laag")
    assert database.genesis == tmp_path / "street-ledger.json"
    moved = Files.of(LedgerWire(folder="/var/lib/laag"), tmp_path, "postgresql://laag@db/laag")
    assert moved.store == Path("/var/lib/laag/street-ledger.sqlite")
    said = Files.of(LedgerWire(store="a.sqlite", key=("old.pem", "new.pem")), tmp_path, "log.sqlite")
    assert (said.store, said.keys) == (tmp_path / "a.sqlite", (tmp_path / "old.pem", tmp_path / "new.pem"))


@pytest.mark.parametrize(
    ("lost", "says"),
    [("street-ledger.json", "restore it from a copy"), ("street-ledger.pem", "there is no key")],
)
def test_a_ledger_that_lost_a_part_is_not_begun_anew(tmp_path, lost, says):
    told = config(tmp_path)
    with opened(told.ledger, told.ledger_files, "Kade", Wall()):
        pass
    (tmp_path / lost).unlink()
    with pytest.raises(BadInput, match=says), opened(told.ledger, told.ledger_files, "Kade", Wall()):
        pass


def test_a_chain_and_a_ledger_of_others_begin_with_a_genesis_that_is_given(tmp_path):
    with pytest.raises(BadInput, match="laag ledger found"):
        begin(LedgerWire(driver="comet"), Files.of(LedgerWire(), tmp_path, "log.sqlite"), "Kade")
    told = config(tmp_path, genesis="ours.json")
    with pytest.raises(BadInput, match="no key"):
        begin(told.ledger, told.ledger_files, "Kade")


def test_a_server_is_the_member_that_it_says_it_is(tmp_path):
    roles = {"coop": ("metering", "operator")}
    four = founded("kade", [party(one, roles=roles.get(one, ())) for one in FOUR])
    (tmp_path / "ours.json").write_bytes(four.data + b"\n")
    key_of("coop").save(tmp_path / "coop.pem")
    Key.new().save(tmp_path / "other.pem")
    told = config(tmp_path, genesis="ours.json", key="coop.pem", member="coop")
    with opened(told.ledger, told.ledger_files, "Kade", Wall()) as ours:
        assert ours.signs.on(ours.ledger)[0].id == "coop"
    odd = config(tmp_path, genesis="ours.json", key="other.pem", member="coop", store="b.sqlite")
    with pytest.raises(BadInput, match="keys given"), opened(odd.ledger, odd.ledger_files, "Kade", Wall()):
        pass


def test_what_cannot_be_meant_is_refused_by_its_path(tmp_path):
    with pytest.raises(BadInput, match=r"ledger has no .drivr."):
        config(tmp_path, drivr="comet")
    with pytest.raises(BadInput, match="driver"):
        config(tmp_path, driver="paper")


def test_a_folder_that_cannot_be_written_in_is_said_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("no folder")
    told = config(tmp_path, folder="file")
    with pytest.raises(BadInput, match=r"ledger\.folder"):
        begin(told.ledger, told.ledger_files, "Kade")
