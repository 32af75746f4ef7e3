"""Help out of the fund in the books: what the fund pays, members receive, and the entry sums to zero."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from laag.settlement import books
from laag.settlement.books import MEMBERS, Accounts, Cause, Postings


def support(accounts: Accounts, units: Mapping[str, int], first_ptu: int = 0) -> Postings:
    """A month's, at its first PTU: what each member receives.

    >>> posted = support(Accounts(("ann", "bob")), {"bob": 5})
    >>> posted.amount_units.tolist(), int(posted.amount_units.sum())
    ([-5, 5], 0)
    """
    paid = np.array([-units.get(name, 0) for name in accounts.members], np.int64).reshape(-1, 1)
    sides = {MEMBERS: (paid, np.zeros_like(paid)), "fund": (-paid.sum(axis=0), np.zeros(1, np.int64))}
    posted = books.entries(accounts, Cause.SUPPORT, sides, first_ptu)
    books.check(posted)
    return posted
