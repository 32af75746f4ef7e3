"""What was missing or impossible among the numbers of a home, and what the plan took instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from laag.apps.home.day import Day
from laag.apps.home.words import said, written
from laag.foundation.words import Lang, Said

_MEAN = "the mean of the others"
_GAP = Said(
    "{series} heeft vanaf {first} {count} kwartieren die niet bekend zijn: het gemiddelde van de andere aangenomen",
    "{series} has {count} quarter-hours from {first} on that are not known: taken as the mean of the others",
)
_ONE_GAP = Said(
    "{series} heeft om {first} een kwartier dat niet bekend is: het gemiddelde van de andere aangenomen",
    "{series} has a quarter-hour at {first} that is not known: taken as the mean of the others",
)
_ALL_GAP = Said(
    "{series} is nergens bekend: een gewone waarde aangenomen",
    "{series} is known nowhere: taken as a usual value",
)
_LEVEL = Said("{who} meldt {says}: {taken} aangenomen", "{who} says {says}: taken as {taken}")
_SILENT = Said("{who} meldt niets: {taken} aangenomen", "{who} says nothing: taken as {taken}")
_WHO: Mapping[str, Said] = {
    "stored_kwh": Said("De batterij", "The battery"),
    "ev_stored_kwh": Said("De auto", "The car"),
    "indoor_c": Said("De thermometer", "The thermometer"),
    "tank_c": Said("Het boilervat", "The tank"),
}


def assumed(day: Day, lang: Lang) -> Iterator[str]:
    """A sentence for everything that the file leaves out, that is missing in it, or that cannot be."""
    for noted in day.asked.noted:
        yield noted.said(lang)
    for gap in day.gaps:
        by_mean = _ONE_GAP if gap.ptus == 1 else _GAP
        sentence = by_mean if gap.stand_in == _MEAN else _ALL_GAP
        yield said(sentence, lang, series=gap.series, count=gap.ptus, first=day.local(gap.first))
    for name, who in _WHO.items():
        says, taken = getattr(day.asked.state, name), getattr(day.state, name)
        if says == taken:
            continue
        unit = name.rpartition("_")[2]
        words = {"who": who.to(lang), "taken": written(unit, taken, lang)}
        if isfinite(says):
            yield said(_LEVEL, lang, says=written(unit, says, lang), **words)
        else:
            yield said(_SILENT, lang, **words)
