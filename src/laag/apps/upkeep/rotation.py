"""A copy a day, each whole and verified, the oldest making room; none is removed before a newer one is whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from laag.adapters.stores import copied, open_log
from laag.adapters.stores.tables import head
from laag.apps.upkeep import accounts_aside
from laag.apps.upkeep.upgrade import shown
from laag.foundation.errors import BadInput

_NAME = re.compile(r"street-\d{8}T\d{6}Z\.sqlite")
_RECORDS = "-records.sqlite"


def copy(store: str, folder: Path, keep: int, now: datetime) -> Path:
    """Copy a log, and the accounts beside it, under today's date, and keep so many copies; returns the newest."""
    if keep < 1:
        raise BadInput(f"keeping {keep} copies keeps none; give --keep 1 or more")
    found = head(store)
    if found.tables == 0:
        raise BadInput(f"there is no log at {shown(store)} yet; there is nothing to copy")
    if found.tables != found.known:
        raise BadInput(
            f"{shown(store)} has tables of version {found.tables} and this laag writes {found.known}; "
            "copy it with the version that runs"
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = folder / f"street-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite"
    part = made.with_suffix(".part")
    part.unlink(missing_ok=True)
    if made.exists():
        raise BadInput(f"{made} is there already; copies are a second apart")
    with open_log(store) as log:
        copied(log, part)
    part.chmod(0o600)
    accounts_aside.keep(store, records_of(made))
    # Its own name comes last: whatever has one is whole.
    part.replace(made)
    for old in copies(folder)[:-keep]:
        records_of(old).unlink(missing_ok=True)
        old.unlink()
    return made


def copies(folder: Path) -> list[Path]:
    """The whole copies in a folder, the oldest first; what else lies there is left alone."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def records_of(copy: Path) -> Path:
    """Where the accounts beside a copy are.

    >>> records_of(Path("street-20261122T031500Z.sqlite")).name
    'street-20261122T031500Z-records.sqlite'
    """
    return copy.with_name(copy.stem + _RECORDS)
