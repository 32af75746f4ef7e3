"""What a breach comes to: of which kind it is, and what is left of a share of the pot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from laag.neighbourhood.agreements.book import Book, Case, Standing
from laag.neighbourhood.charter.parts import Agreement, ConsequencesTable

WHOLE_PERMILLE = 1_000
WARNING, SHARE = "warning", "share"


def consequence(book: Book, member: str, day: date, agreement: Agreement, rules: ConsequencesTable) -> str:
    """What follows a breach of this day: the charter's word, or a warning where it is the first of the calendar year.

    An earlier one that was dropped on appeal never counted; one that is still open does, and if it is dropped later the
    second is a warning after all (``amended``).
    """
    if agreement.consequence == WARNING:
        return WARNING
    earlier = [
        one
        for one in book.of(member)
        if one.day.year == day.year and one.day < day and one.standing != Standing.DROPPED
    ]
    return WARNING if rules.warned_first and not earlier else SHARE


def kept_permille(book: Book, member: str, first: date, last: date, rules: ConsequencesTable) -> int:
    """What is left of a member's share of a pot that was earned from one day to another, both included.

    Only what stands counts: while somebody may appeal, or has, nothing is taken.

    >>> kept_permille(Book(), "no-12", date(2026, 1, 1), date(2026, 1, 31), ConsequencesTable())
    1000
    """
    lost = sum(
        one.standing == Standing.STANDS and one.consequence == SHARE and first <= one.day <= last
        for one in book.of(member)
    )
    return max(WHOLE_PERMILLE - lost * rules.share_lost_permille, 0)


def amended(book: Book, dropped: Case, rules: ConsequencesTable) -> Book:
    """After a case was dropped: if it was this year's warning, the member's next one is it instead."""
    if not rules.warned_first:
        return book
    others = [
        one
        for one in book.of(dropped.member)
        if one.day.year == dropped.day.year and one.standing != Standing.DROPPED
    ]
    if not others or any(one.consequence == WARNING for one in others):
        return book
    first = replace(others[0], consequence=WARNING)
    return replace(book, cases={**book.cases, first.key: first})
