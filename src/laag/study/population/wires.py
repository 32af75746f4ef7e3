"""The built-in street's low-voltage grid, wire by wire: what `laag.adapters.gridfile` reads.

The transformer, the three cables and their fuses are those of `cables`; a cable passes a joint every three houses of
its own, fed from the transformer's end. Ohms per kilometre are the largest that IEC 60228 allows aluminium of that section, the
reactance is that of any low-voltage cable; distances are chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laag.study.population.cables import FUSES_A, KVA_PER_HOME, TRANSFORMERS_KVA

OHM_PER_KM = {"4x150 Al": 0.206, "4x95 Al": 0.320, "4x50 Al": 0.641}
REACTANCE_OHM_PER_KM = 0.08
TO_FIRST_JOINT_M, BETWEEN_JOINTS_M, HOMES_PER_JOINT = 60.0, 54.0, 3
"""Every third house of a row of six-metre houses is on the same cable: three of them are 54 m apart."""
FEEDING_PU = 1.02
"""Somewhat high, as it is set where nobody yet fed anything in."""


def grid_file(homes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The grid of these homes (name, cable), in their order along the street.

    >>> grid = grid_file([("home 1", "cable-1"), ("home 2", "cable-2"), ("home 3", "cable-1")])
    >>> [row["name"] for row in grid["cables"]], grid["connections"][1]["node"]
    (['cable-1', 'cable-2'], 'cable-1 joint 1')
    """
    wanted = len(homes) * KVA_PER_HOME
    kva = next((size for size in TRANSFORMERS_KVA if size >= wanted), wanted)
    cables: list[dict[str, Any]] = []
    connections: list[dict[str, Any]] = []
    for cable in sorted({cable for _, cable in homes}, key=lambda name: (len(name), name)):
        section = list(FUSES_A)[(int(cable.rpartition("-")[2]) - 1) % len(FUSES_A)]
        node = "busbar"
        for place, home in enumerate(name for name, on in homes if on == cable):
            if place % HOMES_PER_JOINT == 0:
                joint = place // HOMES_PER_JOINT + 1
                start, node = node, f"{cable} joint {joint}"
                cables.append(
                    {
                        "name": cable if joint == 1 else f"{cable} after joint {joint - 1}",
                        "from": start,
                        "to": node,
                        "length_m": TO_FIRST_JOINT_M if joint == 1 else BETWEEN_JOINTS_M,
                        "r_ohm_per_km": OHM_PER_KM[section],
                        "x_ohm_per_km": REACTANCE_OHM_PER_KM,
                        "rated_a": FUSES_A[section],
                    }
                )
            connections.append({"name": home, "node": node})
    return {
        "name": "built-in street",
        "feeding_points": [{"node": "medium voltage", "voltage_pu": FEEDING_PU}],
        "transformers": [
            {
                "name": "transformer",
                "from": "medium voltage",
                "to": "busbar",
                "rated_kva": kva,
                "high_kv": 10.0,
                "low_kv": 0.4,
                "short_circuit_percent": 4.0,
                "copper_kw": 0.013 * kva,
                "iron_kw": 0.002 * kva,
            }
        ],
        "cables": cables,
        "connections": connections,
    }
