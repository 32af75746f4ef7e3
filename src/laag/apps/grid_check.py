"""`laag grid check`: what is odd about a grid file, and what the grid can carry."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from laag.adapters.files.table import text_of
from laag.adapters.gridfile import read_grid_file
from laag.adapters.pandapower import read_grid
from laag.foundation.findings import Finding
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Floats, Network, Transformer
from laag.neighbourhood.grid.trouble import BAND_V, elements, outside

SHOWN = 12
STEP_KW = 0.05
"""How finely the sentence looks."""


def main(path: Path) -> int:
    """Say what was found; 0 when nothing had to be refused, 1 when something had."""
    network, findings = read_any(path)
    for finding in findings:
        Console(stderr=True).print(
            str(finding), style="yellow", markup=False, highlight=False, soft_wrap=True
        )
    if network.connections:
        Console().print(_table(network))
    print(_sentence(network))
    print(_carries(network))
    return int(any(finding.repair is None for finding in findings))


def read_any(path: Path) -> tuple[Network, tuple[Finding, ...]]:
    """A net that pandapower saved, or a grid file of laag's own."""
    if '"_module"' in text_of(path)[:2000]:
        saved = read_grid(path)
        return saved.network, saved.findings
    return read_grid_file(path)


def _table(network: Network) -> Table:
    """The branches with the least for each connection behind them."""
    behind = network.feeds[:, network.connection_node].sum(axis=1)
    with np.errstate(divide="ignore"):
        each = network.rated_kw / behind
    table = Table(title=f"{network.source}: the tightest branches", title_justify="left")
    for heading in ("branch", "carries (kW)", "connections behind", "for each (kW)"):
        table.add_column(heading, justify="left" if heading == "branch" else "right")
    for row in np.argsort(each, kind="stable")[:SHOWN]:
        if behind[row]:
            table.add_row(
                network.branches[row].name,
                f"{network.rated_kw[row]:.0f}",
                f"{behind[row]}",
                f"{each[row]:.1f}",
            )
    return table


def _sentence(network: Network) -> str:
    trafos = [branch for branch in network.branches if isinstance(branch, Transformer)]
    cables = len(network.branches) - len(trafos)
    kva = sum(trafo.rated_kva for trafo in trafos)
    return (
        f"{_many(len(network.connections), 'connection')} on {_many(cables, 'cable')} and "
        f"{_many(len(trafos), 'transformer')} ({kva:g} kVA), fed at {network.nodes[network.feeding_node].name}."
    )


def _carries(network: Network) -> str:
    """One plain sentence: how much each connection may take, or feed in, when all do so at once."""
    if not network.connections:
        return "Nobody is connected, so there is nothing to carry."
    if find_spec("power_grid_model") is None:
        with np.errstate(divide="ignore"):
            each = network.rated_kw / network.feeds[:, network.connection_node].sum(axis=1)
        return (
            f"When all take the same at once, {network.branches[int(np.argmin(each))].name} is full at "
            f"{each.min():.1f} kW each; voltages need a power flow: pip install 'laag[grid]'."
        )
    taken, first = _until(network, 1.0)
    given, other = _until(network, -1.0)
    return f"When all take the same at once, each may take {taken}{first}; when all feed in, {given}{other}."


def _until(network: Network, way: float) -> tuple[str, str]:
    """As much as all connections may take at once (or feed in), and which element is the first to say no."""
    most = 2 * network.rated_kw[np.isfinite(network.rated_kw)].max(initial=100.0)
    low, high, element = 0.0, float(most), -1
    while high - low > STEP_KW:
        tried = np.linspace(low, high, 33)[1:]
        offtake: Floats = way * np.repeat(tried[:, None], len(network.connections), axis=1)
        seen = flow(network, offtake)
        out = outside(seen, network)
        if not out.any():
            return f"{high:.0f} kW and more", ""
        first = int(np.argmax(out.any(axis=1)))
        element = -1 if seen.unsolved[first] else int(np.argmax(out[first]))
        low, high = (float(tried[first - 1]) if first else low), float(tried[first])
    if element < 0:
        return f"{low:.1f} kW", " before the voltage collapses"
    one = elements(network)[element]
    bound = f"falls below {BAND_V[0]:.0f} V" if way > 0 else f"rises above {BAND_V[1]:.0f} V"
    limit = bound if one.branch is None else "is full"
    return f"{low:.1f} kW", f" before {one.name} {limit}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
