"""A network in power-grid-model's words, solved for many operating points at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.network import Cable, Floats, Network, Transformer
from laag.neighbourhood.grid.sound import winding

STIFF_VA = 1e17
"""The grid above keeps its voltage whatever the street does."""
AT_ONCE = 4096
"""Operating points per call, so that a year needs no more memory than six weeks."""
_ENDS = {"p_from", "p_to", "i_from", "i_to"}
_WOUND = {"Y": 0, "YN": 1, "D": 2, "Z": 3, "ZN": 4}


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Per point: voltages; then, per branch at its upper end, kW and, at both, amperes per phase."""

    voltage_pu: Floats
    upper_kw: Floats
    lower_kw: Floats
    """Into the branch at its lower end: the negative of what comes out."""
    upper_a: Floats
    lower_a: Floats
    unsolved: Flags


def library() -> Any:
    """power-grid-model, or what to install."""
    try:
        import power_grid_model
    except ModuleNotFoundError as missing:
        raise BadInput(
            "a power flow needs power-grid-model, which is not installed; pip install 'laag[grid]' adds it"
        ) from missing
    return power_grid_model


def solve(network: Network, node_kw: Floats, node_kvar: Floats, tolerance_pu: float = 1e-9) -> Solved:
    """``(points, nodes)``, or ``(points, nodes, 3)`` by phase.

    Currents are iterated first, because that factorises once for all points; what does not settle so is tried again by
    Newton's method, which takes half as long again and holds out longer near the collapse of the voltage.
    """
    pgm = library()
    per_phase = node_kw.ndim == 3
    busy = np.flatnonzero(np.any((node_kw != 0) | (node_kvar != 0), axis=(0, 2) if per_phase else 0))
    if not len(busy):
        busy = np.array([network.feeding_node])
    model = pgm.PowerGridModel(_described(pgm, network, busy, per_phase=per_phase))
    missing = ~np.all(np.isfinite(node_kw) & np.isfinite(node_kvar), axis=(1, 2) if per_phase else 1)
    watt, var = (np.nan_to_num(part[:, busy] * 1000.0) for part in (node_kw, node_kvar))
    parts = []
    for first in range(0, max(len(watt), 1), AT_ONCE):
        cut = slice(first, first + AT_ONCE)
        parts.append(_batch(pgm, model, network, watt[cut], var[cut], tolerance_pu, per_phase=per_phase))
    whole = Solved(*(np.concatenate([getattr(p, name) for p in parts]) for name in Solved.__slots__))
    for name in ("voltage_pu", "upper_kw", "lower_kw", "upper_a", "lower_a"):
        getattr(whole, name)[whole.unsolved | missing] = np.nan
    whole.unsolved[missing] = True
    return whole


def _batch(
    pgm: Any, model: Any, network: Network, watt: Floats, var: Floats, tolerance_pu: float, *, per_phase: bool
) -> Solved:
    method = pgm.CalculationMethod
    done, failed = _run(model, watt, var, method.iterative_current, tolerance_pu, per_phase=per_phase)
    if len(failed):
        again, still = _run(
            model, watt[failed], var[failed], method.newton_raphson, tolerance_pu, per_phase=per_phase
        )
        for component, columns in done.items():
            for name, column in columns.items():
                column[failed] = again[component][name]
        failed = failed[still]
    unsolved = np.zeros(len(watt), np.bool_)
    unsolved[failed] = True
    return _laid(network, done, unsolved)


def _run(
    model: Any, watt: Floats, var: Floats, method: Any, tolerance_pu: float, *, per_phase: bool
) -> tuple[dict[str, dict[str, Floats]], Any]:
    load = "asym_load" if per_phase else "sym_load"
    outcome = model.calculate_power_flow(
        symmetric=not per_phase,
        update_data={load: {"p_specified": watt, "q_specified": var}},
        calculation_method=method,
        error_tolerance=tolerance_pu,
        max_iterations=50,
        output_component_types={"node": {"u_pu"}, "line": _ENDS, "transformer": _ENDS},
        continue_on_batch_error=True,
    )
    wrong = model.batch_error
    return outcome, np.array([], np.int64) if wrong is None else np.asarray(wrong.failed_scenarios, np.int64)


def _laid(network: Network, done: dict[str, dict[str, Floats]], unsolved: Flags) -> Solved:
    """Lines and transformers back among the branches, seen from the feeding point; powers of all phases together."""
    voltage = done["node"]["u_pu"]
    lines = [row for row, branch in enumerate(network.branches) if isinstance(branch, Cable)]
    trafos = [row for row, branch in enumerate(network.branches) if isinstance(branch, Transformer)]
    ends: dict[str, Floats] = {}
    for name in _ENDS:
        laid = np.empty((len(voltage), len(network.branches), *voltage.shape[2:]))
        for rows, kind in ((lines, "line"), (trafos, "transformer")):
            if rows:  # of a kind that the grid has none of, nothing comes out
                laid[:, rows] = done[kind][name]
        ends[name] = laid.sum(axis=2) if name.startswith("p") and laid.ndim == 3 else laid
    upright = network.upright
    wide = upright.reshape(1, -1, *(1,) * (voltage.ndim - 2))
    return Solved(
        voltage,
        np.where(upright, ends["p_from"], ends["p_to"]) / 1000.0,
        np.where(upright, ends["p_to"], ends["p_from"]) / 1000.0,
        np.where(wide, ends["i_from"], ends["i_to"]),
        np.where(wide, ends["i_to"], ends["i_from"]),
        unsolved,
    )


def _described(pgm: Any, network: Network, busy: Any, *, per_phase: bool) -> dict[str, Any]:
    place = {node.name: i for i, node in enumerate(network.nodes)}
    n, m = len(network.nodes), len(network.branches)
    cables = [(n + i, one) for i, one in enumerate(network.branches) if isinstance(one, Cable)]
    trafos = [(n + i, one) for i, one in enumerate(network.branches) if isinstance(one, Transformer)]
    tables = {
        "node": [{"id": i, "u_rated": node.rated_kv * 1000} for i, node in enumerate(network.nodes)],
        "line": [{"id": at, **_ends(place, one), **_line(one)} for at, one in cables],
        "transformer": [{"id": at, **_ends(place, one), **_trafo(one)} for at, one in trafos],
        "source": [
            {
                "id": n + m,
                "node": network.feeding_node,
                "status": 1,
                "u_ref": network.feeding_pu,
                "sk": STIFF_VA,
            }
        ],
        "asym_load" if per_phase else "sym_load": [
            {
                "id": n + m + 1 + i,
                "node": int(node),
                "status": 1,
                "type": 0,
                "p_specified": 0.0,
                "q_specified": 0.0,
            }
            for i, node in enumerate(busy)
        ],
    }
    return {name: _filled(pgm, name, rows) for name, rows in tables.items()}


def _filled(pgm: Any, name: str, rows: list[dict[str, Any]]) -> Any:
    table = pgm.initialize_array("input", name, len(rows))
    for i, row in enumerate(rows):
        for field, value in row.items():
            table[field][i] = value
    return table


def _ends(place: dict[str, int], branch: Cable | Transformer) -> dict[str, int]:
    return {"from_node": place[branch.start], "to_node": place[branch.end], "from_status": 1, "to_status": 1}


def _line(cable: Cable) -> dict[str, float]:
    stated = np.isfinite(cable.r0_ohm) and np.isfinite(cable.x0_ohm)
    return {
        "r1": cable.r_ohm,
        "x1": cable.x_ohm,
        "c1": cable.c_nf * 1e-9,
        "tan1": 0.0,
        "r0": cable.r0_ohm if stated else 4 * cable.r_ohm,
        "x0": cable.x0_ohm if stated else 4 * cable.x_ohm,
        "c0": (cable.c0_nf if np.isfinite(cable.c0_nf) else cable.c_nf) * 1e-9,
        "tan0": 0.0,
    }


def _trafo(trafo: Transformer) -> dict[str, float]:
    high, low, clock = winding(trafo.vector_group)
    return {
        "u1": trafo.high_kv * trafo.high_turns * 1000,
        "u2": trafo.low_kv * trafo.low_turns * 1000,
        "sn": trafo.rated_kva * 1000,
        "uk": trafo.short_circuit,
        "pk": trafo.copper_kw * 1000,
        "i0": trafo.idle,
        "p0": trafo.iron_kw * 1000,
        "winding_from": _WOUND[high],
        "winding_to": _WOUND[low.upper()],
        "clock": clock,
        "tap_side": 0,
        "tap_pos": 0,
        "tap_min": 0,
        "tap_max": 0,
        "tap_nom": 0,
        "tap_size": 0.0,
    }
