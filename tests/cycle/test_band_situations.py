"""Named days of a street with bands: who borrows, who pays, and what the books say."""

from datetime import date

import numpy as np
import pytest

from laag.adapters import facts
from laag.apps.wiring import Options, run_of
from laag.cycle.bands import pooling
from laag.cycle.validate import Validation
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.neighbourhood.limits import shared
from laag.settlement.bands import yearly_units
from laag.settlement.charges import Terms, by_the_day
from laag.settlement.policy import POLICIES

POLICY = POLICIES["layered-bandwidth"]
FACTS = facts.load(POLICY.facts_day)
NAMES = ("ann", "bob", "cas", "dov")
A_KWH_BEYOND = 30_000_000
"""EUR 0.30 before VAT: an example."""


def day(*rows, bands=(4, 4, 4, 4), minutes=None):
    """Each row one quarter-hour's Wh of the four; offtake +."""
    return pooling(NAMES, bands, np.array(rows).T, FACTS, minutes or {})


def kwh(watt_minutes):
    return (watt_minutes.sum(axis=1) / 60_000).tolist()


def test_one_home_above_its_band_while_all_others_sleep_pays_nothing():
    night = day(*[[2750, 50, 50, 50]] * 4)  # 11 kW for an hour: a car
    assert kwh(night.borrowed_wmin) == [7, 0, 0, 0]
    assert sum(kwh(night.lent_wmin)) == 7
    assert night.units.sum() == 0


def test_one_home_beyond_all_that_neighbours_have_pays_for_the_rest_alone():
    night = day([4250, 900, 900, 900])  # 17 kW; each neighbour leaves 400 W
    assert kwh(night.borrowed_wmin) == [0.3, 0, 0, 0]
    assert night.units.sum(axis=1).tolist() == [2_950 * A_KWH_BEYOND // 1000, 0, 0, 0]


def test_when_all_are_above_at_once_the_pool_is_empty_and_each_pays_its_own():
    evening = day([1250, 1500, 1750, 2000])
    assert evening.borrowed_wmin.sum() == evening.lent_wmin.sum() == 0
    assert evening.units[:, 0].tolist() == [wh * A_KWH_BEYOND // 1000 for wh in (250, 500, 750, 1000)]


def test_what_little_is_left_is_shared_until_all_stand_equally_high():
    evening = day([700, 1100, 1500, 2000])  # ann leaves 300 Wh
    assert evening.borrowed_wmin[:, 0].tolist() == [0, 6_000, 6_000, 6_000]
    assert evening.beyond_wmin[:, 0].tolist() == [0, 0, 24_000, 54_000]


def test_at_noon_who_takes_leaves_all_of_its_band_to_the_neighbours_sun():
    noon = day([-1500, -1500, 1000, 1000])
    assert kwh(noon.borrowed_wmin) == [0.5, 0.5, 0, 0]
    assert noon.units.sum() == 0
    alone = day([-1500, -1500, -1000, -1000])
    assert alone.units[:, 0].tolist() == [A_KWH_BEYOND // 2, A_KWH_BEYOND // 2, 0, 0]


def test_a_wide_band_lends_what_a_narrow_one_borrows():
    assert day([1500, 0, 0, 0], bands=(2, 8, 2, 2)).units.sum() == 0


def test_a_quarter_hour_within_the_band_can_hold_minutes_above_it():
    kettle = np.full(15, 2000)
    kettle[:3] = 9000
    calm = np.full(15, 3900)
    met = dict.fromkeys(NAMES[1:], calm)
    by_quarters = day([850, 975, 975, 975])
    by_minutes = day([850, 975, 975, 975], minutes={"ann": kettle, **met})
    assert by_quarters.beyond_wmin.sum() == 0
    # Three minutes of 5 kW too much, of which three neighbours have 100 W each.
    assert by_minutes.beyond_wmin[0, 0] == 3 * (5000 - 300)


@pytest.mark.parametrize(("on", "quarters"), [(date(2026, 3, 29), 92), (date(2026, 10, 25), 100)])
def test_a_day_on_which_the_clock_changes_is_one_day_of_the_band_and_all_its_quarters_count(on, quarters):
    grid = PtuGrid.day(on, AMSTERDAM)
    one = Terms.over(grid, POLICY, FACTS)
    spent = by_the_day("4 kW", one).network_units
    assert abs(spent - yearly_units(FACTS, 4) / 365) < 1
    busy = day(*[[1250, 1250, 1250, 1250]] * len(grid))
    assert busy.units[0].sum() == quarters * 250 * A_KWH_BEYOND // 1000


def test_365_days_of_a_band_that_was_changed_halfway_are_its_parts():
    terms = Terms(POLICY, FACTS, date(2026, 1, 1), 365)
    both = by_the_day("8 kW", terms, [("2 kW", 100)]).network_units
    first = Terms(POLICY, FACTS, date(2026, 1, 1), 100)
    rest = Terms(POLICY, FACTS, date(2026, 4, 11), 265)
    assert both == by_the_day("2 kW", first).network_units + by_the_day("8 kW", rest).network_units


def test_answering_the_grid_makes_a_band_cheaper_but_the_smallest_stays_what_it_is():
    full = {kw: yearly_units(FACTS, kw) for kw in (2, 4, 8)}
    assert yearly_units(FACTS, 8, 1000) == full[4]
    assert full[4] < yearly_units(FACTS, 8, 600) < full[8]
    assert yearly_units(FACTS, 2, 1000) == full[2]


def test_where_a_cable_is_full_who_has_the_wider_band_keeps_more_and_nobody_less_than_the_floor():
    validation = Validation(limits=True).banded({"ann": 500, "bob": 2000})
    parts = shared(2_000, validation.sharing(["ann", "bob", "cas"]), validation.floor_wh).parts
    assert parts["ann"].wh == 500  # its whole band is the floor
    assert parts["bob"].wh > parts["cas"].wh > 500  # cas has named none: 4 kW
    assert sum(part.wh for part in parts.values()) == 2_000
    assert Validation().sharing(["ann"]) == Validation(band_wh=1000).sharing(["ann"])


def test_a_run_under_bands_shares_a_full_cable_by_them():
    run = run_of(Options(homes=6, days=1, policy="layered-bandwidth"))
    of_home = {one.name: one.band_wh for one in run.validation.sharing(run.layers.members)}
    assert of_home == {name: 250 * kw for name, kw in zip(run.layers.members, run.bands_kw, strict=True)}
    assert run_of(Options(homes=6, days=1)).validation.bands_wh is None
