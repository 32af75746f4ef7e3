"""How much is worth taking at an expected price, and which home does which part of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.money import allot
from laag.neighbourhood.vpp.capability import Capability, Piece


def worth_taking(can: Capability, long_ticks: int, short_ticks: int) -> tuple[bool, int]:
    """Which way (less: ``True``) and how many Wh, where a Wh less is expected to earn the first premium and a Wh more to
    cost the second (both on top of the day-ahead price). Only one way: a sum that goes both ways earns neither price.

    >>> can = Capability((Piece("ann", 200, 1_000),), (Piece("bob", 500, 2_000),))
    >>> worth_taking(can, 3_000, 3_500), worth_taking(can, -4_000, -2_500), worth_taking(can, 500, 900)
    ((True, 200), (False, 500), (True, 0))
    """
    gain = {
        less: sum(max(premium - piece.asked_ticks, 0) * piece.wh for piece in can.pieces(less=less))
        for less, premium in ((True, long_ticks), (False, -short_ticks))
    }
    less = gain[True] >= gain[False]
    return less, can.wh(less=less, from_ticks=long_ticks if less else -short_ticks)


def dispatched(pieces: Sequence[Piece], wh: int) -> dict[str, int]:
    """By home: the least asked first; those who ask the same at the margin share it by what they offer.

    >>> dispatched([Piece("ann", 200, 1_000), Piece("bob", 300, 4_000), Piece("cas", 100, 4_000)], 400)
    {'ann': 200, 'bob': 150, 'cas': 50}
    """
    there = sum(piece.wh for piece in pieces)
    if not 0 <= wh <= there:
        raise BadInput(f"{wh} Wh are to be done and {there} are offered; order no more than is there")
    found: dict[str, int] = {}
    left = wh
    for asked in sorted({piece.asked_ticks for piece in pieces}):
        level = sorted((one for one in pieces if one.asked_ticks == asked), key=lambda one: one.home.encode())
        offered = np.array([one.wh for one in level], np.int64)
        part = min(left, int(offered.sum()))
        if not part:
            break
        each = allot(np.array([part]), offered, np.zeros_like(offered), np.arange(len(level)))
        for one, done in zip(level, each.tolist(), strict=True):
            found[one.home] = found.get(one.home, 0) + done
        left -= part
    return {home: done for home, done in sorted(found.items(), key=lambda item: item[0].encode()) if done}
