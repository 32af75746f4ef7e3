"""What is said when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from laag.adapters.dsmr import Source
from laag.apps.meter import phrases
from laag.apps.meter.hearing import Hearing
from laag.apps.meter.page import sureness
from laag.apps.meter.register_file import RegisterFile
from laag.foundation.ptu import AMSTERDAM
from laag.foundation.words import Lang, Said


def sentences(hearing: Hearing, lang: Lang, file: RegisterFile | None) -> Iterator[str]:
    """A few lines for the reader."""
    if hearing.tally is None:
        yield Said("Er is niets geteld.", "Nothing was counted.").to(lang)
    else:
        count = hearing.tally.since
        begin, end = (at.astimezone(AMSTERDAM) for at in (count.begin, hearing.tally.last.reading.at))
        taken, given = (phrases.energy(wh, lang, in_kwh=True) for wh in (count.import_wh, count.export_wh))
        span = f"{begin:%d-%m %H:%M} – {end:%d-%m %H:%M}"
        yield Said(
            f"{span}: {taken} afgenomen, {given} geleverd.", f"{span}: took {taken}, gave {given}."
        ).to(lang)
    if hearing.quarters:
        yield sureness(hearing, lang)
    if hearing.left or hearing.set_aside:
        yield Said(
            f"Niet meegeteld: telegrammen {hearing.left}, metingen {hearing.set_aside}.",
            f"Set aside: telegrams {hearing.left}, readings {hearing.set_aside}.",
        ).to(lang)
    if file is not None:
        there = (
            Said(f"; er al in: {file.there}", f"; in it already: {file.there}").to(lang) if file.there else ""
        )
        yield Said(
            f"Kwartieren bijgeschreven in {file.path.name}: {file.added}{there}.",
            f"Quarter-hours added to {file.path.name}: {file.added}{there}.",
        ).to(lang)


def as_words(hearing: Hearing, file: RegisterFile | None) -> dict[str, Any]:
    """The same for a program."""
    words: dict[str, Any] = {
        "kind": "summary",
        "quarters": hearing.quarters,
        "estimated": hearing.estimated,
        "unsure_wh": hearing.unsure_wh,
        "telegrams_set_aside": hearing.left,
        "readings_set_aside": hearing.set_aside,
    }
    if hearing.tally is not None:
        count = hearing.tally.since
        words |= {"start": f"{count.begin:%Y-%m-%dT%H:%M:%SZ}", "end": f"{hearing.tally.last.reading.at:%Y-%m-%dT%H:%M:%SZ}",
                  "import_wh": count.import_wh, "export_wh": count.export_wh, "whole": count.whole}  # fmt: skip
        words["others"] = [
            {"kind": one.last.kind, "count": one.since, "unit": one.last.unit}
            for one in hearing.tally.others.values()
        ]
    if file is not None:
        words |= {"csv_added": file.added, "csv_there": file.there}
    return words


def nothing_in(source: Source, hearing: Hearing) -> Said:
    """Why an input that ended gave nothing."""
    left = hearing.left
    nl, en = (f" (niet meegeteld: {left})", f" (set aside: {left})") if left else ("", "")
    return Said(
        f"{source.name} bevat geen telegram dat klopt{nl}; een telegram begint met een regel als /ABC5… en eindigt met ! en een controlesom",
        f"{source.name} holds no telegram that is right{en}; a telegram begins with a line like /ABC5… and ends with ! and a checksum",
    )
