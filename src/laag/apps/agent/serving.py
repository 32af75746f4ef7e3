"""A home's own server, which ends in good order: what is told to stop is not killed by the same word afterwards."""

from __future__ import annotations

from types import FrameType

import uvicorn


class Serving(uvicorn.Server):
    """Keeps a signal to itself: raised again it would end the process before its stores are closed."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Asked once it stops in good order, asked twice at once."""
        del sig, frame
        self.force_exit = self.should_exit
        self.should_exit = True
