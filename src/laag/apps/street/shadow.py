"""Shadow runs: tried in a thread of their own as soon as something is proposed, and kept beside the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from laag.cycle.fingerprint import fingerprint
from laag.cycle.live import Neighbourhood
from laag.cycle.shadow import Chosen, Group, Table, tried, untried
from laag.cycle.shadow.tried import Far
from laag.foundation.errors import LaagError
from laag.foundation.ports import Event, Records
from laag.neighbourhood.charter import Charter

KIND = "shadow"
_TABLE: TypeAdapter[Table] = TypeAdapter(Table)


class Shadows:
    """The tables that were made, by proposal. They hold what each home would have paid, so they can be forgotten."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def get(self, proposal: str) -> Table | None:
        """The table of a proposal; ``None`` where there is none yet, or none that this version can read."""
        body = self._records.get(KIND, proposal)
        try:
            return None if body is None else _TABLE.validate_python(body)
        except ValidationError:
            return None

    def put(self, table: Table) -> str:
        """Keep it; returns the digest by which the log names it."""
        body: dict[str, Any] = _TABLE.dump_python(table, mode="json")
        self._records.put(KIND, table.proposal, body)
        return fingerprint(table)

    def forget(self, member: str) -> None:
        """Take a home that left out of every table; what is said of groups stays."""
        for proposal, body in self._records.list(KIND):
            homes = body.get("homes")
            if isinstance(homes, dict) and member in homes:
                rest = {name: one for name, one in homes.items() if name != member}
                self._records.put(KIND, proposal, {**body, "homes": rest})


def made(
    place: Neighbourhood,
    events: Iterator[Event],
    chosen: Chosen,
    proposal: str,
    articles: Sequence[str],
    charter: Charter,
    *,
    floor: int,
    groups: Sequence[Group] = (),
    far: Far,
) -> Table:
    """The table, also where days could not be worked out again: then it says so of each."""
    try:
        return tried(place, events, chosen, proposal, articles, charter, floor=floor, groups=groups, far=far)
    except LaagError:
        return untried(proposal, articles, chosen, floor=floor)
