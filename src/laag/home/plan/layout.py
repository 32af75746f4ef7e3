"""Where each variable and equation of a home's program stands; nothing of any solver and no numbers of any home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.home.ladder import Level, On
from laag.home.plan.question import Question

Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shape:
    """All that decides which columns, rows and coefficients there are; the numbers in them differ per home."""

    count: int
    """PTUs."""
    pv: bool = False
    battery: bool = False
    tapers: tuple[bool, bool] = (False, False)
    """Whether charging and discharging power depend on the fill."""
    pump: bool = False
    boiler: bool = False
    tank: bool = False
    stays: tuple[bool, ...] = ()
    """For each stay of the car, whether it continues from what the stay before left."""
    gives: bool = False
    """Whether the car may give back."""
    programmes: tuple[int, ...] = ()
    """The length in PTUs of each programme still to be started."""
    phases: bool = False
    peak: bool = False
    limits: tuple[int, ...] = (1, 1, 0, 0, 0, 0)
    """How many cuts each power has, by ``On``; the connection always has its fuses."""
    floors: tuple[int, ...] = (0, 0, 0)
    """How many floors each level has, by ``Level``."""


def shape_of(asked: Question) -> Shape:
    """Which pattern a home's program has."""
    house = asked.house
    heated = house.building is not None
    taper = house.battery is not None and (
        house.battery.charge_taper_from < 1,
        house.battery.discharge_taper_below > 0,
    )
    return Shape(
        count=asked.count,
        pv=house.pv is not None,
        battery=house.battery is not None,
        tapers=taper or (False, False),
        pump=house.heat_pump is not None and heated,
        boiler=house.boiler is not None and heated,
        tank=house.tank is not None,
        stays=tuple(stay.used_kwh is not None for stay in asked.stays),
        gives=bool(asked.stays) and house.charger is not None and house.charger.gives,
        programmes=tuple(len(job.appliance.programme_kw) for job in asked.jobs),
        phases=house.wiring is not None,
        peak=asked.outlook.peak is not None,
        limits=tuple(len(asked.cuts(on)) for on in On),
        floors=tuple(len(asked.floors(on)) for on in Level),
    )


class Layout:
    """The blocks of a shape, one number per PTU in each unless it says otherwise."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.columns = self.rows = 0
        T, K, limits, floors = shape.count, len(shape.stays), shape.limits, shape.floors
        self.balance = self._row_block(T)
        around = limits[On.IMPORT] + limits[On.EXPORT]
        self.up, self.down = self._blocks(around), self._blocks(around)
        if shape.pv:
            self.pv = self._block(T)
        if shape.battery:
            self.charge = self._blocks(1 + limits[On.CHARGE])
            self.discharge = self._blocks(1 + limits[On.DISCHARGE])
            self.stored = self._blocks(1 + floors[Level.STORED])
            self.battery = self._row_block(T)
            if shape.tapers[0]:
                self.charge_room, self.charge_taper = self._block(T), self._row_block(T)
            if shape.tapers[1]:
                self.discharge_room, self.discharge_taper = self._block(T), self._row_block(T)
        self.pump = self._blocks(1 + limits[On.HEAT_PUMP]) if shape.pump else []
        if shape.boiler:
            self.boiler = self._block(T)
        if shape.pump or shape.boiler:
            self.warm = self._blocks(1 + floors[Level.INDOOR])
            self.hot = self._block(T)
            self.heat = self._row_block(T)
        if shape.tank:
            self._place_tank(T, floors[Level.TANK])
        self.starts = [self._block(T) for _ in shape.programmes]
        if shape.programmes:
            self.later = self._block(len(shape.programmes))
            self.undone = self._block(len(shape.programmes))
            self.once = self._row_block(len(shape.programmes))
        if shape.phases:
            self.phase, self.phase_over, self.phase_under = (self._block(3 * T) for _ in range(3))
            self.phases = self._row_block(3 * T)
        if shape.peak:
            self.peak, self.below_peak, self.peaks = self._block(1), self._block(T), self._row_block(T)
        self.car: list[slice] = []
        if K:
            self.car = self._blocks(1 + limits[On.CAR])
            if shape.gives:
                self.giving, self.in_car, self.lacking, self.towed = (self._block(T) for _ in range(4))
                self.driving = self._row_block(T)
            else:
                self.must, self.rest, self.spare, self.towed = (self._block(K) for _ in range(4))
                # The last rows: which of them a quarter-hour's charging counts for is written afresh for every home.
                self.stay = self._row_block(K)
        self.pattern: tuple[Int32s, Int32s, NDArray[np.int64]] | None = None

    def _place_tank(self, T: int, floors: int) -> None:
        self.element = self._block(T)
        self.tank = self._blocks(1 + floors)
        self.overheat, self.overheat_room, self.cooler = (self._block(T) for _ in range(3))
        self.water, self.overheated, self.pump_reach = (self._row_block(T) for _ in range(3))
        if self.shape.pump:
            self.water_pump, self.pump_room, self.pump_shared = (
                self._block(T),
                self._block(T),
                self._row_block(T),
            )

    def _block(self, size: int) -> slice:
        self.columns += size
        return slice(self.columns - size, self.columns)

    def _blocks(self, many: int) -> list[slice]:
        return [self._block(self.shape.count) for _ in range(many)]

    def _row_block(self, size: int) -> slice:
        self.rows += size
        return slice(self.rows - size, self.rows)
