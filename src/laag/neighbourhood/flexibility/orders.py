"""Shares as whole Wh: what helps is rounded up, so that what is ordered still resolves, and then it is looked at again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from laag.foundation.money import allot
from laag.neighbourhood.flexibility.need import Floats, Need
from laag.neighbourhood.flexibility.parts import Effects, Ints, Parts
from laag.neighbourhood.flexibility.solve import Program, Shares

HAIR = 1e-7
"""Of a part: no nearer to nothing, or to all of it, than a solver can tell."""
CLOSE_KW = 1e-5
"""A hundredth of a watt: nearer to full than this is full."""
ROUNDS = 6
"""Nearly always the first does."""


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """Shares, and in whole Wh what each row of ``Parts.part`` moves: less (+) or more (-), rebounds as they come back."""

    shares: Shares
    move_wh: Ints
    over_kw: Floats
    """What stays over, per row of ``Effects``."""


def in_whole_wh(program: Program) -> Whole:
    """The cheapest shares, rounded.

    A part that is taken in part is rounded up by less than a Wh. Where that makes something else too full, room for it
    is asked for and the shares are found again. Only where there is no room at all to ask for (what comes back meets a
    cable that is exactly full, or one too full already) may a Wh for each such part be too much; it is a matter of watts.
    """
    effects, parts = program.effects, program.parts
    for tried in range(1, ROUNDS + 1):
        shares = program.solve()
        move_wh = rounded(parts, shares.share)
        left = effects.over_kw - effects.relief_of(parts, move_wh)
        beyond = left - np.where(program.over, shares.over_kw, 0.0)
        if not program.ask_more(np.where(beyond > CLOSE_KW, tried * beyond, 0.0)):
            break
    left[left <= np.where(program.over, CLOSE_KW, _rounding_kw(effects, parts, shares.share))] = 0.0
    return Whole(shares, move_wh, left)


def _rounding_kw(effects: Effects, parts: Parts, share: Floats) -> Floats:
    """What one Wh of every part that is taken in part does, per row."""
    between = (share > HAIR) & (share < 1 - HAIR)
    one_wh = np.abs(effects.relief_kw / parts.less_wh[effects.move]) * between[effects.part]
    all_kw: Floats = np.bincount(effects.row, one_wh, len(effects)).astype(np.float64)
    return all_kw + CLOSE_KW


def rounded(parts: Parts, share: Floats) -> Ints:
    """Per move: away from zero, so that no relief is lost and no rebound forgotten."""
    near = np.where(share > 1 - HAIR, 1.0, np.where(share < HAIR, 0.0, share))
    exact = parts.less_wh * near[parts.part]
    return np.asarray(np.sign(exact) * np.ceil(np.abs(exact) - 1e-6), np.int64)


def shared_alike(need: Need, parts: Parts, move_wh: Ints) -> Ints:
    """Among parts that ask the same and do the same, what is ordered goes in proportion to what they offer.

    Largest remainder, then the offer's id: who came first, or stands first, gets no more. Parts with a rebound, with
    further steps, that exclude others or that go only in some share are left as they are.
    """
    alike = defaultdict(list)
    plain = np.bincount(parts.part, minlength=len(parts)) == 1
    plain &= (parts.least_share == 0) & (parts.before < 0)
    plain[parts.before[parts.before >= 0]] = False
    plain[parts.either.ravel()] = False
    place = {name: at for at, name in enumerate(need.connections)}
    felt = {
        name: need.relief_per_kw[:, place[name]].tobytes()
        for name in {offer.connection for offer in parts.offers}
    }
    for move in np.flatnonzero(plain[parts.part]).tolist():
        part = int(parts.part[move])
        price, ptu, less = int(parts.price_ticks[part]), int(parts.ptu[move]), parts.less_wh[move] > 0
        alike[price, ptu, less, felt[parts.offers[parts.offer[part]].connection]].append(move)
    groups = [moves for moves in alike.values() if len(moves) > 1]
    if not groups:
        return move_wh
    shared = move_wh.copy()
    at = np.concatenate([np.array(moves, np.int64) for moves in groups])
    group = np.repeat(np.arange(len(groups)), [len(moves) for moves in groups])
    total = np.array([move_wh[moves].sum() for moves in groups], np.int64)
    weight = np.abs(parts.less_wh[at]).astype(np.int64)
    shared[at] = np.sign(total)[group] * allot(np.abs(total), weight, group, at)
    return shared
