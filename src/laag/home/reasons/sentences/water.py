"""What is said of the hot-water tank."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.AGAINST_LEGIONELLA: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Maakt het water {hot_at} {legionella_c} heet tegen legionella, zoals elke {days} dagen moet",
            "Brings the water to {legionella_c} {hot_at} against legionella, as must be done every {days} days",
        ),
    ),
    Code.WATER_ALL_IT_CAN: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt water zo hard het kan: het is {level_c} en moet {low_c} zijn",
            "Heats water all it can: it is {level_c} and should be {low_c}",
        ),
    ),
    Code.PAID_TO_HEAT_WATER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt water omdat je {paid_eur_per_kwh} per kWh krijgt om stroom af te nemen",
            "Heats water because you are paid {paid_eur_per_kwh} per kWh to take power",
        ),
    ),
    Code.WATER_SPARE_SUN: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Verwarmt water op zon die je aansluiting niet weg kan laten: die geeft hooguit {giving_kw}",
            "Heats water on sun that your connection cannot carry away: it gives {giving_kw} at most",
        ),
        Said(
            "Verwarmt water op zon die het net niet op mag: hooguit {giving_kw} van {who}",
            "Heats water on sun that may not go to the grid: {giving_kw} at most, by word of {who}",
        ),
    ),
    Code.WATER_ON_SUN: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt water op je eigen zon; terugleveren zou {price_would_bring} en van het net kost een kWh {grid_eur_per_kwh}",
            "Heats water on your own sun; feeding it in would {price_would_bring} and from the grid a kWh costs {grid_eur_per_kwh}",
        ),
    ),
    Code.HOLDS_HOT: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Houdt het water op {low_c}",
            "Keeps the water at {low_c}",
        ),
        Said(
            "Verwarmt water, anders wordt het kouder dan {low_c}, gevraagd door {who}",
            "Heats water, or it would get colder than {low_c}, asked by {who}",
        ),
    ),
    Code.WATER_AHEAD: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt alvast water: {needed_at} zou het anders kouder worden dan {needed_c}, en dan is dat duurder, ook als je "
            "meerekent wat afkoelt",
            "Heats water ahead: {needed_at} it would else get colder than {needed_c}, and that is dearer then, even counting what "
            "cools down",
        ),
    ),
    Code.WATER_AHEAD_OF_PEAK: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt alvast water, want {needed_at} kan het niet snel genoeg voor {needed_c}",
            "Heats water ahead, because {needed_at} it cannot be fast enough for {needed_c}",
        ),
    ),
    Code.WATER_FOR_AFTER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Verwarmt alvast water voor na dit plan: een kWh warmte kost {heat_eur_per_kwh}",
            "Heats water ahead for after this plan: a kWh of heat costs {heat_eur_per_kwh}",
        ),
    ),
    Code.WATER_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Verwarmt water, want alles meegerekend kost een kWh {all_told_eur_per_kwh} en als warm water is hij "
            "{worth_eur_per_kwh} waard",
            "Heats water, because all told a kWh costs {all_told_eur_per_kwh} and as hot water it is worth "
            "{worth_eur_per_kwh}",
        ),
    ),
    Code.HOTTEST: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Verwarmt niet, want het water is met {level_c} al zo heet als het mag",
            "Does not heat, because at {level_c} the water is as hot as it may be",
        ),
    ),
    Code.WATER_LATER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Het water is met {level_c} warm genoeg tot {heated_by} en wordt dan pas verwarmd",
            "The water is warm enough at {level_c} until {heated_by} and is heated only then",
        ),
    ),
    Code.WATER_EVEN: Kind(
        Rung.MARKET,
        Bound.NOTHING,
        Said("Verwarmt het water pas {heated_at}", "Heats the water only {heated_at}"),
    ),
    Code.STAYS_HOT: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt niet, want het water blijft dit hele plan warm genoeg, bij {level_c}",
            "Does not heat, because the water stays warm enough all through this plan, at {level_c}",
        ),
    ),
    Code.HOT_ENOUGH: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt niet, want het water is met {level_c} warmer dan de nodige {low_c}",
            "Does not heat, because at {level_c} the water is warmer than the {low_c} needed",
        ),
    ),
    Code.WATER_BLOCKED: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Kan geen water verwarmen, want je aansluiting zit vol: die neemt hooguit {limit_kw}",
            "Cannot heat water, because your connection is full: it takes {limit_kw} at most",
        ),
        Said(
            "Kan geen water verwarmen, want je mag hooguit {limit_kw} afnemen, van {who}",
            "Cannot heat water, because you may take {limit_kw} at most, by word of {who}",
        ),
    ),
    Code.TEPID_BUT_NO_HELP: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt niet, al is het water met {level_c} kouder dan de nodige {low_c}",
            "Does not heat, although at {level_c} the water is colder than the {low_c} needed",
        ),
    ),
}
