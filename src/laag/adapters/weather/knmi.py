"""KNMI's own hourly files: ``YYYYMMDD`` and ``HH`` (the hour that ends then, UTC), tenths and J/cm²."""

from __future__ import annotations

from datetime import date

import numpy as np

from laag.adapters.files.numbers import numbers
from laag.adapters.files.stamps import UNREAD, Seconds
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
    at = np.full(len(table), UNREAD, np.int64)
    odd = []
    for i, (day, hour) in enumerate(zip(days, hours, strict=True)):
        try:
            year, rest = divmod(int(day), 10_000)
            first = date(year, *divmod(rest, 100)).toordinal() - date(1970, 1, 1).toordinal()
            at[i] = first * 86_400 + int(hour) * 3600
        except ValueError:
            odd.append(i)
    findings = (*odd_days, *odd_hours)
    return at, (*findings, Finding(table.source, table.at(odd), "no date and hour")) if odd else findings
