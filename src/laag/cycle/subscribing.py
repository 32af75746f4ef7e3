"""Which band a household subscribes to: the one that would have cost least over its own past, neighbours aside.

By a stated rule, for nobody knows beforehand how it will plan: the load as it was, thermostats that hold, the car's kWh
spread over each stay, the battery left aside, and roofs that rather rest than pay for what goes beyond the band.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from laag.cycle.street import Home, Street
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.foundation.series import wh
from laag.home.calendar import Calendar
from laag.home.outlook import Floats, Outlook
from laag.home.simple import simple_day
from laag.settlement.bands import BEYOND, FAMILY, kw_of, name_of, sizes
from laag.settlement.charges import DAYS_PER_YEAR
from laag.settlement.policy import net_value
from laag.settlement.tariff import Facts

PTUS_PER_DAY = 96
WH_PER_KW = int(1000 * PTU_HOURS)


def subscribed(street: Street, first_day: date, facts: Facts) -> Street:
    """Every home with the band that it has or, where its connection is named by its fuses, chooses on this day."""
    until = PtuGrid.day(first_day, street.zone).within(street.grid).start
    since = max(until - DAYS_PER_YEAR * PTUS_PER_DAY, 0)
    homes = tuple(_with_band(street, home, slice(since, until), facts) for home in street.homes)
    return replace(street, homes=homes)


def _with_band(street: Street, home: Home, past: slice, facts: Facts) -> Home:
    kw = kw_of(home.connection)
    if home.connection == name_of(kw):
        return home
    if past.stop > past.start:
        kw = cheapest_kw(wh(past_kw(street, home, past)), facts)
    return replace(home, connection=name_of(kw))


def cheapest_kw(offtake_wh: Ints, facts: Facts) -> int:
    """Which band would have cost least a year with these quarter-hours (offtake +); of two alike the smaller.

    What is fed in beyond a band costs no more than the panels lose by resting.

    >>> from laag.adapters import facts
    >>> known = facts.load(date(2026, 6, 1))
    >>> cheapest_kw(np.full(96, 200), known), cheapest_kw(np.full(96, 700), known)
    (2, 4)
    """
    beyond = net_value(facts, BEYOND)
    resting = min(beyond, net_value(facts, "feed_in_compensation"))

    def yearly(kw: int) -> int:
        took = int(np.maximum(offtake_wh - kw * WH_PER_KW, 0).sum())
        gave = int(np.maximum(-offtake_wh - kw * WH_PER_KW, 0).sum())
        used = (took * beyond + gave * resting) * DAYS_PER_YEAR * PTUS_PER_DAY // len(offtake_wh)
        return net_value(facts, f"{FAMILY}{kw}") + used

    return min(sizes(facts), key=yearly)


def past_kw(street: Street, home: Home, past: slice) -> Floats:
    """What the connection would have carried by the rule."""
    grid = street.grid.window(past.start, past.stop)
    sun = home.pv_kw.values[past] if home.pv_kw is not None else np.zeros(len(grid))
    building, none = home.house.building, np.zeros(len(grid))
    gains = none if building is None else building.gains_kw(_known(street.sun_w_m2.values[past]))
    alone = replace(home.house, battery=None, charger=None, appliances=(), tank=None, boiler=None)
    ahead = Outlook(
        grid,
        Calendar.of(grid, street.zone).quarter,
        _known(home.load_kw.values[past]),
        _known(sun),
        _known(street.outdoor_c.values[past]),
        gains,
        none,
        none,
    )
    return simple_day(alone, home.start, ahead, ()).connection_kw + _car_kw(home, past)


def _car_kw(home: Home, past: slice) -> Floats:
    """Each stay's kWh, evenly from its arrival to its departure."""
    kw = np.zeros(past.stop)
    if home.house.charger is None:
        return kw[past]
    for stay in home.sessions:
        hours = (stay.departs - stay.arrives) * PTU_HOURS
        needs = max(stay.wanted_kwh - stay.stored_kwh, 0.0) / home.house.charger.efficiency
        kw[max(stay.arrives, 0) : max(stay.departs, 0)] += min(needs / hours, home.house.charger.max_kw)
    return kw[past]


def _known(values: Floats) -> Floats:
    """A missing number counts as the mean of the others."""
    holes = ~np.isfinite(values)
    if not holes.any():
        return values
    return np.where(holes, values[~holes].mean() if (~holes).any() else 0.0, values)
