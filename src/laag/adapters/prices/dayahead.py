"""Day-ahead prices: ENTSO-E exports, and any table with a time and a price per MWh or kWh."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.layout import Imported, Layout, quartered
from laag.adapters.files.mend import DAYS
from laag.adapters.files.numbers import numbers
from laag.adapters.files.stamps import UNREAD, Seconds
from laag.adapters.files.table import Table, plain, read_table
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Unit

_PLAUSIBLE_EUR_PER_MWH = 2.0
"""A file of a week or more in which no price exceeds this holds EUR/kWh, whatever its header says."""


def read_day_ahead(path: Path, grid: PtuGrid, layout: Layout | None = None) -> Imported:
    """Prices in EUR/MWh on ``grid``; hours are held for their quarter-hours, also where a file has both."""
    layout = layout or Layout()
    table = _one_market(read_table(path).only(layout.where))
    column, per_mwh = _price_column(table)
    at, stamped = layout.time_of(table)
    prices, read = numbers(table, column)
    _refuse_wrong_unit(table, column, at[at != UNREAD], prices * per_mwh)
    raw, told, source = quartered(
        table, at, (prices * per_mwh)[:, None], layout, grid, Unit.EUR_PER_MWH, "prices"
    )
    profile, mended = layout.fitted(raw[0], grid, table.source, DAYS)
    return Imported(profile, source, (*table.findings, *stamped, *read, *told, *mended))


def _one_market(table: Table) -> Table:
    """The first auction in euros of one bidding zone; ENTSO-E exports may hold more."""
    spelt = {plain(name): name for name in table.columns}
    if "sequence" in spelt:
        first = [
            str(cell).strip().lower() not in {"sequence 2", "sequence 3", "2", "3"}
            for cell in table.columns[spelt["sequence"]]
        ]
        table = table.rows(np.array(first, np.bool_))
    for name in ("area", "currency"):
        kinds = (
            sorted({str(cell).strip() for cell in table.columns[spelt[name]]} - {""}) if name in spelt else []
        )
        if len(kinds) > 1:
            raise BadInput(
                f"{table.source} holds prices of several kinds ({name}: {', '.join(kinds[:6])}); "
                f"say which with where = {{ {name} = ... }}"
            )
        if name == "currency" and kinds and kinds != ["EUR"]:
            raise BadInput(f"{table.source} holds prices in {kinds[0]}; convert them to EUR first")
    return table


def _price_column(table: Table) -> tuple[str, float]:
    """The price's column, and what makes it EUR/MWh."""
    candidates = [
        name
        for name in table.columns
        if any(unit in plain(name) for unit in ("mwh", "kwh")) and "intraday" not in plain(name)
    ]
    for words in (("day_ahead",), ("price", "prijs", "preis"), ("netherlands", "niederlande", "nederland")):
        named = [name for name in candidates if any(word in plain(name) for word in words)]
        if named:
            candidates = named
            break
    if len(candidates) != 1:
        raise BadInput(
            f"{table.source} has the columns {', '.join(table.columns)}; expected one price column such as "
            "price_eur_per_mwh or 'Day-ahead Price [EUR/MWh]'"
        )
    return candidates[0], 1.0 if "mwh" in plain(candidates[0]) else 1000.0


def _refuse_wrong_unit(table: Table, column: str, at: Seconds, prices: NDArray[np.float64]) -> None:
    known = np.abs(prices[~np.isnan(prices)])
    if not len(known) or not len(at) or at.max() - at.min() < 6 * 86_400:
        return
    if 0 < known.max() < _PLAUSIBLE_EUR_PER_MWH:
        raise BadInput(
            f"{table.source}: no price of column {column!r} exceeds {known.max():g} EUR/MWh, so they look like "
            "EUR/kWh; name the column price_eur_per_kwh"
        )
