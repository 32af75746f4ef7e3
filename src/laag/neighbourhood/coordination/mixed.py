"""The best mixture of the rounds so far: a few shares, the same for every home, found from the rounds' sums alone.

A home that could live each of some days can live a mixture of them, and it costs it no more than the mixture of what they cost (what
devices cannot do by halves it plans again at the end). Rounds swing around the best day, so their mixture is nearer to it than any of
them: on summer days it was within one percent of the optimum in half the rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.highs import quiet_highs
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.coordination.gate import Floats, Gate

NOTHING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Shares of the rounds, and what the community then pays for all, EUR."""

    shares: Floats
    eur: float


def mixed(gate: Gate, sums_wh: Sequence[Ints], beside_cents: Sequence[int]) -> Mixture:
    """The cheapest mixture: one small linear program, one column per round and four pieces of the gateway's line.

    >>> gate = Gate(np.full(2, 0.40), np.full(2, 0.0))
    >>> mixed(gate, [np.array([1000, -1000]), np.array([-1000, 1000])], [0, 0]).shares.tolist()
    [0.5, 0.5]
    """
    kw = np.stack(sums_wh) / (1000 * PTU_HOURS)
    alone = np.array([gate.cost_eur(row) for row in kw]) + np.array(beside_cents) / 100
    best = int(np.argmin(alone))
    found = _solved(gate, kw, np.array(beside_cents) / 100)
    if found is not None:
        shares = np.where(found > NOTHING, found, 0.0)
        shares = shares / shares.sum()
        eur = gate.cost_eur(shares @ kw) + float(shares @ np.array(beside_cents)) / 100
        if eur < alone[best]:
            return Mixture(shares, eur)
    return Mixture(np.eye(len(kw))[best], float(alone[best]))


def _solved(gate: Gate, kw: Floats, beside_eur: Floats) -> Floats | None:
    """The shares; ``None`` where the solver found no optimum, and then the best single round stands."""
    count, T = kw.shape
    low, export, landed, high = gate.slopes
    cost = np.concatenate([beside_eur, *(piece * PTU_HOURS for piece in (-low, -export, landed, high))])
    widths = (np.inf, gate.export_max_kw, gate.import_max_kw, np.inf)
    upper = np.concatenate([np.full(count, np.inf), *(np.full(T, width) for width in widths)])
    signs = np.repeat([1.0, 1.0, -1.0, -1.0], T)
    row = np.concatenate([np.tile(np.arange(T + 1), count), np.tile(np.arange(T), 4)])
    value = np.concatenate([np.hstack([kw, np.ones((count, 1))]).ravel(), signs])
    starts = np.concatenate([np.arange(count) * (T + 1), count * (T + 1) + np.arange(4 * T + 1)])
    right = np.append(np.zeros(T), 1.0)
    highs = quiet_highs()
    highs.passModel(
        len(cost),
        T + 1,
        len(value),
        highspy.MatrixFormat.kColwise,
        highspy.ObjSense.kMinimize,
        0.0,
        cost,
        np.zeros(len(cost)),
        upper,
        right,
        right,
        starts.astype(np.int32),
        row.astype(np.int32),
        value,
        np.zeros(len(cost), np.int32),
    )
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(highs.getSolution().col_value)[:count]
