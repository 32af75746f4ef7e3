"""One home's store: small writes that survive a power cut, and memory to go on in while the disk is full."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import deque
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from laag.adapters.homestore.database import SERIES, opened
from laag.adapters.homestore.outbox import Outbox
from laag.adapters.transaction import transaction
from laag.foundation.ptu import PTU, PtuGrid
from laag.foundation.words import Said

Floats = NDArray[np.float64]
Write = Callable[[sqlite3.Connection], object]
PLANS_KEPT = 8 * 96
"""A week of plans, and a day."""
_MOST_LATER = 20_000
"""So many writes are remembered while the disk is full; then the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of the car; ``departs`` is what was said until it is ``over``."""

    arrives: datetime
    departs: datetime
    stored_kwh: float
    wanted_kwh: float
    over: bool = False


class HomeStore:
    """One writer. What cannot be written now is kept in memory, tried again with the next write, and said in ``trouble``.

    >>> from datetime import UTC, datetime
    >>> with HomeStore(":memory:") as store:
    ...     store.write(datetime(2026, 6, 1, tzinfo=UTC), import_wh=120, export_wh=0)
    ...     store.series(PtuGrid(datetime(2026, 6, 1, tzinfo=UTC), 2))["import_wh"].tolist()
    [120.0, nan]
    """

    def __init__(self, place: Path | str) -> None:
        self._db = opened(place)
        self._place = place
        self._later: deque[Write] = deque(maxlen=_MOST_LATER)
        self.trouble: Said | None = None
        self.outbox = Outbox(self._db)
        self._facts: dict[str, Any] = {
            name: json.loads(body) for name, body in self._db.execute("SELECT name, body FROM fact")
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    def write(self, at: datetime, **values: float | None) -> None:
        """What is now known of the quarter-hour that begins then; what is not named stays as it was."""
        self.write_all(
            PtuGrid(at, 1), {name: np.array([value], np.float64) for name, value in values.items()}
        )

    def write_all(self, grid: PtuGrid, series: Mapping[str, Floats]) -> None:
        """The same of many at once; ``nan`` is not known."""
        names = [_known(name) for name in series]
        rows = [
            (_second(at), *(None if value != value else value for value in row))  # noqa: PLR0124 - nan
            for at, row in zip(grid, np.column_stack(list(series.values())).tolist(), strict=True)
        ]
        marks, news = (
            ", ".join("?" * (1 + len(names))),
            ", ".join(f"{name} = excluded.{name}" for name in names),
        )
        text = f"INSERT INTO quarter (at, {', '.join(names)}) VALUES ({marks}) ON CONFLICT (at) DO UPDATE SET {news}"  # noqa: S608 - names of SERIES only
        self._do(lambda db: db.executemany(text, rows))

    def series(self, grid: PtuGrid) -> dict[str, Floats]:
        """All that is kept of these quarter-hours; ``nan`` where nothing is."""
        found = np.full((len(SERIES), len(grid)), np.nan)
        text = f"SELECT at, {', '.join(SERIES)} FROM quarter WHERE at >= ? AND at < ?"  # noqa: S608 - names of SERIES only
        for second, *row in self._db.execute(text, (_second(grid.start), _second(grid.end))):
            found[:, (_instant(second) - grid.start) // PTU] = [np.nan if v is None else v for v in row]
        return dict(zip(SERIES, found, strict=True))

    def first(self) -> datetime | None:
        """The first quarter-hour of which anything is kept."""
        found = self._db.execute("SELECT min(at) FROM quarter").fetchone()[0]
        return None if found is None else _instant(found)

    def unsent(self, since: datetime, most: int) -> list[tuple[datetime, int]]:
        """Metered quarter-hours that no message holds yet, offtake +, in order."""
        text = (
            "SELECT at, import_wh, export_wh FROM quarter WHERE number IS NULL AND import_wh IS NOT NULL "
            "AND at >= ? ORDER BY at LIMIT ?"
        )
        found = self._db.execute(text, (_second(since), most))
        return [(_instant(at), round(drawn - (fed or 0.0))) for at, drawn, fed in found]

    def say(self, quarters: list[datetime], body: Callable[[int], str]) -> int:
        """Put a message about these quarter-hours in the outbox, so that each is in one message whatever happens."""
        return self.outbox.add(
            body, "UPDATE quarter SET number = ? WHERE at = ?", [_second(at) for at in quarters]
        )

    def forget(self, until: datetime, *, all_is_said: bool) -> int:
        """Forget what was measured, planned and said by then; how many quarter-hours went.

        What has not been answered stays, and where not ``all_is_said`` what no message holds yet as well.
        """
        unsaid = "" if all_is_said else "AND (number IS NOT NULL OR import_wh IS NULL)"
        text = f"DELETE FROM quarter WHERE at < ? {unsaid} AND coalesce(number, -1) NOT IN (SELECT number FROM message WHERE became IS NULL)"  # noqa: S608 - our own words only
        with transaction(self._db):
            gone = self._db.execute(text, (_second(until),)).rowcount
            self._db.execute("DELETE FROM stay WHERE over = 1")
            self._db.execute("DELETE FROM plan")
            self._db.execute("DELETE FROM message WHERE became IS NOT NULL")
            self._db.execute("DELETE FROM fact WHERE name LIKE 'own %'")
        self._facts = {name: body for name, body in self._facts.items() if not name.startswith("own ")}
        self._db.execute("VACUUM")  # so that it cannot be read from the file either
        return gone

    def start_clean(self, stays: Collection[str]) -> None:
        """Forget everything but these facts: another household lives here from now on."""
        marks = ", ".join("?" * len(stays))
        with transaction(self._db):
            for table in ("quarter", "stay", "wish", "plan", "message"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words only
            self._db.execute(f"DELETE FROM fact WHERE name NOT IN ({marks})", tuple(stays))  # noqa: S608 - only marks
        self._later.clear()
        self._facts = {name: body for name, body in self._facts.items() if name in stays}
        self._db.execute("VACUUM")  # so that it cannot be read from the file either

    def keep(self, name: str, value: Any) -> None:
        """A fact that may change: the last board, a setting, where the car was."""
        body = json.dumps(value)
        self._facts[name] = json.loads(body)
        self._do(lambda db: db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, body)))

    def kept(self, name: str) -> Any:
        """It, or ``None``."""
        return self._facts.get(name)

    def write_stay(self, stay: Stay) -> None:
        """A stay that has begun, or what became of it."""
        row = _second(stay.arrives), _second(stay.departs), stay.stored_kwh, stay.wanted_kwh, int(stay.over)
        self._do(lambda db: db.execute("INSERT OR REPLACE INTO stay VALUES (?, ?, ?, ?, ?)", row))

    def stays(self, since: datetime) -> list[Stay]:
        """Stays that ended after this, in order."""
        found = self._db.execute("SELECT * FROM stay WHERE departs > ? ORDER BY arrives", (_second(since),))
        return [
            Stay(_instant(a), _instant(d), stored, wanted, bool(over)) for a, d, stored, wanted, over in found
        ]

    def wishes(self) -> list[tuple[int, str]]:
        """The household's wishes, each with the number by which it can be taken away."""
        return list(self._db.execute("SELECT id, line FROM wish ORDER BY id"))

    def wish(self, line: str) -> int:
        """Keep one more; unlike what is measured, a wish that cannot be kept is refused."""
        with transaction(self._db):
            return int(self._db.execute("INSERT INTO wish (line) VALUES (?)", (line,)).lastrowid or 0)

    def wish_no_more(self, number: int) -> bool:
        """Take one away; ``False`` where it is not there."""
        with transaction(self._db):
            return self._db.execute("DELETE FROM wish WHERE id = ?", (number,)).rowcount > 0

    def write_plan(self, made_at: datetime, body: Mapping[str, Any]) -> None:
        """A plan as plain data; the oldest make room."""
        packed, oldest = zlib.compress(json.dumps(body).encode()), _second(made_at) - PLANS_KEPT * 900

        def write(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO plan VALUES (?, ?)", (_second(made_at), packed))
            db.execute("DELETE FROM plan WHERE made_at < ?", (oldest,))

        self._do(write)

    def plan(self, by: datetime) -> dict[str, Any] | None:
        """The last plan made by then."""
        text = "SELECT body FROM plan WHERE made_at <= ? ORDER BY made_at DESC LIMIT 1"
        found = self._db.execute(text, (_second(by),)).fetchone()
        return None if found is None else dict(json.loads(zlib.decompress(found[0])))

    def _do(self, write: Write) -> None:
        self._later.append(write)
        try:
            with transaction(self._db):
                for one in self._later:
                    one(self._db)
        except sqlite3.Error as fault:
            self.trouble = Said(
                f"Er kan niets worden bewaard in {self._place} ({fault}); het huis gaat door uit het geheugen: maak ruimte vrij.",
                f"Nothing can be kept in {self._place} ({fault}); the home goes on from memory: make room.",
            )
        else:
            self._later.clear()
            self.trouble = None


def _known(name: str) -> str:
    assert name in SERIES, f"{name} is not kept of a quarter-hour"
    return name


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
