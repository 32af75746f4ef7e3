"""Our two programs beside the library's own services in the other role, each a process: they understand each other."""

import base64
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from nacl.bindings import crypto_sign_seed_keypair
from tests.apps.dso.programs import AGR, DSO, PATH, PATIENCE_S, POINT, Side, agr_settings, dso_settings
from tests.doors import free_port

from laag.adapters.uftp.rules import Rules
from laag.apps.dso import powers

PEER = Path(__file__).parents[2] / "adapters/uftp/library_peer.py"
DAY = (datetime.now(UTC).astimezone(ZoneInfo("Europe/Amsterdam")) + timedelta(days=2)).date()
LATE = "prognosis_until = 23:59:59\n"

pytestmark = pytest.mark.slow


def evening(grid):
    watts = np.full(len(grid), 40_000)
    watts[72:80] = 120_000
    return watts


class Library:
    """The library in one role."""

    def __init__(self, role, folder) -> None:
        self.role, self.heard_at = role, folder / "heard.txt"
        self.heard_at.touch()
        public, self.secret = crypto_sign_seed_keypair(bytes(range(32)))
        self.public = base64.b64encode(public).decode()
        self.port = free_port()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}{PATH}"

    @contextmanager
    def running(self, ours, domain, peer):
        words = [self.role, self.port, ours.url, base64.b64encode(self.secret).decode(),
                 base64.b64encode(bytes.fromhex(ours.key.public)).decode(), domain, peer, self.heard_at, DAY]  # fmt: skip
        with (self.heard_at.parent / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(PEER), *map(str, words)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            assert process.stdout.readline() == "listening\n", (self.heard_at.parent / "log.txt").read_text()
            yield
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()

    def wait_for(self, *lines):
        until = time.monotonic() + PATIENCE_S
        while not set(lines) <= set(heard := self.heard_at.read_text().splitlines()):
            assert time.monotonic() < until, (heard, (self.heard_at.parent / "log.txt").read_text()[-3000:])
            time.sleep(0.2)
        return [line.strip() for line in heard]


def refused(side):
    return [(one.facts["type"], one.facts["why"]) for one in side.events("uftp-heard") if one.facts["why"]]


def test_our_aggregator_and_the_librarys_grid_operator(tmp_path):
    library = Library("DSO", tmp_path)
    agr = Side(tmp_path / "agr", "aggregate", AGR)
    grid = Rules({}).grid(DAY)
    agr.settings(agr_settings(library.url, library.public, LATE))
    (agr.folder / "prognoses").mkdir()
    powers.write(powers.of_day(agr.folder / "prognoses", DAY), grid, POINT, evening(grid))
    with library.running(agr, DSO, AGR):
        agr.start()
        try:
            agr.wait_for("heard", "FlexOrder")
            library.wait_for(
                "DPrognosis  ", "FlexRequestResponse Accepted ", "FlexOffer  ", "FlexOrderResponse Accepted "
            )
            agr.wait_for("heard", "D-PrognosisResponse", 2)
        finally:
            agr.kill()
    assert refused(agr) == []
    assert len(agr.kept("heard", "FlexOfferResponse")) == 1


def test_our_grid_operator_and_the_librarys_aggregator(tmp_path):
    library = Library("AGR", tmp_path)
    dso = Side(tmp_path / "dso", "run", DSO)
    settings = dso_settings(library.url, library.public, 100, LATE).replace(
        "offers_within_minutes = 30", "offers_within_minutes = 0.2"
    )
    dso.settings(settings)
    dso.start()
    try:
        with library.running(dso, AGR, DSO):
            library.wait_for(
                "DPrognosisResponse Accepted ", "FlexRequest  ", "FlexOfferResponse Accepted ", "FlexOrder  "
            )
            dso.wait_for("heard", "FlexOrderResponse")
    finally:
        dso.kill()
    assert refused(dso) == []
    (order,) = dso.kept("said", "FlexOrder")
    assert "ActivationFactor" not in order.facts["raw"]  # it is inside the sealed body
