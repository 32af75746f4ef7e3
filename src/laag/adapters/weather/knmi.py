"""KNMI's own hourly files: ``YYYYMMDD`` and ``HH`` (the hour that ends then, UTC), tenths and J/cm²."""

from __future__ import annotations

from datetime import date

import numpy as np

from laag.adapters.files.numbers import numbers
from laag.adapters.files.stamps import UNREAD, YEARS, Seconds
from laag.adapters.files.table import Table, plain
from laag.foundation.findings import Finding

CELSIUS_PER_UNIT = 0.1
W_PER_M2_PER_UNIT = 10_000 / 3600
"""1 J/cm² over an hour is 10,000 J/m² in 3600 s."""


def is_knmi(table: Table) -> bool:
    """Whether the columns are KNMI's."""
    return {"yyyymmdd", "hh"} <= {plain(name) for name in table.columns}


def hour_ends(table: Table) -> tuple[Seconds, tuple[Finding, ...]]:
    """When each row's hour ends, seconds since 1970."""
    days, odd_days = numbers(table, table.named("yyyymmdd"))
    hours, odd_hours = numbers(table, table.named("hh"))
    at = np.array([_hour_end(day, hour) for day, hour in zip(days, hours, strict=True)], np.int64)
    findings = (*odd_days, *odd_hours)
    odd = np.flatnonzero(at == UNREAD)
    return at, (*findings, Finding(table.source, table.at(odd), "no date and hour")) if len(odd) else findings


def _hour_end(day: float, hour: float) -> int:
    """Seconds since 1970 at the end of an hour, or ``UNREAD`` where there is no such hour."""
    if not (day // 10_000 in YEARS and 1 <= hour <= 24):
        return UNREAD
    year, rest = divmod(int(day), 10_000)
    try:
        days = date(year, *divmod(rest, 100)).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return UNREAD
    return days * 86_400 + int(hour) * 3600
