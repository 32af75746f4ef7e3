"""What is said of the heat pump and the rooms."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.HEATS_ALL_IT_CAN: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt zo hard het kan: het is {level_c} en je vraagt {low_c}",
            "Heats all it can: it is {level_c} and you ask for {low_c}",
        ),
    ),
    Code.PAID_TO_HEAT: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt omdat je {paid_eur_per_kwh} per kWh krijgt om stroom af te nemen",
            "Heats because you are paid {paid_eur_per_kwh} per kWh to take power",
        ),
    ),
    Code.HEATS_ON_SUN: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt op je eigen zon; terugleveren zou {price_would_bring} en van het net kost een kWh {grid_eur_per_kwh}",
            "Heats on your own sun; feeding it in would {price_would_bring} and from the grid a kWh costs {grid_eur_per_kwh}",
        ),
    ),
    Code.HEATS_SPARE_SUN: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Verwarmt op zon die je aansluiting niet weg kan laten: die geeft hooguit {giving_kw}",
            "Heats on sun that your connection cannot carry away: it gives {giving_kw} at most",
        ),
        Said(
            "Verwarmt op zon die het net niet op mag: hooguit {giving_kw} van {who}",
            "Heats on sun that may not go to the grid: {giving_kw} at most, by word of {who}",
        ),
    ),
    Code.HEAT_STEP: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Verwarmt met {least_kw}, want minder kan de warmtepomp niet",
            "Heats with {least_kw}, because the heat pump cannot run on less",
        ),
    ),
    Code.HEAT_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Verwarmt, want alles meegerekend kost een kWh {all_told_eur_per_kwh} en als warmte is hij {worth_eur_per_kwh} waard",
            "Heats, because all told a kWh costs {all_told_eur_per_kwh} and as warmth it is worth {worth_eur_per_kwh}",
        ),
    ),
    Code.HOLDS_WARM: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt, anders wordt het kouder dan de {low_c} die je vraagt",
            "Heats, or it would get colder than the {low_c} that you ask for",
        ),
        Said(
            "Verwarmt, anders wordt het kouder dan {low_c}, gevraagd door {who}",
            "Heats, or it would get colder than {low_c}, asked by {who}",
        ),
    ),
    Code.RUNS_ON: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Draait door, want eenmaal aan blijft de warmtepomp minstens {least_minutes} aan",
            "Runs on, because once started the heat pump stays on for at least {least_minutes}",
        ),
    ),
    Code.HEATS_AHEAD: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt alvast: {needed_at} zou het anders kouder worden dan {needed_c}, en dan is warmte duurder, ook als je "
            "meerekent wat weglekt",
            "Heats ahead: {needed_at} it would else get colder than {needed_c}, and warmth is dearer then, even counting what "
            "leaks away",
        ),
    ),
    Code.HEATS_AHEAD_OF_PEAK: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt alvast, want {needed_at} kan de warmtepomp {needed_c} niet alleen halen",
            "Heats ahead, because {needed_at} the heat pump cannot reach {needed_c} on its own",
        ),
    ),
    Code.HEATS_FOR_AFTER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Verwarmt alvast voor na dit plan: een kWh warmte kost {heat_eur_per_kwh}",
            "Heats ahead for after this plan: a kWh of heat costs {heat_eur_per_kwh}",
        ),
    ),
    Code.WARMEST: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt niet, want het is met {level_c} al zo warm als je wilt",
            "Does not heat, because at {level_c} it is as warm as you want",
        ),
    ),
    Code.STAYS_WARM: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt niet, want het blijft dit hele plan ook zo warm genoeg, bij {level_c}",
            "Does not heat, because it stays warm enough all through this plan, at {level_c}",
        ),
    ),
    Code.WARM_ENOUGH: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt niet, want met {level_c} is het warmer dan de {low_c} die je vraagt",
            "Does not heat, because at {level_c} it is warmer than the {low_c} that you ask for",
        ),
    ),
    Code.HEATS_LATER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Is met {level_c} warm genoeg tot {heated_by} en verwarmt dan pas",
            "Is warm enough at {level_c} until {heated_by} and heats only then",
        ),
    ),
    Code.HEATING_EVEN: Kind(
        Rung.MARKET, Bound.NOTHING, Said("Verwarmt pas {heated_at}", "Heats only {heated_at}")
    ),
    Code.GAS_INSTEAD: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laat het aan de ketel: een kWh warmte uit gas kost {gas_eur_per_kwh} en is goedkoper dan uit stroom",
            "Leaves it to the boiler: a kWh of heat from gas costs {gas_eur_per_kwh} and is cheaper than from power",
        ),
    ),
    Code.HEATING_BLOCKED: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Kan niet verwarmen, want je aansluiting zit vol: die neemt hooguit {limit_kw}",
            "Cannot heat, because your connection is full: it takes {limit_kw} at most",
        ),
        Said(
            "Kan niet verwarmen, want je mag hooguit {limit_kw} afnemen, van {who}",
            "Cannot heat, because you may take {limit_kw} at most, by word of {who}",
        ),
    ),
    Code.COLD_BUT_NO_HELP: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Verwarmt niet, al is het met {level_c} kouder dan de {low_c} die je vraagt",
            "Does not heat, although at {level_c} it is colder than the {low_c} that you ask for",
        ),
    ),
}
