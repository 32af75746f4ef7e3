"""Ctrl-C between two steps: what is half done is finished first, and what is done is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def between_steps() -> Iterator[Callable[[], None]]:
    """Within this block Ctrl-C only leaves word; ``heed()`` raises ``KeyboardInterrupt`` if it did. A second one does not wait.

    A pool of processes torn apart in the middle of a call leaves semaphores and frightening messages behind; a step takes a
    second or two.
    """
    asked = False

    def note(_: int, __: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # only there can signals be heard
        yield heed
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)
