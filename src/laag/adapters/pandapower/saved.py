"""A saved pandapower net as a network: who hangs where, and what it drew when it was saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from laag.adapters.pandapower.branches import cables, number, transformers
from laag.adapters.pandapower.tables import Row, plain_name, read_tables
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import PHASES, Connection, Floats, Network, Node

TAKEN = ("load", "sgen", "storage", "asymmetric_load", "asymmetric_sgen")
"""Tables whose rows are connections, and in which direction their power counts as offtake."""
_GIVES = {"sgen", "asymmetric_sgen"}
_READ = {*TAKEN, "bus", "line", "trafo", "switch", "ext_grid"}
_WITHOUT_FLOW = {
    *(
        "measurement",
        "poly_cost",
        "pwl_cost",
        "controller",
        "group",
        "bus_geodata",
        "line_geodata",
        "characteristic",
    ),
    *(
        "profiles",
        "loadcases",
        "trafo_characteristic_table",
        "shunt_characteristic_table",
        "q_capability_curve_table",
    ),
}
_PHASE_LETTERS = ("a", "b", "c")


@dataclass(frozen=True, slots=True, eq=False)
class SavedGrid:
    """The network, and per connection what was saved with it."""

    network: Network
    findings: tuple[Finding, ...]
    offtake_kw: Floats
    """``(connections, 3)``: at the saved operating point, by phase."""
    offtake_kvar: Floats
    rows: tuple[tuple[str, Row], ...]
    """By connection: its table, and its row in it."""
    node_of_bus: Mapping[int, str]
    """Buses that closed switches join are one node."""


def read_grid(path: Path) -> SavedGrid:
    """Any net saved by ``pandapower.to_json``, plain or gzipped.

    Every load, generator and storage is a connection of its own, by its name.
    """
    tables = read_tables(path)
    rows = {name: tables.get(name, ()) for name in _READ}
    if not rows["bus"] or not rows["ext_grid"]:
        raise BadInput(
            f"{path.name} has no bus or no external grid; save a whole net with pandapower.to_json"
        )
    names = _Names()
    node_of_bus, nodes = _nodes(rows["bus"], rows["switch"])
    opened = {(str(s["et"]), int(s["element"])) for s in rows["switch"] if not s["closed"]}
    lines, told = cables(path.name, rows["line"], node_of_bus, opened, names)
    trafos, more = transformers(path.name, rows["trafo"], node_of_bus, opened, names)
    taken = [(table, row, names(row)) for table in TAKEN for row in rows[table]]
    connections = [
        Connection(name, node_of_bus.get(int(row["bus"]), f"bus {row['bus']}"), _phases(table, row))
        for table, row, name in taken
    ]
    feeds = [
        Feed(node_of_bus.get(int(row["bus"]), f"bus {row['bus']}"), number(row, "vm_pu", 1.0))
        for row in rows["ext_grid"]
    ]
    network, grown = grow(path.name, nodes, [*trafos, *lines], feeds, connections)
    place = {name: (table, row) for table, row, name in taken}
    kept = tuple(place[one.name] for one in network.connections)
    findings = (*told, *more, *_unread(path.name, tables), *_bending(path.name, rows), *grown)
    return SavedGrid(network, findings, _saved(kept, "p_mw"), _saved(kept, "q_mvar"), kept, node_of_bus)


class _Names:
    """Plain names, each given once."""

    def __init__(self) -> None:
        self.given: set[str] = set()

    def __call__(self, row: Row) -> str:
        name = plain_name(row)
        if name in self.given:
            name = next(
                more for i in range(2, len(self.given) + 3) if (more := f"{name}~{i}") not in self.given
            )
        self.given.add(name)
        return name


def _nodes(buses: Iterable[Row], switches: Iterable[Row]) -> tuple[dict[int, str], list[Node]]:
    """Buses joined by closed switches are one node, named after the first of them."""
    row_of = {int(bus["index"]): bus for bus in buses}
    first = {at: at for at in row_of}

    def root(at: int) -> int:
        while first[at] != at:
            at = first[at]
        return at

    for switch in switches:
        one, other = int(switch["bus"]), int(switch["element"])
        if switch["et"] == "b" and switch["closed"] and one in first and other in first:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    names = _Names()
    named = {at: names(row_of[at]) for at in row_of if root(at) == at}
    nodes = [Node(name, number(row_of[at], "vn_kv", np.nan)) for at, name in named.items()]
    return {at: named[root(at)] for at in row_of}, nodes


def _phases(table: str, row: Row) -> tuple[int, ...]:
    """Of an asymmetric row, those on which it draws."""
    if not table.startswith("asymmetric"):
        return PHASES
    drawn = [
        phase
        for phase, letter in zip(PHASES, _PHASE_LETTERS, strict=True)
        if number(row, f"p_{letter}_mw", 0.0) or number(row, f"q_{letter}_mvar", 0.0)
    ]
    return tuple(drawn) or PHASES


def _saved(kept: Iterable[tuple[str, Row]], column: str) -> Floats:
    """Power in kW by connection and phase, towards the connection +."""
    laid = []
    for table, row in kept:
        kilo = 1000.0 * number(row, "scaling", 1.0) * (-1.0 if table in _GIVES else 1.0)
        quantity, unit = column.split("_")
        if table.startswith("asymmetric"):
            laid.append([kilo * number(row, f"{quantity}_{letter}_{unit}", 0.0) for letter in _PHASE_LETTERS])
        else:
            laid.append([kilo * number(row, column, 0.0) / 3] * 3)
    return np.array(laid, np.float64).reshape(-1, 3)


def _unread(source: str, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Finding]:
    for name, rows in tables.items():
        if rows and name not in _READ | _WITHOUT_FLOW and not name.endswith("_cost"):
            yield Finding(
                source, f"table {name}", f"{len(rows)} of what a low-voltage tree does not have here"
            )


def _bending(source: str, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Finding]:
    """Loads that give way with the voltage."""
    shares = ("const_z_percent", "const_i_percent", "const_z_p_percent", "const_i_p_percent")
    bent = [row for row in rows["load"] if any(number(row, share, 0.0) for share in shares)]
    if bent:
        yield Finding(source, f"{len(bent)} loads", "give way with the voltage", "counted as constant power")
