"""`laag serve` of a street that lived, and members who watch and audit it, each as a process of its own."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime

import httpx
from tests.apps.audits.living import CONFIG, on_disk

from laag.adapters.clocks import Wall, faster
from laag.adapters.stores import open_records
from laag.apps.access import Role
from laag.apps.access.api_keys import ApiKeys

WITHIN_S = 120
AFTER = datetime(2026, 3, 30, 12, tzinfo=UTC)
"""Both days of the street are settled."""
BENT = """
import laag.apps.street.ledger.making as making
honest = making.sealed
def bent(commit, secrets, street):
    if commit.key == "settle/2026-03-29/1":
        mine = dict(commit.lines["member-001"])
        mine["amount_units"] = [mine["amount_units"][0] + 100_000_000, *mine["amount_units"][1:]]
        commit.lines["member-001"] = mine
    return honest(commit, secrets, street)
making.sealed = bent
"""
"""A server that bills one home a euro more on one day."""


class Process:
    """`laag WORDS`, with other Python run before it where its owner is not honest."""

    def __init__(self, said, *words, altered="") -> None:
        self.said, self.words, self.altered = said, list(map(str, words)), altered
        self.process = None

    def start(self):
        run = f"{self.altered}\nimport sys\nfrom laag.apps.cli import main\nsys.exit(main({self.words!r}))"
        with self.said.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-c", run],
                stdout=told,
                stderr=told,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        return self

    @property
    def url(self):
        """Where it listens, once it does."""
        until = time.monotonic() + WITHIN_S
        while not (lines := [one for one in self.said.read_text().splitlines() if '"listening"' in one]):
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.05)
        return str(json.loads(lines[0])["url"])

    def close(self):
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def lived(folder, port, ledger, homes=4):
    """A street's files as they are before its server committed anything; ``ledger`` is the table of that name."""
    folder.mkdir(exist_ok=True)
    made = on_disk(folder, homes=homes, commit=False)
    for one in folder.glob("street-ledger*"):
        one.unlink()
    street = CONFIG.partition("[ledger]")[0].replace(
        "[street]", f'[street]\nport = {port}\nclock = "{faster(1, AFTER)}"'
    )
    (folder / "street.toml").write_text(f"{street}\n{ledger}")
    return made


def regulators_key(street, place, name):
    """A key of the street's, as its operator gives it to a member that audits."""
    with open_records(str(street / "street.sqlite")) as records:
        secret = ApiKeys(records, Wall()).make(name, Role.REGULATOR)
    path = place / "regulator.key"
    path.touch(0o600)
    path.write_text(secret)
    return path


def eventually(holds, what):
    """Wait until something holds; its value."""
    until = time.monotonic() + WITHIN_S
    while True:
        with suppress(httpx.HTTPError):
            if found := holds():
                return found
        assert time.monotonic() < until, what()
        time.sleep(0.2)


def keys(url, prefix):
    """What is on the ledger, as anybody can read it."""
    return httpx.get(f"{url}/api/v1/ledger/keys", params={"prefix": prefix}).json()["keys"]
