"""Prices and choices that no measurement gives, each with where it is from; whoever doubts one changes it here."""

from __future__ import annotations

from dataclasses import dataclass

ASSUMED = "assumption, 22 November 2026"


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure that is stated rather than measured."""

    what: str
    value: float
    unit: str
    source: str


SERVER_EUR = Stated("a virtual server of 2 processors, 4 GB and 40 GB of disk, an hour", 0.006, "EUR", "Hetzner cx23 as listed at docs.cnap.tech/compute/providers/hetzner, read on 22 November 2026; its prices rose in that year")  # fmt: skip
DISK_EUR = Stated("disk beyond what a server has, a GB and month", 0.05, "EUR", ASSUMED + ": European hosts ask 0.04 to 0.10")  # fmt: skip
TRAFFIC_EUR = Stated("traffic out, a GB", 0.001, "EUR", "Hetzner, 1 EUR a TB beyond what is included, as the Tor Project's administrators note it (wiki, howto/ganeti)")  # fmt: skip
HOUR_EUR = Stated("an hour of who looks after it, all costs included", 75.0, "EUR", ASSUMED)
BUSY = Stated("of a server's processors used on the average, so that it answers at once", 0.3, "", ASSUMED)
BACKUPS = Stated("copies of what is on disk, the first included", 2.0, "", ASSUMED + ": a backup elsewhere")
MONTHS = Stated("months that the record is kept", 84.0, "", "seven years, as Dutch bookkeeping is kept (art. 52 AWR)")  # fmt: skip
FETCHED = Stated("times a home fetches evidence, a month", 31.0, "", ASSUMED + ": every bill of every day")

STATED = (SERVER_EUR, DISK_EUR, TRAFFIC_EUR, HOUR_EUR, BUSY, BACKUPS, MONTHS, FETCHED)
"""As the page lists them."""

DISK_OF_A_SERVER_GB = 40.0
PROCESSORS = 2
HOURS = 730.5
"""In a month."""
DAYS = 30.44
"""In a month."""
