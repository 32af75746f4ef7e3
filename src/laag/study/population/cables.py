"""The street's low-voltage grid: a transformer, and three cables that leave it."""

from __future__ import annotations

from laag.cycle.street import Feeder

TRANSFORMERS_KVA = (50, 100, 160, 250, 400, 630)
KVA_PER_HOME = 2.5
"""A street built for gas-heated homes: twice the 1 to 1.5 kW once reckoned per home, for the next size up was laid."""
POWER_FACTOR = 0.95
PHASE_VOLTS = 230
FUSES_A = {"4x150 Al": 200, "4x95 Al": 160, "4x50 Al": 100}
"""Each cable's fuse in the transformer house; the cable itself carries somewhat more."""
HOMES_PER_TRIPLE = 60


def transformer_kw(homes: int) -> float:
    """The capacity of the smallest standard transformer for so many homes.

    >>> transformer_kw(60)
    152.0
    """
    wanted = homes * KVA_PER_HOME
    size = next((kva for kva in TRANSFORMERS_KVA if kva >= wanted), wanted)
    return round(size * POWER_FACTOR, 1)


def feeder_name(home: int) -> str:
    """The cable that serves a home: every third house on the same one, sixty houses to three cables.

    >>> feeder_name(0), feeder_name(4), feeder_name(62)
    ('cable-1', 'cable-2', 'cable-6')
    """
    return _name(_number(home))


def feeders(homes: int) -> tuple[Feeder, ...]:
    """The cables of a street, each with what its fuse lets through."""
    numbers = sorted({_number(home) for home in range(homes)})
    return tuple(Feeder(_name(number), _fuse_kw(number), _fuse_kw(number)) for number in numbers)


def _number(home: int) -> int:
    return 3 * (home // HOMES_PER_TRIPLE) + home % 3 + 1


def _name(number: int) -> str:
    return f"cable-{number}"


def _fuse_kw(number: int) -> float:
    amperes = list(FUSES_A.values())[(number - 1) % len(FUSES_A)]
    return round(3 * PHASE_VOLTS * amperes * POWER_FACTOR / 1000, 1)
