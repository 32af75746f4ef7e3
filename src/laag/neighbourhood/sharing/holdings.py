"""Who holds how much of what the community bought together: a roof, a battery; in permille, by the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.split import split

WHOLE = 1000
FUND = "fund"
"""Holds what no member holds; its part of the income is the community's."""


class Leaving(StrEnum):
    """What becomes of the part of who leaves, as the charter says."""

    FUND = "fund"
    """It returns to the community, which may sell it again."""
    OTHERS = "others"
    """It is divided over who hold parts already, in proportion to those."""
    KEPT = "kept"
    """Who left keeps it, and its income, until it is sold."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A part went from one to another: sold, given, or first bought from the community, as of a day."""

    day: date
    asset: str
    giver: str
    taker: str
    permille: int


@dataclass(frozen=True, slots=True)
class Left:
    """A member is no longer one, as of a day."""

    day: date
    member: str


Step = Moved | Left


def held(steps: Iterable[Step], day: date, leaving: Leaving = Leaving.FUND) -> dict[str, dict[str, int]]:
    """By asset: who holds how much on a day; each sums to 1000.

    >>> steps = [Moved(date(2026, 1, 1), "roof", FUND, "anna", 600), Left(date(2026, 3, 1), "anna")]
    >>> held(steps, date(2026, 2, 28)), held(steps, date(2026, 3, 1))
    ({'roof': {'anna': 600, 'fund': 400}}, {'roof': {'fund': 1000}})
    """
    found: dict[str, dict[str, int]] = {}
    for step in sorted((one for one in steps if one.day <= day), key=lambda one: one.day):
        match step:
            case Moved():
                _move(found.setdefault(step.asset, {FUND: WHOLE}), step)
            case Left(member=member):
                for parts in found.values():
                    _leave(parts, member, leaving)
    return {
        asset: {name: parts[name] for name in sorted(parts) if parts[name]} for asset, parts in found.items()
    }


def held_over(
    steps: Sequence[Step], first: date, last: date, leaving: Leaving = Leaving.FUND
) -> dict[str, dict[str, int]]:
    """By asset: permille times days, so that who sells halfway a month has half of its income."""
    total: dict[str, dict[str, int]] = {}
    for offset in range((last - first).days + 1):
        for asset, parts in held(steps, first + timedelta(days=offset), leaving).items():
            each = total.setdefault(asset, {})
            for name, permille in parts.items():
                each[name] = each.get(name, 0) + permille
    return total


def of_assets(income_units: Mapping[str, int], parts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What each asset earned or cost, to who hold it; the fund's part under its own name."""
    found: dict[str, int] = {}
    for asset in sorted(income_units):
        for name, units in split(income_units[asset], parts.get(asset) or {FUND: WHOLE}).items():
            found[name] = found.get(name, 0) + units
    return found


def _move(parts: dict[str, int], step: Moved) -> None:
    has = parts.get(step.giver, 0)
    if not 0 < step.permille <= has:
        raise BadInput(
            f"{step.giver} holds {has} permille of {step.asset} on {step.day} and would give {step.permille}; "
            f"give 1 to {has}, or from whoever holds more"
        )
    parts[step.giver] = has - step.permille
    parts[step.taker] = parts.get(step.taker, 0) + step.permille


def _leave(parts: dict[str, int], member: str, leaving: Leaving) -> None:
    if leaving is Leaving.KEPT or not parts.get(member):
        return
    gone = parts.pop(member)
    others = {name: permille for name, permille in parts.items() if name != FUND and permille}
    if leaving is Leaving.FUND or not others:
        parts[FUND] = parts.get(FUND, 0) + gone
        return
    for name, permille in split(gone, others).items():
        parts[name] += permille
