"""EMHASS' optimisation class on the nearest home it has, without its web server or Home Assistant.

What differs from home-b: its car is a load that may be put off, so the energy of each stay is fixed beforehand at the
least that the stay needs - it cannot charge more before one trip to spare the charging after it - and its battery ends
exactly where it began, where home-b's may end higher. The rest is home-b: battery, curtailable roof, prices, limits.
Its own default stops within 1 % of the optimum; the first argument is the gap it is given.
"""

from __future__ import annotations

import json
import logging
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from emhass.optimization import Optimization  # type: ignore[import-not-found]

from benchmarks.peers.stopwatch import Case, run, told

GAP = float(sys.argv[1])
QUIET = logging.getLogger("quiet")
QUIET.setLevel(logging.CRITICAL)
DEFAULTS = json.loads(files("emhass").joinpath("data/config_defaults.json").read_text())
BUY, SELL = "unit_load_cost", "unit_prod_price"
W = 1000.0


def stays(case: Case) -> list[tuple[int, int, float]]:
    """First PTU, last PTU (exclusive) and kWh from the connection of each stay that must charge, at its least."""
    car, h = case["ev"], case["ptu_hours"]
    home = np.array([False, *car["home"], False])
    comes, goes = np.flatnonzero(~home[:-1] & home[1:]), np.flatnonzero(home[:-1] & ~home[1:])
    held, at, found = car["stored_kwh"], 0, []
    for first, until in zip(comes.tolist(), goes.tolist(), strict=True):
        held -= sum(car["drive_kw"][at:first]) * h
        lacks = max(max(car["stored_min_kwh"][first:until]) - held, 0.0)
        if lacks > 0:
            found.append((first, until, lacks / car["efficiency"]))
        held, at = held + lacks, until
    return found


def inputs(case: Case) -> tuple[Any, ...]:
    """The home in EMHASS' words: W, and a load per stay of the car."""
    battery, car, charging = case["battery"], case["ev"], stays(case)
    way, each = battery["efficiency_each_way"], len(charging)
    time_step = pd.Timedelta(hours=case["ptu_hours"])
    conf = DEFAULTS | {
        "optimization_time_step": time_step,
        "delta_forecast_daily": pd.Timedelta(hours=case["hours"]),
        "time_zone": "UTC",
        "lp_solver_mip_rel_gap": GAP,
        "set_use_pv": True,
        "compute_curtailment": True,
        "maximum_power_from_grid": case["connection_max_kw"] * W,
        "maximum_power_to_grid": case["connection_max_kw"] * W,
        "set_use_battery": True,
        "set_nodischarge_to_grid": False,
        "battery_nominal_energy_capacity": battery["capacity_kwh"] * W,
        "battery_minimum_state_of_charge": battery["stored_min_kwh"] / battery["capacity_kwh"],
        "battery_maximum_state_of_charge": battery["stored_max_kwh"] / battery["capacity_kwh"],
        "battery_charge_efficiency": way,
        "battery_discharge_efficiency": way,
        # Its limits hold inside the battery, home-b's at the connection.
        "battery_charge_power_max": battery["charge_max_kw"] * way * W,
        "battery_discharge_power_max": battery["discharge_max_kw"] / way * W,
        "number_of_deferrable_loads": each,
        "nominal_power_of_deferrable_loads": [car["charge_max_kw"] * W] * each,
        "minimum_power_of_deferrable_loads": [0.0] * each,
        "operating_hours_of_each_deferrable_load": [kwh / car["charge_max_kw"] for _, _, kwh in charging],
        "start_timesteps_of_each_deferrable_load": [first for first, _, _ in charging],
        "end_timesteps_of_each_deferrable_load": [until for _, until, _ in charging],
        "treat_deferrable_load_as_semi_cont": [False] * each,
        "set_deferrable_load_single_constant": [False] * each,
        "set_deferrable_startup_penalty": [0.0] * each,
        "cost_forecast_per_deferrable_load": [None] * each,
        "is_electric_load": [True] * each,
    }
    index = pd.date_range("2025-03-03", periods=len(case["load_kw"]), freq=time_step, tz="UTC")
    roof, load = (pd.Series(case[name], index=index) * W for name in ("pv_kw", "load_kw"))
    prices = pd.DataFrame({BUY: case["import_price"], SELL: case["export_price"]}, index=index)
    return conf, prices, roof, load, battery["stored_kwh"] / battery["capacity_kwh"]


class Home:
    """One `Optimization`, kept between plans as its server keeps it."""

    def __init__(self) -> None:
        self._kept: Optimization | None = None

    def plan(self, given: tuple[Any, ...]) -> list[float]:
        """A day-ahead plan; W at the connection become kW."""
        conf, prices, roof, load, share = given
        if self._kept is None:
            self._kept = Optimization(
                conf, conf, conf, BUY, SELL, "profit", {"data_path": Path()}, QUIET, num_timesteps=len(prices)
            )
        found = self._kept.perform_dayahead_forecast_optim(
            prices, roof, load, soc_init=share, soc_final=share
        )
        if self._kept.optim_status.lower() != "optimal":
            raise SystemExit(f"EMHASS ends with {self._kept.optim_status}")
        return [float(watt) / W for watt in found["P_grid_pos"] + found["P_grid_neg"]]


if __name__ == "__main__":
    case, started = told()
    run(case, started, inputs, Home().plan)
