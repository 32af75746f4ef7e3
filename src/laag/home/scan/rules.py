"""The rules of thumb of the scan, with who may do what, and where each comes from.

What follows from a home's own readings needs no rule. The percentages do: they go round among energy coaches and were
not checked at a source, so they are marked as examples and given as a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from laag.foundation.words import Said

MODEST_BASE_KW: Final = 0.06
"""A fridge, a router and a few things on standby; an example."""
NIGHT_ABOVE_KW: Final = 0.05
NIGHT_HOURS: Final = 4.0
LAMP_SAVES_KW: Final = 0.035
"""A 40 W bulb beside a LED of 5 W."""
LAMP_HOURS: Final = (300.0, 700.0, 1_100.0)
"""A year; an example."""
LEAST_HOT_M3: Final = 60.0
DRAUGHTY_TO_CLASS: Final = 3
"""Homes from before 2006."""
UNINSULATED_TO_CLASS: Final = 1
"""Homes from before 1975, of which many walls were built without insulation."""
PERCENT: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "boiler_flow": (3.0, 8.0),
        "pump_flow": (4.0, 10.0),
        "balance": (3.0, 8.0),
        "draught": (2.0, 6.0),
        "insulate": (10.0, 25.0),
        "shower": (8.0, 15.0),
    }
)
"""Of heating, or for the shower of what goes on always. All examples."""


class Who(StrEnum):
    """Who may do it in a rented home."""

    ANYBODY = "anybody"
    WITH_LEAVE = "with_leave"
    """A tenant asks first."""
    LANDLORD = "landlord"


WHO_WORDS: Mapping[Who, Said] = MappingProxyType(
    {
        Who.ANYBODY: Said(
            "Dit kun je zelf doen, ook als je huurt.", "You can do this yourself, as a tenant too."
        ),
        Who.WITH_LEAVE: Said(
            "Huur je? Vraag het eerst aan de verhuurder.", "Do you rent? Ask the landlord first."
        ),
        Who.LANDLORD: Said(
            "Huur je? Dit doet de verhuurder; met deze cijfers kun je erom vragen.",
            "Do you rent? This is for the landlord to do; with these figures you can ask for it.",
        ),
    }
)
OWN: Final = Said("Gerekend met je eigen meter en het weer.", "Computed from your own meter and the weather.")
THUMB: Final = Said(
    "Vuistregel, een voorbeeld: niet nagelezen bij een bron. Daarom staat er een ruime marge.",
    "A rule of thumb, an example: not checked at a source. Hence the wide range.",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One measure in words; ``how`` is filled with the home's numbers."""

    what: Said
    how: Said
    who: Who
    source: Said
    is_example: bool


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "base": Rule(
            Said("Zoek uit wat er altijd aan staat", "Find out what is always on"),
            Said(
                "Er staat steeds {watt} W aan, {year} kWh per jaar. Veel huizen kunnen toe met zo’n {modest} W; hier is met een "
                "kwart tot driekwart van het verschil gerekend.",
                "{watt} W is always on, {year} kWh a year. Many homes can do with some {modest} W; a quarter to three quarters "
                "of the difference was counted.",
            ),
            Who.ANYBODY,
            THUMB,
            is_example=True,
        ),
        "night": Rule(
            Said("Kijk wat er ’s nachts draait", "See what runs at night"),
            Said(
                "Tussen één en vijf uur gebruikt je huis gemiddeld {watt} W meer dan op het stilste moment. Hier is met nul tot "
                "zestig procent daarvan gerekend, want soms is het gewoon de auto of de was.",
                "Between one and five your home uses {watt} W more on average than at its quietest. Nothing to sixty percent of "
                "it was counted, for sometimes it is just the car or the laundry.",
            ),
            Who.ANYBODY,
            THUMB,
            is_example=True,
        ),
        "lamps": Rule(
            Said("Vervang de laatste gloei- en halogeenlampen", "Replace the last bulbs and halogen lamps"),
            Said(
                "{lamps} lampen × 35 W minder × {hours} uur per jaar, met een ruime marge voor hoe lang ze branden.",
                "{lamps} lamps × 35 W less × {hours} hours a year, with a wide range for how long they burn.",
            ),
            Who.ANYBODY,
            THUMB,
            is_example=True,
        ),
        "degree": Rule(
            Said("Zet de verwarming één graad lager", "Turn the heating down one degree"),
            Said(
                "Elke graad scheelt {per_degree} per dag, op {days} dagen per jaar waarop je stookt. Een graad lager is alleen "
                "een idee als het huis dan nog prettig en droog is.",
                "Each degree makes {per_degree} a day, on {days} days a year on which you heat. A degree less is only an idea if "
                "the home is still pleasant and dry then.",
            ),
            Who.ANYBODY,
            OWN,
            is_example=False,
        ),
        "boiler_flow": Rule(
            Said(
                "Zet de aanvoertemperatuur van de cv-ketel op 60 °C of lager",
                "Set the boiler's flow temperature to 60 °C or lower",
            ),
            Said(
                "{low} tot {high} procent van de {year} m³ voor verwarmen: de ketel haalt dan meer warmte uit hetzelfde gas. "
                "Laat de temperatuur van het kraanwater zoals die is.",
                "{low} to {high} percent of the {year} m³ for heating: the boiler then gets more warmth from the same gas. Leave "
                "the temperature of the tap water as it is.",
            ),
            Who.WITH_LEAVE,
            THUMB,
            is_example=True,
        ),
        "pump_flow": Rule(
            Said(
                "Laat de stooklijn vijf graden lager zetten", "Have the heating curve set five degrees lower"
            ),
            Said(
                "{low} tot {high} procent van de {year} voor verwarmen: een warmtepomp werkt lichter met koeler water.",
                "{low} to {high} percent of the {year} for heating: a heat pump works more lightly with cooler water.",
            ),
            Who.WITH_LEAVE,
            THUMB,
            is_example=True,
        ),
        "balance": Rule(
            Said("Laat de radiatoren waterzijdig inregelen", "Have the radiators balanced"),
            Said(
                "{low} tot {high} procent van de {year} voor verwarmen: dan wordt elke kamer even snel warm en kan het water "
                "koeler.",
                "{low} to {high} percent of the {year} for heating: every room then warms at the same pace and the water can be "
                "cooler.",
            ),
            Who.LANDLORD,
            THUMB,
            is_example=True,
        ),
        "draught": Rule(
            Said("Dicht de kieren bij ramen en deuren", "Close the draughts at windows and doors"),
            Said(
                "{low} tot {high} procent van de {year} voor verwarmen. Laat de ventilatieroosters open.",
                "{low} to {high} percent of the {year} for heating. Leave the ventilation grilles open.",
            ),
            Who.ANYBODY,
            THUMB,
            is_example=True,
        ),
        "insulate": Rule(
            Said("Laat spouw, vloer of dak isoleren", "Have the walls, floor or roof insulated"),
            Said(
                "{low} tot {high} procent van de {year} voor verwarmen, afhankelijk van wat er al zit. Er is vaak subsidie; "
                "vraag ernaar bij de gemeente.",
                "{low} to {high} percent of the {year} for heating, by what is there already. There often is a subsidy; ask the "
                "municipality.",
            ),
            Who.LANDLORD,
            THUMB,
            is_example=True,
        ),
        "shower": Rule(
            Said(
                "Douche een minuut korter, of met een zuinige kop",
                "Shower a minute less, or with a thrifty head",
            ),
            Said(
                "{low} tot {high} procent van de {year} m³ die altijd doorgaat, vooral voor warm water.",
                "{low} to {high} percent of the {year} m³ that goes on always, mostly for hot water.",
            ),
            Who.ANYBODY,
            THUMB,
            is_example=True,
        ),
    }
)
