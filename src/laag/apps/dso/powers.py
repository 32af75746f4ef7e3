"""Powers per quarter-hour in a CSV of a day: `start,point,kw`, and `aggregator` where they are of more than one."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import numpy as np

from laag.adapters.uftp.isps import Ints
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid

_COLUMNS = {"start", "point", "kw"}


def read(path: Path, grid: PtuGrid, point: str, aggregator: str = "") -> Ints | None:
    """Whole watts per PTU of a day; ``None`` where the file is not there or says nothing of this point."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if lacking := sorted(_COLUMNS - set(rows.fieldnames or ())):
                raise BadInput(f"{path} has no column {lacking[0]}; it begins with start,point,kw")
            named = {
                _instant(row["start"], path, line): _watts(row["kw"], path, line)
                for line, row in enumerate(rows, 2)
                if row["point"] == point and (row.get("aggregator") or "") in {"", aggregator}
            }
    except FileNotFoundError:
        return None
    except (UnicodeDecodeError, csv.Error) as odd:
        raise BadInput(f"{path} cannot be read as CSV ({odd})") from odd
    day = {at: watts for at, watts in named.items() if at in grid}
    if not day:
        return None
    if len(day) != len(grid):
        gap = next(at for at in grid if at not in day)
        raise BadInput(
            f"{path} has no kw of {point} at {gap.isoformat()}; give every quarter-hour of the day"
        )
    return np.array([day[at] for at in grid], np.int64)


def write(path: Path, grid: PtuGrid, point: str, watts: Ints, aggregator: str = "") -> None:
    """A file that ``read`` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["start", "point", "aggregator", "kw"])
        for at, power in zip(grid, watts, strict=True):
            rows.writerow([at.isoformat(), point, aggregator, f"{int(power) / 1000:g}"])


def of_day(folder: Path, day: date) -> Path:
    """Where a day's powers are."""
    return folder / f"{day}.csv"


def _instant(text: str, path: Path, line: int) -> datetime:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadInput(
            f"{path} line {line}: start is {text!r}; write it as 2026-06-02T00:00:00+02:00, with its zone"
        )
    return at


def _watts(text: str, path: Path, line: int) -> int:
    try:
        return round(float(text) * 1000)
    except (TypeError, ValueError, OverflowError):
        raise BadInput(f"{path} line {line}: kw is {text!r}; write a number, like 12.5") from None
