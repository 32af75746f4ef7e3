"""What pandapower says of a grid, in an environment of its own (`.ci/peers`): a file in, a file out.

    $LAAG_PEERS benchmarks/peers/run_pandapower.py flows NET.json OFFTAKE.npz OUT.npz
    $LAAG_PEERS benchmarks/peers/run_pandapower.py phases NET.json OFFTAKE.npz OUT.npz
    $LAAG_PEERS benchmarks/peers/run_pandapower.py year CODE NET.json OUT.npz
    $LAAG_PEERS benchmarks/peers/run_pandapower.py grid CODE NET.json OUT.npz

`flows` (and `week`, which times it twice) takes kW and kvar by table as pandapower signs them (`load_p`, `load_q`, `sgen_p` …), one row per point; `phases` takes
`bus_p` and `bus_q` (points, buses, 3) of offtake; `year` writes a SimBench grid and the year's absolute profiles, `grid` a grid
alone, of SimBench or one of pandapower's own. Several jobs may follow one another in one call.
"""

import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandapower

Arrays = dict[str, Any]
HOW = {"numba": True, "trafo_model": "pi", "calculate_voltage_angles": False}
TAKEN = ("load", "sgen", "storage")


def opened(path: str) -> Any:
    """A net with its taps counted: SimBench does not say how they change, and pandapower 3.5 then leaves them out."""
    raw = Path(path).read_bytes()
    net = pandapower.from_json_string((gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode())
    net.trafo["tap_changer_type"] = "Ratio"
    return net


def flows(net: Any, offtake: Arrays) -> Arrays:
    """Each point from nothing, as ``runpp`` does unless it is told otherwise."""
    seen: dict[str, list[Any]] = {
        name: [] for name in ("voltage", "line", "trafo", "line_kw", "trafo_kw", "losses_kw")
    }
    points = len(next(iter(offtake.values())))
    how = {
        "numba": True,
        "trafo_model": "pi",
        "tolerance_mva": 1e-9,
        "init": "dc",
        "calculate_voltage_angles": False,
    }
    pandapower.runpp(net, **how)  # numba compiles
    started = time.process_time()
    for point in range(points):
        for table in TAKEN:
            for quantity, column in (("p", "p_mw"), ("q", "q_mvar")):
                if f"{table}_{quantity}" in offtake:
                    net[table][column] = offtake[f"{table}_{quantity}"][point] / 1000
        pandapower.runpp(net, **how)
        lines, trafos = net.res_line, net.res_trafo
        seen["voltage"].append(net.res_bus.vm_pu.to_numpy())
        seen["line"].append(lines.loading_percent.to_numpy() / 100)
        seen["trafo"].append(trafos.loading_percent.to_numpy() / 100)
        seen["line_kw"].append(lines[["p_from_mw", "p_to_mw"]].to_numpy() * 1000)
        seen["trafo_kw"].append(trafos[["p_hv_mw", "p_lv_mw"]].to_numpy() * 1000)
        seen["losses_kw"].append((lines.pl_mw.sum() + trafos.pl_mw.sum()) * 1000)
    spent = {"seconds": time.process_time() - started}
    return {name: np.array(column) for name, column in seen.items()} | spent


def week(net: Any, offtake: Arrays) -> Arrays:
    """The same, and how long it takes where the net's matrices are kept from point to point, as its time series can."""
    done = flows(net, offtake)
    voltage = []
    started = time.process_time()
    for point in range(len(done["voltage"])):
        _taken(net, offtake, point)
        pandapower.runpp(net, **HOW, recycle={"bus_pq": True, "trafo": False, "gen": False})
        voltage.append(net.res_bus.vm_pu.to_numpy())
    kept = time.process_time() - started
    np.testing.assert_allclose(voltage, done["voltage"], atol=1e-7)
    return done | {"seconds_kept": kept}


def _taken(net: Any, offtake: Arrays, point: int) -> None:
    for table in TAKEN:
        for quantity, column in (("p", "p_mw"), ("q", "q_mvar")):
            if f"{table}_{quantity}" in offtake:
                net[table][column] = offtake[f"{table}_{quantity}"][point] / 1000


def phases(net: Any, offtake: Arrays) -> Arrays:
    """Zero sequence as laag counts it where none is stated: a neutral as thick as a phase, a transformer's own impedance."""
    for table in (*TAKEN, "asymmetric_load", "asymmetric_sgen"):
        net[table].drop(net[table].index, inplace=True)
    net.line["r0_ohm_per_km"], net.line["x0_ohm_per_km"] = (
        4 * net.line.r_ohm_per_km,
        4 * net.line.x_ohm_per_km,
    )
    net.line["c0_nf_per_km"] = net.line.c_nf_per_km
    net.trafo["vector_group"] = "Dyn"
    net.trafo["vk0_percent"], net.trafo["vkr0_percent"] = net.trafo.vk_percent, net.trafo.vkr_percent
    net.trafo["mag0_percent"], net.trafo["mag0_rx"], net.trafo["si0_hv_partial"] = 1e9, 0.0, 0.9
    net.ext_grid["s_sc_max_mva"], net.ext_grid["rx_max"] = 1e9, 0.1
    net.ext_grid["x0x_max"], net.ext_grid["r0x0_max"] = 1.0, 0.1
    for bus in net.bus.index:
        pandapower.create_asymmetric_load(net, bus)
    seen: dict[str, list[Any]] = {name: [] for name in ("voltage", "line")}
    for watt, var in zip(offtake["bus_p"], offtake["bus_q"], strict=True):
        for phase, letter in enumerate("abc"):
            net.asymmetric_load[f"p_{letter}_mw"] = watt[:, phase] / 1000
            net.asymmetric_load[f"q_{letter}_mvar"] = var[:, phase] / 1000
        pandapower.runpp_3ph(net, numba=True, tolerance_mva=1e-9, max_iteration=100)
        seen["voltage"].append(net.res_bus_3ph[["vm_a_pu", "vm_b_pu", "vm_c_pu"]].to_numpy())
        seen["line"].append(net.res_line_3ph.loading_percent.to_numpy() / 100)
    return {name: np.array(column) for name, column in seen.items()}


def grid(code: str, saved: str) -> Arrays:
    from pandapower import networks

    own = {"kerber_dorfnetz": networks.create_kerber_dorfnetz, "cigre_lv": networks.create_cigre_network_lv}
    if code in own:
        net = own[code]()
    else:
        import simbench

        net = simbench.get_simbench_net(code.removeprefix("simbench_"))
        del net["profiles"]
    pandapower.to_json(net, saved)
    return {}


def year(code: str, saved: str) -> Arrays:
    import simbench

    net = simbench.get_simbench_net(code)
    profiles = simbench.get_absolute_values(net, profiles_instead_of_study_cases=True)
    del net["profiles"]
    pandapower.to_json(net, saved)
    columns = {"p": "p_mw", "q": "q_mvar"}
    return {
        f"{table}_{quantity}": profiles[table, column].to_numpy() * 1000
        for table in TAKEN
        for quantity, column in columns.items()
        if (table, column) in profiles
    }


def main(*arguments: str) -> None:
    """As many jobs as there are fours of arguments: pandapower takes seconds to wake up."""
    for job in range(0, len(arguments), 4):
        how, first, second, out = arguments[job : job + 4]
        if how in {"year", "grid"}:
            done = {"year": year, "grid": grid}[how](first, second)
        else:
            with np.load(second) as given:
                done = {"flows": flows, "week": week, "phases": phases}[how](opened(first), dict(given))
        np.savez(out, **done)
    print(json.dumps({"pandapower": pandapower.__version__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
