"""How people call whoever asks something."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Lang, Said
from laag.home.conflicts.request import Kind, Request
from laag.home.devices import Appliance
from laag.home.preferences import Misheard, hear
from laag.home.preferences import say as say_wish
from laag.home.preferences.blanks import MACHINES
from laag.home.preferences.effects.machines import machine_of
from laag.home.reasons.say import whose

_NEED: Mapping[Kind, Said] = {
    Kind.IMPORT_FUSE: Said("wat je aansluiting aankan", "what your connection carries"),
    Kind.EXPORT_FUSE: Said("wat je aansluiting aankan", "what your connection carries"),
    Kind.PHASE_FUSE: Said("de zekering van een fase", "the fuse of a phase"),
    Kind.LEGIONELLA: Said("de beurt tegen legionella", "the run against legionella"),
    Kind.CAR_READY: Said("de auto die klaar moet zijn", "the car that must be ready"),
    Kind.WARMTH: Said("de warmte die je vraagt", "the warmth you ask for"),
    Kind.HOT_WATER: Said("het warme water dat je vraagt", "the hot water you ask for"),
}
_KNOWN = {
    "house": Said("de beveiliging van het huis", "the protection of the house"),
    "charter": Said("het reglement van de buurt", "the charter"),
}
"""Others are known to the reasons of a plan too."""


def called(request: Request) -> Said:
    """Who asks.

    >>> from laag.home.ladder import Rung
    >>> def asks(kind, source): return Request(kind, Rung.COMFORT, "household", source, 0.0, 0.0)
    >>> called(asks(Kind.STORED, "wish:keep 20 % for a power cut")).nl
    "'houd 20 % achter voor stroomuitval'"
    >>> called(asks(Kind.IMPORT, "dso:emergency 12")).en, called(asks(Kind.INDOOR, "house:frost")).nl
    ('the grid operator (emergency 12)', 'de beveiliging van het huis (frost)')
    """
    if request.kind in _NEED:
        return _NEED[request.kind]
    if request.kind is Kind.PROGRAMME:
        machine = machine_called(request.name)
        return Said(f"de {machine.nl} die klaar moet zijn", f"the {machine.en} that must be done")
    wish = quoted(request.source)
    if wish is not None:
        default = request.source.startswith("default:")
        return Said(f"de standaard {wish.nl}", f"the default {wish.en}") if default else wish
    known, _, name = request.source.partition(":")
    who = _KNOWN.get(known)
    if who is None:
        return whose(request.source)
    return Said(f"{who.nl} ({name.strip()})", f"{who.en} ({name.strip()})") if name else who


def quoted(source: str) -> Said | None:
    """The sentence of a wish or a default in quotes; ``None`` where it is neither.

    >>> quoted("default:nl-2026.11/family:hot water at least 50 °C by 07:00").nl
    "'warm water minstens 50 °C om 07:00'"
    """
    known, _, rest = source.partition(":")
    if known not in {"wish", "default"}:
        return None
    for line in (rest, rest.partition(":")[2]):  # a default has an id before its sentence
        wish = hear(line)
        if not isinstance(wish, Misheard):
            return Said(f"'{say_wish(wish, Lang.NL)}'", f"'{say_wish(wish, Lang.EN)}'")
    return None


def machine_called(name: str) -> Said:
    """A machine by its name in both languages, where it is one that wishes know."""
    machine = machine_of(Appliance(name, (0.0,)))
    return MACHINES[machine][0] if machine is not None else Said(name, name)
