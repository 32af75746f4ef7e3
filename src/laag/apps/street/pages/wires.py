"""The grid operator's wires as a tree: how full each is over the day, as far as totals of enough homes may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from laag.apps.access import Role
from laag.apps.street import few
from laag.apps.street.pages import words
from laag.apps.street.pages.site import Site
from laag.apps.street.wired import places
from laag.apps.web.tree import Branch, tree
from laag.cycle.live.limiting import in_force
from laag.cycle.live.views.wires import Loaded, wires
from laag.foundation.contracts import NO_LIMIT_WH, Flags
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import BAND_V
from laag.neighbourhood.limits import WH_PER_KW
from laag.neighbourhood.regime import Reason, Regime, say

NAME = "wires"
_OVERLOADED = (Regime.ORANGE, Regime.RED)


def loaded_of(site: Site, day: date) -> Loaded | None:
    """How full the wires are on a day; ``None`` where none are known."""
    running = site.running
    if running.wires is None:
        return None
    where = places(running.records, running.wires)
    return wires(site.state, running.wires, where, day, site.now(), limits=running.agreed.limits)


def said_of(site: Site, reason: Reason) -> Said:
    """The sentence of a colour, with no more in it than this street does."""
    return say(reason, asks=site.running.grid is not None, limits=site.running.agreed.limits)


def shown(site: Site, moment: Any, times: Sequence[str], role: Role, lang: Lang) -> dict[str, Any] | None:
    """The picture of a day with what is said beside it; ``None`` where no wires are known."""
    network, loaded = site.running.wires, loaded_of(site, moment.day)
    if network is None or loaded is None:
        return None
    open_ = _open(loaded, role)
    branches = [_branch(network, loaded, row, open_=is_open) for row, is_open in enumerate(open_.tolist())]
    told = [one[moment.ptu] for one, is_open in zip(loaded.regimes, open_.tolist(), strict=True) if is_open]
    worst = max((one for one in told if one is not None), key=lambda one: one[0], default=None)
    return {
        "picture": tree(NAME, words.WIRES, branches, times, moment.ptu, lang),
        "regime": None if worst is None or worst[0] is Regime.GREEN else said_of(site, worst[1]),
        "voltage": _voltage(loaded, moment.ptu),
        "unknown": words.NOWHERE.filled({"count": len(loaded.unknown)}, lambda _, count, __: str(count))
        if loaded.unknown
        else None,
        "few": None if open_.all() else few.WITHHELD,
        "limited": _limited(site, moment, role),
    }


def _open(loaded: Loaded, role: Role) -> Flags:
    """Whose sums somebody in this role sees: nobody outside the street learns of fewer than ten homes, nor by subtraction."""
    if role in few.WHOSE_MARKET:
        return np.ones(len(loaded.homes), np.bool_)
    return loaded.may_be_shown()


def _limited(site: Site, moment: Any, role: Role) -> list[Said]:
    """How many have a limit at a quarter-hour, and why; of fewer than ten nobody outside learns more."""
    known, grid = site.state.day(moment.day), site.state.neighbourhood.grid(moment.day)
    most = in_force(known, len(grid))[:, :, moment.ptu]
    found = []
    for row, said in enumerate((words.LIMITED_TAKES, words.LIMITED_GIVES)):
        limits = most[row][most[row] < NO_LIMIT_WH]
        if len(limits) and not few.shows_totals(len(limits), role):
            return [words.LIMITED_FEW]
        if len(limits):
            found.append(
                said.filled({"homes": len(limits), "kw": int(limits.min()) / WH_PER_KW}, _homes_or_kw)
            )
    return found


def _homes_or_kw(name: str, number: float, lang: Lang) -> str:
    return pointed(f"{number:.0f}", lang) if name == "homes" else f"{pointed(f'{number:.1f}', lang)} kW"


def _branch(network: Network, loaded: Loaded, row: int, *, open_: bool) -> Branch:
    """In per cent; of few homes no more than whether it is too full."""
    homes = int(loaded.homes[row])
    percent = _percents(loaded.loading[row])
    chance = _percents(loaded.chance[row])
    kinds = [None if one is None else one[0] for one in loaded.regimes[row]]
    if not open_:
        percent, chance = [None] * len(percent), []
        kinds = [None if one is None else one if one in _OVERLOADED else Regime.GREEN for one in kinds]
    name = network.branches[row].name
    return Branch(
        Said(name, name),
        int(loaded.above[row]),
        homes,
        percent,
        ["unknown" if one is None else one.name.lower() for one in kinds],
        chance,
    )


def _percents(shares: Floats) -> list[int | None]:
    return [None if np.isnan(share) else round(100 * share) for share in shares.tolist()]


def of_member(site: Site, member: str, day: date, ptu: int) -> tuple[str, Said] | None:
    """The colour of a member's own cable, the worst of those that its power comes through, and what it means."""
    loaded = loaded_of(site, day)
    if loaded is None:
        return None
    told = [one for row in loaded.around(member) if (one := loaded.regimes[row][ptu]) is not None]
    if not told:
        return None
    regime, reason = max(told, key=lambda one: one[0])
    return regime.name.lower(), said_of(site, reason)


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
