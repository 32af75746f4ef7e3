"""The flows of many PTUs as columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laag.home.house import House
from laag.home.outlook import Floats
from laag.home.physics.flow import Flow, WholeFlow
from laag.home.physics.plain import is_plain

_ONLY_WHOLE = ("water_kw", "element_kw", "appliance_kw", "gas_kw", "tank_c")


def columns_of(
    house: House, rows: Sequence[tuple[float, ...]], before: tuple[str, ...] = ()
) -> dict[str, Floats]:
    """By name, of rows that end in a flow of this house; ``before`` names what stands before it.

    What a plain home has not is zero; the state of a device that is not there is ``nan``.
    """
    names = (*before, *(Flow if is_plain(house) else WholeFlow)._fields)
    table = np.array(rows, np.float64).reshape(len(rows), len(names)).T
    column: dict[str, Floats] = dict.fromkeys(_ONLY_WHOLE, np.zeros(len(rows)))
    column |= dict(zip(names, table, strict=True))
    devices = {"stored_kwh": house.battery, "indoor_c": house.building, "tank_c": house.tank}
    unknown = np.full(len(rows), np.nan)
    return column | {state: unknown for state, device in devices.items() if device is None}
