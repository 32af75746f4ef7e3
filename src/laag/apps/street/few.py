"""Totals over few homes: what may be shown to whom where a total could give one home away."""

from __future__ import annotations

from laag.apps.access import Role
from laag.foundation.words import Said
from laag.neighbourhood.charter.parts import DataTable

FEW = 10
"""Over fewer homes than this a total may say what one of them did."""
WHOSE_MARKET = frozenset({Role.RESIDENT, Role.OPERATOR, Role.REGULATOR, Role.HOME})


def shows_totals(homes: int, role: Role) -> bool:
    """Whether somebody in this role sees energy totals of so many homes.

    >>> shows_totals(4, Role.RESIDENT), shows_totals(4, Role.GRID), shows_totals(10, Role.ANYBODY)
    (True, False, True)
    """
    return homes >= FEW or role in WHOSE_MARKET


def visible(name: str, homes: int, role: Role, data: DataTable) -> bool:
    """Whether somebody in this role sees this of the street, by the lists that its members voted and the floor below them.

    Who runs the street or supervises it sees what the task needs; members what their charter lists inside, everybody else
    what it lists outside, and never of fewer homes than the floor.

    >>> visible("street.traded", 12, Role.ANYBODY, DataTable()), visible("street.traded", 12, Role.RESIDENT, DataTable())
    (False, True)
    """
    if role in {Role.OPERATOR, Role.REGULATOR}:
        return True
    if role in WHOSE_MARKET:
        return name in data.visible_inside
    return homes >= max(FEW, data.floor_homes) and name in data.visible_outside


def note(homes: int) -> Said | None:
    """What is said beside totals of few homes; ``None`` where they are enough."""
    if homes >= FEW:
        return None
    count = Said(
        "één huis" if homes == 1 else f"{homes} huizen", "one home" if homes == 1 else f"{homes} homes"
    )
    return Said(
        f"Deze totalen gaan over {count.nl}. Bij minder dan {FEW} huizen kunnen ze verraden wat één huis deed; ga er zorgvuldig mee om.",
        f"These totals are of {count.en}. With fewer than {FEW} homes they may give away what one home did; handle them with care.",
    )


WITHHELD = Said(
    f"Het zijn minder dan {FEW} huizen. Hoeveel stroom ze samen gebruiken zou kunnen verraden wat één huis doet, en staat hier daarom niet.",
    f"These are fewer than {FEW} homes. How much power they use together might give away what one home does, so it is not shown here.",
)


NOT_LISTED = Said(
    "De leden hebben besloten dit niet te laten zien aan wie hier kijkt.",
    "The members decided not to show this to whoever looks here.",
)


def tenths(wh: int, limit_wh: int | None) -> int | None:
    """How full something is, in whole tenths of its limit rounded up, as a percentage; ``None`` without a limit.

    >>> tenths(1, 100), tenths(-41, 100), tenths(0, 100), tenths(120, 100), tenths(5, None)
    (10, 50, 0, 120, None)
    """
    return None if not limit_wh else -(-abs(wh) * 10 // limit_wh) * 10
