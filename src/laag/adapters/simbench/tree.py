"""Which cable serves which bus, and what cables and transformer can carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from laag.adapters.simbench.net import Net, Row, plain_name
from laag.cycle.street import Feeder
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding


@dataclass(frozen=True, slots=True)
class Tree:
    """A low-voltage grid as its transformer sees it."""

    transformer_kw: float
    feeders: tuple[Feeder, ...]
    feeder_of: Mapping[int, str]
    """By bus; the busbar itself has the empty name, a bus that nothing feeds is not there."""
    findings: tuple[Finding, ...]


def walk(net: Net) -> Tree:
    """Follow every cable that leaves the low-voltage busbar to its end.

    Capacities are at unity power factor: sqrt(3) x rated voltage x max_i_ka x parallel cables x derating.
    """
    if len(net.transformers) != 1:
        names = ", ".join(str(trafo["name"]) for trafo in net.transformers)
        raise BadInput(
            f"{net.source} has {len(net.transformers)} transformers ({names}); a street has one: split it"
        )
    trafo = net.transformers[0]
    busbar = int(trafo["lv_bus"])
    voltage_kv = {int(bus["index"]): float(bus["vn_kv"]) for bus in net.buses}[busbar]
    cables, joined = _cables(net)
    feeder_of: dict[int, str] = dict.fromkeys(_joined(busbar, joined), "")
    feeders = []
    findings = []
    for line, bus in sorted(
        ((line, bus) for at in list(feeder_of) for line, bus in cables[at]),
        key=lambda leaving: int(leaving[0]["index"]),
    ):
        name = plain_name(line)
        if bus in feeder_of:
            what = f"cable {name!r} closes a ring with {feeder_of[bus] or 'the busbar'!r}"
            findings.append(Finding(net.source, f"bus {bus}", what, "homes counted to the other feeder"))
            continue
        capacity_kw = _carries_kw(line, voltage_kv)
        feeders.append(Feeder(name, capacity_kw, capacity_kw))
        _follow(bus, name, cables, joined, feeder_of)
    rated_kw = float(trafo["sn_mva"]) * 1000 * (trafo.get("parallel") or 1)
    return Tree(rated_kw, tuple(feeders), feeder_of, tuple(findings))


def _carries_kw(line: Row, voltage_kv: float) -> float:
    derating = line.get("df") or 1.0
    return float(3**0.5 * voltage_kv * line["max_i_ka"] * 1000 * (line.get("parallel") or 1) * derating)


def _cables(net: Net) -> tuple[dict[int, list[tuple[Row, int]]], dict[int, list[int]]]:
    """Closed lines by the bus at either end, and buses joined by closed switches."""
    opened = {
        int(switch["element"]) for switch in net.switches if switch["et"] == "l" and not switch["closed"]
    }
    cables: dict[int, list[tuple[Row, int]]] = defaultdict(list)
    for line in net.lines:
        if int(line["index"]) not in opened:
            start, end = int(line["from_bus"]), int(line["to_bus"])
            cables[start].append((line, end))
            cables[end].append((line, start))
    joined: dict[int, list[int]] = defaultdict(list)
    for switch in net.switches:
        if switch["et"] == "b" and switch["closed"]:
            joined[int(switch["bus"])].append(int(switch["element"]))
            joined[int(switch["element"])].append(int(switch["bus"]))
    return cables, joined


def _joined(bus: int, joined: Mapping[int, list[int]]) -> list[int]:
    """A bus and all that closed switches make one with it."""
    found = [bus]
    for at in found:
        found += [other for other in joined.get(at, ()) if other not in found]
    return found


def _follow(
    bus: int,
    name: str,
    cables: Mapping[int, list[tuple[Row, int]]],
    joined: Mapping[int, list[int]],
    feeder_of: dict[int, str],
) -> None:
    """Give every bus beyond this one the feeder's name."""
    ahead = [bus]
    while ahead:
        for at in _joined(ahead.pop(), joined):
            if at not in feeder_of:
                feeder_of[at] = name
                ahead += [other for _, other in cables.get(at, ()) if other not in feeder_of]
