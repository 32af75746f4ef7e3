"""A tree clearing keeps its capacities at the meters; what the wires then carry is another matter, and measured."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks import nested_layers, powerflow
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.neighbourhood.grid.trees import grids, street

from laag.neighbourhood.grid.layers import carried_kw
from laag.neighbourhood.grid.network import Connection
from laag.study.grid.nested import Wanted, clear_within, safe_share, without_market

CHAIN = (("first", "B0", "B1"), ("second", "B1", "B2"))
EVERY = ("T", "first", "second")
HOMES = (Connection("west", "B1"), Connection("east", "B2"))


def wanted(flexible_kw, tan_phi=0.0, firm_kw=1.0):
    flexible = np.array(flexible_kw, np.float64)
    limits = np.where(flexible > 0, 20_000 + np.arange(flexible.shape[1]), 1_000)
    return Wanted(
        np.full(flexible.shape, firm_kw), flexible, limits, np.full(flexible.shape[1], tan_phi), 8_000
    )


@settings(max_examples=30)
@given(grids(), st.floats(5, 40), st.floats(0.5, 1.0))
def test_no_branch_that_is_a_gateway_is_given_more_than_its_share_at_the_meters(grid, times, share):
    network, kw, _ = grid
    outcome, cleared = clear_within(
        network, wanted(times * kw, firm_kw=0.0), [branch.name for branch in network.branches], share
    )
    assert (np.abs(carried_kw(network, cleared)) <= share * network.rated_kw + 1e-6).all()
    assert outcome.gateways == len(network.branches)
    assert (np.abs(cleared) <= np.abs(times * kw) + 1e-2).all()


def test_where_nothing_is_full_nothing_is_refused():
    network, _ = street(*CHAIN, connections=HOMES)
    outcome, cleared = clear_within(network, wanted([[10.0, 20.0], [-10.0, -20.0]]), EVERY)
    assert (outcome.refused_kwh, outcome.full_ptus, outcome.overloaded_ptus) == (0, 0, 0)
    np.testing.assert_allclose(cleared, [[11, 21], [-9, -19]])


def test_reactive_power_losses_and_a_low_voltage_overload_a_cable_that_is_just_full():
    network, _ = street(*CHAIN, connections=HOMES)
    greedy = wanted([[0.0, 300.0]], tan_phi=0.4)
    alone = without_market(network, greedy)
    full, _ = clear_within(network, greedy, EVERY)
    unity, _ = clear_within(network, replace(greedy, tan_phi=0 * greedy.tan_phi), EVERY)
    assert alone.worst_loading > 1.6
    assert full.full_ptus == full.overloaded_ptus == 1
    assert 1.08 < full.worst_loading < 1.25
    assert 1.0 < unity.worst_loading < 1.1
    share = safe_share(network, greedy, EVERY)
    assert 0.8 < share < 0.93
    assert clear_within(network, greedy, EVERY, share)[0].worst_loading <= 1
    assert clear_within(network, greedy, EVERY, share + 0.01)[0].worst_loading > 1


def test_feed_in_lifts_the_voltage_and_a_full_cable_is_then_not_overloaded():
    network, _ = street(*CHAIN, connections=HOMES)
    outcome, _ = clear_within(network, wanted([[0.0, -300.0]]), EVERY)
    assert outcome.full_ptus == 1
    assert 0.9 < outcome.worst_loading < 1


def test_a_cable_in_the_middle_that_is_nobodys_gateway_is_not_protected():
    thin = (("first", "B0", "B1"), ("second", "B1", "B2", 0.02, 0.008, 100.0))
    network, _ = street(*thin, connections=HOMES)
    greedy = wanted([[0.0, 120.0]])
    feeders, _ = clear_within(network, greedy, None)
    every, _ = clear_within(network, greedy, EVERY)
    assert (feeders.worst_branch, feeders.refused_kwh) == ("second", 0)
    assert feeders.worst_loading > 1.7
    assert every.worst_loading == pytest.approx(1.0, abs=0.06)


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("week", "alone", "feeders", "every", "share"),
    [(0, 2.066, 1.269, 1.145, 0.77), (1, 2.622, 1.002, 0.961, 0.99)],
)
def test_the_stressed_semi_urban_weeks_are_as_the_page_says(monkeypatch, week, alone, feeders, every, share):
    if not powerflow.DATA.is_dir():
        pytest.skip("the measured data are not beside the project")
    monkeypatch.setattr(powerflow, "PEER", "")
    monkeypatch.setattr(powerflow, "KEPT", powerflow.DATA / "nothing-kept-here")
    case = powerflow.simbench(nested_layers.CODE)
    _, first, times = list(nested_layers.WEEKS.values())[week]
    asked = nested_layers.wanted(case, slice(first, first + nested_layers.PTUS), times)
    network = case.saved.network
    cables = [branch.name for branch in network.branches if branch.name != network.branches[0].name]
    assert without_market(network, asked).worst_loading == pytest.approx(alone, abs=0.002)
    assert clear_within(network, asked, None)[0].worst_loading == pytest.approx(feeders, abs=0.002)
    assert clear_within(network, asked, cables)[0].worst_loading == pytest.approx(every, abs=0.002)
    assert not clear_within(network, asked, None, share)[0].overloaded_ptus
