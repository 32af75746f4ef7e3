"""Shares as whole Wh: what helps is rounded up, so that what is ordered still resolves, and then it is looked at again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.money import allot
from laag.neighbourhood.flexibility.need import Floats, Need
from laag.neighbourhood.flexibility.parts import Effects, Ints, Parts
from laag.neighbourhood.flexibility.solve import Program, Shares

HAIR = 1e-7
"""Of a part: no nearer to nothing, or to all of it, than a solver can tell."""
CLOSE_KW = 1e-5
"""A hundredth of a watt: nearer to full than this is full."""
ROUNDS = 4
"""So often a little more is asked for, before what does the harm is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """Shares, and in whole Wh what each row of ``Parts.part`` moves: less (+) or more (-), rebounds as they come back."""

    shares: Shares
    move_wh: Ints
    over_kw: Floats
    """What stays over, per row of ``Effects``."""


def in_whole_wh(program: Program) -> Whole:
    """The cheapest shares, rounded.

    Rounding moves less than one Wh per part that is taken in part. Where that makes something else too full, as much
    more is asked for there; in the end the part that does it is left.
    """
    effects, parts = program.effects, program.parts
    for tried in range(ROUNDS + len(parts) + 1):
        shares = program.solve()
        move_wh = rounded(parts, shares.share)
        left = effects.over_kw - effects.relief_of(parts, move_wh)
        beyond = left - np.where(program.over, shares.over_kw, 0.0)
        worse = left - np.maximum(effects.over_kw, 0.0) > CLOSE_KW
        spoilt = (beyond > CLOSE_KW) | worse
        spoils = _spoils(effects, shares.share, spoilt, len(parts))
        if not spoils.any():
            break
        if tried < ROUNDS and not (worse & program.over).any():
            program.ask_more(np.where(spoilt, beyond, 0.0))
        else:
            program.leave(spoils)
    return Whole(shares, move_wh, np.where(program.over & (left > CLOSE_KW), left, 0.0))


def rounded(parts: Parts, share: Floats) -> Ints:
    """Per move: away from zero, so that no relief is lost and no rebound forgotten."""
    near = np.where(share > 1 - HAIR, 1.0, np.where(share < HAIR, 0.0, share))
    exact = parts.less_wh * near[parts.part]
    return np.asarray(np.sign(exact) * np.ceil(np.abs(exact) - 1e-6), np.int64)


def _spoils(effects: Effects, share: Floats, spoilt: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """The parts taken in part that make one of these rows worse."""
    between = (share > HAIR) & (share < 1 - HAIR)
    harms = np.zeros(count, np.bool_)
    harms[effects.part[spoilt[effects.row] & (effects.relief_kw < 0)]] = True
    return harms & between


def shared_alike(need: Need, parts: Parts, move_wh: Ints) -> Ints:
    """Among parts that ask the same and do the same, what is ordered goes in proportion to what they offer.

    Largest remainder, then the offer's id: who came first, or stands first, gets no more. Parts with a rebound, with
    further steps or that go only in some share are left as they are.
    """
    alike = defaultdict(list)
    plain = np.bincount(parts.part, minlength=len(parts)) == 1
    plain &= (parts.least_share == 0) & (parts.before < 0)
    plain[parts.before[parts.before >= 0]] = False
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
