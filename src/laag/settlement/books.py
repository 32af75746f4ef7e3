"""Double entry as arrays: every entry sums to zero in money and in energy, and nothing is ever overwritten.

Towards a party's cost is positive: what it pays is +, what it receives is -; what it takes is +, what it gives is -.
An entry's number says what it settles: its revision, quarter-hour and cause. A correction reverses entries in an odd
revision and posts them anew in the even one after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput, OutOfBalance

Ints = NDArray[np.int64]

MEMBERS: Final = "members"
"""In ``entries``: one row per member, in the order of the accounts."""
PARTIES: Final = (
    "gateway",
    "nation/day_ahead",
    "nation/intraday",
    "nation/imbalance",
    "tax/energy",
    "tax/vat",
    "dso",
    "grid",
    "fund",
)
CAUSES_PER_PTU: Final = 16
SHELF: Final = 2**31
"""Where the numbers of causes beyond the first sixteen begin: a revision has two shelves of them."""
ENTRIES_PER_REVISION: Final = 2**32


class Cause(IntEnum):
    """Why money moves; the name in small letters is what the tables print."""

    CLEARING = 0
    FLEXIBILITY = 1
    DEVIATION = 2
    DAY_AHEAD = 3
    IMBALANCE = 4
    RETAIL = 5
    NETTING = 6
    TAX = 7
    FEED_IN_COST = 8
    NETWORK = 9
    FIXED_FEE = 10
    REDUCTION = 11
    VAT = 12
    ROUNDING = 13
    INTRADAY = 14
    BAND = 15
    POOLED = 16
    """What was earned together, into the fund."""
    SHARED = 17
    """Out of it again, to members."""
    SUPPORT = 18
    """Out of the fund as well, to members who asked for help with their bill."""

    @property
    def number(self) -> int:
        """Of its entry in PTU zero.

        >>> Cause.BAND.number, Cause.POOLED.number == SHELF
        (15, True)
        """
        shelf, place = divmod(self, CAUSES_PER_PTU)
        return shelf * SHELF + place


@dataclass(frozen=True, slots=True)
class Accounts:
    """The chart of accounts: the members first, then the parties around them.

    >>> Accounts(("ann", "bob")).of("gateway")
    2
    """

    members: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.members)) < len(self.members):
            raise BadInput("two members have one name; give each its own, an account is found by it")

    @property
    def names(self) -> tuple[str, ...]:
        """As printed in the tables, in the order of the account numbers."""
        return (*(f"member/{name}" for name in self.members), *PARTIES)

    def of(self, party: str) -> int:
        """The account number of one of ``PARTIES``."""
        return len(self.members) + PARTIES.index(party)

    @property
    def rank(self) -> Ints:
        """Each member's place among all names compared as UTF-8 bytes: settles ties and nothing else."""
        by_name = sorted(range(len(self.members)), key=lambda i: self.members[i].encode())
        rank = np.empty(len(self.members), np.int64)
        rank[by_name] = np.arange(len(self.members))
        return rank


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """One row per posting; rows that move neither money nor energy are not kept."""

    entry: Ints
    ptu: Ints
    """Counted from the start of the run."""
    cause: Ints
    account: Ints
    amount_units: Ints
    energy_wh: Ints

    def __len__(self) -> int:
        return len(self.entry)

    def columns(self) -> tuple[Ints, ...]:
        """In the order of the fields."""
        return (self.entry, self.ptu, self.cause, self.account, self.amount_units, self.energy_wh)

    def where(self, kept: NDArray[np.bool_]) -> Postings:
        """Only these rows; keep whole entries."""
        return Postings(*(column[kept] for column in self.columns()))


def entries(
    accounts: Accounts,
    cause: Cause,
    sides: Mapping[str, tuple[Ints, Ints]],
    first_ptu: int = 0,
) -> Postings:
    """One entry per PTU: for each party what it pays (units) and takes (Wh), shape ``(ptus,)``; members a row each.

    >>> ann = Accounts(("ann",))
    >>> sale = entries(ann, Cause.RETAIL, {MEMBERS: (np.array([[5]]), np.array([[2]])), "gateway": (np.array([-5]), np.array([-2]))})
    >>> check(sale), sale.account.tolist()
    (None, [0, 1])
    """
    rows = [np.arange(len(accounts.members)) if party == MEMBERS else [accounts.of(party)] for party in sides]
    amount = np.concatenate([np.atleast_2d(units) for units, _ in sides.values()]).T
    energy = np.concatenate([np.atleast_2d(wh) for _, wh in sides.values()]).T
    ptu = first_ptu + np.arange(len(amount), dtype=np.int64)
    shape = amount.shape
    everything = Postings(
        entry=_spread(ptu * CAUSES_PER_PTU + cause.number, shape),
        ptu=_spread(ptu, shape),
        cause=np.full(amount.size, cause, np.int64),
        account=np.broadcast_to(np.concatenate(rows).astype(np.int64), shape).ravel(),
        amount_units=amount.ravel(),
        energy_wh=energy.ravel(),
    )
    return everything.where((everything.amount_units != 0) | (everything.energy_wh != 0))


def _spread(per_ptu: Ints, shape: tuple[int, ...]) -> Ints:
    return np.broadcast_to(per_ptu[:, None], shape).ravel()


def joined(parts: Iterable[Postings]) -> Postings:
    """All postings of all parts, by entry and then account."""
    columns = [np.concatenate(column) for column in zip(*(part.columns() for part in parts), strict=True)]
    order = np.lexsort((columns[3], columns[0]))
    return Postings(*(column[order] for column in columns))


def check(postings: Postings) -> None:
    """Prove that every entry sums to zero in money and in energy."""
    numbers, at = np.unique(postings.entry, return_inverse=True)
    for values, unit in ((postings.amount_units, "units of 1e-8 EUR"), (postings.energy_wh, "Wh")):
        residue = np.zeros(len(numbers), np.int64)
        np.add.at(residue, at, values)
        wrong = np.flatnonzero(residue)
        if len(wrong):
            rows = at == wrong[0]
            raise OutOfBalance(
                f"entry {numbers[wrong[0]]} ({Cause(int(postings.cause[rows][0])).name.lower()} of PTU "
                f"{postings.ptu[rows][0]}) leaves {residue[wrong[0]]} {unit}; {len(wrong)} entries do not sum to zero"
            )


def totals(accounts: Accounts, postings: Postings) -> dict[str, tuple[int, int]]:
    """Per account what it paid in all (units) and took in all (Wh)."""
    names = accounts.names
    amount, energy = np.zeros((2, len(names)), np.int64)
    np.add.at(amount, postings.account, postings.amount_units)
    np.add.at(energy, postings.account, postings.energy_wh)
    return dict(zip(names, zip(amount.tolist(), energy.tolist(), strict=True), strict=True))


def reverse(postings: Postings) -> Postings:
    """Every sign turned: what was posted stays, and is undone.

    >>> ann = Accounts(("ann",))
    >>> paid = entries(ann, Cause.RETAIL, {MEMBERS: (np.array([[5]]), np.array([[2]]))})
    >>> reverse(paid).amount_units.tolist(), reverse(paid).energy_wh.tolist()
    ([-5], [-2])
    """
    return replace(postings, amount_units=-postings.amount_units, energy_wh=-postings.energy_wh)


def corrected(posted: Postings, right: Postings) -> Postings:
    """What to add when a day was settled on a wrong reading: the differing entries reversed, then posted anew.

    ``posted`` is all that was posted for the day so far, ``right`` the same day settled again (``local`` or
    ``retail``); entries that came out the same are left alone.
    """
    last = int(posted.entry.max(initial=0)) // ENTRIES_PER_REVISION
    undoing = last + 1 + last % 2
    wrong = standing(posted)
    differs = sorted({row[0] for row in _rows(wrong) ^ _rows(right)})
    undone, anew = (part.where(np.isin(part.entry, differs)) for part in (wrong, right))
    return joined([_in_revision(reverse(undone), undoing), _in_revision(anew, undoing + 1)])


def standing(posted: Postings) -> Postings:
    """The entries in force, numbered as in revision 0: an odd revision undoes, the next even one posts anew."""
    revision, number = np.divmod(posted.entry, ENTRIES_PER_REVISION)
    numbers, at = np.unique(number, return_inverse=True)
    undone_in = np.full(len(numbers), -1, np.int64)
    np.maximum.at(undone_in, at, np.where(revision % 2 == 1, revision, -1))
    return _in_revision(posted.where((revision % 2 == 0) & (revision > undone_in[at])), 0)


def _in_revision(postings: Postings, revision: int) -> Postings:
    number = postings.entry % ENTRIES_PER_REVISION
    return replace(postings, entry=number + revision * ENTRIES_PER_REVISION)


def _rows(postings: Postings) -> set[tuple[int, ...]]:
    return set(zip(*(column.tolist() for column in postings.columns()), strict=True))


def unreconciled(bills: Mapping[str, int], accounts: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """For each member whose bill (units) is not what their account paid: the difference. Empty is proof.

    >>> unreconciled({"ann": 5}, {"member/ann": (5, 0), "gateway": (-5, 0)})
    {}
    """
    paid = {
        name.removeprefix("member/"): units
        for name, (units, _) in accounts.items()
        if name.startswith("member/")
    }
    gaps = {name: bills.get(name, 0) - paid.get(name, 0) for name in chain(bills, paid)}
    return {name: gap for name, gap in sorted(gaps.items()) if gap}
