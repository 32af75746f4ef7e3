"""A process of a street that lives: it stops in good order when whoever started it is gone, however they went.

Its standard input is a pipe that nobody writes to. The street holds the other end, which the system closes with it, also
after a `kill -9`. Any system does that, and no process can miss it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

WITHIN_S = 15.0
"""To stop in good order; then it stops all the same, for a port that is held keeps the street from living again."""


def stops_with(pipe: int, within_s: float = WITHIN_S) -> threading.Thread:
    """From now on this process ends when the other end of a pipe is closed."""

    def waits() -> None:
        while os.read(pipe, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(within_s)
        os._exit(1)

    thread = threading.Thread(target=waits, name="stops with its street", daemon=True)
    thread.start()
    return thread


if __name__ == "__main__":
    stops_with(sys.stdin.fileno())
    from laag.apps.cli import main

    sys.exit(main(sys.argv[1:]))
