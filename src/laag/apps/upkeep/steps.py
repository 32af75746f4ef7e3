"""What the commands do and say; each returns how the command ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from laag import __version__
from laag.adapters.clocks import Wall, clock_of
from laag.adapters.stores import open_log
from laag.apps.street.kept import Kept, followed
from laag.apps.street.opening import begun_by
from laag.apps.upkeep import inventory, rotation
from laag.apps.upkeep import note as notes
from laag.apps.upkeep import rollback as back
from laag.apps.upkeep import upgrade as upgrading
from laag.apps.upkeep.concerns import Weight, concerns
from laag.apps.upkeep.stages import first, health
from laag.apps.upkeep.streets import street_in
from laag.cycle import live
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

OTHERWISE = 1
"""How a command ends that did what was asked and found something."""


def prepare(config: Path, folder: Path, lang: Lang) -> int:
    """Note how things stand, beside a copy."""
    note = upgrading.prepare(street_in(config), folder, __version__, Wall().now())
    said = Said(
        f"{note.events} gebeurtenissen gecontroleerd en gekopieerd onder laag {note.version}; "
        f"doe nu met de nieuwe versie: laag upgrade check {folder}",
        f"{note.events} events verified and copied under laag {note.version}; "
        f"now with the new version: laag upgrade check {folder}",
    )
    print(said.to(lang))
    return 0


def check(folder: Path, lang: Lang) -> int:
    """Say what this version would make of the log."""
    note = notes.read(folder)
    street = street_in(Path(note.config))
    found = upgrading.check(note, folder, street.place)
    for one in found:
        print(one.to(lang))
    said = (
        Said(
            f"laag {__version__} maakt er iets anders van dan laag {note.version}; start het niet, en meld dit",
            f"laag {__version__} makes something else of it than laag {note.version}; do not start it, and report this",
        )
        if found
        else Said(
            f"laag {__version__} maakt van {note.events} gebeurtenissen hetzelfde als laag {note.version}; het kan worden gestart",
            f"laag {__version__} makes the same of {note.events} events as laag {note.version}; it can be started",
        )
    )
    print(said.to(lang))
    return OTHERWISE if found else 0


def rollback(folder: Path, losing: int, lang: Lang) -> int:
    """Go back where nothing is lost, or where exactly that much may be."""
    note = notes.read(folder)
    store = street_in(Path(note.config)).store
    if upgrading.shown(store) != note.store:
        raise BadInput(
            f"the configuration now keeps its log at {upgrading.shown(store)}, and the note is about {note.store}; "
            "set it back, or give the folder of that log"
        )
    way = back.way_back(note, store)
    loses = way.way is back.Way.LOSS
    agreed = loses and losing == way.since
    if not agreed:
        print(back.said(way, note, back.what_came(store, note) if loses else ()).to(lang))
    if way.way is back.Way.AS_IT_IS:
        return 0
    if loses and not agreed:
        return OTHERWISE
    aside = back.restore(note, folder, store, Wall().now())
    done = Said(
        f"de kopie staat op haar plaats, wat er stond in {aside}; zet nu laag {note.version} terug en start het",
        f"the copy is in its place, and what was there in {aside}; now install laag {note.version} and start it",
    )
    print(done.to(lang))
    return 0


def homes(config: Path, version: str, percent: float, since: datetime | None, lang: Lang) -> int:
    """Whose turn it is, and how they are doing."""
    if since is not None and since.tzinfo is None:
        raise BadInput(f"--since {since.isoformat()} leaves open in which zone; end it in Z or +01:00")
    street = street_in(config)
    with open_log(street.store) as log:
        kept = Kept(live.begin(begun_by(street.place, log)))
        for event in log.events():
            kept = followed(kept, event)
    staged = first(kept.live.members, version, percent)
    for one in staged:
        print(one)
    if since is None:
        return 0
    found = health(kept.live, staged, since.astimezone(UTC), clock_of(street.clock).now())
    why = found.stop()
    well = Said(
        f"de {len(staged)} huizen met laag {version} worden even goed gehoord als voorheen",
        f"the {len(staged)} homes with laag {version} are heard as well as before",
    )
    print((why or well).to(lang))
    return OTHERWISE if why else 0


def backups(config: Path, folder: Path, keep: int) -> int:
    """One copy more."""
    street = street_in(config)
    made = rotation.copy(street.store, folder, keep, Wall().now(), street.files, clock_of(street.clock).now())
    print(made)
    return 0


def put_back(config: Path, copy: Path, lang: Lang) -> int:
    """A copy where nothing is any more."""
    from laag.apps.upkeep.put_back import put_back as back

    street = street_in(config)
    assert street.files is not None, "settings name them"
    done = back(copy, street.store, street.files, clock_of(street.clock).now())
    size = "" if done.told is None else f", {done.told.size}"
    said = Said(
        f"{done.events} gebeurtenissen{size and size + ' inschrijvingen'} teruggezet van {done.made.at:%Y-%m-%d %H:%M} UTC; iedereen leest dat het is gebeurd",
        f"{done.events} events{size and size + ' entries'} put back from {done.made.at:%Y-%m-%d %H:%M} UTC; everybody reads that it happened",
    )
    print(said.to(lang))
    if street.has_witnesses:
        more = Said(
            f"haal nu, voor de server start, bij de getuigen op wat er daarna nog in het boek kwam: laag ledger recover {config}",
            f"now, before the server starts, fetch from the witnesses what came onto the record after that: laag ledger recover {config}",
        )
        print(more.to(lang))
    return 0


def devices(file: Path, lang: Lang) -> int:
    """What is worth a word about each."""
    known = inventory.read(file).devices
    found = concerns(known, Wall().now().date())
    for one in found:
        print(one.said.to(lang))
    if not found:
        all_well = Said(
            f"{len(known)} apparaten, en van alle is bekend wat bekend moet zijn",
            f"{len(known)} devices, and of all is known what should be",
        )
        print(all_well.to(lang))
    return OTHERWISE if any(one.weight is Weight.DANGER for one in found) else 0
