"""A copy a day, each whole and verified, the oldest making room; none is removed before a newer one is whole.

First the ledger, then the log and what is beside it: whatever is on the copied ledger follows from the copied log, and
its leaves are in the copied records. Where the ledger went on meanwhile it is all done again, so that the copied ledger is
no older than what the log has of it either: put back it goes on as it did, and makes no second history.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from laag.adapters.stores import copied, open_log
from laag.adapters.stores.tables import head
from laag.apps.street.ledger.opening import Files
from laag.apps.upkeep import accounts_aside, ledger_aside
from laag.apps.upkeep.upgrade import shown
from laag.foundation.errors import BadInput

_NAME = re.compile(r"street-\d{8}T\d{6}Z\.sqlite")
_RECORDS, _MADE = "-records.sqlite", "-copy.json"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What a copy says of itself."""

    at: datetime
    """By the neighbourhood's clock."""
    ledger: str = ""
    """The id of its ledger; empty where it had none."""
    entries: int = 0


def copy(
    store: str,
    folder: Path,
    keep: int,
    now: datetime,
    files: Files | None = None,
    theirs: datetime | None = None,
) -> Path:
    """Copy a log, with the accounts and the ledger beside it, under today's date, and keep so many copies; returns the newest.

    ``theirs`` is the time by the neighbourhood's own clock, where that runs otherwise.
    """
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
    if made.exists():
        raise BadInput(f"{made} is there already; copies are a second apart")
    kept = _all_copied(store, made, files)
    ledger, entries = ("", 0) if kept is None else (kept.ledger, kept.entries)
    said = {"at": (theirs or now).astimezone(UTC).isoformat(), "ledger": ledger, "entries": entries}
    _made(made).touch(mode=0o600)
    _made(made).write_text(json.dumps(said) + "\n", "utf-8")
    # Its own name comes last: whatever has one is whole.
    _part(made).replace(made)
    for old in copies(folder)[:-keep]:
        for path in (records_of(old), _made(old), *ledger_aside.all_of(old), old):
            path.unlink(missing_ok=True)
    return made


def _all_copied(store: str, made: Path, files: Files | None) -> ledger_aside.Kept | None:
    for _ in range(_TRIES):
        kept = None if files is None else ledger_aside.keep(files, made)
        _part(made).unlink(missing_ok=True)
        with open_log(store) as log:
            copied(log, _part(made))
        _part(made).chmod(0o600)
        accounts_aside.keep(store, records_of(made))
        if files is None or ledger_aside.entries(files) == (kept.entries if kept else 0):
            return kept
    raise BadInput(
        f"the ledger went on each of the {_TRIES} times that it was copied; try again when nothing is being committed"
    )


def made_of(copy: Path) -> Made:
    """What a copy says of itself."""
    said = json.loads(_made(copy).read_text("utf-8"))
    return Made(datetime.fromisoformat(said["at"]), str(said["ledger"]), int(said["entries"]))


def copies(folder: Path) -> list[Path]:
    """The whole copies in a folder, the oldest first; what else lies there is left alone."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def records_of(copy: Path) -> Path:
    """Where the accounts beside a copy are.

    >>> records_of(Path("street-20261122T031500Z.sqlite")).name
    'street-20261122T031500Z-records.sqlite'
    """
    return copy.with_name(copy.stem + _RECORDS)


def _made(copy: Path) -> Path:
    return copy.with_name(copy.stem + _MADE)


def _part(copy: Path) -> Path:
    return copy.with_suffix(".part")
