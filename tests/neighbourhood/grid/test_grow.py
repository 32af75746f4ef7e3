"""What is odd about a grid is said, and what is left of it is a tree in which everything is fed."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.neighbourhood.grid.trees import NO_TRAFO, cable, street

from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Node, Transformer

CHAIN = (("first", "B0", "B1"), ("second", "B1", "B2"))


def said(findings):
    return [(finding.where, finding.what, finding.repair) for finding in findings]


def test_a_sound_street_is_a_tree_without_findings():
    network, findings = street(*CHAIN, connections=(Connection("west", "B1"), Connection("east", "B2", (1,))))
    assert findings == ()
    assert [branch.name for branch in network.branches] == ["T", "first", "second"]
    assert network.feeds.sum(axis=1).tolist() == [3, 2, 1]
    assert network.rated_kw.tolist() == pytest.approx([400, 187.06, 187.06], abs=0.01)


def test_a_missing_cable_leaves_an_island_and_its_homes_are_named():
    network, findings = street(
        ("first", "B0", "B1"), ("third", "B2", "B3"), connections=(Connection("far", "B3"),)
    )
    assert said(findings) == [
        ("nodes 'B2', 'B3'", "an island of 2 nodes that nothing joins to the feeding point: a cable is missing or a switch open", None),
        ("connection 'far'", "hangs on the island of 'B3'", None),
    ]  # fmt: skip
    assert network.connections == ()


@pytest.mark.parametrize(
    ("drawn", "what", "repair"),
    [
        (cable("bad", "B0", "B1", r_ohm=-0.1), "has a negative impedance", None),
        (cable("bad", "B0", "B1", x_ohm=-0.1), "has a negative impedance", None),
        (cable("bad", "B0", "B1", r_ohm=math.nan), "has no impedance; give its resistance, reactance and length", None),
        (cable("bad", "B0", "B1", r_ohm=0.0, x_ohm=0.0), "has no length", "counted as some centimetres"),
        (cable("bad", "B0", "B1", rated_a=math.nan), "has no rating", "taken as unlimited"),
        (cable("bad", "B0", "B1", c_nf=-1.0), "has a capacitance that cannot be", None),
        (cable("bad", "B0", "B9"), "ends at 'B9', which is no node", None),
        (cable("bad", "B0", "B0"), "begins and ends at 'B0'", None),
        (cable("bad", "MV", "B1"), "joins 10 kV to 0.4 kV; between them belongs a transformer", None),
    ],
)  # fmt: skip
def test_a_cable_that_cannot_be_is_set_aside_or_mended(drawn, what, repair):
    nodes = [Node("MV", 10.0), Node("B0", 0.4), Node("B1", 0.4), Node("B2", 0.4)]
    network, findings = street(drawn, ("good", "B0", "B2"), nodes=nodes)
    assert ("cable 'bad'", what, repair) in said(findings)
    assert ("bad" in [branch.name for branch in network.branches]) == (repair is not None)
    assert "good" in [branch.name for branch in network.branches]


@pytest.mark.parametrize(
    ("change", "what", "repair"),
    [
        ({"short_circuit": -0.04}, "needs a short-circuit voltage between 0 and 100 %: its impedance cannot be zero or negative", None),
        ({"rated_kva": 0}, "needs a rating, two rated voltages and a tap above zero", None),
        ({"copper_kw": 30}, "loses more at full load than its short-circuit voltage allows", None),
        ({"iron_kw": -1}, "has losses at no load that cannot be", None),
        ({"high_kv": 20, "low_kv": 10}, "is wound 20 to 10 kV and stands between 10 and 0.4 kV", None),
        ({"start": "B0", "end": "MV"}, "has its high side at the low voltage", "turned round"),
        ({"vector_group": "Dyn6"}, "has the vector group 'Dyn6', which cannot be", "read as Dyn5"),
        ({"idle": 0.0}, "draws less at no load than it loses", "the loss counts"),
    ],
)  # fmt: skip
def test_a_transformer_that_cannot_be_is_set_aside_or_mended(change, what, repair):
    plate = {name: getattr(NO_TRAFO, name) for name in Transformer.__slots__} | change
    spare = cable("spare", "MV", "MV2")
    nodes = [Node("MV", 10.0), Node("MV2", 10.0), Node("B0", 0.4)]
    network, findings = street(spare, nodes=nodes, trafos=(Transformer(**plate),))
    assert ("transformer 'T'", what, repair) in said(findings)
    assert (len(network.branches) == 2) == (repair is not None)


def test_a_ring_is_left_open_where_it_closes_furthest_away():
    network, findings = street(*CHAIN, ("third", "B2", "B3"), ("fourth", "B3", "B0"))
    assert said(findings) == [("branch 'third'", "closes a ring between 'B2' and 'B3'", "left open")]
    assert len(network.branches) == len(network.nodes) - 1


def test_a_second_feeding_point_does_not_feed():
    network, findings = street(*CHAIN, feeds=(Feed("MV"), Feed("B2")))
    assert said(findings) == [
        ("feeding point 'B2'", "a second feeding point beside 'MV'", "only the first feeds")
    ]
    assert network.nodes[network.feeding_node].name == "MV"


def test_a_feeding_point_that_is_no_node_or_no_voltage_is_said():
    network, findings = street(*CHAIN, feeds=(Feed("Mars"), Feed("MV", 230.0)))
    assert said(findings) == [
        ("feeding point 'Mars'", "stands on no node", None),
        ("feeding point 'MV'", "230 of the rated voltage cannot be meant", "taken as 1.0"),
    ]
    assert network.feeding_pu == 1.0


def test_a_grid_that_nothing_feeds_is_refused():
    with pytest.raises(BadInput, match="has no feeding point"):
        street(*CHAIN, feeds=())
    with pytest.raises(BadInput, match="no cable or transformer leaves the feeding point"):
        street(*CHAIN, trafos=())


@pytest.mark.parametrize(
    ("connection", "what", "repair"),
    [
        (Connection("home", "B7"), "hangs on 'B7', which is no node", None),
        (Connection("home", "B1", (4,)), "phases 4: there are 1, 2 and 3", "spread over all three"),
        (Connection("home", "B1", ()), "phases none: there are 1, 2 and 3", "spread over all three"),
        (Connection("home", "B1", (1, 1)), None, None),
    ],
)
def test_a_connection_on_no_node_or_no_phase_is_said(connection, what, repair):
    network, findings = street(*CHAIN, connections=(connection, Connection("neighbour", "B2")))
    assert said(findings) == ([("connection 'home'", what, repair)] if what else [])
    assert network.connections[-1].name == "neighbour"
    assert (len(network.connections) == 2) == (what is None or repair is not None)


def test_one_ean_twice_counts_once():
    network, findings = street(*CHAIN, connections=(Connection("home", "B1"), Connection("home", "B2")))
    assert said(findings) == [("connection 'home'", "is there twice", "the first counts")]
    assert [one.node for one in network.connections] == ["B1"]


def test_who_asks_for_a_cable_or_home_that_is_not_there_is_told_what_is():
    network, _ = street(*CHAIN, connections=(Connection("home", "B1"),))
    assert (network.branch("second"), network.connection("home")) == (2, 0)
    with pytest.raises(BadInput, match="has no cable or transformer 'third'; it has T, first, second"):
        network.branch("third")
    with pytest.raises(BadInput, match="has no connection 'office'"):
        network.connection("office")


numbers = st.one_of(st.floats(), st.sampled_from((0.0, 0.01, 0.4, 270.0)))
names = st.sampled_from(("MV", "B0", "B1", "B2", "nowhere"))


@given(
    st.lists(st.builds(Cable, names, names, names, numbers, numbers, numbers, numbers), max_size=6),
    st.lists(st.builds(Transformer, names, names, names, *[numbers] * 9, st.text(max_size=5)), max_size=2),
    st.lists(st.builds(Connection, names, names, st.lists(st.integers(0, 4)).map(tuple)), max_size=4),
    st.lists(st.builds(Feed, names, numbers), max_size=3),
    st.lists(st.builds(Node, names, st.sampled_from((10.0, 0.4, 0.0, math.nan))), max_size=6),
)
def test_whatever_is_drawn_becomes_a_tree_or_is_refused_in_a_sentence(
    cables, trafos, connections, feeds, nodes
):
    sound = [NO_TRAFO, cable("first", "B0", "B1")]
    whole = [*nodes, Node("MV", 10.0), Node("B0", 0.4)]
    if not any(feed.node in {node.name for node in whole} for feed in feeds):
        with pytest.raises(BadInput):
            grow("grid.json", whole, cables, feeds, connections)
        feeds = [Feed("MV")]
    try:
        network, _ = grow("grid.json", whole, [*sound, *cables, *trafos], feeds, connections)
    except BadInput:
        assume(False)
    assert len(network.branches) == len(network.nodes) - 1
    assert sorted(network.below) == sorted(set(range(len(network.nodes))) - {network.feeding_node})
    assert all(network.branch_above[row] < row for row in range(len(network.branches)))
    assert all(set(one.phases) <= {1, 2, 3} and one.phases for one in network.connections)
    assert np.isfinite(network.connection_node).all()
