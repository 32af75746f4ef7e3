"""A SimBench grid out of the `simbench` package, into the two files that a street file refers to."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from laag.adapters.simbench.homes import profile_column
from laag.foundation.errors import BadInput

ZONE = "Europe/Berlin"
"""Whose wall clock the profiles follow: the hour of 27 March 2016 is missing, that of 30 October is there twice."""
YEAR = 2016
TABLES = ("bus", "load", "sgen", "storage", "line", "trafo", "switch", "ext_grid")
"""What a street needs, and the feed-in point without which pandapower computes no power flow on it."""


@dataclass(frozen=True, slots=True, eq=False)
class SimbenchGrid:
    """One low-voltage grid: pandapower's tables, and the year's profiles that its homes use."""

    code: str
    tables: dict[str, Any]
    profiles: Any

    def save(self, grid: Path, profiles: Path) -> None:
        """Write what ``read_net`` and ``read_homes`` read; the same grid gives the same bytes."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        saved = {name: _as_pandapower_saves(self.tables[name]) for name in TABLES}
        net = {"_module": "pandapower.auxiliary", "_class": "pandapowerNet", "_object": saved}
        grid.write_bytes(gzip.compress(json.dumps(net).encode(), mtime=0))
        table = pa.Table.from_pandas(self.profiles, preserve_index=False).replace_schema_metadata()
        pq.write_table(table, profiles, compression="zstd")


def codes() -> tuple[str, ...]:
    """The low-voltage grids that the package knows, by their SimBench codes."""
    every = _package().collect_all_simbench_codes(hv_level="LV", all_data=False)
    return tuple(str(code) for code in every)


def fetch(code: str) -> SimbenchGrid:
    """One grid with its profiles; takes some seconds, because the package reads the tables of all grids first."""
    if code not in codes():
        near = get_close_matches(code, codes(), n=1, cutoff=0.0)[0]
        raise BadInput(
            f"simbench has no low-voltage grid {code!r}; the nearest is {near}, and laag grid --list names all"
        )
    net = _package().get_simbench_net(code)
    return SimbenchGrid(code, {name: net[name] for name in TABLES}, _profiles(net))


def _package() -> Any:
    try:
        import simbench
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"SimBench's grids need {missing.name}, which is not installed; pip install 'laag[simbench]' adds it (90 MB)"
        ) from missing
    return simbench


def _profiles(net: Any) -> Any:
    """The columns that this grid's homes use, with the clock's own offset at every stamp."""
    import pandas as pd

    rows = (*net["load"].to_dict("records"), *net["sgen"].to_dict("records"))
    wanted = sorted({profile_column(row) for row in rows})
    loads, panels = net["profiles"]["load"], net["profiles"]["renewables"]
    stamps = pd.to_datetime(loads["time"], format="%d.%m.%Y %H:%M")
    series = pd.concat([loads.drop(columns="time"), panels.drop(columns="time")], axis=1)[wanted]
    series.insert(0, "time", stamps.dt.tz_localize(ZONE, ambiguous="infer"))
    return series


def _as_pandapower_saves(table: Any) -> dict[str, Any]:
    return {
        "_module": "pandas.core.frame",
        "_class": "DataFrame",
        "_object": table.to_json(orient="split", double_precision=15),
        "orient": "split",
        "dtype": {name: str(kind) for name, kind in table.dtypes.items()},
    }
