"""Where the energy in a house comes from: roof, battery, car or grid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from laag.home.outlook import Floats
from laag.home.plan import Plan


class Shares(NamedTuple):
    """Of all that is used in the house, per PTU: together one."""

    sun: Floats
    battery: Floats
    car: Floats
    bought: Floats


def shares(plan: Plan) -> Shares:
    """Own sun goes first and what is bought next; what then lacks, battery and car give by how much each gives."""
    taken = (
        plan.load_kw
        + np.maximum(plan.battery_kw, 0.0)
        + np.maximum(plan.ev_kw, 0.0)
        + plan.heat_pump_kw
        + plan.water_kw
        + plan.appliance_kw
    )
    battery, car = np.maximum(-plan.battery_kw, 0.0), np.maximum(-plan.ev_kw, 0.0)
    sun = part_of(plan.pv_kw, taken)
    stored = np.where(
        battery + car > 0,
        1.0 - sun - np.minimum(part_of(np.maximum(plan.connection_kw, 0.0), taken), 1.0 - sun),
        0.0,
    )
    by_battery = stored * part_of(battery, battery + car)
    return Shares(sun, by_battery, stored - by_battery, 1.0 - sun - stored)


def part_of(part: Floats, whole: Floats) -> Floats:
    """Which share one is of the other, at most all; of nothing none."""
    return np.minimum(part / np.where(whole > 0, whole, 1.0), 1.0)
