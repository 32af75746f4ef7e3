"""The cheapest day that one mind could find that knows everything of every home: one large linear program.

It exists to be compared with. Nobody should ever be able to compute it of real homes, for it needs all that they have and want.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import highspy
import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.plan.priced import AskedAgain
from laag.neighbourhood.coordination import Gate

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Central:
    """The optimum."""

    eur: float
    """Gateway and homes together, as ``weighed`` counts them."""
    connection_kw: Floats
    """``(homes, ptus)``."""
    beside_eur: Floats
    """By home."""
    price_eur_per_kwh: Floats
    """What one kWh more would have cost the street."""


def central(homes: Sequence[AskedAgain], gate: Gate) -> Central:
    """All homes' programs and the gateway in one; interior point, so that a thousand days of homes fit in minutes."""
    T = len(gate)
    columns = np.cumsum([0, *(one.made.layout.columns for one in homes)])
    rows = np.cumsum([0, *(one.made.layout.rows for one in homes)])
    row, column, value = [], [], []
    for one, first_column, first_row in zip(homes, columns, rows, strict=False):
        made = one.made
        row.append(made.index.astype(np.int64) + first_row)
        column.append(np.repeat(np.arange(made.layout.columns), np.diff(made.starts)) + first_column)
        value.append(made.value)
        for blocks, sign in ((made.layout.up, 1.0), (made.layout.down, -1.0)):
            for block in blocks:
                row.append(rows[-1] + np.arange(T))
                column.append(np.arange(block.start, block.stop) + first_column)
                value.append(np.full(T, sign))
    widths = (np.inf, gate.export_max_kw, gate.import_max_kw, np.inf)
    signs = (1.0, 1.0, -1.0, -1.0)
    cost = np.concatenate(
        [
            *(one.base for one in homes),
            *(-sign * slope * PTU_HOURS for sign, slope in zip(signs, gate.slopes, strict=True)),
        ]
    )
    for piece, sign in enumerate(signs):
        row.append(rows[-1] + np.arange(T))
        column.append(columns[-1] + piece * T + np.arange(T))
        value.append(np.full(T, sign))
    lower = np.concatenate([*(one.made.lower for one in homes), np.zeros(4 * T)])
    upper = np.concatenate([*(one.made.upper for one in homes), *(np.full(T, width) for width in widths)])
    right = np.concatenate([*(one.made.right for one in homes), np.zeros(T)])
    solved, dual = _solved(
        (np.concatenate(row), np.concatenate(column), np.concatenate(value)), cost, lower, upper, right
    )
    own = [solved[a:b] for a, b in pairwise(columns)]
    kw = np.stack([one.net_kw(part) for one, part in zip(homes, own, strict=True)])
    beside = np.array([one.beside_eur(part) for one, part in zip(homes, own, strict=True)])
    return Central(
        gate.cost_eur(kw.sum(axis=0)) + float(beside.sum()), kw, beside, -dual[rows[-1] :] / PTU_HOURS
    )


def _solved(
    entries: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
    cost: Floats,
    lower: Floats,
    upper: Floats,
    right: Floats,
) -> tuple[Floats, Floats]:
    row, column, value = entries
    order = np.lexsort((row, column))
    starts = np.searchsorted(column[order], np.arange(len(cost) + 1)).astype(np.int32)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("solver", "ipm")
    highs.setOptionValue("run_crossover", "off")
    highs.passModel(
        len(cost),
        len(right),
        len(value),
        highspy.MatrixFormat.kColwise,
        highspy.ObjSense.kMinimize,
        0.0,
        cost,
        lower,
        upper,
        right,
        right,
        starts,
        row[order].astype(np.int32),
        value[order],
        np.zeros(len(cost), np.int32),
    )
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = highs.getSolution()
    return np.array(found.col_value), np.array(found.row_dual)


def bound_eur(homes: Sequence[AskedAgain], gate: Gate, price_eur_per_kwh: Floats) -> float:
    """What no day can cost less than, whatever the price: each home's own best at it, and the gateway's.

    So how near to the optimum a price came can be known without anybody computing the optimum.
    """
    total = gate.least_eur(price_eur_per_kwh)
    for one in homes:
        best = one.at(price_eur_per_kwh)
        if best is None:
            return -np.inf
        total += best.beside_eur + float(price_eur_per_kwh @ best.connection_kw) * PTU_HOURS
    return total
