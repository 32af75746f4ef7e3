"""An upgrade in three steps that touch nothing: note how things stand, try the new version on a copy, and compare.

Only the fourth, to start the new version, changes the log's tables; ``back`` says what the way back is from there.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from laag.adapters.stores import SqliteLog, copied, open_log
from laag.adapters.stores.address import Address
from laag.adapters.stores.places import scheme
from laag.adapters.stores.tables import file_of, head
from laag.apps.street.ledger.opening import Files
from laag.apps.street.opening import begun_by
from laag.apps.upkeep import accounts_aside
from laag.apps.upkeep import note as notes
from laag.apps.upkeep.note import Note
from laag.apps.upkeep.standing import Standing, differences, standing
from laag.cycle.live import Neighbourhood
from laag.foundation.errors import BadInput
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Street:
    """What an upgrade is about."""

    config: Path
    store: str
    place: Neighbourhood
    clock: str = "wall"
    files: Files | None = None
    """Of its shared record."""
    has_witnesses: bool = False


def prepare(street: Street, folder: Path, version: str, now: datetime) -> Note:
    """Verify the log, copy it beside, fold the copy and note what it comes to; the server may go on meanwhile."""
    before = head(street.store)
    if before.tables == 0:
        raise BadInput(f"there is no log at {shown(street.store)} yet; there is nothing to prepare")
    if before.tables != before.known:
        raise BadInput(
            f"{shown(street.store)} has tables of version {before.tables} and this laag would bring them to {before.known}; "
            "prepare with the version that runs now, so that there is a way back to it"
        )
    _empty(folder)
    with open_log(street.store) as log:
        log.verify()
        digest = copied(log, folder / notes.LOG)
    shutil.copyfile(street.config, folder / notes.CONFIG)
    (folder / notes.CONFIG).chmod(0o600)
    records = accounts_aside.keep(street.store, folder / notes.RECORDS)
    with SqliteLog(folder / notes.LOG) as copy:
        now_stands = _came_to(copy, street.place)
    _no_fault(now_stands)
    made = Note(
        version=version,
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        config=str(street.config.absolute()),
        store=shown(street.store),
        tables=before.tables,
        records_tables=records,
        log_digest=digest,
        log_file=notes.sha256(folder / notes.LOG),
        events=now_stands.events,
        days=dict(now_stands.days),
        accounts=dict(now_stands.accounts),
        standing=now_stands.digest,
    )
    notes.write(folder, made)
    return made


def _came_to(log: SqliteLog, place: Neighbourhood) -> Standing:
    place = begun_by(place, log)
    events = log.events()
    try:
        return standing(events, place)
    finally:
        # A question that was not asked to its end keeps the file, and its closing would hide what went wrong.
        if isinstance(events, Generator):
            events.close()


def _empty(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = any(folder.iterdir())
    except OSError as fault:
        raise BadInput(f"{folder} cannot be made ({fault.strerror}); give another with --to") from fault
    if kept:
        raise BadInput(f"{folder} holds something already; give a folder that is not there yet with --to")


def _no_fault(stands: Standing) -> None:
    if stands.otherwise:
        raise BadInput(
            f"the log does not come out as it was written ({stands.otherwise[0].en}); "
            "find out why before you upgrade: the version that runs is not the one that wrote it"
        )


def check(note: Note, folder: Path, place: Neighbourhood) -> tuple[Said, ...]:
    """Let this version open a copy of the copy, and say what comes out otherwise; nothing where it may be started."""
    with TemporaryDirectory(prefix="laag-upgrade-") as scratch:
        trial = Path(scratch) / notes.LOG
        shutil.copyfile(folder / notes.LOG, trial)
        with SqliteLog(trial) as log:  # brings the tables of the copy up to date
            log.verify()
            if log.digest() != note.log_digest:
                raise BadInput(
                    "the copy is not the log that was noted; prepare again, with the version that runs"
                )
            return differences(note.came_to(), _came_to(log, place))


def shown(store: str) -> str:
    """A place without its password.

    >>> shown("postgresql://ann:s3cret@db.example/street")
    'postgresql://ann@db.example:5432/street?schema=laag'
    """
    if scheme(store) in {"postgresql", "postgres"}:
        return str(Address.of(store))
    return str(file_of(store).absolute())
