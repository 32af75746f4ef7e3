"""Homes of one street on the network of another."""

from __future__ import annotations

from dataclasses import replace

from laag.cycle.street import Feeder, Street
from laag.neighbourhood.grid.layers import layers
from laag.neighbourhood.grid.network import Connection, Network

FREE = float("inf")


def hung(street: Street, network: Network) -> tuple[Street, Network]:
    """The homes of a street in turn on the nodes where this network has its connections; no capacity in the market."""
    nodes = list(dict.fromkeys(one.node for one in network.connections))
    names = [home.house.name for home in street.homes]
    connections = tuple(Connection(name, nodes[i % len(nodes)]) for i, name in enumerate(names))
    homes = tuple(replace(home, feeder="") for home in street.homes)
    free = replace(street, feeders=(), import_max_kw=FREE, export_max_kw=FREE, homes=homes)
    return free, replace(network, connections=connections)


def sunnier(street: Street, times: float) -> Street:
    """The same street with roofs that make so many times as much."""
    homes = tuple(
        one if one.pv_kw is None else replace(one, pv_kw=replace(one.pv_kw, values=times * one.pv_kw.values))
        for one in street.homes
    )
    return street if times == 1 else replace(street, homes=homes)


def nested(street: Street, network: Network) -> Street:
    """The same street with the transformer and the first cable of each feeder as gateways of nested layers."""
    tree = layers(network)
    root_kw, *inner = tree.capacity_kw.tolist()
    innermost = zip(network.connections, tree.of_connection.tolist(), strict=True)
    feeder = {one.name: tree.names[layer] if layer else "" for one, layer in innermost}
    return replace(
        street,
        import_max_kw=root_kw,
        export_max_kw=root_kw,
        feeders=tuple(Feeder(name, kw, kw) for name, kw in zip(tree.names[1:], inner, strict=True)),
        homes=tuple(replace(home, feeder=feeder[home.house.name]) for home in street.homes),
    )
