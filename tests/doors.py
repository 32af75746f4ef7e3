"""Ports of this machine for programs that a test starts.

A port that the system gave and took back can be given to anybody before the program listens there, or be where a
connection starts from. These lie below the ports that the system gives, each process of a test run has a stretch of
its own, and none is handed out twice.
"""

import os
import socket
from contextlib import suppress
from itertools import count

FIRST, STRETCH, STRETCHES = 10_000, 700, 32
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_begins = FIRST + STRETCH * ((os.getppid() + _worker) % STRETCHES)
_next = count()


def free_port(*further: int) -> int:
    """One where nobody listens, nor so many ports further.

    >>> free_port() != free_port()
    True
    """
    width = max(further, default=0) + 1
    for _ in range(STRETCH):
        port = _begins + next(_next) % (STRETCH - width)
        if all(_free(port + one) for one in (0, *further)):
            for _ in range(width - 1):
                next(_next)
            return port
    raise AssertionError(f"no port is free from {_begins} to {_begins + STRETCH}")


def _free(port: int) -> bool:
    with socket.socket() as door, suppress(OSError):
        door.bind(("127.0.0.1", port))
        return True
    return False
