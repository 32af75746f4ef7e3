"""The kinds of device, in the order of every table."""

from __future__ import annotations

from enum import IntEnum


class Device(IntEnum):
    """What power flows to; ``name.lower()`` is its word in the tables."""

    LOAD = 0
    PV = 1
    BATTERY = 2
    EV = 3
    HEAT_PUMP = 4
    WATER = 5
    """The hot-water tank: by the heat pump or by its own element."""
    APPLIANCE = 6
