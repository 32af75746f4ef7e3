"""For how long this computer has been on."""

from __future__ import annotations

import time


def up_s() -> float | None:
    """Seconds since it began, sleep included; ``None`` where the system does not say."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else None
