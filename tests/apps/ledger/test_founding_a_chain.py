"""How four parties come to a ledger of their own, by commands alone; CometBFT is not needed to get ready."""

import json
import stat
import tomllib

import pytest

from laag.apps.cli import main
from laag.apps.ledger.folder import Folder, NodeWire, read_member
from laag.foundation.errors import BadInput
from laag.ledger.canonical import decode
from laag.ledger.comet_header import chain_id
from laag.ledger.genesis import genesis

NAMES = {"coop": ["operator"], "dso": ["grid", "metering"], "supplier": [], "town": []}


def ledger(*words):
    return main(["ledger", *map(str, words)])


@pytest.fixture
def four(tmp_path, capsys):
    """Four folders and one genesis."""
    for number, (name, roles) in enumerate(NAMES.items()):
        asked = ["init", tmp_path / name, "--member", name, "--listen", f"10.0.0.{number}:26656"]
        assert ledger(*asked, *(word for role in roles for word in ("--role", role))) == 0
    members = [tmp_path / name / "member.json" for name in NAMES]
    assert ledger("found", "kade", tmp_path / "genesis.json", *members) == 0
    return tmp_path


def joined(four, name="coop", *more):
    begun = genesis(decode((four / "genesis.json").read_bytes().strip()))
    return ledger("join", four / name, "--genesis", four / "genesis.json", "--ledger", begun.ledger, *more)


def test_four_found_a_ledger_and_each_is_ready_to_run(four, capsys):
    begun = genesis(decode((four / "genesis.json").read_bytes().strip()))
    assert begun.ledger in capsys.readouterr().out
    assert [one.id for one in begun.members] == list(NAMES)
    peer = Folder(four / "dso").peer()
    assert joined(four, "coop", "--peer", peer) == 0
    assert "one of the 4 that begin kade" in capsys.readouterr().out
    folder = Folder(four / "coop")
    folder.prepare()
    told = tomllib.loads((folder.config / "config.toml").read_text())
    assert told["p2p"]["persistent_peers"] == peer
    assert told["consensus"]["create_empty_blocks"] is False
    assert told["rpc"]["laddr"] == "tcp://127.0.0.1:26657"
    said = json.loads((folder.config / "genesis.json").read_text())
    assert (said["chain_id"], said["app_state"]) == (chain_id(begun.ledger), begun.ledger)
    assert len(said["validators"]) == 4
    assert folder.peers() == {peer.partition("@")[0]}


def test_all_begin_cometbft_with_the_same_bytes(four):
    for name in NAMES:
        joined(four, name)
        Folder(four / name).prepare()
    assert len({(Folder(four / name).config / "genesis.json").read_bytes() for name in NAMES}) == 1


def test_everything_of_a_node_is_for_its_owner_alone(four):
    joined(four)
    Folder(four / "coop").prepare()
    assert stat.S_IMODE((four / "coop").stat().st_mode) == 0o700
    for path in (four / "coop").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_a_genesis_of_another_ledger_is_refused(four, capsys):
    assert ledger("join", four / "coop", "--genesis", four / "genesis.json", "--ledger", "0" * 64) == 2
    assert "ask for the right file" in capsys.readouterr().err


def test_a_folder_never_changes_its_ledger(four, capsys):
    joined(four)
    folder = Folder(four / "coop")
    with pytest.raises(BadInput, match="another ledger already"):
        folder.keep_genesis(folder.genesis_data().replace(b"kade", b"laan"))


def test_who_is_not_in_the_genesis_is_told_what_the_others_are_to_do(four, capsys):
    assert ledger("init", four / "museum", "--member", "museum") == 0
    assert joined(four, "museum") == 0
    said = capsys.readouterr().out
    assert read_member(four / "museum" / "member.json").node in said
    assert "laag ledger vote FOLDER join" in said


def test_a_folder_is_made_once(four, capsys):
    before = (four / "coop" / "member.json").read_text()
    assert ledger("init", four / "coop", "--member", "coop") == 2
    assert "is a node's folder already" in capsys.readouterr().err
    assert (four / "coop" / "member.json").read_text() == before


def test_a_genesis_is_not_written_over(four, capsys):
    assert ledger("found", "kade", four / "genesis.json", four / "coop" / "member.json") == 2
    assert "give another path" in capsys.readouterr().err


def test_two_of_one_group_cannot_found_a_ledger_of_four(four, capsys):
    both = json.loads((four / "town" / "member.json").read_text()) | {"group": "coop"}
    (four / "town" / "member.json").write_text(json.dumps(both))
    members = [four / name / "member.json" for name in NAMES]
    assert ledger("found", "kade", four / "other.json", *members) == 2
    assert "group coop would have 2 of 4 votes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ('[node]\nmember = "coop"\nlisten = "here"\n', "listen is 'here'.*host:port"),
        ('[node]\nmember = "coop"\npeers = ["10.0.0.1:26656"]\n', r"peers\.0.*id@host:port"),
        ('[node]\nmember = "coop"\nprot = 1\n', r"node\.prot"),
        ("node = [", "not TOML"),
        ('[node]\nmember = "coop"\nlisten = "a:1\\nunsafe = true"\n', "host:port"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_place(four, told, says):
    (four / "coop" / "node.toml").write_text(told)
    with pytest.raises(BadInput, match=says):
        Folder(four / "coop").wire()


def test_what_is_told_comes_back(four):
    folder = Folder(four / "coop")
    wire = NodeWire(
        member="coop", peers=("a" * 40 + "@10.0.0.1:1",), keep_blocks=200, cometbft="/opt/a b/cometbft"
    )
    folder.tell(wire)
    assert folder.wire() == wire


def test_a_node_that_does_not_run_says_so(four, capsys):
    joined(four)
    assert ledger("status", four / "coop") == 1
    assert "it does not run" in capsys.readouterr().out
    assert ledger("status", four / "coop", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["member"], said["running"], said["waiting"]) == ("coop", False, 0)


def test_a_node_that_stood_still_does_not_start_before_somebody_looked(four, capsys):
    joined(four)
    Folder(four / "coop").halt("its record differs")
    assert ledger("node", four / "coop") == 2
    assert "its record differs" in capsys.readouterr().err


def test_what_is_fetched_again_is_put_aside_and_what_was_signed_stays(four, capsys):
    joined(four)
    folder = Folder(four / "coop")
    signed = folder.comet / "data" / "priv_validator_state.json"
    signed.write_text('{"height":"7"}')
    (folder.comet / "data" / "state.db").mkdir()
    folder.record.write_text("a record")
    assert ledger("refetch", four / "coop") == 0
    assert signed.read_text() == '{"height":"7"}'
    assert (folder.path / "before-1" / "ledger.sqlite").read_text() == "a record"
    assert not folder.record.exists()
