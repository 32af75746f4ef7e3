"""What really happens in one PTU: wishes go in, what devices, house and fuse allow comes out.

:class:`Physics` is a home with a roof, a simple battery, a car that only charges and a heat pump: plain floats, for a
year of sixty such homes passes here two million times. :class:`WholePhysics` is a home with anything else.

What gives way at the connection's limit follows the ladder, the lowest rung first:

=========  =====================================================================
market     the battery stops charging; the car waits as far as it will still be
           ready in time; the battery gives down to its reserve
comfort    the car stops, then gives down to its own reserve; then hot water; then
           the rooms, which a boiler takes over
safety     the battery gives its reserve
=========  =====================================================================

A programme that runs is never stopped. At the export limit the car stops giving, the battery takes what it can, and
then the roof is turned down.
"""

from laag.home.physics.columns import columns_of
from laag.home.physics.flow import NO_LIMIT, Around, Flow, Held, WholeFlow, Wish
from laag.home.physics.plain import FROST_C, THERMOSTAT_MARGIN_K, Physics, is_plain
from laag.home.physics.sound import sound
from laag.home.physics.whole import WholePhysics

__all__ = [
    "FROST_C",
    "NO_LIMIT",
    "THERMOSTAT_MARGIN_K",
    "Around",
    "Flow",
    "Held",
    "Physics",
    "WholeFlow",
    "WholePhysics",
    "Wish",
    "columns_of",
    "is_plain",
    "sound",
]
