"""What a home may find wrong beside what evidence itself shows, each with a code that pages know."""

from __future__ import annotations

from enum import StrEnum


class Odd(StrEnum):
    """What is wrong beside what the evidence itself shows (``ledger.refused.Code``)."""

    NO_LINE = "no-line"
    """A settled day of which nothing is shown."""
    AMOUNT = "amount"
    """The bill says another amount than the line."""
    OTHER_LINE = "other-line"
    """Another home's, another day's, or an earlier version's."""
    UNSIGNED = "unsigned"
    """Too few members signed in a day."""
    UNLIKE = "unlike"
    """The neighbourhood says itself that its log and the record differ."""
    FRAUD = "receipt-broken"
    UNSHOWN = "receipt-unshown"
    OTHER_LIST = "receipt-other"
    """The receipt is of another list than was sent."""
    NOT_OURS = "list-not-ours"
    """A list in this home's name that it did not sign."""
    LEFT_OUT = "list-left-out"
    """A list that was taken, and is not in the book."""
    METER = "meter"
    """Another reading than this home's own meter gave."""
    OTHER_KEY = "other-key"
    """The neighbourhood holds another key to be this home's."""
    ANEW = "made-anew"
    """Under the same key another line than this home verified before."""
    RESTORED = "restored"
    """The neighbourhood was put back from a copy, and says so."""
    LOST = "lost"
    """What the record has of a day was lost to the neighbourhood, which was put back from a copy."""
    LIST_LOST = "receipt-lost"
    """An order list that was signed for, lost in the same way."""


EXPLAINED = frozenset({Odd.RESTORED, Odd.LOST, Odd.LIST_LOST})
"""What the neighbourhood said itself, openly: to be known, and no accusation."""
IN_ITS_OWN_WORDS = EXPLAINED | {Odd.METER, Odd.ANEW}
"""Where what was found says more than what it means."""
