"""Each limit in one sentence for who has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from laag.foundation.ptu import AMSTERDAM
from laag.foundation.words import Lang, Said, pointed

_TAKE, _GIVE = Said("afnemen", "take"), Said("terugleveren", "feed in")
_SAID: Mapping[str, Said] = {
    "shared": Said(
        "De kabel is vol: tot {until} kan dit huis hooguit {kw} {does}. Iedereen houdt minstens hetzelfde minimum, en wie "
        "meer heeft afgesproken krijgt daarboven meer.",
        "The cable is full: until {until} this home can {does} {kw} at most. Everybody keeps at least the same minimum, "
        "and who agreed on more gets more above it.",
    ),
    "below_floor": Said(
        "De kabel is zo vol dat het minimum voor iedereen niet past: tot {until} kan elk huis hooguit {kw} {does}, "
        "allemaal evenveel.",
        "The cable is so full that the minimum for everybody does not fit: until {until} each home can {does} {kw} at "
        "most, all the same.",
    ),
    "sun": Said(
        "Er is meer zon dan de kabel aankan: tot {until} geven de panelen hooguit {kw}, elk dak hetzelfde deel van wat "
        "het kan maken.",
        "There is more sun than the cable can bear: until {until} the panels give {kw} at most, each roof the same share of "
        "what it can make.",
    ),
    "devices": Said(
        "De kabel is vol: tot {until} nemen de grote apparaten samen hooguit {kw}. De rest van het huis merkt er niets van.",
        "The cable is full: until {until} the large devices take {kw} together at most. The rest of the home notices nothing.",
    ),
}


def said(rule: str, *, takes: bool, kw: float, until: datetime, zone: tzinfo = AMSTERDAM) -> Said:
    """The sentence.

    >>> from datetime import UTC
    >>> said("below_floor", takes=True, kw=1.5, until=datetime(2026, 1, 14, 18, tzinfo=UTC)).en
    'The cable is so full that the minimum for everybody does not fit: until 19:00 each home can take 1.5 kW at most, all the same.'
    """
    numbers = {"until": f"{until.astimezone(zone):%H:%M}", "kw": f"{kw:.1f}", "does": ""}

    def written(name: str, text: str, lang: Lang) -> str:
        if name == "does":
            return (_TAKE if takes else _GIVE).to(lang)
        return f"{pointed(text, lang)} kW" if name == "kw" else text

    return _SAID[rule].filled(numbers, written)
