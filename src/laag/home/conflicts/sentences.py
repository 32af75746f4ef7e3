"""What is said of a ruling, in parts: what is asked, what comes of it, why, what it takes, what it costs, what else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laag.foundation.words import Said
from laag.home.conflicts.request import Kind
from laag.home.conflicts.ruling import Outcome
from laag.home.reasons import Subject

WISH = Said("Je vraagt {wish}", "You ask {wish}")
DEFAULT = Said("Standaard geldt {wish}", "By default {wish} holds")
ASKED_BY = Said("Gevraagd door {who}: {what}", "Asked by {who}: {what}")
NEEDED: Mapping[Kind, Said] = {
    Kind.GUARANTEE: Said(
        "Volgens {who} mag je altijd {low_kw} nemen en {high_kw} terugleveren",
        "By {who} you may always take {low_kw} and feed in {high_kw}",
    ),
    Kind.IMPORT_FUSE: Said(
        "Je aansluiting neemt hooguit {high_kw}", "Your connection takes {high_kw} at most"
    ),
    Kind.EXPORT_FUSE: Said(
        "Je aansluiting levert hooguit {high_kw} terug", "Your connection feeds in {high_kw} at most"
    ),
    Kind.PHASE_FUSE: Said(
        "Een fase van je aansluiting kan hooguit {high_kw} aan",
        "A phase of your connection carries {high_kw} at most",
    ),
    Kind.LEGIONELLA: Said(
        "Tegen legionella moet het boilervat {until_at} {high_c} zijn",
        "Against legionella the tank must be {high_c} {until_at}",
    ),
    Kind.CAR_READY: Said(
        "Je vraagt {high_kwh} in de auto {until_at}", "You ask for {high_kwh} in the car {until_at}"
    ),
    Kind.WARMTH: Said("Je vraagt {span_c} in huis", "You ask for {span_c} in the house"),
    Kind.HOT_WATER: Said("Je vraagt warm water van {high_c}", "You ask for hot water of {high_c}"),
    Kind.PROGRAMME: Said(
        "Je vraagt de {machine} klaar {until_at}", "You ask for the {machine} to be done {until_at}"
    ),
}
"""What the home itself needs, and what is guaranteed to it: a whole clause."""
CLAIMED: Mapping[Kind, Said] = {
    Kind.IMPORT: Said(
        "{hours}hooguit {span_kw} van het net nemen", "take {span_kw} at most from the grid{hours}"
    ),
    Kind.EXPORT: Said("{hours}hooguit {span_kw} terugleveren", "feed in {span_kw} at most{hours}"),
    Kind.CHARGE: Said(
        "de batterij {hours}met hooguit {span_kw} laden",
        "charge the battery with {span_kw} at most{hours}",
    ),
    Kind.DISCHARGE: Said(
        "de batterij {hours}hooguit {span_kw} laten geven", "let the battery give {span_kw} at most{hours}"
    ),
    Kind.CAR: Said(
        "de auto {hours}met hooguit {span_kw} laden", "charge the car with {span_kw} at most{hours}"
    ),
    Kind.HEAT_PUMP: Said(
        "de warmtepomp {hours}op hooguit {span_kw} laten draaien",
        "let the heat pump run on {span_kw} at most{hours}",
    ),
    Kind.STORED: Said(
        "{hours}minstens {span_kwh} in de batterij houden", "keep at least {span_kwh} in the battery{hours}"
    ),
    Kind.INDOOR: Said("het huis {hours}minstens {span_c}", "the house at {span_c} or more{hours}"),
    Kind.TANK: Said("het boilervat {hours}minstens {span_c}", "the tank at {span_c} or more{hours}"),
    Kind.SUN_FIRST: Said("{hours}eerst de eigen zon gebruiken", "use your own sun first{hours}"),
}
"""What somebody claims: the end of a clause."""
CLAIMED_NONE: Mapping[Kind, Said] = {
    Kind.IMPORT: Said("{hours}niets van het net nemen", "take nothing from the grid{hours}"),
    Kind.EXPORT: Said("{hours}niets terugleveren", "feed nothing in{hours}"),
    Kind.CHARGE: Said("de batterij {hours}niet laden", "do not charge the battery{hours}"),
    Kind.DISCHARGE: Said("de batterij {hours}niets laten geven", "let the battery give nothing{hours}"),
    Kind.CAR: Said("de auto {hours}niet laden", "do not charge the car{hours}"),
    Kind.HEAT_PUMP: Said("de warmtepomp {hours}uit laten", "leave the heat pump off{hours}"),
}
"""Where at most nothing is claimed."""
HOURS = Said("van {since_by} tot {until_by}", "from {since_by} to {until_by}")
SINCE = Said("vanaf {since_by}", "from {since_by} on")
UNTIL = Said("tot {until_by}", "until {until_by}")

COMES: Mapping[Outcome, Said] = {
    Outcome.FREE: Said("dat gaat vanzelf", "that happens by itself"),
    Outcome.MET: Said("dat lukt", "that is met"),
    Outcome.PARTLY: Said("dat lukt op {missed_kwh} na", "that is met but for {missed_kwh}"),
    Outcome.UNMET: Said("dat lukt niet en scheelt {missed_kwh}", "that is not met, by {missed_kwh}"),
    Outcome.UNKNOWN: Said(
        "wat dat uitmaakt is niet nagegaan, want er wordt te veel tegelijk gevraagd",
        "what that changes was not looked into, because too much is asked at once",
    ),
}
COMES_OF_A_LEVEL: Mapping[Outcome, Said] = {
    Outcome.PARTLY: Said("dat lukt op hooguit {worst} na", "that is met but for {worst} at worst"),
    Outcome.UNMET: Said("dat lukt niet en scheelt hooguit {worst}", "that is not met, by {worst} at worst"),
}
COMES_OF_A_PROGRAMME = Said("dat lukt niet", "that is not met")

BECAUSE = Said("vanwege {them}", "because of {them}")
HIGHER = Said("{who} ({above} boven {below})", "{who} ({above} above {below})")
EQUAL = Said("{who} (op dezelfde sport)", "{who} (on the same rung)")
CANNOT: Mapping[Kind, Said] = {
    Kind.CAR_READY: Said("want zo snel kan de auto niet laden", "because the car cannot charge that fast"),
    Kind.WARMTH: Said(
        "want zo snel wordt het huis niet warm", "because the house does not warm up that fast"
    ),
    Kind.INDOOR: Said(
        "want zo snel wordt het huis niet warm", "because the house does not warm up that fast"
    ),
    Kind.HOT_WATER: Said(
        "want zo snel wordt het water niet heet", "because the water does not heat up that fast"
    ),
    Kind.TANK: Said("want zo snel wordt het water niet heet", "because the water does not heat up that fast"),
    Kind.LEGIONELLA: Said(
        "want zo snel wordt het water niet heet", "because the water does not heat up that fast"
    ),
    Kind.PROGRAMME: Said("want er is te weinig tijd", "because there is too little time"),
    Kind.STORED: Said(
        "want zo snel kan de batterij niet laden", "because the battery cannot charge that fast"
    ),
    Kind.IMPORT: Said(
        "want wat je huis gebruikt kan niet wachten", "because what your home uses cannot wait"
    ),
    Kind.IMPORT_FUSE: Said(
        "want wat je huis gebruikt kan niet wachten", "because what your home uses cannot wait"
    ),
    Kind.PHASE_FUSE: Said(
        "want wat je huis gebruikt kan niet wachten", "because what your home uses cannot wait"
    ),
    Kind.EXPORT: Said("want de zon kan nergens anders heen", "because the sun has nowhere else to go"),
    Kind.EXPORT_FUSE: Said("want de zon kan nergens anders heen", "because the sun has nowhere else to go"),
    Kind.SUN_FIRST: Said(
        "want meer zon kun je zelf niet gebruiken", "because you cannot use more of the sun yourself"
    ),
}
"""Why, where nothing went before it."""

TAKES = Said("daardoor {items}", "so {items}")
AND = Said(" en ", " and ")
TAKEN: Mapping[Kind, Said] = {
    Kind.CAR_READY: Said("vertrekt de auto met {taken_kwh} minder", "the car leaves with {taken_kwh} less"),
    Kind.WARMTH: Said(
        "wordt het huis tot {taken_c} kouder dan je vraagt",
        "the house gets up to {taken_c} colder than you ask",
    ),
    Kind.INDOOR: Said(
        "wordt het huis tot {taken_c} kouder dan gevraagd door {who}",
        "the house gets up to {taken_c} colder than asked by {who}",
    ),
    Kind.HOT_WATER: Said(
        "wordt het water tot {taken_c} kouder dan je vraagt",
        "the water gets up to {taken_c} colder than you ask",
    ),
    Kind.TANK: Said(
        "wordt het water tot {taken_c} kouder dan gevraagd door {who}",
        "the water gets up to {taken_c} colder than asked by {who}",
    ),
    Kind.LEGIONELLA: Said(
        "blijft het boilervat {taken_c} te koud tegen legionella",
        "the tank stays {taken_c} too cold against legionella",
    ),
    Kind.PROGRAMME: Said("is de {machine} niet op tijd klaar", "the {machine} is not done in time"),
    Kind.STORED: Said(
        "houdt de batterij tot {taken_kwh} minder over dan gevraagd door {who}",
        "the battery keeps up to {taken_kwh} less than asked by {who}",
    ),
    Kind.SUN_FIRST: Said(
        "gebruik je {taken_kwh} zon niet zelf, ondanks {who}",
        "you do not use {taken_kwh} of sun yourself, despite {who}",
    ),
    Kind.IMPORT: Said(
        "komt er {taken_kwh} meer van het net dan mag van {who}",
        "{taken_kwh} more comes from the grid than allowed by {who}",
    ),
    Kind.EXPORT: Said(
        "gaat er {taken_kwh} meer het net op dan mag van {who}",
        "{taken_kwh} more is fed in than allowed by {who}",
    ),
    Kind.CAR: Said(
        "laadt de auto {taken_kwh} meer dan mag van {who}",
        "the car charges {taken_kwh} more than allowed by {who}",
    ),
    Kind.CHARGE: Said(
        "laadt de batterij {taken_kwh} meer dan mag van {who}",
        "the battery charges {taken_kwh} more than allowed by {who}",
    ),
    Kind.DISCHARGE: Said(
        "geeft de batterij {taken_kwh} meer dan mag van {who}",
        "the battery gives {taken_kwh} more than allowed by {who}",
    ),
    Kind.HEAT_PUMP: Said(
        "gebruikt de warmtepomp {taken_kwh} meer dan mag van {who}",
        "the heat pump uses {taken_kwh} more than allowed by {who}",
    ),
}
BEYOND = Said("gaat er {taken_kwh} over de grens van {who}", "{taken_kwh} goes beyond the limit of {who}")
"""What any other lost."""

COSTS = Said("het kost {cost_eur}", "it costs {cost_eur}")
SAVES = Said("je betaalt {cost_eur} minder", "you pay {cost_eur} less")
FOR_NOTHING = Said("het kost niets", "it costs nothing")
OTHERWISE = Said(
    "anders zou {device} {at} {then} in plaats van {now}",
    "otherwise {device} would {then} {at} instead of {now}",
)
DEVICES: Mapping[Subject, Said] = {
    Subject.CAR: Said("de auto", "the car"),
    Subject.BATTERY: Said("de batterij", "the battery"),
    Subject.HEATING: Said("de warmtepomp", "the heat pump"),
    Subject.WATER: Said("het boilervat", "the tank"),
    Subject.APPLIANCE: Said("een apparaat", "a machine"),
    Subject.PV: Said("het dak", "the roof"),
    Subject.BOILER: Said("de ketel", "the boiler"),
}


@dataclass(frozen=True, slots=True)
class Doing:
    """What a device does, as "would ...", as "instead of ..." and as how much of it."""

    would: Said
    instead_of: Said
    amount: Said


_KW = Said("{power_kw}", "{power_kw}")
_WITH_KW = Said("met {power_kw}", "{power_kw}")
TAKES_KW = Doing(
    Said("{power_kw} nemen", "take {power_kw}"), Said("{power_kw} te nemen", "taking {power_kw}"), _KW
)
CHARGES = Doing(
    Said("met {power_kw} laden", "charge with {power_kw}"),
    Said("met {power_kw} te laden", "charging with {power_kw}"),
    _WITH_KW,
)
RUNS = Doing(
    Said("op {power_kw} draaien", "run on {power_kw}"),
    Said("op {power_kw} te draaien", "running on {power_kw}"),
    Said("op {power_kw}", "{power_kw}"),
)
HEATS = Doing(
    Said("met {power_kw} heet worden", "be heated with {power_kw}"),
    Said("met {power_kw} heet te worden", "being heated with {power_kw}"),
    _WITH_KW,
)
GIVES = Doing(
    Said("{power_kw} geven", "give {power_kw}"), Said("{power_kw} te geven", "giving {power_kw}"), _KW
)
GIVES_NONE = Doing(Said("niets geven", "give nothing"), Said("niets te geven", "giving nothing"), Said())
"""Of the roof, which has nothing else to do."""
RESTS = Doing(Said("niets doen", "do nothing"), Said("niets te doen", "doing nothing"), Said())
TAKING: Mapping[Subject, Doing] = {
    Subject.CAR: CHARGES,
    Subject.BATTERY: CHARGES,
    Subject.HEATING: RUNS,
    Subject.WATER: HEATS,
}
"""What a device does that takes power; any other takes it."""
