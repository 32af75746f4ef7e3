"""Who hangs where at a congestion point, and by which key a sum of homes is put back on its connections."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from laag.adapters.uftp.isps import Ints
from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.network import Floats, Network

OTHERS = ""
"""Under this name stand the connections of whoever sends no prognosis."""
_COLUMNS = {"connection", "aggregator"}


@dataclass(frozen=True, slots=True, eq=False)
class Hanging:
    """Each aggregator's connections, and the key by which what it announces is shared over them."""

    key: Mapping[str, Floats]
    """``(connections,)`` by aggregator: kW; 0 where a connection is not of its."""

    def kw(self, watts: Mapping[str, Ints]) -> Floats:
        """``(ptus, connections)``: each sum over its own connections, each the same part of its key.

        >>> Hanging({"a": np.array([1.0, 3.0, 0.0]), "b": np.array([0.0, 0.0, 2.0])}).kw({"a": np.array([8000]), "b": np.array([-500])})
        array([[ 2. ,  6. , -0.5]])
        """
        parts = [np.outer(watts[who] / 1000, self.key[who] / self.key[who].sum()) for who in sorted(watts)]
        return np.asarray(np.sum(parts, axis=0), np.float64)

    def together(self, who: Sequence[str]) -> Floats:
        """``(connections,)``: the part that each has in a kW that all of these do."""
        key = np.sum([self.key[one] for one in sorted(who)], axis=0)
        return np.asarray(key / key.sum(), np.float64)


def alike(network: Network, aggregator: str) -> Hanging:
    """All connections are of one aggregator, and each counts the same."""
    if not network.connections:
        raise BadInput(f"nobody hangs on {network.source}; name its connections in that file")
    return Hanging({aggregator: np.ones(len(network.connections))})


def read(path: Path, network: Network, aggregators: Sequence[str]) -> Hanging:
    """From a file `connection,aggregator,kw`; who is not in it is of nobody who sends prognoses."""
    place = {one.name: at for at, one in enumerate(network.connections)}
    key = {who: np.zeros(len(place)) for who in aggregators}
    seen: set[str] = set()
    keyed: set[bool] = set()
    for line, row in _rows(path):
        name, who = row["connection"] or "", row["aggregator"] or OTHERS
        if name not in place:
            raise BadInput(
                f"{path} line {line}: {network.source} has no connection {name!r}; write it as it stands there"
            )
        if name in seen:
            raise BadInput(f"{path} line {line}: {name} stands here before; give each connection one line")
        if who not in {*aggregators, OTHERS}:
            raise BadInput(
                f"{path} line {line}: {who} is no aggregator of this point; it has {', '.join(aggregators)}"
            )
        seen.add(name)
        keyed.add(bool(row.get("kw")))
        key.setdefault(OTHERS, np.zeros(len(place)))[place[name]] = kw = _kw(row.get("kw"), path, line)
        if who != OTHERS:
            key[OTHERS][place[name]], key[who][place[name]] = 0.0, kw
    if len(keyed) > 1:
        raise BadInput(f"{path} says kw of some and not of others; give it of all connections, or of none")
    if without := [who for who in aggregators if not key[who].any()]:
        raise BadInput(f"{path} has no connection of {without[0]} with any kw; say where its homes hang")
    rest = [at for name, at in place.items() if name not in seen]
    if not key.get(OTHERS, np.zeros(1)).any() and rest:
        key[OTHERS] = np.zeros(len(place))
        key[OTHERS][rest] = 1.0
    return Hanging({who: one for who, one in key.items() if one.any()})


def _rows(path: Path) -> list[tuple[int, dict[str, str | None]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if lacking := sorted(_COLUMNS - set(rows.fieldnames or ())):
                raise BadInput(f"{path} has no column {lacking[0]}; it begins with connection,aggregator,kw")
            return list(enumerate(rows, 2))
    except FileNotFoundError as missing:
        raise BadInput(
            f"there is no {path}; say in it who hangs where: connection,aggregator,kw"
        ) from missing
    except (UnicodeDecodeError, csv.Error) as odd:
        raise BadInput(f"{path} cannot be read as CSV ({odd})") from odd


def _kw(text: str | None, path: Path, line: int) -> float:
    try:
        kw = float(text or 1.0)
    except ValueError:
        kw = math.nan
    if not (0 <= kw < math.inf):
        raise BadInput(f"{path} line {line}: kw is {text!r}; write a number of 0 or more, like 17.25")
    return kw
