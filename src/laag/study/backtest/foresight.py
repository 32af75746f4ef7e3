"""The least that a window can cost: one linear program over all of it, with everything known from the start.

It leaves out what makes days harder (one direction at a time, tapers, smallest currents, minimum run times), never what makes them
cheaper, so no way of running the home scores below it. Two days beyond the window go into the same program: their
shadow prices at the window's end say what the energy left there is worth, to everyone alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump
from laag.home.outlook import Floats
from laag.study.backtest.case import Case
from laag.study.backtest.score import DISCOMFORT_EUR_PER_KH, MISSING_EUR_PER_KWH, Course, Worth, band

BEYOND_PTUS = 192
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """The cheapest course, and what its end is worth."""

    course: Course
    worth: Worth


class _Rows:
    """A program as it grows: blocks of columns, rows, and the coefficients between them."""

    def __init__(self) -> None:
        self.cost: list[Floats] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []
        self.least: list[Floats] = []
        self.most: list[Floats] = []
        self.entries: list[tuple[Ints, Ints, Floats]] = []
        self.columns = self.rows = 0

    def block(self, count: int, cost: Floats | float, lower: Floats | float, upper: Floats | float) -> Ints:
        """Columns, by number."""
        for kept, values in ((self.cost, cost), (self.lower, lower), (self.upper, upper)):
            kept.append(np.broadcast_to(np.asarray(values, np.float64), (count,)))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def equal(self, right: Floats) -> Ints:
        """Rows that equal ``right``, by number."""
        return self.between(right, right)

    def between(self, least: Floats, most: Floats) -> Ints:
        """Rows from ``least`` to ``most``, by number."""
        self.least.append(least)
        self.most.append(most)
        self.rows += len(least)
        return np.arange(self.rows - len(least), self.rows)

    def put(self, row: Ints, column: Ints, value: Floats | float) -> None:
        """Coefficients, one per pair."""
        self.entries.append((row, column, np.broadcast_to(np.asarray(value, np.float64), row.shape)))

    def solved(self) -> tuple[Floats, Floats]:
        """The optimum's columns, and what one unit more on the right of each row costs."""
        row, column, value = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        order = np.lexsort((row, column))
        starts = np.searchsorted(column[order], np.arange(self.columns + 1))
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.passModel(
            self.columns,
            self.rows,
            len(value),
            highspy.MatrixFormat.kColwise,
            highspy.ObjSense.kMinimize,
            0.0,
            np.concatenate(self.cost),
            np.concatenate(self.lower),
            np.concatenate(self.upper),
            np.concatenate(self.least),
            np.concatenate(self.most),
            starts.astype(np.int32),
            row[order].astype(np.int32),
            value[order],
            np.zeros(self.columns, np.int32),
        )
        highs.run()
        assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = highs.getSolution()
        return np.array(found.col_value), np.array(found.row_dual)


def foreseen(case: Case) -> Foreseen:
    """The cheapest window there could have been."""
    end = min(case.stop + BEYOND_PTUS, len(case.grid))
    span = slice(case.start, end)
    T, last = end - case.start, case.stop - case.start
    house, rows = case.house, _Rows()
    buy, sell = (price[span] for price in case.prices(case.day_ahead.values))
    load = case.load_kw[span]
    taken = rows.block(T, buy * PTU_HOURS, 0.0, np.maximum(house.import_max_kw, load))
    given = rows.block(T, -sell * PTU_HOURS, 0.0, house.export_max_kw)
    balance = rows.equal(load)
    rows.put(balance, taken, 1.0)
    rows.put(balance, given, -1.0)
    if house.pv is not None:
        sun = np.maximum(case.pv_kw[span], 0.0)
        rows.put(balance, rows.block(T, 0.0, 0.0 if house.pv.curtailable else sun, sun), 1.0)
    battery = _battery(rows, balance, house.battery, case.state.stored_kwh) if house.battery else None
    heat = (
        _heat(rows, balance, case, house.heat_pump, house.building, span)
        if house.heat_pump and house.building
        else None
    )
    missing = _car(rows, balance, house.charger, case.stays(), case.start) if house.charger else None
    value, price = rows.solved()
    none, unknown = np.zeros(last), np.full(last, np.nan)
    stored_worth = indoor_worth = 0.0
    power, stored, indoor = none, unknown, unknown
    if battery is not None:
        charge, discharge, level, row = battery
        power, stored = (value[charge] - value[discharge])[:last], value[level][:last]
        stored_worth = -float(price[row[last]]) if last < T else 0.0
    if heat is not None and house.building is not None:
        level, row = heat
        indoor = value[level][:last]
        indoor_worth = -float(price[row[last]]) * house.building.retention if last < T else 0.0
    course = Course(
        (value[taken] - value[given])[:last],
        power,
        stored,
        indoor,
        tuple(value[missing].tolist()) if missing is not None else (),
    )
    return Foreseen(course, Worth(stored_worth, indoor_worth))


def _battery(
    rows: _Rows, balance: Ints, battery: Battery, stored_kwh: float
) -> tuple[Ints, Ints, Ints, Ints]:
    T = len(balance)
    charge = rows.block(T, 0.0, 0.0, battery.charge_max_kw)
    discharge = rows.block(T, battery.wear_eur_per_kwh * PTU_HOURS, 0.0, battery.discharge_max_kw)
    stored = rows.block(T, 0.0, 0.0, battery.capacity_kwh)
    right = np.zeros(T)
    right[0] = stored_kwh
    row = rows.equal(right)
    rows.put(balance, charge, -1.0)
    rows.put(balance, discharge, 1.0)
    rows.put(row, stored, 1.0)
    rows.put(row[1:], stored[:-1], -1.0)
    rows.put(row, charge, -PTU_HOURS * battery.charge_efficiency)
    rows.put(row, discharge, PTU_HOURS / battery.discharge_efficiency)
    return charge, discharge, stored, row


def _heat(
    rows: _Rows, balance: Ints, case: Case, pump: HeatPump, building: Building, span: slice
) -> tuple[Ints, Ints]:
    T, kept, gain = len(balance), building.retention, building.kelvin_per_kw
    outdoor = case.outdoor_c[span]
    low, high = (edge[:T] for edge in band(case))
    power = rows.block(T, 0.0, 0.0, pump.power_max_kw)
    indoor = rows.block(T, 0.0, -np.inf, np.inf)
    cold, hot = (rows.block(T, DISCOMFORT_EUR_PER_KH * PTU_HOURS, 0.0, np.inf) for _ in range(2))
    right = (1.0 - kept) * outdoor + gain * case.gains_kw()[span]
    right[0] += kept * case.state.indoor_c
    row = rows.equal(right)
    rows.put(balance, power, -1.0)
    rows.put(row, indoor, 1.0)
    rows.put(row[1:], indoor[:-1], -kept)
    rows.put(row, power, -gain * pump.cop(outdoor))
    at_ease = rows.between(low, np.full(T, np.inf))
    rows.put(at_ease, indoor, 1.0)
    rows.put(at_ease, cold, 1.0)
    not_hot = rows.between(np.full(T, -np.inf), high)
    rows.put(not_hot, indoor, 1.0)
    rows.put(not_hot, hot, -1.0)
    return indoor, row


def _car(rows: _Rows, balance: Ints, charger: Charger, stays: tuple[EvSession, ...], start: int) -> Ints:
    here = np.zeros(len(balance))
    stay_of = np.zeros(len(balance), np.int64)
    for k, stay in enumerate(stays):
        here[stay.arrives - start : stay.departs - start] = 1.0
        stay_of[stay.arrives - start : stay.departs - start] = k
    power = rows.block(len(balance), 0.0, 0.0, charger.max_kw * here)
    missing = rows.block(len(stays), MISSING_EUR_PER_KWH, 0.0, np.inf)
    needed = np.array([max(stay.wanted_kwh - stay.stored_kwh, 0.0) for stay in stays])
    row = rows.between(needed, np.full(len(stays), np.inf))
    rows.put(balance, power, -1.0)
    inside = np.flatnonzero(here)
    rows.put(row[stay_of[inside]], power[inside], charger.efficiency * PTU_HOURS)
    rows.put(row, missing, 1.0)
    return missing
