"""The registers at the end of each quarter-hour, appended to a file that a street can be run on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from laag.apps.meter.hearing import Finished
from laag.foundation.errors import BadInput

_TIME, _IMPORT, _EXPORT, _UNSURE = "time_utc", "import_register_kwh", "export_register_kwh", "unsure_wh"
_BOTH, _DRAWN = f"{_TIME},{_IMPORT},{_EXPORT},{_UNSURE}", f"{_TIME},{_IMPORT},{_UNSURE}"


class RegisterFile:
    """A row per quarter-hour, each instant once, however often it is begun again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.added = self.there = 0
        self._ours = not path.exists()
        self._header, self._last, cut_at = _found(path)
        self._file = path.open("ab")
        if cut_at is not None:
            # A row that was cut off, as by a power failure, is not a row; the registers count on over it.
            self._file.truncate(cut_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, where: TracebackType | None
    ) -> None:
        self._file.close()
        if self._ours and self._header is None:
            self.path.unlink(missing_ok=True)

    def add(self, finished: Finished) -> None:
        """The end of this quarter-hour, and its begin where that is not there yet."""
        if self._last is not None and finished.end <= self._last:
            self.there += 1
            return
        rows = []
        if self._header is None:
            self._header = _DRAWN if finished.export_wh is None else _BOTH
            rows.append(self._header)
        quarter, export_wh = finished.quarter, finished.export_wh
        if self._last is None or self._last < quarter.start:
            before = None if export_wh is None else export_wh - (quarter.export_wh or 0)
            rows.append(self._row(quarter.start, finished.import_wh - quarter.import_wh, before, None))
        rows.append(self._row(finished.end, finished.import_wh, export_wh, quarter.unsure_wh))
        try:
            self._file.write("".join(row + "\n" for row in rows).encode())
            self._file.flush()
        except OSError as fault:
            raise BadInput(
                f"{self.path} cannot be written ({fault.strerror}); make room, or give another file"
            ) from fault
        self._last = finished.end
        self.added += 1

    def _row(self, at: datetime, import_wh: int, export_wh: int | None, unsure_wh: int | None) -> str:
        counted = [import_wh] if self._header == _DRAWN else [import_wh, export_wh]
        cells = ["" if wh is None else f"{wh / 1000:.3f}" for wh in counted]
        return ",".join([f"{at:%Y-%m-%dT%H:%M:%SZ}", *cells, "" if unsure_wh is None else str(unsure_wh)])


def _found(path: Path) -> tuple[str | None, datetime | None, int | None]:
    """The header of a file that is there already, its last instant, and where a half row must be cut off."""
    if not path.exists():
        return None, None, None
    if not path.is_file():
        raise BadInput(f"{path} is not a file; give one to append to, or a new one")
    raw = path.read_bytes()
    whole = raw.rfind(b"\n") + 1
    if any(header.encode().startswith(raw) for header in (_BOTH, _DRAWN)):
        return None, None, 0 if raw else None
    header, *rows = raw[:whole].decode("utf-8", "replace").splitlines() or [""]
    last = _instant(rows[-1]) if rows else None
    if header not in {_BOTH, _DRAWN} or (rows and last is None):
        raise BadInput(
            f"{path} is not a file that this command wrote, or its last row was changed; give another"
        )
    return header, last, whole if whole < len(raw) else None


def _instant(row: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(row.partition(",")[0])
    except ValueError:
        return None
    return at if at.utcoffset() == timedelta(0) else None
