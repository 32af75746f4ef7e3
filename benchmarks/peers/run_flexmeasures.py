"""FlexMeasures' device scheduler on home-b, without its database, queue or server.

Everything of the home fits: four devices (battery, car, roof, load) in kW with stocks in kW x PTU, as its storage
scheduler hands them over, and one commitment that prices taking and giving per PTU. Its model has a binary per PTU for
the battery, so that it does not charge and discharge at once.
"""

from __future__ import annotations

import sys
from typing import Any

import flask  # type: ignore[import-not-found]
import numpy as np
import pandas as pd
from flexmeasures.data.models.planning import FlowCommitment  # type: ignore[import-not-found]
from flexmeasures.data.models.planning.linear_optimization import device_scheduler  # type: ignore[import-not-found]
from flexmeasures.data.models.planning.utils import initialize_df  # type: ignore[import-not-found]

from benchmarks.peers.stopwatch import Case, run, told

COLUMNS = [
    "equals",
    "max",
    "min",
    "efficiency",
    "derivative equals",
    "derivative max",
    "derivative min",
    "derivative down efficiency",
    "derivative up efficiency",
    "stock delta",
]
SETTINGS = {
    "FLEXMEASURES_LP_SOLVER": sys.argv[1],
    "FLEXMEASURES_LP_SOLVER_OPTIONS": {},
    "LOGGING_LEVEL": "INFO",
}
START = pd.Timestamp("2025-03-03T00:00:00")
PTU = pd.Timedelta(minutes=15)


def frame(count: int, **given: Any) -> pd.DataFrame:
    """One device's table, with what is said of it."""
    table = initialize_df(COLUMNS, START, START + count * PTU, PTU)
    for name, value in ({"stock_delta": 0.0} | given).items():
        table[name.replace("_", " ")] = value
    return table


def inputs(case: Case) -> dict[str, Any]:
    """The home in FlexMeasures' words; a stock of one is a kW during a PTU."""
    count, per_kwh = len(case["load_kw"]), 1 / case["ptu_hours"]
    battery, car = case["battery"], case["ev"]
    least = np.full(count, battery["stored_min_kwh"], float)
    least[-1] = battery["stored_kwh"]
    way = battery["efficiency_each_way"]
    devices = [
        frame(
            count,
            min=(least - battery["stored_kwh"]) * per_kwh,
            max=(battery["stored_max_kwh"] - battery["stored_kwh"]) * per_kwh,
            derivative_max=battery["charge_max_kw"],
            derivative_min=-battery["discharge_max_kw"],
            derivative_up_efficiency=way,
            derivative_down_efficiency=way,
        ),
        frame(
            count,
            min=(np.array(car["stored_min_kwh"]) - car["stored_kwh"]) * per_kwh,
            max=(car["stored_max_kwh"] - car["stored_kwh"]) * per_kwh,
            derivative_max=np.where(car["home"], car["charge_max_kw"], 0.0),
            derivative_min=0.0,
            derivative_up_efficiency=car["efficiency"],
            stock_delta=-np.array(car["drive_kw"]),
        ),
        frame(count, derivative_min=-np.array(case["pv_kw"]), derivative_max=0.0),
        frame(count, derivative_equals=np.array(case["load_kw"])),
    ]
    index = devices[0].index
    taken, given = (pd.Series(case[name], index=index) for name in ("import_price", "export_price"))
    return {
        "device_constraints": devices,
        "ems_constraints": frame(
            count, derivative_max=case["connection_max_kw"], derivative_min=-case["connection_max_kw"]
        ),
        "commitments": [
            FlowCommitment(
                name="energy",
                index=index,
                quantity=0,
                upwards_deviation_price=taken * case["ptu_hours"],
                downwards_deviation_price=given * case["ptu_hours"],
                device=pd.Series([list(range(len(devices)))] * count, index=index),
                device_group="electricity",
            )
        ],
        "initial_stock": [battery["stored_kwh"] * per_kwh, car["stored_kwh"] * per_kwh, 0.0, 0.0],
    }


def plan(given: dict[str, Any]) -> list[float]:
    """One schedule; the connection is the sum of the devices."""
    schedules, _, results, _ = device_scheduler(**given)
    if results.solver.termination_condition != "optimal":
        raise SystemExit(f"FlexMeasures ends with {results.solver.termination_condition}")
    return [float(kw) for kw in sum(schedule.to_numpy() for schedule in schedules)]


if __name__ == "__main__":
    case, started = told()
    app = flask.Flask("benchmark")
    app.config.update(SETTINGS)
    with app.app_context():
        run(case, started, inputs, plan)
