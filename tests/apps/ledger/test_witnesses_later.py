"""A street that began alone: a witness is voted in, the disk is lost and the record fetched from it, and it is voted out again."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime

import httpx
import pytest
from tests.doors import free_port

from laag.adapters.clocks import faster
from laag.adapters.keys import Key
from laag.apps.cli import main
from laag.apps.ledger.voting import Voter, _me
from laag.foundation.errors import BadInput
from laag.ledger.members import Member

WITHIN_S = 120
MORNING = datetime(2026, 5, 31, 6, tzinfo=UTC)
ROOT = "/api/v1/ledger"


class Runs:
    """`laag …` until it is ended."""

    def __init__(self, folder, name, *arguments) -> None:
        self.said = folder / f"{name}.said"
        with self.said.open("a") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "laag.apps.cli", *map(str, arguments)],
                stdout=said,
                stderr=said,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    def end(self, how=signal.SIGTERM):
        with suppress(ProcessLookupError):
            self.process.send_signal(how)
        self.process.wait(WITHIN_S)


class Street:
    """Its folder, its witness's, and where both answer."""

    def __init__(self, folder) -> None:
        self.folder, self.port, self.witness_port = folder, free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.disk = folder / "disk"
        self.disk.mkdir()
        self.config, self.witness = folder / "street.toml", folder / "dso.toml"
        self.stack = ExitStack()
        self.since = faster(10_000, MORNING)
        self.told("")

    def told(self, ledger):
        self.config.write_text(
            f'[street]\nname = "Kade"\nfirst_day = {date(2026, 6, 1)}\nstore = "disk/street.sqlite"\nport = {self.port}\nclock = "{self.since}"\n{ledger}'
        )

    def begins(self, name="street", *arguments):
        one = Runs(self.folder, name, *(arguments or ("serve", self.config)))
        self.stack.callback(one.end, signal.SIGKILL)
        return one

    def record(self):
        with suppress(httpx.HTTPError):
            answer = httpx.get(f"{self.url}/api/v1/record", timeout=20)
            if answer.status_code == 200:
                return answer.json()
        return None

    def until(self, holds):
        """Wait until the record is so."""
        last = time.monotonic() + WITHIN_S
        while (found := self.record()) is None or not holds(found):
            said = (self.folder / "street.said").read_text()[-3000:]
            assert time.monotonic() < last, f"{found}\n{said}"
            time.sleep(0.1)
        return found


@pytest.fixture
def street(tmp_path):
    made = Street(tmp_path)
    with made.stack:
        yield made


def laag(capsys, *arguments):
    code = main([*map(str, arguments)])
    done = capsys.readouterr()
    return code, done.out + done.err


def watched(street):
    """The witness's settings, and the street's with it."""
    street.witness.write_text(
        f'[witness]\nmember = "dso"\nfollows = "{street.url}{ROOT}"\ngenesis = "genesis.json"\nkey = "dso/member.pem"\nport = {street.witness_port}\n'
    )
    (street.folder / "genesis.json").write_bytes((street.disk / "street-ledger.json").read_bytes())
    street.told(f'[ledger.witnesses]\ndso = "http://127.0.0.1:{street.witness_port}{ROOT}"\n')


def signed_by_dso(record):
    return any(one["id"] == "dso" and one["signed"] == record["proven"] > 0 for one in record["members"])


@pytest.mark.slow
def test_a_witness_comes_later_the_disk_is_lost_and_the_witness_leaves(street, capsys):
    server = street.begins()
    before = street.until(lambda one: one["size"] >= 1)
    assert [one["id"] for one in before["members"]] == ["street"]
    assert laag(capsys, "ledger", "init", street.folder / "dso", "--member", "dso", "--role", "grid")[0] == 0
    code, said = laag(capsys, "ledger", "vote", street.config, "join", street.folder / "dso" / "member.json")
    assert (code, "it passes" in said, "members now: dso, street" in said) == (0, True, True), said
    server.end()
    watched(street)
    street.begins("dso", "ledger", "witness", street.witness)
    server = street.begins()
    well = street.until(signed_by_dso)
    assert well["ledger"] == before["ledger"], "it is the same record"

    code, said = laag(capsys, "backups", street.config, street.folder / "copies")
    assert code == 0, said
    copy = said.strip()
    seen = street.until(lambda one: signed_by_dso(one) and one["proven"] > well["proven"])
    server.end(signal.SIGKILL)
    for path in street.disk.glob("*"):
        if path.is_file():
            path.unlink()
    code, said = laag(capsys, "put-back", street.config, copy)
    assert (code, "laag ledger recover" in said) == (0, True), said
    server = street.begins()
    halted = street.until(lambda one: not one["well"])
    assert any("laag ledger recover" in one["en"] and "dso saw" in one["en"] for one in halted["notes"])
    server.end()
    code, said = laag(capsys, "ledger", "recover", street.config)
    assert (code, "entries of the witnesses" in said) == (0, True), said
    street.begins()
    after = street.until(lambda one: signed_by_dso(one) and one["proven"] > seen["proven"])
    assert after["ledger"] == before["ledger"]
    assert any("was put back on" in one["en"] for one in after["notes"])
    nodes = [f"{street.url}{ROOT}", f"http://127.0.0.1:{street.witness_port}{ROOT}"]
    code, said = laag(
        capsys, "ledger", "compare", street.folder / "genesis.json", *nodes, "--proofs", street.folder
    )
    assert (code, "one history" in said) == (0, True), said

    code, said = laag(capsys, "ledger", "vote", street.config, "remove", "dso")
    assert (code, "others have to vote too" in said) == (0, True), said
    code, said = laag(capsys, "ledger", "vote", street.witness, "remove", "dso")
    assert (code, "it passes" in said, "members now: street" in said) == (0, True, True), said
    alone = street.until(lambda one: len(one["members"]) == 1 and one["proven"] == one["size"])
    assert alone["size"] > after["size"]


def test_whoever_is_no_member_has_no_vote():
    with pytest.raises(BadInput, match="only members vote"):
        _me(Voter([Key.new()], b"", ""), (Member("dso", Key.new().public, ()),))
