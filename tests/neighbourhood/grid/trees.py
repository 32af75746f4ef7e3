"""Small grids, any of them, and a power flow of twenty lines to hold them beside."""

import numpy as np
from hypothesis import strategies as st

from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Node, Transformer

NO_TRAFO = Transformer("T", "MV", "B0", 400, 10.0, 0.4, 0.04, 5.0, 1.0, 0.005)

FED = Feed("MV")


def street(*cables, connections=(), nodes=None, trafos=(NO_TRAFO,), feeds=(FED,)):
    """Cables as (name, from, to), each 100 m of 150 mm² aluminium unless it says otherwise; ``grow``'s own answer."""
    drawn = [one if isinstance(one, Cable) else cable(*one) for one in cables]
    ends = {end: 0.4 for one in drawn for end in (one.start, one.end)} | {"MV": 10.0, "B0": 0.4}
    whole = [Node(name, kv) for name, kv in ends.items()] if nodes is None else nodes
    return grow("grid.json", whole, [*trafos, *drawn], feeds, connections)


def cable(name, start, end, r_ohm=0.02, x_ohm=0.008, rated_a=270.0, **rest):
    return Cable(name, start, end, r_ohm, x_ohm, rated_a, **rest)


@st.composite
def grids(draw):
    """A tree of cables behind a transformer, homes on it, and what they take or feed in: a network, kW and kvar."""
    size = draw(st.integers(2, 9))
    above = [draw(st.integers(0, node - 1)) for node in range(1, size)]
    length = draw(st.lists(st.floats(0.002, 0.06), min_size=size - 1, max_size=size - 1))
    cables = [
        cable(f"C{node}", f"B{top}", f"B{node}", ohm, 0.4 * ohm, c_nf=draw(st.sampled_from((0.0, 80.0))))
        for node, (top, ohm) in enumerate(zip(above, length, strict=True), 1)
    ]
    homes = [
        Connection(f"home {i}", f"B{draw(st.integers(0, size - 1))}") for i in range(draw(st.integers(1, 8)))
    ]
    network, findings = street(*cables, connections=homes, feeds=(Feed("MV", draw(st.floats(0.95, 1.05))),))
    assert findings == ()
    some = st.floats(-12, 12, width=32)
    kw = np.array([[draw(some) for _ in homes] for _ in range(2)])
    return network, kw, kw * draw(st.floats(-0.4, 0.4))


def swept(network, kw, kvar):
    """Backward and forward over the tree, in complex numbers and SI units: voltages (pu), currents (A), losses (kW).

    Everything is seen from 400 V; a transformer is its series impedance with half its no-load admittance at either end.
    """
    volt = 400 / 3**0.5
    n, voltage = len(network.nodes), None
    series, shunt = np.zeros(len(network.branches), complex), np.zeros(n, complex)
    for row, branch in enumerate(network.branches):
        up, down = network.above[row], network.below[row]
        if isinstance(branch, Transformer):
            base = 400**2 / (branch.rated_kva * 1000)
            r, z = branch.copper_kw / branch.rated_kva * base, branch.short_circuit * base
            series[row] = r + 1j * (z**2 - r**2) ** 0.5
            g, y = branch.iron_kw / branch.rated_kva / base, branch.idle / base
            half = (g - 1j * (y**2 - g**2) ** 0.5) / 2
        else:
            series[row], half = branch.r_ohm + 1j * branch.x_ohm, 1j * np.pi * 50 * branch.c_nf * 1e-9
        shunt[up] += half
        shunt[down] += half
    feed = network.feeding_pu * volt
    voltage = np.full(n, feed, complex)
    load = (network.at_nodes(kw[None]) + 1j * network.at_nodes(kvar[None]))[0] * 1000 / 3
    through = np.zeros(len(network.branches), complex)
    for _ in range(200):
        drawn = np.conj(load / voltage) + shunt * voltage
        for row in reversed(range(len(network.branches))):
            through[row] = drawn[network.below[row]]
            drawn[network.above[row]] += through[row]
        for row in range(len(network.branches)):
            voltage[network.below[row]] = voltage[network.above[row]] - series[row] * through[row]
    lost = 3 * (np.abs(through) ** 2 * series.real).sum() + 3 * (np.abs(voltage) ** 2 * shunt.real).sum()
    return np.abs(voltage) / volt, np.abs(through), lost / 1000
