"""The power flow is right: another way of computing it, and the books of energy, say so for any tree."""

import sys

import numpy as np
import pytest
from hypothesis import given
from tests.neighbourhood.grid.trees import grids, street, swept

from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.flow import at_nodes, flow
from laag.neighbourhood.grid.grow import Feed
from laag.neighbourhood.grid.layers import carried_kw
from laag.neighbourhood.grid.network import Connection

CHAIN = (("first", "B0", "B1"), ("second", "B1", "B2"))
HOMES = (Connection("west", "B1"), Connection("east", "B2"))


@given(grids())
def test_a_sweep_down_and_up_the_tree_finds_the_same_voltages_currents_and_losses(grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar)
    for ptu in range(len(kw)):
        voltage, current, lost_kw = swept(network, kw[ptu], kvar[ptu])
        np.testing.assert_allclose(found.voltage_pu[ptu], voltage, atol=1e-7)
        cables = np.array([branch.name != "T" for branch in network.branches])
        ampere = found.loading[ptu, cables] * 270
        np.testing.assert_allclose(
            ampere, current[cables], atol=2e-2
        )  # what charges the cable flows at one end only
        assert found.losses_kw[ptu] == pytest.approx(lost_kw, abs=1e-4)


@given(grids())
def test_what_is_fed_in_is_what_is_taken_and_lost(grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar)
    top = network.branch_above < 0
    np.testing.assert_allclose(
        found.branch_kw[:, top].sum(axis=1), kw.sum(axis=1) + found.losses_kw, atol=1e-4
    )
    assert (found.losses_kw > 0).all()


@given(grids())
def test_each_branch_carries_what_hangs_behind_it_and_no_more_than_all_losses(grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar)
    beyond = found.branch_kw - carried_kw(network, kw)
    assert (beyond > -1e-4).all()
    assert (beyond <= found.losses_kw[:, None] + 1e-4).all()


@given(grids())
def test_even_phases_are_the_symmetric_flow(grid):
    network, kw, kvar = grid
    one, three = flow(network, kw, kvar), flow(network, kw, kvar, per_phase=True)
    np.testing.assert_allclose(three.voltage_pu, np.repeat(one.voltage_pu[:, :, None], 3, axis=2), atol=1e-7)
    np.testing.assert_allclose(three.loading, one.loading, atol=1e-6)
    np.testing.assert_allclose(three.losses_kw, one.losses_kw, atol=1e-5)


def test_one_phase_drops_six_times_as_far_as_three_and_lifts_its_neighbours():
    network, _ = street(*CHAIN, connections=(Connection("west", "B1", (2,)), Connection("east", "B2")))
    found = flow(network, np.array([[6.0, 0.0]]), per_phase=True)
    calm = flow(network, np.array([[0.0, 0.0]]), per_phase=True)
    shared = flow(network, np.array([[6.0, 0.0]]))
    drop = (calm.voltage_pu - found.voltage_pu)[0, 2] - (calm.voltage_pu - found.voltage_pu)[0, 1]
    even = shared.voltage_pu[0, 1] - shared.voltage_pu[0, 2]
    assert drop[1] == pytest.approx(6 * even, rel=0.1)
    assert drop[0] < 0
    assert drop[2] < 0


def test_offtake_by_phase_is_taken_where_it_is_said():
    network, _ = street(*CHAIN, connections=HOMES)
    by_phase = np.array([[[3.0, 0.0, 0.0], [0.0, 0.0, 0.0]]])
    found = flow(network, by_phase, per_phase=True)
    assert np.argmin(found.voltage_pu[0, 2]) == 0
    np.testing.assert_allclose(
        flow(network, by_phase).voltage_pu, flow(network, np.array([[3.0, 0.0]])).voltage_pu
    )


def test_more_than_the_wires_can_carry_has_no_solution_and_says_so_for_that_quarter_alone():
    network, _ = street(*CHAIN, connections=HOMES)
    found = flow(network, np.array([[1.0, 1.0], [1.0, 9000.0], [1.0, 2.0]]))
    assert found.unsolved.tolist() == [False, True, False]
    assert np.isnan(found.voltage_pu[1]).all()
    assert np.isnan(found.losses_kw[1])
    assert np.isfinite(found.loading[[0, 2]]).all()


def test_a_missing_reading_leaves_its_quarter_unknown():
    network, _ = street(*CHAIN, connections=HOMES)
    found = flow(network, np.array([[1.0, np.nan], [1.0, 2.0]]))
    assert found.unsolved.tolist() == [True, False]
    assert np.isnan(found.branch_kw[0]).all()


def test_a_street_fed_from_its_low_voltage_end_has_the_same_signs():
    network, _ = street(*CHAIN, connections=(Connection("mill", "MV"), *HOMES))
    turned, _ = street(*CHAIN, connections=(Connection("mill", "MV"), *HOMES), feeds=(Feed("B2"),))
    assert (flow(network, np.array([[0.0, 1.0, 1.0]])).branch_kw > 0).all()
    found = flow(turned, np.array([[5.0, 1.0, 1.0]]))
    assert found.branch_kw[0, turned.branch("T")] == pytest.approx(5.0, rel=0.25)


def test_nothing_at_all_still_magnetises_the_transformer():
    network, _ = street(*CHAIN, connections=HOMES)
    found = flow(network, np.zeros((1, 2)))
    assert found.losses_kw[0] == pytest.approx(1.0, abs=0.01)


def test_a_table_of_another_street_is_refused():
    network, _ = street(*CHAIN, connections=HOMES)
    with pytest.raises(BadInput, match="has 2 connections"):
        flow(network, np.zeros((1, 3)))


def test_without_the_library_the_tree_still_carries_and_the_flow_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "power_grid_model", None)
    network, _ = street(*CHAIN, connections=HOMES)
    assert carried_kw(network, np.array([[1.0, 2.0]])).tolist() == [[3.0, 3.0, 2.0]]
    with pytest.raises(BadInput, match=r"pip install 'laag\[grid\]'"):
        flow(network, np.zeros((1, 2)))


def test_a_long_batch_is_cut_and_joined_without_a_seam():
    network, _ = street(*CHAIN, connections=HOMES)
    kw = np.linspace(0, 30, 5000)[:, None] * [1.0, 0.5]
    whole = flow(network, kw)
    np.testing.assert_allclose(
        whole.voltage_pu[4090:4100], flow(network, kw[4090:4100]).voltage_pu, atol=1e-12
    )
    assert at_nodes(network, network.at_nodes(kw), 0 * network.at_nodes(kw)).losses_kw.shape == (5000,)
