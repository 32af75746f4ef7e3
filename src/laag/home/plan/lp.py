"""A home's cheapest day as a sparse linear program: columns, rows and coefficients, and nothing of any solver.

Per PTU of ``h`` hours, with everything towards the home positive (kW, kWh, °C)::

    above - below + over - under = load - pv + charge - discharge + ev + pump - position
    stored'  = stored + h (in charge - discharge / out)
    indoor'  = a indoor + (1 - a) outdoor + g (cop pump + gains)              with  indoor = warm - cold + hot

and per stay of the car::

    must + rest + spare - h eff (sum of ev) [- what it left with] = what it came with + towed

``above`` and ``below`` are purchase and sale, or the change from what is already agreed. ``over`` and ``under`` break
the connection limit, ``cold`` and ``hot`` leave the comfort band, ``must`` falls short of what the car needs and
``towed`` keeps a car from an empty battery: each has its price, so there always is a feasible day. All rows are
equalities; everything else is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook
from laag.home.plan.weights import PlanSettings, Weights

Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shape:
    """All that decides which columns, rows and coefficients there are; the numbers in them differ per home."""

    count: int
    """PTUs."""
    pv: bool
    battery: bool
    heat_pump: bool
    stays: tuple[bool, ...]
    """For each stay of the car, whether it continues from what the stay before left."""


class Layout:
    """Where each variable and each equation of a shape stands, and its coefficient matrix by column."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._columns = 0
        self._rows = 0
        T, K = shape.count, len(shape.stays)
        self.balance = self._row_block(T)
        self.above, self.below, self.over, self.under = (self._block(T) for _ in range(4))
        if shape.pv:
            self.pv = self._block(T)
        if shape.battery:
            self.charge, self.discharge, self.stored = (self._block(T) for _ in range(3))
            self.battery = self._row_block(T)
        if shape.heat_pump:
            self.pump, self.warm, self.cold, self.hot = (self._block(T) for _ in range(4))
            self.heat = self._row_block(T)
        if K:
            self.ev = self._block(T)
            self.must, self.rest, self.spare, self.towed = (self._block(K) for _ in range(4))
            self.stay = self._row_block(K)

    @property
    def columns(self) -> int:
        """How many variables there are."""
        return self._columns

    @property
    def rows(self) -> int:
        """How many equations there are."""
        return self._rows

    def _block(self, size: int) -> slice:
        self._columns += size
        return slice(self._columns - size, self._columns)

    def _row_block(self, size: int) -> slice:
        self._rows += size
        return slice(self._rows - size, self._rows)

    @cached_property
    def by_column(self) -> tuple[Int32s, Int32s, NDArray[np.int64]]:
        """Column starts, row of each coefficient, and from where in :func:`coefficients` it comes."""
        column, row = self._places()
        order = np.lexsort((row, column))
        starts = np.searchsorted(column[order], np.arange(self.columns + 1))
        return starts.astype(np.int32), row[order].astype(np.int32), order

    @cached_property
    def ev_slots(self) -> NDArray[np.int64]:
        """Where the stay of each PTU's charging is written: the last coefficient of its column."""
        starts, _, _ = self.by_column
        return starts[self.ev.start + 1 : self.ev.stop + 1].astype(np.int64) - 1

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Column and row of every coefficient, in the order in which :func:`coefficients` lists them."""
        shape = self.shape
        pairs: list[tuple[slice, slice]] = [
            (c, self.balance) for c in (self.above, self.below, self.over, self.under)
        ]
        if shape.pv:
            pairs.append((self.pv, self.balance))
        if shape.battery:
            pairs += [(self.charge, self.balance), (self.discharge, self.balance)]
            pairs += [
                (self.charge, self.battery),
                (self.discharge, self.battery),
                (self.stored, self.battery),
            ]
            pairs.append((_all_but_last(self.stored), _all_but_first(self.battery)))
        if shape.heat_pump:
            pairs += [(self.pump, self.balance), (self.pump, self.heat)]
            for part in (self.warm, self.cold, self.hot):
                pairs += [(part, self.heat), (_all_but_last(part), _all_but_first(self.heat))]
        column = [np.arange(c.start, c.stop) for c, _ in pairs]
        row = [np.arange(r.start, r.stop) for _, r in pairs]
        if shape.stays:
            everywhere = np.arange(self.ev.start, self.ev.stop)
            column += [everywhere, everywhere]
            row += [np.arange(shape.count), np.full(shape.count, self.stay.start)]
            for k, linked in enumerate(shape.stays):
                parts = [self.must.start + k, self.rest.start + k, self.spare.start + k]
                column.append(np.array([*parts, self.towed.start + k]))
                row.append(np.full(4, self.stay.start + k))
                if linked:
                    column.append(np.array(parts) - 1)
                    row.append(np.full(3, self.stay.start + k))
        return np.concatenate(column), np.concatenate(row)


def _all_but_last(block: slice) -> slice:
    return slice(block.start, block.stop - 1)


def _all_but_first(block: slice) -> slice:
    return slice(block.start + 1, block.stop)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """One home's numbers in the layout of its shape: minimise ``cost``, within bounds, rows equal to ``right``."""

    layout: Layout
    cost: Floats
    lower: Floats
    upper: Floats
    right: Floats
    index: Int32s
    value: Floats


def shape_of(house: House, stays: tuple[EvSession, ...], count: int) -> Shape:
    """Which pattern a home's program has."""
    return Shape(
        count=count,
        pv=house.pv is not None,
        battery=house.battery is not None,
        heat_pump=house.heat_pump is not None and house.building is not None,
        stays=tuple(stay.used_kwh is not None for stay in stays),
    )


def program(
    layout: Layout,
    house: House,
    state: HomeState,
    outlook: Outlook,
    stays: tuple[EvSession, ...],
    settings: PlanSettings,
) -> Program:
    """A home's numbers in the layout of its shape; ``state`` and ``outlook`` hold no missing numbers any more."""
    _, index, order = layout.by_column
    weights = settings.weights(outlook)
    draft = _Draft(
        layout,
        np.zeros(layout.columns),
        np.zeros(layout.columns),
        np.zeros(layout.columns),
        np.zeros(layout.rows),
        [],
    )
    _connection(draft, house, outlook, weights)
    if layout.shape.pv and house.pv is not None:
        _pv(draft, outlook, curtailable=house.pv.curtailable)
    if house.battery is not None:
        _battery(draft, house.battery, state.stored_kwh, outlook, settings)
    if layout.shape.heat_pump and house.heat_pump is not None and house.building is not None:
        _heating(draft, house, house.heat_pump, house.building, state.indoor_c, outlook, weights, settings)
    if stays and house.charger is not None:
        index = _car(draft, house.charger, stays, outlook, weights, settings, index)
    value = np.concatenate(draft.coefficients)[order]
    return Program(layout, draft.cost, draft.lower, draft.upper, draft.right, index, value)


@dataclass(slots=True)
class _Draft:
    layout: Layout
    cost: Floats
    lower: Floats
    upper: Floats
    right: Floats
    coefficients: list[Floats]
    """In the order of ``Layout._places``."""


EARLIER_EUR_PER_KWH = 2e-5
"""Over the whole horizon: of two equally cheap moments the earlier is taken."""
STILL_EUR_PER_KWH = 1e-6
"""Of two equally cheap days the one that moves less energy."""
HELD_EUR_PER_KWH = 1e-6
"""Per PTU in the battery: what may as well be used now is, or a plan made anew every few hours would put it off forever."""


def _connection(draft: _Draft, house: House, outlook: Outlook, weights: Weights) -> None:
    at, T, h = draft.layout, draft.layout.shape.count, PTU_HOURS
    position, above, below = outlook.prices_of_a_change()
    later = STILL_EUR_PER_KWH + EARLIER_EUR_PER_KWH / max(T, 1) * np.arange(T)
    draft.cost[at.above] = (above + later) * h
    draft.cost[at.below] = (later - below) * h
    draft.upper[at.above] = np.maximum(house.import_max_kw - position, 0.0)
    draft.lower[at.above] = np.maximum(-house.export_max_kw - position, 0.0)
    draft.upper[at.below] = np.maximum(house.export_max_kw + position, 0.0)
    draft.lower[at.below] = np.maximum(position - house.import_max_kw, 0.0)
    draft.cost[at.over] = (weights.connection_eur_per_kwh + above) * h
    draft.cost[at.under] = (weights.connection_eur_per_kwh - below) * h
    draft.upper[at.over] = draft.upper[at.under] = np.inf
    draft.right[at.balance] = outlook.load_kw - position
    one = np.ones(T)
    draft.coefficients += [one, -one, one, -one]


def _pv(draft: _Draft, outlook: Outlook, *, curtailable: bool) -> None:
    at = draft.layout
    available = np.maximum(outlook.pv_kw, 0.0)
    draft.cost[at.pv] = -2 * STILL_EUR_PER_KWH * PTU_HOURS
    draft.upper[at.pv] = available
    draft.lower[at.pv] = 0.0 if curtailable else available
    draft.coefficients.append(np.ones(len(available)))


def _battery(
    draft: _Draft, battery: Battery, stored_kwh: float, outlook: Outlook, settings: PlanSettings
) -> None:
    at, T, h = draft.layout, draft.layout.shape.count, PTU_HOURS
    draft.upper[at.charge] = battery.charge_max_kw
    draft.upper[at.discharge] = battery.discharge_max_kw
    draft.upper[at.stored] = battery.capacity_kwh
    draft.cost[at.charge] = STILL_EUR_PER_KWH * h
    draft.cost[at.discharge] = (STILL_EUR_PER_KWH + battery.wear_eur_per_kwh) * h
    draft.right[at.battery.start] = stored_kwh
    draft.cost[at.stored] = HELD_EUR_PER_KWH
    if settings.keep_stored:
        draft.lower[at.stored.stop - 1] = stored_kwh
    else:
        draft.cost[at.stored.stop - 1] -= settings.stored_at_end_eur_per_kwh(battery, outlook)
    one = np.ones(T)
    draft.coefficients += [
        -one,
        one,
        one * (-battery.charge_efficiency * h),
        one * (h / battery.discharge_efficiency),
    ]
    draft.coefficients += [one, -one[1:]]


def _heating(
    draft: _Draft,
    house: House,
    pump: HeatPump,
    building: Building,
    indoor_c: float,
    outlook: Outlook,
    weights: Weights,
    settings: PlanSettings,
) -> None:
    at, T = draft.layout, draft.layout.shape.count
    kept, gain = building.retention, building.kelvin_per_kw
    cop = pump.cop(outlook.outdoor_c)
    low = house.comfort.low_c(outlook.quarter)
    draft.upper[at.pump] = pump.power_max_kw
    draft.lower[at.warm] = low
    draft.upper[at.warm] = np.maximum(low, house.comfort.high_c)
    draft.upper[at.cold] = draft.upper[at.hot] = np.inf
    draft.cost[at.cold] = draft.cost[at.hot] = weights.comfort_eur_per_kh * PTU_HOURS
    draft.cost[at.warm.stop - 1] = -settings.warmth_at_end_eur_per_k(pump, building, outlook, low)
    draft.right[at.heat] = (1.0 - kept) * outlook.outdoor_c + gain * outlook.heat_gain_kw
    draft.right[at.heat.start] += kept * indoor_c
    one, carry = np.ones(T), np.full(T - 1, kept)
    draft.coefficients += [-one, -gain * cop, one, -carry, -one, carry, one, -carry]


def _car(
    draft: _Draft,
    charger: Charger,
    stays: tuple[EvSession, ...],
    outlook: Outlook,
    weights: Weights,
    settings: PlanSettings,
    index: Int32s,
) -> Int32s:
    """Write the car's numbers; returns the row index with each PTU's charging pointed at its stay."""
    at, T, K = draft.layout, draft.layout.shape.count, len(stays)
    per_ptu = charger.max_kw * charger.efficiency * PTU_HOURS
    draft.cost[at.must] = -weights.car_eur_per_kwh
    draft.cost[at.towed] = weights.car_eur_per_kwh
    draft.upper[at.towed] = np.inf
    stay_of = np.full(T, at.stay.start, np.int32)
    link = np.full(3, -1.0)
    one = np.ones(T)
    draft.coefficients += [-one, one * (-charger.efficiency * PTU_HOURS)]
    for k, stay in enumerate(stays):
        must = max(stay.wanted_kwh - per_ptu * max(stay.departs - T, 0), 0.0)
        draft.upper[at.must.start + k] = must
        draft.upper[at.rest.start + k] = stay.wanted_kwh - must
        drives_on = stay.used_kwh is not None or (k + 1 < K and stays[k + 1].used_kwh is not None)
        most = charger.capacity_kwh if drives_on else max(stay.stored_kwh, stay.wanted_kwh)
        draft.upper[at.spare.start + k] = most - stay.wanted_kwh
        here = slice(stay.arrives, min(stay.departs, T))
        draft.upper[at.ev.start + here.start : at.ev.start + here.stop] = charger.max_kw
        stay_of[here] = at.stay.start + k
        draft.coefficients.append(np.array([1.0, 1.0, 1.0, -1.0]))
        if stay.used_kwh is not None:
            draft.coefficients.append(link)
            draft.right[at.stay.start + k] = -stay.used_kwh
        else:
            draft.right[at.stay.start + k] = stay.stored_kwh
    if stays[K - 1].departs > T:
        draft.cost[at.rest.stop - 1] = -settings.charged_at_end_eur_per_kwh(charger, outlook)
    pointed = index.copy()
    pointed[draft.layout.ev_slots] = stay_of
    return pointed
