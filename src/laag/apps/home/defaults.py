"""What holds for a household that wishes nothing: the public defaults, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from laag.apps.home.lines import line, title
from laag.foundation.words import Lang, Said
from laag.home.defaults import By, Edition, Feature, Holding, Household, Line, Sure
from laag.home.preferences import say

_EVERYONE = Said("voor iedereen", "for everyone")
_FOR, _WITH, _SOURCE = Said("voor", "for"), Said("met", "with"), Said("Bron", "Source")
_YOU_SAID = Said("Wat je zelf hebt gezegd", "What you said yourself")
_DEFAULT_SAYS = Said("Wat de publieke standaard zegt", "What the public default says")
_NOBODY_SAYS = Said("Waarover niemand iets zegt", "What nobody says anything about")
_NOTHING = Said("Niets.", "Nothing.")
_CHEAPEST = Said("Daar kiest het plan wat het minst kost.", "There the plan chooses what costs least.")
_FEATURES: Mapping[Feature, Said] = {
    Feature.CAR: Said("een auto", "a car"),
    Feature.TWO_WAY_CAR: Said("een auto die teruggeeft", "a car that gives back"),
    Feature.BATTERY: Said("een thuisbatterij", "a home battery"),
    Feature.PV: Said("zonnepanelen", "solar panels"),
    Feature.HEATING: Said("verwarming die te sturen is", "heating that can be steered"),
    Feature.HEAT_PUMP: Said("een warmtepomp", "a heat pump"),
    Feature.FLOOR_HEATING: Said("vloerverwarming", "floor heating"),
    Feature.TANK: Said("een boilervat", "a hot-water tank"),
    Feature.DISHWASHER: Said("een vaatwasser", "a dishwasher"),
    Feature.WASHING_MACHINE: Said("een wasmachine", "a washing machine"),
    Feature.DRYER: Said("een droger", "a dryer"),
}
_SURE: Mapping[Sure, Said] = {
    Sure.READ: Said("gelezen in de bron", "read in the source"),
    Sure.SECOND_HAND: Said("gelezen in een tweede bron", "read in a second source"),
    Sure.UNVERIFIED: Said("niet nagezocht", "not verified"),
    Sure.CHOICE: Said("een keuze", "a choice"),
}


def show(edition: Edition, lang: Lang, console: Console) -> None:
    """All lines of an edition, with where each comes from and how sure that is."""
    line(console, "", edition.provenance.said.to(lang))
    line(console, "", edition.provenance.why.to(lang))
    for default in edition.lines:
        console.print()
        console.print(Text(say(default.wish, lang), style="bold"), soft_wrap=True)
        line(console, "  ", f"{_for_whom(default, lang)}. {default.why.to(lang)}")
        line(
            console,
            "  ",
            f"{_SOURCE.to(lang)}: {default.source} ({_SURE[default.sure].to(lang)})",
            style="dim",
        )


def _for_whom(default: Line, lang: Lang) -> str:
    """For which households, with which devices; the narrower device says it all."""
    who = [each.called.to(lang) for each in Household if each in default.households]
    needs = default.needs - ({Feature.CAR} if Feature.TWO_WAY_CAR in default.needs else set())
    needs -= {Feature.HEATING} if Feature.FLOOR_HEATING in needs else set()
    there = [_FEATURES[each].to(lang) for each in Feature if each in needs]
    words = f"{_FOR.to(lang)} {', '.join(who)}" if who else _EVERYONE.to(lang)
    words = f"{words} {_WITH.to(lang)} {', '.join(there)}" if there else words
    return f"{words[0].upper()}{words[1:]}"


def show_for(held: Holding, edition: Edition, lang: Lang, console: Console) -> None:
    """Which wishes and which defaults hold in one home, and what nobody says anything about."""
    line(console, "", held.said[0].to(lang))
    title(console, _YOU_SAID, lang)
    own = [row.wish for row in held.rows if row.by is By.HOUSEHOLD and row.wish is not None]
    for wish in own:
        line(console, "  ", say(wish, lang))
    if not own:
        line(console, "  ", _NOTHING.to(lang))
    title(console, _DEFAULT_SAYS, lang)
    line(console, "  ", edition.provenance.said.to(lang))
    for row in held.rows:
        if row.by is By.DEFAULT and row.wish is not None:
            why = row.why.to(lang).removeprefix(edition.provenance.said.to(lang)).strip()
            line(console, "  ", f"{say(row.wish, lang)}: {why[:1].lower()}{why[1:]}")
    if silent := [row.about[0].called.to(lang) for row in held.rows if row.by is By.NOBODY]:
        title(console, _NOBODY_SAYS, lang)
        line(console, "  ", f"{', '.join(silent)}. {_CHEAPEST.to(lang)}")


def as_words(edition: Edition, lang: Lang) -> dict[str, Any]:
    """For a program."""
    told = edition.provenance
    return {
        "edition": told.edition,
        "status": told.status.value,
        "said": told.said.to(lang),
        "why": told.why.to(lang),
        "lines": [asdict(row) for row in edition.rows(lang)],
    }
