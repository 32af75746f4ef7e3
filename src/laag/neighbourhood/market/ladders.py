"""Two ladders laid side by side: which stretch of demand meets which stretch of supply, in merit order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Steps in merit order, book after book; ``owner`` is whatever the maker wants to find back."""

    book: Ints
    tick: Ints
    wh: Ints
    owner: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Where one buy step meets one sell step: from ``start`` up to ``end`` Wh into their book."""

    book: Ints
    buy: Ints
    sell: Ints
    start: Ints
    end: Ints


def ladder(key: tuple[Ints, ...], book: Ints, tick: Ints, wh: Ints, owner: Ints) -> Ladder:
    """The steps that hold anything, sorted by book and then by ``key``, the first of which counts most."""
    some = np.flatnonzero(wh)
    order = some[np.lexsort([part[some] for part in (*key[::-1], book)])]
    return Ladder(book[order], tick[order], wh[order], owner[order])


def meet(buys: Ladder, sells: Ladder, books: int) -> Stretches:
    """All stretches up to the shorter ladder of each book."""
    buy_end, buy_total = _ends(buys, books)
    sell_end, sell_total = _ends(sells, books)
    room = 1 + int(max(buy_total.max(initial=0), sell_total.max(initial=0)))
    buy_at, sell_at = buy_end + buys.book * room, sell_end + sells.book * room
    at = np.unique(np.concatenate([buy_at, sell_at]))
    book, end = np.divmod(at, room)
    both = end <= np.minimum(buy_total, sell_total)[book]
    at, book, end = at[both], book[both], end[both]
    same = np.append(False, book[1:] == book[:-1])[: len(book)]
    start = np.where(same, np.append(0, end[:-1])[: len(end)], 0)
    return Stretches(book, np.searchsorted(buy_at, at), np.searchsorted(sell_at, at), start, end)


def _ends(steps: Ladder, books: int) -> tuple[Ints, Ints]:
    """Where each step ends, counted within its book, and what each book holds."""
    upto = np.append(0, np.cumsum(steps.wh))
    first = np.searchsorted(steps.book, np.arange(books + 1))
    return upto[1:] - upto[first[:-1]][steps.book], np.diff(upto[first])
