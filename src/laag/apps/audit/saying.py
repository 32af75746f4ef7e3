"""Hands in what a member has to say of a day, and tells what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from laag.adapters.keys import Key
from laag.apps.audit.attesting import HandsIn, Opinion, handed_in
from laag.foundation.ports import Became
from laag.foundation.words import Said


def said(mine: Opinion, kept: Sequence[Path], key: Key, node: HandsIn) -> Iterator[Said]:
    """One sentence for what was taken, and one for each that was not."""
    taken, refused = 0, list[Said]()
    for name, became in handed_in(mine, key, node):
        if became.get("became") == Became.REFUSED:
            refused.append(_refused(name, became))
        else:
            taken += 1
    yield Said(
        f"Op het grootboek gezegd: {taken} van {len(mine.attests)} bevestigingen en {len(mine.disputes)} betwistingen.",
        f"Said on the ledger: {taken} of {len(mine.attests)} attestations and {len(mine.disputes)} disputes.",
    )
    yield from refused
    for path in kept:
        yield Said(f"De redenen staan in {path}; bewaar dat.", f"The reasons are in {path}; keep it.")
    if mine.withheld:
        yield Said(
            f"Niet bevestigd, omdat zij rusten op wat niet klopt of niet na te gaan was: {', '.join(mine.withheld)}.",
            f"Not attested, because they rest on what is not right or could not be checked: {', '.join(mine.withheld)}.",
        )


def _refused(name: str, became: dict[str, Any]) -> Said:
    why = became.get("why") or {}
    return Said(
        f"{name} werd niet aangenomen: {why.get('nl', '')}", f"{name} was not taken: {why.get('en', '')}"
    )
