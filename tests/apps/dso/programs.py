"""A grid operator and an aggregator as processes of their own, in folders of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.doors import free_port

from laag.adapters.keys import Key
from laag.adapters.stores import open_log
from laag.adapters.uftp.signing import published

AGR, DSO = "kade.example", "net.example"
POINT = "ean.871685900012636543"
PATH = "/shapeshifter/api/v3/message"
PATIENCE_S = 90


class Side:
    """One of the two."""

    def __init__(self, folder: Path, verb: str, domain: str) -> None:
        folder.mkdir()
        self.folder, self.verb, self.domain = folder, verb, domain
        self.key = Key.new()
        self.key.save(folder / "uftp.pem")
        self.port = free_port()
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def public(self):
        return published(self.key.public)

    @property
    def store(self):
        return self.folder / "uftp.sqlite"

    def settings(self, text, at=None):
        """Its file, with a clock that says an instant now."""
        self._text = text
        self.at(at)

    def at(self, instant):
        now = datetime.now(UTC).isoformat()
        clock = "wall" if instant is None else f"1x {instant.isoformat()} since {now}"
        side = f'[dso]\ndomain = "{self.domain}"\nport = {self.port}\nclock = "{clock}"\n'
        (self.folder / "dso.toml").write_text(side + self._text)

    def start(self):
        log = (self.folder / "log.jsonl").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "laag.apps.cli", "dso", self.verb, str(self.folder / "dso.toml")],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        line = self.process.stdout.readline()
        assert line.startswith("listening at "), (self.folder / "log.jsonl").read_text()

    def kill(self):
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        self.process.stdout.close()
        self.process = None
        return code

    def events(self, kind=None):
        with open_log(self.store) as log:
            return [event for event in log.events() if kind in {None, event.kind}]

    def kept(self, kind, type_):
        """Messages of one type that it heard or said."""
        if not self.store.exists():
            return []
        return [event for event in self.events(f"uftp-{kind}") if event.facts["type"] == type_]

    def wait_for(self, kind, type_, count=1):
        until = time.monotonic() + PATIENCE_S
        while len(found := self.kept(kind, type_)) < count:
            assert time.monotonic() < until, (
                f"{self.domain} {kind} no {type_}: {(self.folder / 'log.jsonl').read_text()}"
            )
            time.sleep(0.4)
        return found


@contextmanager
def pair(folder):
    """Both, killed at the end where they still live."""
    dso, agr = Side(folder / "dso", "run", DSO), Side(folder / "agr", "aggregate", AGR)
    try:
        yield dso, agr
    finally:
        dso.kill()
        agr.kill()


def dso_settings(agr_url, agr_key, capacity_kw, more="", agr=AGR):
    return f"""{more}
offers_within_minutes = 30
penalty_eur_per_kwh = 0.30
[[dso.point]]
address = "{POINT}"
aggregators = ["{agr}"]
capacity_kw = {capacity_kw}
[[participant]]
domain = "{agr}"
role = "AGR"
endpoint = "{agr_url}"
key = "{agr_key}"
"""


def agr_settings(dso_url, dso_key, more="", dso=DSO):
    return f"""{more}
operator = "{dso}"
operator_endpoint = "{dso_url}"
operator_key = "{dso_key}"
points = ["{POINT}"]
"""
