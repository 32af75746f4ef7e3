"""The grid operator's wires as a tree: how full each is over the day, as far as totals of enough homes may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from laag.apps.access import Role
from laag.apps.street import few
from laag.apps.street.pages import words
from laag.apps.street.pages.site import Site
from laag.apps.street.wired import places
from laag.apps.web.tree import Branch, tree
from laag.cycle.live.views.wires import Loaded, wires
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.grid.network import Network
from laag.neighbourhood.grid.trouble import BAND_V
from laag.neighbourhood.regime import Regime, say

NAME = "wires"
_OVERLOADED = (Regime.ORANGE, Regime.RED)


def shown(site: Site, moment: Any, times: Sequence[str], role: Role, lang: Lang) -> dict[str, Any] | None:
    """The picture of a day with what is said beside it; ``None`` where no wires are known."""
    network = site.running.wires
    if network is None:
        return None
    loaded = wires(site.state, network, places(site.running.records, network), moment.day)
    branches = [_branch(network, loaded, row, role) for row in range(len(network.branches))]
    told = [one[moment.ptu] for one in loaded.regimes]
    worst = max((one for one in told if one is not None), key=lambda one: one[0], default=None)
    return {
        "picture": tree(NAME, words.WIRES, branches, times, moment.ptu, lang),
        "regime": None if worst is None or worst[0] is Regime.GREEN else say(worst[1]),
        "voltage": _voltage(loaded, moment.ptu),
        "unknown": words.NOWHERE.filled({"count": len(loaded.unknown)}, lambda _, count, __: str(count))
        if loaded.unknown
        else None,
        "few": few.WITHHELD if any(not few.shows_totals(one.homes, role) for one in branches) else None,
    }


def _branch(network: Network, loaded: Loaded, row: int, role: Role) -> Branch:
    """In per cent; of few homes no more than whether it is too full."""
    homes = int(loaded.homes[row])
    percent: list[int | None] = [
        None if np.isnan(share) else round(100 * share) for share in loaded.loading[row].tolist()
    ]
    kinds = [None if one is None else one[0] for one in loaded.regimes[row]]
    if not few.shows_totals(homes, role):
        percent = [None] * len(percent)
        kinds = [None if one is None else one if one in _OVERLOADED else Regime.GREEN for one in kinds]
    name = network.branches[row].name
    return Branch(
        Said(name, name),
        int(loaded.above[row]),
        homes,
        percent,
        ["unknown" if one is None else one.name.lower() for one in kinds],
    )


def _voltage(loaded: Loaded, ptu: int) -> Said | None:
    """Of all nodes together, so that it is nobody's."""
    low, high = float(loaded.low_v[ptu]), float(loaded.high_v[ptu])
    if np.isnan(low) or int(loaded.homes.max(initial=0)) < few.FEW:
        return None
    numbers = {"low": low, "high": high, "least": BAND_V[0], "most": BAND_V[1]}
    within = BAND_V[0] <= low and high <= BAND_V[1]
    return (words.VOLTAGE_FINE if within else words.VOLTAGE_OUT).filled(numbers, _volt)


def _volt(_: str, number: float, lang: Lang) -> str:
    return f"{pointed(f'{number:.0f}', lang)} V"
