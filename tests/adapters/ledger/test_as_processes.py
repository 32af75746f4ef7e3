"""A sequencer and three witnesses as processes of their own, with one of them killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress

import httpx
import pytest
from tests.doors import free_port
from tests.ports.ledger.hands import GENESIS, KEYS, day, history
from tests.ports.ledger.test_ledger import straight_root

from laag.adapters.keys import verified
from laag.apps.cli import main
from laag.ledger.checkpoint import checkpoint, note
from laag.ledger.heads import noted
from laag.ledger.members import quorum

WITHIN_S = 120
NAMES = ("dso", "supplier", "town")


class Process:
    """`laag ledger STEP CONFIG`, which may be killed and started again at the same address."""

    def __init__(self, folder, step, name, told) -> None:
        self.step, self.told, self.port = step, told, 0
        self.config, self.said = folder / f"{name}.toml", folder / f"{name}.said"
        KEYS[name].save(folder / f"{name}.pem")

    def start(self):
        self.config.write_text(f"[{self.step}]\nport = {self.port}\n{self.told}\n")
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "laag.apps.cli", "ledger", self.step, str(self.config)],
                stderr=said,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    @property
    def url(self):
        """Where it listens, once it does."""
        until = time.monotonic() + WITHIN_S
        while not (lines := [line for line in self.said.read_text().splitlines() if '"listening"' in line]):
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.05)
        url = json.loads(lines[0])["url"]
        self.port = httpx.URL(url).port
        return url

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(WITHIN_S)

    def close(self):
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


@pytest.fixture
def circle(tmp_path):
    """Four processes, each of which knows where the others are."""
    (tmp_path / "genesis.json").write_bytes(GENESIS.data + b"\n")
    with ExitStack() as stack:

        def started(step, name, told, port=None):
            one = Process(tmp_path, step, name, f'key = "{name}.pem"\nstore = "{name}.sqlite"\n{told}')
            one.port = port or free_port()
            one.start()
            stack.callback(one.close)
            return one

        port = free_port()  # witnesses are told where the sequencer will be, and it where they are
        follows = f"http://127.0.0.1:{port}/api/v1/ledger"
        watch = {
            name: started("witness", name, f'member = "{name}"\nfollows = "{follows}"') for name in NAMES
        }
        told = "\n".join(f'{name} = "{one.url}"' for name, one in watch.items())
        coop = started("sequencer", "coop", f"[sequencer.witnesses]\n{told}", port)
        yield {"coop": coop, **watch}


@pytest.mark.slow
def test_killed_in_the_middle_the_ledger_goes_on_and_a_lost_disk_comes_back(circle, tmp_path, capsys):
    coop = circle["coop"]
    with httpx.Client(timeout=WITHIN_S) as caller:
        for first in range(0, 80, 20):
            hand_in(caller, coop, history(80)[first : first + 20])
        coop.end(signal.SIGKILL)
        circle["town"].end(signal.SIGKILL)
        coop.start()
        circle["town"].start()
        hand_in(caller, coop, history(96)[70:])
        signers = proven(caller, coop, 96)
        assert "coop" in signers
        assert len(signers) >= quorum(4)
        assert shows(caller, circle["town"], 96).root == straight_root(history(96))

    assert coop.end(signal.SIGTERM) == 0
    (tmp_path / "coop.sqlite").unlink()
    assert main(["ledger", "recover", str(coop.config)]) == 0
    assert "96 entries of the witnesses" in capsys.readouterr().out
    coop.start()
    with httpx.Client(timeout=WITHIN_S) as caller:
        hand_in(caller, coop, day(20))
        proven(caller, coop, 104)
        shows(caller, circle["town"], 104)
    urls = [one.url for one in circle.values()]
    assert main(["ledger", "compare", str(tmp_path / "genesis.json"), *urls]) == 0
    assert capsys.readouterr().out.count("104 entries") == 4
    assert [one.end(signal.SIGTERM) for one in circle.values()] == [0] * 4


def hand_in(caller, process, entries):
    answer = caller.post(f"{process.url}/entries", content=b"".join(one + b"\n" for one in entries))
    assert all(one["final"] for one in answer.json()["receipts"]), answer.text


def proven(caller, process, size):
    """Who signed the head of this size, once they are enough."""
    until = time.monotonic() + WITHIN_S
    while True:
        answer = caller.get(f"{process.url}/checkpoint?proven=true")
        if answer.status_code == 200:
            said = noted(note(answer.content), GENESIS.ledger, GENESIS.members, verified)
            if said.size == size:
                return set(said.signers)
        assert time.monotonic() < until, answer.text
        time.sleep(0.05)


def shows(caller, process, size):
    until = time.monotonic() + WITHIN_S
    while True:
        answer = caller.get(f"{process.url}/checkpoint")
        if answer.status_code == 200 and (said := checkpoint(note(answer.content).text)).size == size:
            return said
        assert time.monotonic() < until, answer.text
        time.sleep(0.1)
