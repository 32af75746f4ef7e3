"""CometBFT as a child, with scripts in its place: started again, stood still, ended, and never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from laag.adapters.ledger.comet.process import Halted, kept_running
from laag.foundation.errors import BadInput


def script(folder, text):
    path = folder / "cometbft"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def run(binary, folder, within_s=60, until=None, go_on=lambda: None):
    async def lives():
        stopping = asyncio.Event()
        running = asyncio.ensure_future(kept_running(binary, folder, folder, go_on, stopping))
        while until is not None and not until() and not running.done():  # noqa: ASYNC110 - it waits for a file
            await asyncio.sleep(0.05)
        if until is not None:
            stopping.set()
        await asyncio.wait_for(running, within_s)

    asyncio.run(lives())


def test_one_that_falls_is_started_again(tmp_path):
    lives = tmp_path / "lives"
    run(
        script(tmp_path, f"echo x >> {lives}"),
        tmp_path,
        until=lambda: lives.exists() and lives.read_text().count("x") >= 2,
    )


def test_one_that_lives_on_and_decides_nothing_is_started_again(tmp_path):
    """Where its clock is far behind, say; CometBFT does not end by itself then."""
    lives = tmp_path / "lives"
    says = f"""echo x >> {lives}
    echo '{{"_msg":"CONSENSUS FAILURE!!!","err":"block time is too far in the future"}}'; exec sleep 60"""
    run(script(tmp_path, says), tmp_path, until=lambda: lives.exists() and lives.read_text().count("x") >= 2)


@pytest.mark.parametrize(
    "says",
    [
        """echo '{"_msg":"prevote step","err":"wrong Block.Header.AppHash.  Expected A, got B"}'
        echo '{"_msg":"CONSENSUS FAILURE!!!"}'; exec sleep 60""",
        "echo 'panic: state.AppHash does not match AppHash after replay. Got A, expected B'; exit 2",
    ],
)
def test_one_whose_record_differs_from_the_others_stands_still_and_says_what_to_do(tmp_path, says):
    with pytest.raises(Halted, match=r"not what more than two thirds .* laag ledger refetch"):
        run(script(tmp_path, says), tmp_path)


def test_what_cannot_be_run_is_said_with_the_way_out(tmp_path):
    with pytest.raises(BadInput, match="install CometBFT"):
        run(str(tmp_path / "nowhere"), tmp_path)


def test_it_is_not_started_again_where_that_cannot_help(tmp_path):
    def no():
        raise BadInput("too old")

    with pytest.raises(BadInput, match="too old"):
        run(script(tmp_path, "exit 0"), tmp_path, go_on=no)


def test_it_ends_with_us_when_we_are_killed(tmp_path):
    pid = tmp_path / "pid"
    binary = script(tmp_path, f"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 300")
    ours = f"""
import asyncio, pathlib
from laag.adapters.ledger.comet.process import kept_running
here = pathlib.Path({str(tmp_path)!r})
asyncio.run(kept_running({binary!r}, here, here, lambda: None, asyncio.Event()))
"""
    parent = subprocess.Popen([sys.executable, "-c", ours])
    until = time.monotonic() + 60
    while not pid.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    child = int(pid.read_text())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    while alive(child):
        assert time.monotonic() < until, "it was left behind"
        time.sleep(0.05)


def alive(pid):
    """A zombie that nobody has asked after is dead."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 - a file of the kernel
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
