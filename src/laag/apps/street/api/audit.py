"""A day for whoever supervises, to be computed again elsewhere: its events, salts and entries; every home reads who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from gzip import GzipFile
from tempfile import TemporaryFile
from typing import IO

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from laag.apps.access import PURPOSES, Caller, Door, Doors, Look, Purpose, Role, look_event
from laag.apps.audit import wire
from laag.apps.street.ledger.words import NO_RECORD, before
from laag.apps.street.running import Running, address, let_in, running
from laag.apps.street.taking import Noted
from laag.apps.street.trouble import NOTHING, Trouble
from laag.foundation.ports import Event
from laag.foundation.words import Said

router = APIRouter(tags=["regulator"])
_PATH = "/api/v1/audit/{day}"
AUDIT_DOORS: Doors = {
    ("GET", _PATH): Door.of(
        Role.REGULATOR,
        what=Said(
            "een hele dag van de straat, met je orders en metingen, om hem na te rekenen",
            "a whole day of the street, with your orders and readings, to compute it again",
        ),
    )
}
_WEIGHT = 30
"""For as many reads as it counts: a log is read from its beginning."""
_PIECE = 1 << 16
_NO_PURPOSE = Said(
    "Hierin staan gegevens van ieder huis. Zeg waarvoor je ze nodig hebt (Laag-Purpose: supervision); ieder huis kan het lezen.",
    "This holds data of every home. Say what you need them for (Laag-Purpose: supervision); every home can read it.",
)


@router.get(_PATH)
async def audit(request: Request, day: date) -> StreamingResponse:
    """Lines of JSON, packed: what bears on the day and what `laag audit` needs to compare it with the ledger."""
    here = running(request)
    shared, caller = here.shared, _caller(request)
    if shared is None:
        raise Trouble(404, NO_RECORD)
    if (began := shared.past.began) is not None and day < began:
        raise Trouble(404, before(day, began))
    purpose = _purpose(request, caller)
    let_in(here.limits.reads, caller.name or address(request), _WEIGHT)
    homes = await _homes(here, day)
    if not homes:
        raise Trouble(404, NOTHING)
    door = f"GET {_PATH}"
    looks = [Look(home, caller.role, caller.name, purpose, door, here.now()) for home in homes]
    await here.keeper.ask([Noted(look_event(one)) for one in looks])
    file = await here.keeper.read(
        lambda events: _written(wire.lines(events, day, here.records, shared.opened.ledger))
    )
    return StreamingResponse(
        _pieces(file),
        media_type="application/x-ndjson",
        headers={"Content-Encoding": "gzip", "Cache-Control": "no-store"},
    )


def _caller(request: Request) -> Caller:
    found: Caller = request.state.caller
    return found


def _purpose(request: Request, caller: Caller) -> Purpose:
    said = request.headers.get("laag-purpose") or request.query_params.get("purpose")
    if said not in PURPOSES[caller.role]:
        raise Trouble(422, _NO_PURPOSE)
    return Purpose(said)


async def _homes(here: Running, day: date) -> list[str]:
    """Whose data they are: everybody who had joined by then and not left before."""

    def joined(events: Iterator[Event]) -> list[str]:
        return [event.key for event in events if str(event.facts["first_day"]) <= day.isoformat()]

    members = here.keeper.live.members
    there = dict.fromkeys(await here.keeper.read(joined, "joined"))
    return [
        home
        for home in there
        if home not in members or (last := members[home].last_day) is None or last >= day
    ]


def _written(said: Iterator[bytes]) -> IO[bytes]:
    """In a file without a name: a day of two thousand homes is a hundred megabytes."""
    file = TemporaryFile()  # noqa: SIM115 - closed when it was sent
    with GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed:
        for line in said:
            packed.write(line)
    file.seek(0)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
