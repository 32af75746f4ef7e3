"""Whoever kills a street (-9) is left with none of its processes, and the street lives again at once."""

import fcntl
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.apps.agent.test_street_lives import events, living, room, wait_for

from laag.adapters.stores import open_log
from laag.apps.live.making import Made
from laag.apps.live.street import Living
from laag.apps.live.witnesses import PARTIES

EVERY = 4 + len(PARTIES)
"""The one that starts them, the server, two homes, and who watches the ledger."""
WAITS = """
import os, signal, sys, time
from laag.apps.live.child import stops_with
def stop(*_):
    os.write(1, b"stopped in good order\\n")  # it may come while something else is being printed
    {then}
signal.signal(signal.SIGTERM, stop)
stops_with(sys.stdin.fileno(), within_s=0.2)
print("here", flush=True)
time.sleep(600)
"""


def waiting(then):
    return subprocess.Popen(
        [sys.executable, "-c", WAITS.format(then=then)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("then", "code"), [("sys.exit(0)", 0), ("pass", 1)], ids=["in good order", "all the same"]
)
def test_a_process_whose_street_is_gone_stops(then, code):
    with waiting(then) as child:
        assert child.stdout.readline() == "here\n"
        assert child.poll() is None
        child.stdin.close()
        assert child.stdout.readline() == "stopped in good order\n"
        assert child.wait(60) == code


def test_a_street_waits_until_the_processes_of_the_last_have_stopped(tmp_path, capsys, monkeypatch):
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    street = Living(Made(tmp_path, homes=0, speed=60.0, port=8400, at=at, trades_from=at))
    with (tmp_path / "still").open("w") as still:
        fcntl.flock(still, fcntl.LOCK_EX)
        left = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(1)"], pass_fds=[still.fileno()]
        )
    monkeypatch.setattr(street.__class__, "_live", lambda _: 7)
    assert street.live() == 7
    assert left.poll() is not None
    assert "waiting for what was there before" in capsys.readouterr().out


def processes(folder):
    """All that were started for a street, by what they were started with."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if any(word.startswith(str(folder)) for word in words):
            found.append(int(process.name))
    return found


@pytest.mark.slow
def test_a_street_that_is_killed_leaves_nothing_running_and_goes_on_where_it_stood(tmp_path):
    folder, port = tmp_path / "live", room()
    street = living(folder, port)
    try:
        wait_for(lambda: len(events(folder).get("metered", ())) >= 2)
        wait_for(lambda: len(processes(folder)) == EVERY)
        os.kill(street.pid, signal.SIGKILL)
        street.wait(60)
        before = len(events(folder)["metered"])
        street = living(folder, port)  # at once, while those of before are stopping
        wait_for(lambda: len(events(folder)["metered"]) > before + 2)
        wait_for(lambda: len(processes(folder)) == EVERY)
        os.kill(street.pid, signal.SIGKILL)
        street.wait(60)
        wait_for(lambda: not processes(folder))
    finally:
        street.kill()
        street.wait(60)
    with open_log(folder / "street" / "street.sqlite") as log:
        assert log.verify() > 0
