"""The file: opened, upgraded, and written to the disk before a write is over."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from laag.adapters.transaction import transaction
from laag.foundation.errors import BadInput

SERIES = (
    "import_wh",
    "export_wh",
    "gas_dm3",
    "load_kw",
    "pv_kw",
    "battery_kw",
    "ev_kw",
    "heat_pump_kw",
    "water_kw",
    "stored_kwh",
    "ev_stored_kwh",
    "indoor_c",
    "tank_c",
    "outdoor_c",
    "sun_w_m2",
    "outdoor_forecast_c",
    "sun_forecast_w_m2",
    "planned_kw",
    "position_kw",
    "buy_eur_per_kwh",
    "sell_eur_per_kwh",
)
"""What is kept of a quarter-hour, as far as it is known: Wh of the meter, mean kW, and levels at its end."""

# Step n leads from version n to n + 1, an empty file being version 0; a step once released is never changed.
_STEPS = (
    f"""
CREATE TABLE quarter (at INTEGER PRIMARY KEY, number INTEGER, {", ".join(f"{name} REAL" for name in SERIES)}) STRICT;
CREATE TABLE stay (arrives INTEGER PRIMARY KEY, departs INTEGER NOT NULL, stored_kwh REAL NOT NULL,
    wanted_kwh REAL NOT NULL, over INTEGER NOT NULL) STRICT;
CREATE TABLE wish (id INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT NOT NULL) STRICT;
CREATE TABLE plan (made_at INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE message (number INTEGER PRIMARY KEY, body TEXT NOT NULL, became TEXT, why TEXT) STRICT;
CREATE TABLE fact (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
""",
)
_OTHERS = (
    "SELECT group_concat(name, ', ') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
)
_APPLICATION = 0x6C616167
"""``laag`` in four bytes, so that a file of something else is never upgraded."""


def opened(place: Path | str) -> sqlite3.Connection:
    """Open or create the file, upgraded to the tables that this version knows."""
    try:
        if str(place) != ":memory:" and not Path(place).exists():
            Path(place).touch(mode=0o600)  # when a home is empty is for nobody else on this machine
        db = sqlite3.connect(place, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as fault:
        raise BadInput(
            f"{place} cannot be opened ({fault}); give another store folder, or move what is there away"
        ) from fault
    try:
        _ours(db, place)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        _upgrade(db, place)
    except sqlite3.Error as fault:
        db.close()
        raise BadInput(
            f"{place} is not the store of a home ({fault}); give another store folder, or move the file away"
        ) from fault
    except BaseException:
        db.close()
        raise
    return db


def _ours(db: sqlite3.Connection, place: Path | str) -> None:
    tables = db.execute(_OTHERS).fetchone()[0]
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise BadInput(
            f"{place} is not the store of a home (it holds {tables}); give another store folder, or move the file away"
        )


def _upgrade(db: sqlite3.Connection, place: Path | str) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(_STEPS):
        raise BadInput(
            f"{place} was written by a newer laag (its tables are version {version}, this laag knows {len(_STEPS)}); "
            "update laag, or give another store folder"
        )
    if version == len(_STEPS):
        return
    with transaction(db):
        for step in _STEPS[version:]:
            for statement in filter(str.strip, step.split(";")):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(_STEPS)}")
