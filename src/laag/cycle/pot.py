"""What the grid operator paid members, put together and shared as the charter says, where it says so."""

from __future__ import annotations

from collections.abc import Mapping

from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import Facts
from laag.neighbourhood.sharing.agreed import shared
from laag.settlement.pooled import Share

GRID = "grid"
"""Its part of the pot, by the charter's word."""


def grid_pot(charter: Charter, paid_units: Mapping[str, int], facts: Facts) -> dict[str, Share]:
    """What each member gets (+) or gives up (-) of what the grid operator paid it (+) or fined it (-); the fund's part is the rest.

    Empty where the charter leaves it with who gave, and where nothing was paid.

    >>> from dataclasses import replace
    >>> ours = Charter("Our street")
    >>> ours = replace(ours, sharing=replace(ours.sharing, pot=("grid",), fund_permille=100))
    >>> {name: one.units for name, one in grid_pot(ours, {"ann": 1_000}, Facts(("ann", "bob"))).items()}
    {'ann': -550, 'bob': 450}
    """
    if GRID not in charter.sharing.pot or not any(paid_units.values()):
        return {}
    whole = sum(paid_units.values())
    found = shared(whole, charter, facts)
    return {
        name: Share(
            found.members[name] - paid_units.get(name, 0),
            0,
            0,
            whole,
            0,
            from_grid=True,
            put_units=paid_units.get(name, 0),
        )
        for name in facts.members
    }
