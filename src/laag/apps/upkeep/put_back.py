"""A whole copy put back where nothing is any more: log, accounts and the shared record, and a note of it for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from laag.adapters.neighbourhood.committed import Restored
from laag.adapters.stores import copied, open_log, open_records
from laag.adapters.stores.places import scheme
from laag.adapters.stores.records import beside
from laag.adapters.stores.tables import file_of, head
from laag.apps.street.ledger.opening import Files
from laag.apps.street.ledger.past import Past
from laag.apps.upkeep import ledger_aside
from laag.apps.upkeep.rotation import Made, made_of, records_of
from laag.apps.upkeep.upgrade import shown
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Back:
    """What was put back."""

    events: int
    made: Made
    told: Restored | None
    """What everybody reads of it; ``None`` of a copy without a ledger."""


def put_back(copy: Path, store: str, files: Files, now: datetime) -> Back:
    """Into places that hold nothing, every event verified on the way; ``now`` is by the neighbourhood's clock."""
    try:
        made = made_of(copy)
    except (OSError, json.JSONDecodeError, KeyError, TypeError, ValueError) as odd:
        raise BadInput(f"{copy} is no whole copy ({odd}); give one that 'laag backups' made") from odd
    _nothing_there(store, files)
    for kept, place in ledger_aside.pairs(files, copy):
        ledger_aside.bring_back(kept, place)
    with open_log(copy) as log:
        copied(log, store)
        events = log.verify()
    if scheme(store) not in {"postgresql", "postgres"} and records_of(copy).exists():
        ledger_aside.bring_back(records_of(copy), Path(beside(file_of(store))))
    told = None if not made.ledger else Restored(at=now, copied=made.at, size=made.entries)
    if told is not None:
        with open_records(store) as records:
            Past(records).put_back(told)
    return Back(events, made, told)


def _nothing_there(store: str, files: Files) -> None:
    if head(store).events:
        raise BadInput(
            f"there is a log at {shown(store)}; move it aside, or give another store in the settings"
        )
    if files.store.exists():
        raise BadInput(f"there is a ledger at {files.store}; move it aside, with what lies beside it")
