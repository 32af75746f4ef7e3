"""The way back to the version that ran before: what it would cost, and how to go it without losing what was promised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from laag.adapters.stores import open_log
from laag.adapters.stores.places import scheme
from laag.adapters.stores.tables import Head, file_of, head
from laag.apps.upkeep import accounts_aside
from laag.apps.upkeep import note as notes
from laag.apps.upkeep.in_place import put_in_place
from laag.apps.upkeep.note import Note
from laag.foundation.errors import BadInput
from laag.foundation.words import Said


class Way(StrEnum):
    """Which way leads back."""

    AS_IT_IS = "as it is"
    """The tables are those of the version before: it opens the log as it is, with all that came since."""
    COPY = "copy"
    """Nothing came since: the copy is the log."""
    LOSS = "loss"
    """Something came since, in tables that the version before cannot open."""


@dataclass(frozen=True, slots=True)
class Back:
    """The way back, and what came since."""

    way: Way
    since: int
    """Events after the copy was made."""


def way_back(note: Note, store: str) -> Back:
    """Look at the log, and touch nothing."""
    now, then = head(store), head(store, note.events)
    if (then.events, then.digest) != (note.events, note.log_digest):
        raise BadInput(
            f"the log at {note.store} is not the one that was copied before the upgrade; "
            "give the folder of the last upgrade of this log"
        )
    since = now.events - note.events
    if now.tables == note.tables:
        return Back(Way.AS_IT_IS, since)
    return Back(Way.LOSS if since else Way.COPY, since)


def what_came(store: str, note: Note) -> tuple[tuple[str, int], ...]:
    """How many events of each kind came since, by kind; nothing where this version cannot open the log."""
    now: Head = head(store)
    if now.tables != now.known:
        return ()
    with open_log(store) as log:
        return tuple(sorted(Counter(one.kind for one in islice(log.events(), note.events, None)).items()))


def restore(note: Note, folder: Path, store: str, now: datetime) -> Path:
    """Put the copy in the log's place, and what was there aside; returns where that is now."""
    if scheme(store) in {"postgresql", "postgres"}:
        raise BadInput(
            f"a log in PostgreSQL is restored beside the old one: with laag {note.version}, "
            f"laag restore {folder / notes.LOG} followed by the same address with another schema, and that in the configuration"
        )
    if notes.sha256(folder / notes.LOG) != note.log_file:
        raise BadInput(f"{folder / notes.LOG} was changed after it was written, and is no way back any more")
    aside = put_in_place(folder / notes.LOG, file_of(store), now)
    accounts_aside.bring_back(note, folder / notes.RECORDS, store, now)
    return aside


def said(back: Back, note: Note, came: tuple[tuple[str, int], ...]) -> Said:
    """What the way back is, to who has to go it."""
    kinds = ", ".join(f"{count} × {kind}" for kind, count in came) or f"{back.since}"
    match back.way:
        case Way.AS_IT_IS:
            return Said(
                f"er gaat niets verloren: de tabellen zijn die van laag {note.version}, dat het logboek opent zoals het is "
                f"(ook de {back.since} gebeurtenissen van na de kopie); zet die versie terug en start haar",
                f"nothing is lost: the tables are those of laag {note.version}, which opens the log as it is "
                f"(with the {back.since} events that came after the copy); install that version and start it",
            )
        case Way.COPY:
            return Said(
                f"er gaat niets verloren: na de kopie van {note.made_at} is niets bijgeschreven",
                f"nothing is lost: nothing was appended after the copy of {note.made_at}",
            )
        case Way.LOSS:
            return Said(
                f"er zou verloren gaan wat na {note.made_at} is bijgeschreven ({kinds}): huizen kregen te horen dat het "
                f"bewaard is en sturen het niet nog eens; blijf liever op de nieuwe versie, of ga terug met --losing {back.since}: "
                "het huidige logboek blijft ernaast liggen",
                f"what was appended after {note.made_at} would be lost ({kinds}): homes were told that it is kept and do not "
                f"send it again; rather stay on the new version, or go back with --losing {back.since}: "
                "the log as it is now stays beside it",
            )
