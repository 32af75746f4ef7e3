"""What claims leave free at one instant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from laag.home.ladder import BY_LAW, Claim, Floor, Guarantee, Level, Limit, On, SunFirst
from laag.home.physics import NO_LIMIT, Wish


class Bounds(NamedTuple):
    """The tightest of the claims in force, kW and kWh; ``inf`` and zero are no claim at all."""

    must_import_kw: float = NO_LIMIT
    """By law or in an emergency: comfort yields to it."""
    must_export_kw: float = NO_LIMIT
    must_car_kw: float = NO_LIMIT
    must_heat_pump_kw: float = NO_LIMIT
    import_kw: float = NO_LIMIT
    """By anybody: whatever can move without costing comfort moves. Below zero, where it was sold: give at least so much."""
    export_kw: float = NO_LIMIT
    charge_kw: float = NO_LIMIT
    discharge_kw: float = NO_LIMIT
    car_kw: float = NO_LIMIT
    heat_pump_kw: float = NO_LIMIT
    reserve_kwh: float = 0.0
    """What the battery keeps."""
    indoor_c: float = -NO_LIMIT
    sun_first: bool = False
    """The home's own sun stays, whatever else is claimed of it below."""

    @property
    def sold(self) -> bool:
        """Whether the home promised to give, or to take, at least so much."""
        return self.import_kw < 0 or self.export_kw < 0


UNBOUND = Bounds()
_FIELD = {
    On.IMPORT: "import_kw",
    On.EXPORT: "export_kw",
    On.CHARGE: "charge_kw",
    On.DISCHARGE: "discharge_kw",
    On.CAR: "car_kw",
    On.HEAT_PUMP: "heat_pump_kw",
}


def bounds_at(claims: Iterable[Claim], ptu: int) -> Bounds:
    """What the claims leave free in this PTU; no limit on the connection goes below what is guaranteed, but one that was sold.

    >>> from laag.home.ladder import Rung
    >>> asked = Limit(Rung.EMERGENCY, On.IMPORT, 4, 8, 1.0, "dso:12")
    >>> bounds_at([asked, Guarantee(4.2, 4.2, "law")], 5).must_import_kw
    4.2
    >>> sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 4, 8, -1.0, "dso:13", promised=True)
    >>> bounds_at([sold], 5).import_kw
    -1.0
    """
    claims = tuple(claims)
    guaranteed = [claim for claim in claims if isinstance(claim, Guarantee)]
    least = {
        On.IMPORT: max((one.import_kw for one in guaranteed), default=0.0),
        On.EXPORT: max((one.export_kw for one in guaranteed), default=0.0),
    }
    found: dict[str, float] = {}
    sun_first = any(isinstance(one, SunFirst) and one.first <= ptu < one.stop for one in claims)
    for claim in claims:
        if isinstance(claim, Limit) and claim.first <= ptu < claim.stop:
            kw = claim.max_kw if claim.promised else max(claim.max_kw, least.get(claim.on, 0.0))
            names = [_FIELD[claim.on]]
            if f"must_{names[0]}" in Bounds._fields and claim.rung in BY_LAW:
                names.append(f"must_{names[0]}")
            for name in names:
                found[name] = min(found.get(name, NO_LIMIT), kw)
        elif isinstance(claim, Floor) and claim.first <= ptu < claim.stop:
            if claim.on is Level.STORED:
                found["reserve_kwh"] = max(found.get("reserve_kwh", 0.0), claim.least)
            elif claim.on is Level.INDOOR:
                found["indoor_c"] = max(found.get("indoor_c", -NO_LIMIT), claim.least)
    return Bounds(**found, sun_first=sun_first)


def within(wish: Wish, bounds: Bounds, needed: Wish = Wish()) -> Wish:  # noqa: B008 - a frozen value
    """What is wished, no more than claims allow each device; what is needed for comfort yields to law alone.

    >>> within(Wish(ev_kw=7.0), Bounds(car_kw=0.0), Wish(ev_kw=2.0)).ev_kw
    2.0
    """
    car_kw = min(max(bounds.car_kw, needed.ev_kw), bounds.must_car_kw)
    heat_pump_kw = min(max(bounds.heat_pump_kw, needed.heat_pump_kw), bounds.must_heat_pump_kw)
    return wish._replace(
        battery_kw=min(max(wish.battery_kw, -bounds.discharge_kw), bounds.charge_kw),
        ev_kw=min(wish.ev_kw, car_kw),
        heat_pump_kw=min(wish.heat_pump_kw, heat_pump_kw),
    )
