"""One process writes to a ledger: two would sign two histories, and that cannot be taken back."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from laag.foundation.errors import BadInput


class Lock:
    """Held by the process that opened it; the machine lets go of it when that process ends, however it ends."""

    def __init__(self, place: Path) -> None:
        path = place.with_name(place.name + ".lock")
        try:
            self._held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise BadInput(f"{path} cannot be opened ({fault.strerror}); see to its folder") from fault
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(self._held)
            raise BadInput(
                f"{place} is being written to by another process; stop it first, or ask it over HTTP"
            ) from taken

    def close(self) -> None:
        """Let another have it."""
        os.close(self._held)
