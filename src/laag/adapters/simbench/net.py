"""The few tables of a pandapower net that a street needs, read without pandapower."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from laag.adapters.pandapower.tables import Row, plain_name, read_tables
from laag.foundation.errors import BadInput

__all__ = ["Net", "Row", "plain_name", "read_net"]


@dataclass(frozen=True, slots=True)
class Net:
    """Rows by table, each with its own index under ``index``; only what is in service."""

    source: str
    buses: tuple[Row, ...]
    loads: tuple[Row, ...]
    generators: tuple[Row, ...]
    storages: tuple[Row, ...]
    lines: tuple[Row, ...]
    transformers: tuple[Row, ...]
    switches: tuple[Row, ...]


def read_net(path: Path) -> Net:
    """A net saved by ``pandapower.to_json``, plain or gzipped."""
    read = read_tables(path, ("bus", "load", "sgen", "storage", "line", "trafo", "switch"))
    if not read["trafo"] or not read["load"]:
        raise BadInput(f"{path.name} has no transformer or no loads; give a low-voltage grid with both")
    return Net(path.name, *read.values())
