"""All reasons of a plan, and how one of them is said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.errors import BadInput
from laag.home.house import House
from laag.home.ladder import Claim, Guarantee, Rung
from laag.home.outlook import Floats, Ints, Outlook
from laag.home.plan import Plan
from laag.home.reasons.battery import battery_reasons
from laag.home.reasons.boiler import boiler_reasons
from laag.home.reasons.car import car_reasons
from laag.home.reasons.codes import Bound, Code, Subject
from laag.home.reasons.column import CODES, DOINGS, Column, Options
from laag.home.reasons.connection import connection_reasons
from laag.home.reasons.heating import heating_reasons
from laag.home.reasons.machines import machine_reasons
from laag.home.reasons.near import NOWHEN
from laag.home.reasons.reason import Alternative, Moment, Number, Reason
from laag.home.reasons.sentences import KINDS
from laag.home.reasons.sun import sun_reasons
from laag.home.reasons.view import View, answered, look
from laag.home.reasons.water import water_reasons


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Why each device of one home does what it does in each quarter-hour of a plan."""

    columns: tuple[Column, ...]
    quarter: Ints
    """Local wall-clock quarter of the day, per PTU."""
    day: Ints
    """Local midnights since the start of the plan, per PTU."""
    claims: tuple[Claim, ...]
    held_by: Rung
    """The highest rung that misses something, which holds what no price may move."""

    def __len__(self) -> int:
        return len(self.quarter)

    def at(self, ptu: int) -> tuple[Reason, ...]:
        """The reason of the connection and of every device in one PTU."""
        return tuple(self.reason(column, ptu) for column in self.columns)

    def of(self, subject: Subject, ptu: int, name: str = "") -> Reason:
        """The reason of one device in one PTU."""
        return self.reason(self.column(subject, name), ptu)

    def column(self, subject: Subject, name: str = "") -> Column:
        """The reasons of one device in all PTUs."""
        for column in self.columns:
            if column.subject is subject and column.name == name:
                return column
        there = ", ".join(f"{one.subject} {one.name}".strip() for one in self.columns)
        raise BadInput(f"there is no {subject} {name} in this plan; ask for one of {there}")

    def reason(self, column: Column, ptu: int) -> Reason:
        """One cell of a column, with its moments as residents know them."""
        if not 0 <= ptu < len(self):
            raise BadInput(f"the plan has quarter-hours 0 to {len(self) - 1}; there is no {ptu}")
        code = CODES[column.code[ptu]]
        kind = KINDS[code]
        claim = self._claim(int(column.claim[ptu]))
        rung = self.held_by if code is Code.HELD else kind.rung
        return Reason(
            subject=column.subject,
            name=column.name,
            ptu=ptu,
            power_kw=float(column.power_kw[ptu]),
            code=code,
            rung=rung if claim is None or isinstance(claim, Guarantee) else claim.rung,
            bound=kind.bound if claim is None else Bound.CLAIM,
            source="" if claim is None else claim.source,
            numbers={name: self._number(column, name, ptu) for name in (*kind.names, *column.always)},
            next_best=self._alternative(column.next_best, ptu),
            unplanned=self._alternative(column.unplanned, ptu),
        )

    def _claim(self, place: int) -> Claim | None:
        return None if place == NOWHEN else self.claims[place]

    def _number(self, column: Column, name: str, ptu: int) -> Number:
        value = column.numbers[name][ptu]
        return self.moment(int(value), ptu) if name.endswith(("_at", "_by")) else float(value)

    def _alternative(self, options: Options, ptu: int) -> Alternative | None:
        worse = float(options.worse_eur_per_kwh[ptu])
        if np.isnan(worse):
            return None
        at = int(options.at[ptu])
        return Alternative(
            DOINGS[options.doing[ptu]],
            None if at == NOWHEN else self.moment(at, ptu),
            worse,
            float(options.weighs_eur_per_kwh[ptu]),
            None if np.isnan(options.at_most_eur_per_kwh[ptu]) else float(options.at_most_eur_per_kwh[ptu]),
        )

    def moment(self, ptu: int, seen_from: int) -> Moment:
        """A PTU on the wall; past the end of the plan the clock is taken to go on evenly."""
        last = len(self) - 1
        beyond = max(ptu - last, 0)
        quarter = int(self.quarter[min(ptu, last)]) + beyond
        day = int(self.day[min(ptu, last)]) + quarter // 96
        seen_day = int(self.day[seen_from])
        return Moment(ptu, quarter % 96, day - seen_day, ptu - seen_from, seen_day == int(self.day[0]))


def _columns(view: View, street_kw: Floats | None) -> list[Column]:
    """One per subject that is there, in their order; machines, which move whole programmes, are apart."""
    house = view.house
    columns = [connection_reasons(view, street_kw)]
    if house.pv is not None:
        columns.append(sun_reasons(view, house.pv))
    if house.battery is not None:
        columns.append(battery_reasons(view, house.battery))
    if house.charger is not None:
        columns.append(car_reasons(view, house.charger))
    if house.heat_pump is not None and house.building is not None:
        columns.append(heating_reasons(view, house.heat_pump, house.building))
    if house.tank is not None:
        columns.append(water_reasons(view, house.tank))
    if house.boiler is not None and house.building is not None:
        columns.append(boiler_reasons(view, house.boiler))
    return columns


def reasons(plan: Plan, house: House, outlook: Outlook, *, street_kw: Floats | None = None) -> Reasons:
    """Why everything in this plan is what it is; ``street_kw`` is what homes around take on average.

    The house and the outlook are those that the plan was made of.
    """
    as_planned = look(plan, house, outlook)
    columns = [
        known.answered_by(column)
        for known, column in zip(
            _columns(as_planned, street_kw), _columns(answered(as_planned), street_kw), strict=True
        )
    ]
    columns += machine_reasons(as_planned)
    for column in columns:
        column.leave_unsaid()
    held_by = min((one.rung for one in plan.missed), default=Rung.COMFORT)
    # The clock falls by hours at midnight, and by one when summer ends.
    midnights = np.diff(outlook.quarter, prepend=outlook.quarter[:1]) < -48
    return Reasons(tuple(columns), outlook.quarter, np.cumsum(midnights), outlook.claims, held_by)
