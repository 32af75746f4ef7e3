"""What the community's power plant earned, shared as its charter says: to homes, pot, members and fund, to the last unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import Facts
from laag.neighbourhood.sharing.agreed import shared
from laag.neighbourhood.vpp.split import PERMILLE, split
from laag.settlement.pooled import Share

BALANCING = "balancing"
"""Its part of the pot, by the charter's word."""


@dataclass(frozen=True, slots=True)
class Gave:
    """One home's, of a period."""

    wh: int
    times: int
    """In how many quarter-hours."""
    asked_units: int
    """For what it delivered of what it promised; never more."""
    worth_units: int
    """At the prices as they became; zero where they turned against it."""


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Units of 1e-8 EUR, received; members and fund together are exactly what was earned."""

    earned_units: int
    members: Mapping[str, Share]
    fund_units: int
    """Below zero: what it added."""


def takes_part(charter: Charter) -> bool:
    """Whether homes are asked at all."""
    return charter.vpp.takes_part


def shared_out(earned_units: int, gave: Mapping[str, Gave], charter: Charter, facts: Facts) -> SharedOut:
    """First what homes asked, then what stays with who gave, then the pot by the charter's key.

    Of what was lost nobody pays a cent: the fund bears it. Where balancing is no part of the pot, all of it stays with who gave.

    >>> ann = Gave(wh=500, times=2, asked_units=100, worth_units=900)
    >>> found = shared_out(1_100, {"ann": ann}, Charter("Our street"), Facts(("ann", "bob")))
    >>> {name: one.units for name, one in found.members.items()}, found.fund_units
    ({'ann': 850, 'bob': 250}, 0)
    """
    if not set(gave) <= set(facts.members):
        raise BadInput("somebody gave who is no member; give facts of everybody who took part")
    keeps = charter.vpp.least_gain_kept_permille if BALANCING in charter.sharing.pot else PERMILLE
    first = split(
        earned_units,
        {name: one.asked_units for name, one in gave.items()},
        {name: one.worth_units for name, one in gave.items()},
        keeps,
    )
    units = {name: first.members.get(name, 0) for name in facts.members}
    fund = first.left
    if first.left > 0:
        by_key = shared(first.left, charter, facts)
        units = {name: own + by_key.members[name] for name, own in units.items()}
        fund = by_key.fund_units
    nothing = Gave(0, 0, 0, 0)
    equally = max(earned_units, 0) // len(facts.members)
    members = {
        name: Share(own, gave.get(name, nothing).wh, gave.get(name, nothing).times, earned_units, equally)
        for name, own in units.items()
    }
    return SharedOut(earned_units, members, fund)
