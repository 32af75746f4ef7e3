"""A grid file of our own: everything odd in it is named with its place, and the rest is a street."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.gridfile import read_grid_file
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding

TRAFO = {"name": "T", "from": "MV", "to": "B0", "rated_kva": 250, "high_kv": 10, "low_kv": 0.4,
         "short_circuit_percent": 4, "copper_kw": 3}  # fmt: skip
CABLE = {
    "name": "C1",
    "from": "B0",
    "to": "B1",
    "length_m": 100,
    "r_ohm_per_km": 0.2,
    "x_ohm_per_km": 0.08,
    "rated_a": 270,
}
HOME = {"name": "no-1", "node": "B1", "phases": "1"}


def grid(**tables):
    whole = {
        "feeding_points": [{"node": "MV"}],
        "transformers": [TRAFO],
        "cables": [CABLE],
        "connections": [HOME],
    }
    return json.dumps(whole | tables)


def read(write, **tables):
    return read_grid_file(write(grid(**tables), "grid.json"))


def test_plates_and_lengths_become_ohms_and_shares(write):
    network, findings = read(
        write, transformers=[TRAFO | {"tap_percent": 2.5, "parallel": 2}], cables=[CABLE | {"parallel": 2}]
    )
    trafo, cable = network.branches
    assert findings == ()
    assert (trafo.rated_kva, trafo.copper_kw, trafo.short_circuit, trafo.high_turns) == (500, 6, 0.04, 1.025)
    assert (cable.r_ohm, cable.x_ohm, cable.rated_a) == pytest.approx((0.01, 0.004, 540))
    assert [(node.name, node.rated_kv) for node in network.nodes] == [("MV", 10), ("B0", 0.4), ("B1", 0.4)]


@pytest.mark.parametrize(
    ("phases", "read_as"),
    [("1", (1,)), ("L2", (2,)), ("123", (1, 2, 3)), ("L1,L3", (1, 3)), (2, (2,)), ([1, 2], (1, 2))],
)
def test_phases_are_read_as_people_write_them(write, phases, read_as):
    network, findings = read(write, connections=[HOME | {"phases": phases}])
    assert (network.connections[0].phases, findings) == (read_as, ())


def test_tables_may_stand_beside_the_file_and_a_finding_names_their_line(write):
    write(
        [
            "name,from,to,length_m,r_ohm_per_km,x_ohm_per_km,rated_a",
            "C1,B0,B1,100,0.2,0.08,270",
            "C2,B1,B2,far,0.2,0.08,",
        ],
        "cables.csv",
    )
    network, findings = read(write, cables="cables.csv")
    assert [branch.name for branch in network.branches] == ["T", "C1"]
    assert (findings[0].source, findings[0].where) == ("cables.csv", "line 3")
    assert findings[0].what.startswith("length_m is 'far'")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"name": "C2", "from": "B1"}, "has no to"),
        (
            CABLE | {"lenght_m": 3},
            "has a column 'lenght_m', which is none; there are name, from, to, length_m",
        ),
        (CABLE | {"length_m": None}, "length_m is 'None'"),
        (CABLE | {"parallel": 0}, "parallel is '0'"),
        ("C2", "the row is 'C2'"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(write, row, what):
    network, findings = read(write, cables=[CABLE, row])
    assert [branch.name for branch in network.branches] == ["T", "C1"]
    assert findings[0].where == "cables row 2"
    assert findings[0].what.startswith(what)


def test_a_cable_written_with_a_wrong_node_leaves_its_homes_on_an_island(write):
    _, findings = read(
        write,
        cables=[CABLE, CABLE | {"name": "C2", "from": "B1x", "to": "B2"}],
        connections=[HOME | {"node": "B2"}],
    )
    assert findings == (
        Finding("grid.json", "nodes 'B1x', 'B2'", "an island of 2 nodes that nothing joins to the feeding point: a cable is missing or a switch open"),
        Finding("grid.json", "connection 'no-1'", "hangs on the island of 'B2'"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "is a list, not a grid"),
        (grid(cabels=[]), "the nearest is 'cables'"),
        (grid(cables=3), "is neither a list of rows nor the name of a CSV file"),
        (grid(feeding_points=[]), "has no feeding point"),
        (grid(cables="none.csv"), "none.csv cannot be read"),
    ],
)
def test_what_is_no_grid_is_refused_in_a_sentence(write, text, said):
    with pytest.raises(BadInput) as refused:
        read_grid_file(write(text, "grid.json"))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*CABLE, "x")), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.sampled_from(("feeding_points", "nodes", "transformers", "cables", "connections")), anything)
def test_any_damage_is_a_finding_or_a_sentence(tmp_path_factory, table, damage):
    path = tmp_path_factory.getbasetemp() / "damaged.json"
    path.write_text(grid(**{table: damage}), "utf-8")
    try:
        read_grid_file(path)
    except BadInput as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - either way it is an answer
