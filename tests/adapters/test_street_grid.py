"""Every home hangs on the cable that really feeds it."""

import json

import pytest

from laag.adapters.simbench import read_net, walk
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding


def net(lines, switches=(), loads=((3, 0.004, "H0-A"),), trafos=((0, 1, 0.4),)):
    """A pandapower file in miniature: bus 0 is medium voltage, bus 1 the busbar."""
    buses = range(1 + max(max(line[:2]) for line in lines))
    tables = {
        "bus": (["name", "vn_kv"], [[f"b{i}", 0.4 if i else 20.0] for i in buses]),
        "load": (["name", "bus", "p_mw", "profile"], [[f"home {i}", *load] for i, load in enumerate(loads)]),
        "line": (
            ["name", "from_bus", "to_bus", "max_i_ka", "parallel", "df", "in_service"],
            [[f"cable {i}", *line[:2], 0.27, *(line[2:] or (1, 1.0, True))] for i, line in enumerate(lines)],
        ),
        "trafo": (["name", "hv_bus", "lv_bus", "sn_mva"], [["T", *trafo] for trafo in trafos]),
        "switch": (["bus", "element", "et", "closed"], [list(switch) for switch in switches]),
    }
    frames = {
        name: {"_object": json.dumps({"columns": columns, "index": list(range(len(rows))), "data": rows})}
        for name, (columns, rows) in tables.items()
    }
    return json.dumps({"_object": frames})


def walked(write, lines, **rest):
    return walk(read_net(write(net(lines, **rest), "grid.json")))


def test_each_cable_that_leaves_the_busbar_is_a_feeder_to_its_very_end(write):
    tree = walked(write, [(1, 2), (3, 2), (1, 4), (4, 5), (4, 6)])
    assert dict(tree.feeder_of) == {
        1: "",
        2: "cable-0",
        3: "cable-0",
        4: "cable-2",
        5: "cable-2",
        6: "cable-2",
    }
    assert [feeder.name for feeder in tree.feeders] == ["cable-0", "cable-2"]
    assert tree.transformer_kw == 400.0


def test_a_cable_carries_root_three_times_voltage_times_current(write):
    one, two = walked(write, [(1, 2), (1, 3, 2, 0.5, True)]).feeders
    assert one.import_max_kw == pytest.approx(3**0.5 * 400 * 270 / 1000)
    assert two.import_max_kw == pytest.approx(one.import_max_kw)


def test_an_open_switch_or_a_cable_out_of_service_feeds_nobody(write):
    tree = walked(write, [(1, 2), (2, 3), (3, 4, 1, 1.0, False)], switches=[(2, 1, "l", False)])
    assert set(tree.feeder_of) == {1, 2}


def test_a_closed_bus_switch_joins_two_busbars(write):
    tree = walked(write, [(2, 3), (1, 4)], switches=[(1, 2, "b", True)])
    assert (tree.feeder_of[2], tree.feeder_of[3]) == ("", "cable-0")


def test_a_ring_is_counted_once_and_said(write):
    tree = walked(write, [(1, 2), (2, 3), (3, 1)])
    assert tree.feeder_of[3] == "cable-0"
    assert tree.findings == (
        Finding(
            "grid.json",
            "bus 3",
            "cable 'cable-2' closes a ring with 'cable-0'",
            "homes counted to the other feeder",
        ),
    )


def test_a_grid_with_two_transformers_is_two_streets(write):
    with pytest.raises(BadInput, match="has 2 transformers"):
        walked(write, [(1, 2)], trafos=[(0, 1, 0.4), (0, 2, 0.4)])


def test_what_is_no_grid_is_refused(write):
    with pytest.raises(BadInput, match=r"is not a net saved by pandapower\.to_json"):
        read_net(write("[1, 2]", "grid.json"))
    with pytest.raises(BadInput, match="has no transformer or no loads"):
        read_net(write(net([(1, 2)], trafos=()), "grid.json"))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("grid", "buses", "feeders", "transformer_kw"),
    [("simbench_1-LV-rural1--2-sw", 14, 4, 160), ("simbench_1-LV-semiurb4--2-sw", 43, 3, 400), ("kerber_dorfnetz", 115, 6, 400)],
)  # fmt: skip
def test_every_low_voltage_bus_of_the_real_grids_is_fed(shared, grid, buses, feeders, transformer_kw):
    tree = walk(read_net(shared / f"grids/{grid}.pp.json.gz"))
    assert (len(tree.feeder_of), len(tree.feeders), tree.transformer_kw) == (buses, feeders, transformer_kw)
    assert tree.findings == ()
    assert all(180 < feeder.import_max_kw < 200 for feeder in tree.feeders)
