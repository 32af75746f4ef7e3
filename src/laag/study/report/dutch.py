"""What our own code says in English in a run's tables, in Dutch; what others wrote stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MANY = r"(\d[\d,]*) "
PHRASES = tuple(
    (re.compile(english), dutch)
    for english, dutch in (
        # Where homes, prices and weather come from.
        (r"^synthetic: household of (\d+\+?), (\d+) kWh a year", r"synthetisch: huishouden van \1, \2 kWh per jaar"),
        (r"; heat pump in a house built (\S.*)", r"; warmtepomp in een huis uit \1"),
        (r"^built-in street of (\d+) homes, seed (\d+): synthetic homes and weather", r"ingebouwde straat van \1 huizen, startgetal \2: synthetische huizen en synthetisch weer"),
        (r"^model: day-ahead from a merit order over residual load, imbalance drawn around it; not measured prices", "model: day-ahead uit een merit order over de restvraag, onbalans daaromheen getrokken; geen gemeten prijzen"),
        (r"; panels from ", "; panelen uit "),
        (r"; temperature: ", "; temperatuur: "),
        (r"; sun: ", "; zon: "),
        # What was wrong with a file.
        (r"^1 quarter-hour missing$", "1 kwartier ontbreekt"),
        (_MANY + r"quarter-hours? missing\b", r"\1 kwartieren ontbreken"),
        (_MANY + r"quarter-hours? measured in part\b", r"\1 kwartieren deels gemeten"),
        (_MANY + r"quarter-hours? below zero, lowest ", r"\1 kwartieren onder nul, laagste "),
        (_MANY + r"rows? out of step with the quarter-hours", r"\1 regels die niet op de kwartieren passen"),
        (_MANY + r"rows? without the header's (\d+) cells", r"\1 regels zonder de \2 vakken van de kop"),
        (r"^(\d+) quarter-hours without a reading$", r"\1 kwartieren zonder meting"),
        (_MANY + r"of (\d+) quarter-hours without a reading on their edge, sure to (\S+) Wh each", r"\1 van \2 kwartieren zonder meting op hun grens, elk op \3 Wh na bekend"),
        (r"^rows out of order$", "regels niet op volgorde"),
        (r"^generation counted negative$", "opwek negatief geteld"),
        (r"^two prices in (\d+) quarter-hours whose regulation state has one, the first at ", r"twee prijzen in \1 kwartieren met een regeltoestand die er een heeft, de eerste om "),
        (r"^direct radiation only, the diffuse part is missing$", "alleen directe straling, het diffuse deel ontbreekt"),
        (r"^an hour that the clock change repeats is in the file once$", "een uur dat bij het verzetten van de klok twee keer komt, staat er een keer"),
        (r"^not UTF-8$", "geen UTF-8"),
        (r"\b1 kwartieren ", "1 kwartier "),
        (r"\b1 regels die niet op de kwartieren passen", "1 regel die niet op de kwartieren past"),
        (r"\b1 regels ", "1 regel "),
        # How it was mended.
        (r"^linear interpolation$", "rechte lijn ertussen"),
        (r"^same quarter a day earlier$", "hetzelfde kwartier een dag eerder"),
        (r"^same quarter a day later$", "hetzelfde kwartier een dag later"),
        (r"^same quarter a week earlier$", "hetzelfde kwartier een week eerder"),
        (r"^same quarter a week later$", "hetzelfde kwartier een week later"),
        (r"^dropped duplicate$", "dubbele weggelaten"),
        (r"^kept the first$", "de eerste gehouden"),
        (r"^told apart by their order$", "onderscheiden naar hun volgorde"),
        (r"^sorted by time$", "op tijd gesorteerd"),
        (r"^sign turned$", "teken omgedraaid"),
        (r"^taken for zero$", "als nul gerekend"),
        (r"^set to zero$", "op nul gezet"),
        (r"^left out$", "weggelaten"),
        (r"^left out of the subtraction$", "niet afgetrokken"),
        (r"^cut to what fits$", "ingekort tot wat past"),
        (r"^kept as published$", "gelaten zoals gepubliceerd"),
        (r"^mean of the samples present$", "gemiddelde van de metingen die er zijn"),
        (r"^register's rise spread evenly$", "de stijging van de meterstand gelijk verdeeld"),
        (r"^direct taken for global$", "direct als totaal gerekend"),
        (r"^taken as the first, the second estimated$", "als het eerste genomen, het tweede geschat"),
        (r"^read as Latin-1$", "gelezen als Latin-1"),
        # Where.
        (r"^(\d{4}-\S+Z) to (\S+Z)$", r"\1 tot \2"),
        (r"^column ", "kolom "),
        (r"^smart meter$", "slimme meter"),
    )
)  # fmt: skip


def dutch(text: str) -> str:
    """The same in Dutch, where we know it.

    >>> dutch("synthetic: household of 4+, 4100 kWh a year; heat pump in a house built 1992-2005")
    'synthetisch: huishouden van 4+, 4100 kWh per jaar; warmtepomp in een huis uit 1992-2005'
    >>> dutch("1 quarter-hour missing"), dutch("slimme-meter.csv")
    ('1 kwartier ontbreekt', 'slimme-meter.csv')
    """
    for english, said in PHRASES:
        text = english.sub(said, text)
    return text


def with_dutch(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A row with ``name_nl`` beside each of these that is other words in Dutch."""
    told = {name: dutch(row[name]) for name in names if isinstance(row.get(name), str)}
    return {**row, **{f"{name}_nl": said for name, said in told.items() if said != row[name]}}
