"""Starts processes that can be killed, in a moment: it has imported everything already, and what it starts is a fork of it.

`python -m tests.live.nursery` reads a line for each process, a list in JSON: what it is to be, where its words go, and what
it is given. It answers with the process's number, and with what is left of those that ended.
"""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


class Nursery:
    """Where the test holds it; what is started here ends with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        assert self._heard(120) == "ready"
        self._alive = set()

    def start(self, what, words, *given):
        """The number of a new process."""
        self._process.stdin.write(json.dumps([what, str(words), *map(str, given)]) + "\n")
        self._process.stdin.flush()
        number = int(self._heard(60))
        self._alive.add(number)
        return number

    def kill(self, number, how=signal.SIGKILL):
        """End it, at once; returns when it is gone, also where it had gone by itself."""
        with suppress(ProcessLookupError):
            os.kill(number, how)
        until = time.monotonic() + 60
        while Path(f"/proc/{number}").exists():
            assert time.monotonic() < until, f"{number} does not end"
            time.sleep(0.005)
        self._alive.discard(number)

    def lives(self, number):
        """Whether it has not ended by itself."""
        return number in self._alive and Path(f"/proc/{number}").exists()

    def end(self):
        """All of it."""
        for number in sorted(self._alive):
            self.kill(number)
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _heard(self, seconds):
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        assert ready, "the nursery says nothing"
        return self._process.stdout.readline().strip()


def _born(what, words, given):
    out = os.open(words, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.close(0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if what == "server":
        from laag.apps import cli
        from laag.apps.street import checkpoints

        # Small as the street is, so that many a server is killed while it lays down what it knows.
        checkpoints.EVERY_EVENTS = checkpoints.LEAST_EVENTS = 5
        os._exit(cli.main(["serve", *given]))
    from tests.live import speaking

    os._exit(speaking.main(given))


def _ready():
    """Imported and reckoned once, for all that are born later."""
    from datetime import timedelta

    import tests.live.speaking

    from laag.adapters.clocks import clock_of  # noqa: F401
    from laag.adapters.stores import open_log, open_records  # noqa: F401
    from laag.apps import cli  # noqa: F401
    from laag.apps.street import config, pages, serving  # noqa: F401
    from laag.apps.street.sources import model

    for day in range(-20, 60):
        model._nation(tests.live.speaking.FIRST + timedelta(days=day), 1)


def main():
    """Until nobody asks for anything more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is gone at once
    _ready()
    gc.freeze()
    print("ready", flush=True)  # noqa: T201 - whoever holds it waits for this
    for line in sys.stdin:
        what, words, *given = json.loads(line)
        number = os.fork()
        if not number:
            try:
                _born(what, words, given)
            finally:
                os._exit(70)
        print(number, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
