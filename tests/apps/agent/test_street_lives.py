"""A server and homes in processes of their own: they trade and settle, also when one is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.doors import free_port

from laag.adapters.stores import open_log
from laag.apps.live.making import PAGES, there

SPEED = 2400
"""A day in 36 seconds."""


WATCH = (1, 2, 3)
"""How much further than the server's the ports of those are who watch the ledger."""


def room():
    """A port with room for who watches the ledger and for two homes behind it."""
    return free_port(*WATCH, PAGES, PAGES + 1)


def living(folder, port):
    command = [sys.executable, "-m", "laag.apps.cli", "live", "--out", str(folder), "--homes", "2"]
    with (folder.parent / "live.log").open("ab") as log:
        return subprocess.Popen(
            [*command, "--speed", str(SPEED), "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def events(folder):
    """What is in the log by now, by kind."""
    place = folder / "street" / "street.sqlite"
    if not place.exists():
        return {}
    found = {}
    with open_log(place) as log:
        for event in log.events():
            found.setdefault(event.kind, []).append(event)
    return found


def wait_for(condition, limit_s=90):
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(1)
    raise AssertionError("it did not come about in time")


def homes_pids(folder):
    """The home processes, by the settings that they were started with."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if "run" in words and (mine := [word for word in words if str(folder) in word]):
            found[mine[0]] = int(process.name)
    return found


@pytest.mark.slow
def test_a_street_of_processes_trades_and_settles_and_goes_on_where_it_stood(tmp_path):
    folder, port = tmp_path / "live", room()
    street = living(folder, port)
    try:
        wait_for(lambda: len(events(folder).get("metered", ())) >= 4)
        settings, pid = min(homes_pids(folder).items())
        os.kill(pid, signal.SIGKILL)  # and is begun again
        wait_for(lambda: homes_pids(folder).get(settings, pid) != pid)
        wait_for(lambda: len({event.key for event in events(folder).get("ordered", ())}) == 2)
        wait_for(lambda: events(folder).get("settled"))
        street.send_signal(signal.SIGINT)
        street.wait(60)
        stood, said = there(folder).at, len(events(folder)["metered"])
        street = living(folder, port)
        wait_for(lambda: len(events(folder)["metered"]) > said + 4)
    finally:
        street.send_signal(signal.SIGINT)
        street.wait(60)
    seen = events(folder)
    assert there(folder).at > stood
    assert "refused" not in seen, json.dumps([dict(event.facts) for event in seen["refused"]])
    numbers = {}
    for event in (*seen["metered"], *seen["ordered"]):
        numbers.setdefault(event.facts["member"], []).append(event.facts["number"])
    assert all(len(set(each)) == len(each) for each in numbers.values())
    assert not homes_pids(folder)
