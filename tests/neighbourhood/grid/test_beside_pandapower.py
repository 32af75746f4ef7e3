"""Another's power flow, on the same grids at the same operating points, says the same."""

from pathlib import Path

import numpy as np
import pytest
from tests.neighbourhood.grid.beside import by_table, needs_peer, pandapower, places

from laag.adapters.pandapower import read_grid
from laag.neighbourhood.grid.flow import at_nodes, flow
from laag.neighbourhood.grid.sensitivities import sensitivities

GRIDS = ("simbench_1-LV-rural1--2-sw", "simbench_1-LV-semiurb4--2-sw", "kerber_dorfnetz", "cigre_lv")
POINTS = 6
SHARED = Path(__file__).parents[4] / "shared" / "data"
pytestmark = [needs_peer, pytest.mark.slow]


def moments(saved, seed=6):
    """The saved operating point, nothing at all, full feed-in, and something at random between."""
    rng = np.random.default_rng(seed)
    share = rng.uniform(-0.3, 1.0, (POINTS, len(saved.network.connections)))
    share[0], share[1] = 1.0, 0.0
    share[2] = [0.0 if table == "load" else 1.0 for table, _ in saved.rows]
    return share * saved.offtake_kw.sum(axis=1), share * saved.offtake_kvar.sum(axis=1)


@pytest.fixture(scope="module")
def grids(tmp_path_factory):
    """As they lie beside the project, or else as the peer makes them."""
    there = {name: SHARED / f"grids/{name}.pp.json.gz" for name in GRIDS}
    if all(path.exists() for path in there.values()):
        return there
    folder = tmp_path_factory.mktemp("grids")
    made = {name: folder / f"{name}.json" for name in GRIDS}
    pandapower(*(("grid", name, path, folder / "nothing.npz") for name, path in made.items()))
    return made


@pytest.fixture(scope="module")
def both(grids, tmp_path_factory):
    """By grid: what was read, where the peer's rows are, the offtake, our flow and theirs; and unbalanced too."""
    folder = tmp_path_factory.mktemp("peer")
    read = {name: read_grid(path) for name, path in grids.items()}
    jobs, given = [], {}
    for name, saved in read.items():
        kw, kvar = moments(saved)
        node = places(grids[name], saved)[0]
        by_bus = unbalanced(saved)
        step = stepped(saved, kw[0])
        np.savez(folder / f"{name}.npz", **by_table(saved, kw, kvar))
        np.savez(
            folder / f"{name}-phases.npz",
            bus_p=by_bus[:, node[1]] * first_of(node),
            bus_q=0.2 * by_bus[:, node[1]] * first_of(node),
        )
        np.savez(
            folder / f"{name}-steps.npz", **by_table(saved, step, np.repeat(kvar[:1], len(step), axis=0))
        )
        given[name] = kw, kvar, by_bus
        jobs += [
            (how, grids[name], folder / f"{name}{what}.npz", folder / f"{name}{what}-out.npz")
            for how, what in (("flows", ""), ("phases", "-phases"), ("flows", "-steps"))
        ]
    theirs = pandapower(*jobs)
    return {
        name: (saved, places(grids[name], saved), given[name], theirs[3 * i : 3 * i + 3])
        for i, (name, saved) in enumerate(read.items())
    }


def first_of(node):
    """Several buses may be one node: its offtake stands at the first of them."""
    _, first = np.unique(node[1], return_index=True)
    once = np.zeros(node.shape[1])
    once[first] = 1.0
    return once[None, :, None]


def unbalanced(saved, seed=7):
    """Half of what was saved, unevenly over the phases; nothing in medium voltage."""
    rng = np.random.default_rng(seed)
    total = saved.network.at_nodes(saved.offtake_kw.sum(axis=1)[None] * 0.5)
    low = np.array([node.rated_kv < 1 for node in saved.network.nodes])
    return total[:, :, None] * low[None, :, None] * rng.dirichlet((2, 2, 2), (2, total.shape[1]))


def stepped(saved, kw):
    """One kW more and one less, of the first connections one by one."""
    steps = np.eye(len(kw))[: min(6, len(kw))]
    return kw + np.concatenate([steps, -steps])


@pytest.mark.parametrize("name", GRIDS)
def test_voltages_loadings_and_losses_are_theirs(both, name):
    saved, (bus, line, trafo), (kw, kvar, _), (theirs, _, _) = both[name]
    ours = flow(saved.network, kw, kvar)
    assert not ours.unsolved.any()
    assert len(bus[0]) >= len(saved.network.nodes)
    assert len(line[0]) + len(trafo[0]) == len(saved.network.branches)
    np.testing.assert_allclose(ours.voltage_pu[:, bus[1]], theirs["voltage"][:, bus[0]], atol=2e-7)
    np.testing.assert_allclose(ours.loading[:, line[1]], theirs["line"][:, line[0]], atol=2e-6)
    np.testing.assert_allclose(ours.loading[:, trafo[1]], theirs["trafo"][:, trafo[0]], atol=2e-6)
    np.testing.assert_allclose(ours.losses_kw, theirs["losses_kw"], atol=1e-3)
    upper = np.where(saved.network.upright[line[1]], *(theirs["line_kw"][:, line[0], end] for end in (0, 1)))
    np.testing.assert_allclose(ours.branch_kw[:, line[1]], upper, atol=1e-3)


@pytest.mark.parametrize("name", GRIDS)
def test_each_phase_has_their_voltage_where_homes_hang_unevenly(both, name):
    saved, (bus, line, _), (_, _, by_bus), (_, theirs, _) = both[name]
    ours = at_nodes(saved.network, by_bus, 0.2 * by_bus)
    np.testing.assert_allclose(ours.voltage_pu[:, bus[1]], theirs["voltage"][:, bus[0]], atol=1e-5)
    np.testing.assert_allclose(ours.loading[:, line[1]], theirs["line"][:, line[0]], atol=1e-4)


@pytest.mark.parametrize("name", GRIDS)
def test_sensitivities_are_the_differences_that_they_find(both, name):
    saved, (bus, line, _), (kw, kvar, _), (_, _, theirs) = both[name]
    found = sensitivities(saved.network, flow(saved.network, kw[:1], kvar[:1]), 0)
    n = len(theirs["voltage"]) // 2
    lift = (theirs["voltage"][:n] - theirs["voltage"][n:]) / 2
    rise = (theirs["line"][:n] - theirs["line"][n:]) / 2
    way = np.sign(flow(saved.network, kw[:1], kvar[:1]).branch_kw[0, line[1]])
    np.testing.assert_allclose(found.voltage_per_kw[bus[1], :n].T, lift[:, bus[0]], atol=1e-8)
    np.testing.assert_allclose(found.loading_per_kw[line[1], :n].T, rise[:, line[0]] * way, atol=1e-6)
