"""A file of SQLite in the place of another, which stays beside it: nothing is ever written over."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from laag.foundation.errors import BadInput


def put_in_place(copy: Path, path: Path, now: datetime) -> Path:
    """Copy a file to where another is, and return where that one is now; refused while somebody has it open."""
    whole(path)
    aside = path.with_name(f"{path.stem}-until-{now:%Y%m%dT%H%M%S}{path.suffix}")
    if aside.exists():
        raise BadInput(f"{aside} is there already; wait a second and try again")
    part = path.with_name(path.name + ".part")
    with copy.open("rb") as given, part.open("wb") as file:
        shutil.copyfileobj(given, file)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)
    path.rename(aside)
    part.replace(path)
    return aside


def whole(path: Path) -> None:
    """Fold what SQLite keeps beside a file into it, so that the file alone is all of it."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as fault:
        raise BadInput(f"{path} is in use or damaged ({fault}); stop the server first") from fault
    # Whoever closes a log last takes these away; they stay where somebody else has it open.
    if any(path.with_name(path.name + more).exists() for more in ("-wal", "-shm")):
        raise BadInput(f"{path} is in use; stop the server first")
