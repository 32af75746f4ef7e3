"""What the comparison of stressed days says of a run is what its log says."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

pytest.importorskip("power_grid_model")
pytest.importorskip("pyarrow", reason="the street extra (pyarrow) is not installed")

from benchmarks.stressed_week import terms
from tests.cycle.test_validated import BUYS, FIRST, LIMITS, cable_of, homes, lived, thin_kw, validated

from laag.cycle.layers import layers
from laag.foundation.contracts import NO_LIMIT_WH
from laag.neighbourhood.grid.network import Connection
from laag.study.grid.stressed import hung, nested, outcome, sunnier, table

UNITS_PER_EUR = 100_000_000


@cache
def measured(name, rated_kw, validation):
    run, steps, _, _ = lived(rated_kw, validation)
    bills = {member: (row + 1) * UNITS_PER_EUR for row, member in enumerate(run.layers.members)}
    return outcome(name, run, steps, bills)


def wide():
    return measured("wide", 1e6, BUYS)


def bought():
    return measured("bought", thin_kw(), BUYS)


def limited():
    return measured("limited", thin_kw(), LIMITS)


def test_where_the_wires_bear_it_nothing_is_bought_limited_or_over():
    one = wide()
    assert (one.planned.overloaded_ptus, one.metered.overloaded_ptus, one.moved_ptus) == (0, 0, 0)
    assert (one.bought.kwh, one.bought.delivered_share, one.limited_ptus, one.held_back_kwh) == (
        0,
        None,
        0,
        0,
    )


def test_a_thin_cable_is_overloaded_as_agreed_and_its_peak_is_what_homes_take_together():
    one, (_, _, day, _) = bought(), lived(thin_kw(), BUYS)
    assert one.planned.overloaded_ptus > 0
    assert one.planned.overloaded_branches == 1
    assert one.planned.worst_loading > 1
    assert max(0, one.metered.overloaded_ptus - one.planned.overloaded_ptus) <= one.moved_ptus
    assert one.moved_ptus <= one.metered.overloaded_ptus
    through_kw = np.abs(day.readings.offtake_wh.sum(axis=0)).max() / 250
    assert through_kw <= one.metered.peak_kw < 1.1 * through_kw  # and what the cable loses


def test_what_was_bought_is_what_the_log_says_and_is_paid_for_as_far_as_delivered():
    one, (_, steps, day, _) = bought(), lived(thin_kw(), BUYS)
    sold = validated(steps).last(day.cleared_wh.shape[1]).sold
    assert one.bought.kwh == np.abs(sold.bought_wh).sum() / 1000 > 0
    assert 0.5 < one.bought.delivered_share <= 1
    assert 0 <= one.bought.paid_eur <= sold.paid_units.sum() / UNITS_PER_EUR
    assert sum(group.sold_kwh for group in one.groups.values()) == pytest.approx(one.bought.kwh)


def test_limits_are_counted_by_home_and_quarter_hour_and_hold_something_back():
    one, (_, steps, day, _) = limited(), lived(thin_kw(), LIMITS)
    there = (validated(steps).last(day.cleared_wh.shape[1]).limited_wh < NO_LIMIT_WH).any(axis=0)
    assert one.limited_ptus == there.sum() == sum(group.limited_ptus for group in one.groups.values())
    assert one.held_back_kwh > 0
    assert one.bought.offers == 0


def test_the_groups_together_are_everybody():
    one = wide()
    assert sum(group.homes for group in one.groups.values()) == len(homes().homes)
    together = sum(group.homes * group.bill_eur for group in one.groups.values())
    assert together == pytest.approx(one.bill_eur * len(homes().homes))


def test_the_table_has_a_column_for_every_way_and_a_row_for_every_group():
    ways = [wide(), replace(bought(), bill_eur=wide().bill_eur + 1), limited()]
    wires, groups = table(ways, "wide").split("\n\n")
    assert wires.splitlines()[0] == "|  | wide | bought | limited |"
    assert f"| bought (kWh) | 0.0 | {bought().bought.kwh:.1f} | 0.0 |" in wires
    assert all(f"| {group} | " in groups for group in wide().groups)
    assert groups.splitlines()[-1].endswith("| +1.00 | +0.00 |")
    assert "\n\n" not in table(ways[1:], "wide")


def test_homes_hang_in_turn_where_the_network_had_its_connections():
    network = cable_of(100.0)
    two = replace(network, connections=(Connection("a", 0), Connection("b", 1), Connection("c", 1)))
    street, made = hung(homes(), two)
    assert [one.node for one in made.connections[:4]] == [0, 1, 0, 1]
    assert [one.name for one in made.connections] == [home.house.name for home in street.homes]
    assert layers(street).names == ("street",)


def test_roofs_that_make_twice_as_much_are_the_same_homes_otherwise():
    once, twice = homes(), sunnier(homes(), 2.0)
    assert sunnier(once, 1.0) is once
    for one, other in zip(once.homes, twice.homes, strict=True):
        assert (one.pv_kw is None) == (other.pv_kw is None)
        if one.pv_kw is not None:
            assert (other.pv_kw.values == 2 * one.pv_kw.values).all()
        assert one.house == other.house


def test_nested_layers_stand_behind_the_first_cable_with_its_capacity():
    street, made = hung(homes(), cable_of(100.0))
    within = nested(street, made)
    assert [(one.name, one.import_max_kw) for one in within.feeders] == [("cable", pytest.approx(100.0))]
    assert {home.feeder for home in within.homes} == {"cable"}
    assert within.import_max_kw == float("inf")


def test_all_ways_have_the_taxes_and_tariffs_of_one_year():
    assert terms("dynamic-2027").facts == terms("layered").facts
    assert terms("dynamic-2027").policy.facts_day == terms("layered").policy.facts_day
    assert FIRST.year == terms("layered").policy.facts_day.year
