"""A net saved by pandapower, read without it: switches, taps, signs and what it does not say."""

import json

import numpy as np
import pytest

from laag.adapters.pandapower import read_grid
from laag.adapters.simbench.homes import BUILDING_PROFILES
from laag.adapters.simbench.net import plain_name, read_net
from laag.foundation.errors import BadInput

TRAFO = {"name": "T", "hv_bus": 0, "lv_bus": 1, "sn_mva": 0.4, "vn_hv_kv": 20.0, "vn_lv_kv": 0.4, "vk_percent": 4.0,
         "vkr_percent": 1.0, "pfe_kw": 1.0, "i0_percent": 0.5, "shift_degree": 150.0, "tap_side": "hv", "tap_pos": 1.0,
         "tap_neutral": 0.0, "tap_step_percent": 2.5, "tap_changer_type": "Ratio", "parallel": 1, "df": 1.0}  # fmt: skip
LINE = {"name": "cable", "from_bus": 1, "to_bus": 2, "length_km": 0.1, "r_ohm_per_km": 0.2, "x_ohm_per_km": 0.08,
        "c_nf_per_km": 800.0, "max_i_ka": 0.27, "parallel": 1, "df": 1.0}  # fmt: skip
LOAD = {"name": "a home", "bus": 2, "p_mw": 0.006, "q_mvar": 0.002, "scaling": 1.0}


def net(buses=3, **tables):
    whole = {
        "bus": [{"name": f"b {i}", "vn_kv": 0.4 if i else 20.0} for i in range(buses)],
        "ext_grid": [{"name": None, "bus": 0, "vm_pu": 1.02}],
        "trafo": [TRAFO],
        "line": [LINE],
        "load": [LOAD],
    } | tables
    frames = {}
    for name, rows in whole.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        data = [[row.get(column) for column in columns] for row in rows]
        frames[name] = {
            "_class": "DataFrame",
            "_object": json.dumps({"columns": columns, "index": list(range(len(rows))), "data": data}),
        }
    return json.dumps({"_module": "pandapower.auxiliary", "_object": frames | {"name": "", "res_bus": {}}})


def read(write, **tables):
    return read_grid(write(net(**tables), "net.json"))


def test_a_street_is_read_with_its_tap_its_feed_and_its_names(write):
    saved = read(write)
    trafo, cable = saved.network.branches
    assert saved.findings == ()
    assert (trafo.high_turns, trafo.low_turns, trafo.copper_kw, trafo.idle) == (1.025, 1.0, 4.0, 0.005)
    assert (cable.r_ohm, cable.rated_a, cable.c_nf) == pytest.approx((0.02, 270, 80))
    assert saved.network.feeding_pu == 1.02
    assert [one.name for one in saved.network.connections] == ["a-home"]
    np.testing.assert_allclose(saved.offtake_kw, [[2, 2, 2]])


def test_a_tap_that_does_not_say_how_it_changes_counts_as_a_ratio_and_is_said(write):
    saved = read(write, trafo=[TRAFO | {"tap_changer_type": None}])
    assert saved.network.branches[0].high_turns == 1.025
    assert [finding.repair for finding in saved.findings] == ["counted as a ratio"]


def test_a_tap_on_the_low_side_turns_the_low_side(write):
    trafo = read(write, trafo=[TRAFO | {"tap_side": "lv"}]).network.branches[0]
    assert (trafo.high_turns, trafo.low_turns) == (1.0, 1.025)


def test_generators_give_and_storages_take_as_the_street_counts(write):
    saved = read(
        write,
        sgen=[LOAD | {"name": "roof"}],
        storage=[LOAD | {"name": "box", "p_mw": -0.003, "scaling": 0.5}],
    )
    assert dict(
        zip([one.name for one in saved.network.connections], saved.offtake_kw.sum(axis=1), strict=True)
    ) == pytest.approx({"a-home": 6.0, "roof": -6.0, "box": -1.5})


def test_an_asymmetric_load_hangs_on_the_phases_on_which_it_draws(write):
    saved = read(
        write,
        asymmetric_load=[{"name": "one phase", "bus": 2, "p_a_mw": 0.0, "p_b_mw": 0.003, "p_c_mw": 0.0}],
    )
    assert saved.network.connections[1].phases == (2,)
    np.testing.assert_allclose(saved.offtake_kw[1], [0, 3, 0])


def test_two_loads_of_one_name_are_two_connections(write):
    assert [one.name for one in read(write, load=[LOAD, LOAD]).network.connections] == ["a-home", "a-home~2"]


def test_closed_switches_make_one_node_and_open_ones_take_a_branch_out(write):
    bus_switch = {"bus": 2, "element": 3, "et": "b", "closed": True}
    saved = read(write, buses=4, switch=[bus_switch], load=[LOAD | {"bus": 3}])
    assert saved.node_of_bus[3] == saved.node_of_bus[2] == "b-2"
    assert saved.network.connections[0].node == "b-2"
    opened = read(write, switch=[{"bus": 1, "element": 0, "et": "l", "closed": False}])
    assert [branch.name for branch in opened.network.branches] == ["T"]
    assert "island" in opened.findings[0].what


def test_what_is_out_of_service_is_not_there(write):
    saved = read(write, load=[LOAD, LOAD | {"name": "gone", "in_service": False}])
    assert [one.name for one in saved.network.connections] == ["a-home"]


def test_a_derated_transformer_carries_less_at_the_same_impedance(write):
    whole, derated = (read(write, trafo=[TRAFO | {"df": df}]).network.branches[0] for df in (1.0, 0.5))
    ohm = [one.short_circuit / one.rated_kva for one in (whole, derated)]
    assert derated.rated_kva == 200
    assert ohm[0] == pytest.approx(ohm[1])
    assert [one.copper_kw / one.rated_kva**2 for one in (whole, derated)] == pytest.approx(
        [whole.copper_kw / 400**2] * 2
    )


def test_what_is_not_read_and_loads_that_give_way_are_said(write):
    saved = read(write, load=[LOAD | {"const_z_p_percent": 50.0}], shunt=[{"bus": 1, "q_mvar": 0.1}])
    assert [(finding.where, finding.repair) for finding in saved.findings] == [
        ("table shunt", None),
        ("1 loads", "counted as constant power"),
    ]


def test_two_external_grids_are_one_feeding_point_and_a_finding(write):
    saved = read(write, ext_grid=[{"bus": 0, "vm_pu": 1.0}, {"bus": 2, "vm_pu": 1.0}])
    assert [finding.repair for finding in saved.findings] == ["only the first feeds"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", r"is not a net saved by pandapower\.to_json"),
        (net(ext_grid=[]), "has no bus or no external grid"),
    ],
)
def test_what_is_no_net_is_refused(write, text, said):
    with pytest.raises(BadInput, match=said):
        read_grid(write(text, "net.json"))


@pytest.mark.real_data
@pytest.mark.parametrize("code", ["1-LV-rural1--2-sw", "1-LV-semiurb4--2-sw"])
def test_every_home_of_a_simbench_street_is_a_connection_of_its_grid(shared, code):
    path = shared / f"grids/simbench_{code}.pp.json.gz"
    saved = read_grid(path)
    homes = [row for row in read_net(path).loads if str(row["profile"]).startswith(BUILDING_PROFILES)]
    at = [saved.network.connection(plain_name(row)) for row in homes]
    nodes = [saved.network.connections[i].node for i in at]
    assert nodes == [saved.node_of_bus[row["bus"]] for row in homes]
    assert len(set(at)) == len(homes) > 10
