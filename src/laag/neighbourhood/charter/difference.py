"""What differs between two charters, article by article."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said
from laag.neighbourhood.charter.articles import ARTICLES
from laag.neighbourhood.charter.charter import Charter


@dataclass(frozen=True, slots=True)
class Differs:
    """An article that is not the same in both."""

    article: str
    before: str
    after: str
    said_before: Said
    said_after: Said


def differences(before: Charter, after: Charter) -> tuple[Differs, ...]:
    """In the order of the articles.

    >>> [(one.article, one.before, one.after) for one in differences(Charter("a"), Charter("a", k_percent=30))]
    [('market.k_percent', '50', '30')]
    """
    return tuple(
        Differs(one.name, one.text(before), one.text(after), one.said(before), one.said(after))
        for one in ARTICLES
        if one.text(before) != one.text(after)
    )
