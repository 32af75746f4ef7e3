"""What happened to a neighbourhood that its record cannot tell: since when there is one, and when it was put back from a copy."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from laag.adapters.neighbourhood.committed import Restored
from laag.cycle.live import first_open
from laag.foundation.errors import LaagError
from laag.foundation.ports import Ledger, Records

if TYPE_CHECKING:
    from laag.cycle.live import Live

RESTORED, BEGAN = "ledger_restored", "ledger_began"
_OURS = "street"


class Past:
    """In the records beside the log.

    >>> from laag.adapters.stores import open_records
    >>> with open_records(":memory:") as records:
    ...     Past(records).began, Past(records).restored
    (None, [])
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def began(self) -> date | None:
        """The first day that the record is about; ``None`` where it is as old as the neighbourhood."""
        body = self._records.get(BEGAN, _OURS)
        said = None if body is None else body.get("day")
        return None if said is None else date.fromisoformat(said)

    def begin(self, ledger: Ledger, state: Live) -> None:
        """Decide it, once: a record that holds nothing of us begins with the first day whose orders can still change."""
        if self._records.get(BEGAN, _OURS) is not None:
            return
        day = None
        if any(known.closed for known in state.days.values()):
            try:
                fresh = not (ledger.keys("book/") or ledger.keys("settle/"))
            except (LaagError, OSError):  # away: it is decided at the next start
                return
            day = first_open(state).isoformat() if fresh else None
        self._records.put_if(BEGAN, _OURS, None, {"day": day})

    @property
    def restored(self) -> list[Restored]:
        """Each time, the oldest first."""
        return [
            Restored(
                at=datetime.fromisoformat(body["at"]),
                copied=datetime.fromisoformat(body["copied"]),
                size=int(body["size"]),
            )
            for _, body in sorted(self._records.list(RESTORED))
        ]

    def put_back(self, told: Restored) -> None:
        """Note it, for good and for everybody."""
        body = {"at": told.at.isoformat(), "copied": told.copied.isoformat(), "size": told.size}
        self._records.put(RESTORED, told.at.isoformat(), body)
