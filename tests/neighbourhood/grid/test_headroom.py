"""Trouble, what relieves it, and how much more fits: each claim is tried by another power flow."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.neighbourhood.grid.trees import cable, grids, street

from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.flow import at_nodes, flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.layers import layers, room_kw
from laag.neighbourhood.grid.network import Connection
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import elements, outside, troubles, values

CHAIN = (("first", "B0", "B1"), ("second", "B1", "B2"), ("other", "B0", "B3"))
LONG = (cable("first", "B0", "B1", 0.05, 0.02), cable("second", "B1", "B2", 0.05, 0.02), CHAIN[2])
HOMES = (Connection("west", "B1"), Connection("east", "B2"), Connection("south", "B3"))


def moved(network, found, ptu, element, kw):
    """The flow with so much more at an element's own node."""
    offtake = found.node_kw[ptu].copy()
    if element.phase is None:
        offtake[element.node] += kw / (3 if found.per_phase else 1)
    else:
        offtake[element.node, element.phase - 1] += kw
    return at_nodes(network, offtake[None], found.node_kvar[ptu][None])


@settings(max_examples=15)
@pytest.mark.parametrize("per_phase", [False, True])
@given(grids())
def test_moving_by_the_headroom_makes_the_element_exactly_full(per_phase, grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar, per_phase=per_phase)
    room = headroom(found, network, rounds=30)
    for at, element in enumerate(elements(network, per_phase=per_phase)):
        full = (element.low, element.high) if element.branch is None else (element.high, element.low)
        for kw_more, limit in zip((room.more_kw[0, at], -room.less_kw[0, at]), full, strict=True):
            if not np.isfinite(kw_more) or abs(kw_more) > 150:
                continue  # beyond that the voltage may collapse before anything is full
            assert values(moved(network, found, 0, element, kw_more), network)[0, at] == pytest.approx(
                limit, abs=1e-5
            )


@settings(max_examples=20)
@given(grids())
def test_sensitivities_foretell_what_one_kw_does(grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar)
    slopes = sensitivities(network, found, 0)
    for home in range(len(network.connections)):
        more = kw[:1] + np.eye(kw.shape[1])[home]
        then = flow(network, more, kvar[:1])
        np.testing.assert_allclose(
            then.voltage_pu[0] - found.voltage_pu[0], slopes.voltage_per_kw[:, home], atol=2e-4
        )


def test_relief_is_one_for_who_stands_there_and_next_to_nothing_on_another_feeder():
    network, _ = street(*CHAIN, connections=HOMES)
    slopes = sensitivities(network, flow(network, np.array([[20.0, 20.0, 20.0]])), 0)
    named = {element.name: at for at, element in enumerate(elements(network))}
    relief = slopes.relief_per_kw
    assert (
        relief[named["second"]].round(2).tolist() == [-0.0, 1.0, 0.0]
        or abs(relief[named["second"], 0]) < 0.01
    )
    assert relief[named["B2"], 1] == pytest.approx(1.0)
    assert relief[named["B2"], 0] == pytest.approx(0.6, abs=0.1)  # half the cable, all of the transformer
    assert 0 < relief[named["B2"], 2] < 0.25
    assert relief[named["T"]] == pytest.approx([1, 1, 1], abs=0.1)


def test_a_single_phase_home_relieves_its_own_phase_and_works_against_the_others():
    network, _ = street(*CHAIN, connections=(Connection("west", "B1"), Connection("east", "B2", (2,))))
    found = flow(network, np.array([[1.0, 1.0]]), per_phase=True)
    kinds = elements(network, per_phase=True)
    relief = sensitivities(network, found, 0).relief_per_kw
    own = {e.phase: relief[at, 1] for at, e in enumerate(kinds) if e.name == "B2" and e.branch is None}
    assert own[2] == pytest.approx(1.0)
    assert own[1] < 0
    assert own[3] < 0


def test_nothing_can_be_told_near_a_collapse():
    network, _ = street(*CHAIN, connections=HOMES)
    with pytest.raises(BadInput, match="has no solution"):
        sensitivities(network, flow(network, np.array([[0.0, 9000.0, 0.0]])), 0)


def test_trouble_names_the_element_how_often_and_how_far():
    network, _ = street(*LONG, connections=HOMES)
    found = flow(
        network, np.array([[0.0, 10.0, 0.0], [0.0, 220.0, 0.0], [0.0, -100.0, 0.0], [0.0, 200.0, 0.0]])
    )
    named = {trouble.element.name: trouble for trouble in troubles(found, network)}
    assert (named["first"].ptus, named["first"].worst_ptu, named["first"].worst > 1.2) == (2, 1, True)
    assert named["B2"].ptus == 2
    assert "other" not in named
    assert outside(found, network)[0].sum() == 0


def test_feeding_in_too_much_is_a_loading_below_minus_one_or_a_voltage_above_253():
    network, _ = street(*LONG, connections=HOMES)
    found = flow(network, np.array([[0.0, -260.0, 0.0]]))
    named = {trouble.element.name: trouble for trouble in troubles(found, network)}
    assert named["second"].worst < -1
    assert named["B2"].worst * 400 / 3**0.5 > 253


def test_the_band_is_that_of_230_volt_in_every_phase():
    network, _ = street(*CHAIN, connections=HOMES)
    nodes = [element for element in elements(network, per_phase=True) if element.branch is None]
    assert {(e.name, e.phase) for e in nodes} == {(f"B{i}", p) for i in range(4) for p in (1, 2, 3)}
    assert {round(e.low * 400 / 3**0.5, 6) for e in nodes} == {207.0}
    assert {round(e.high * 400 / 3**0.5, 6) for e in nodes} == {253.0}


def test_a_cable_without_a_rating_is_no_element():
    network, _ = street(cable("first", "B0", "B1", rated_a=np.inf), connections=HOMES[:1])
    assert [element.name for element in elements(network)] == ["T", "B0", "B1"]
    assert np.isfinite(headroom(flow(network, np.array([[5.0]])), network).more_kw[0, 0])


def test_what_is_over_already_has_a_negative_headroom():
    network, _ = street(*CHAIN, connections=HOMES)
    found = flow(network, np.array([[0.0, 200.0, 0.0]]))
    room = headroom(found, network)
    named = {element.name: at for at, element in enumerate(elements(network))}
    assert room.more_kw[0, named["second"]] < -20
    assert room.less_kw[0, named["second"]] > 350


def test_an_unsolved_quarter_has_no_headroom_and_counts_as_trouble():
    network, _ = street(*CHAIN, connections=HOMES)
    found = flow(network, np.array([[0.0, 9000.0, 0.0], [0.0, 1.0, 0.0]]))
    assert np.isnan(headroom(found, network).more_kw[0]).all()
    assert np.isfinite(headroom(found, network).more_kw[1, 1])
    assert outside(found, network)[0].all()


@settings(max_examples=20)
@given(grids())
def test_the_quick_answer_agrees_about_branches_to_a_tenth_of_their_rating(grid):
    network, kw, kvar = grid
    found = flow(network, kw, kvar)
    quick, tree = headroom(found, network, rounds=0), room_kw(network, kw)[0]
    rated = len(network.branches)
    assert (np.abs(quick.more_kw[:, :rated] - tree) < 0.2 * network.rated_kw + 5).all()


def test_layers_stand_behind_the_transformer_and_each_feeder_or_behind_any_cable():
    network, _ = street(*CHAIN, connections=HOMES)
    plain = layers(network)
    assert (plain.names, plain.parent.tolist()) == (("T", "first", "other"), [0, 0, 0])
    assert plain.capacity_kw.tolist() == pytest.approx([400, 187.06, 187.06], abs=0.01)
    assert plain.of_connection.tolist() == [1, 1, 2]
    nested = layers(network, ("first", "second"))
    assert (nested.names, nested.parent.tolist()) == (("T", "first", "second"), [0, 0, 1])
    assert nested.of_connection.tolist() == [1, 2, 0]
