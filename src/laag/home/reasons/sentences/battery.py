"""What is said of the home battery."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.STORES_SPARE_SUN: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Bewaart zon die je aansluiting niet weg kan laten: die geeft hooguit {giving_kw}",
            "Stores sun that your connection cannot carry away: it gives {giving_kw} at most",
        ),
        Said(
            "Bewaart zon die het net niet op mag: hooguit {giving_kw} van {who}",
            "Stores sun that may not go to the grid: {giving_kw} at most, by word of {who}",
        ),
    ),
    Code.FILLS_RESERVE: Kind(
        Rung.COMFORT,
        Bound.CLAIM,
        Said(
            "Laadt om {reserve_at} {reserve_kwh} in voorraad te hebben",
            "Charges to hold {reserve_kwh} {reserve_at}",
        ),
        Said(
            "Laadt om {reserve_at} {reserve_kwh} in voorraad te hebben, voor {who}",
            "Charges to hold {reserve_kwh} {reserve_at}, for {who}",
        ),
    ),
    Code.PAID_TO_FILL: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt omdat je {paid_eur_per_kwh} per kWh krijgt om stroom af te nemen",
            "Charges because you are paid {paid_eur_per_kwh} per kWh to take power",
        ),
    ),
    Code.SUN_FOR_LATER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Bewaart eigen zon voor {used_by} tot {used_end_by}, als een kWh minstens {used_eur_per_kwh} waard is; terugleveren "
            "zou {price_would_bring}",
            "Keeps your own sun for {used_by} to {used_end_by}, when a kWh is worth at least {used_eur_per_kwh}; feeding it in "
            "would {price_would_bring}",
        ),
    ),
    Code.CHEAP_FOR_LATER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt voor {price_eur_per_kwh} per kWh om te gebruiken van {used_by} tot {used_end_by}, als een kWh "
            "minstens {used_eur_per_kwh} kost",
            "Charges at {price_eur_per_kwh} per kWh for use from {used_by} to {used_end_by}, when a kWh costs "
            "at least {used_eur_per_kwh}",
        ),
    ),
    Code.FOR_AFTER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt voor {price_eur_per_kwh} per kWh, vooral voor na dit plan: een bewaarde kWh is dan naar schatting ruwweg "
            "{kept_roughly_eur_per_kwh} waard",
            "Charges at {price_eur_per_kwh} per kWh, mostly for after this plan: a kWh kept may then be worth roughly "
            "{kept_roughly_eur_per_kwh}",
        ),
    ),
    Code.SUN_FOR_AFTER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Bewaart eigen zon, vooral voor na dit plan: een bewaarde kWh is dan naar schatting ruwweg {kept_roughly_eur_per_kwh} waard",
            "Keeps your own sun, mostly for after this plan: a kWh kept may then be worth roughly {kept_roughly_eur_per_kwh}",
        ),
    ),
    Code.EASES_CONNECTION: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Geeft stroom omdat je aansluiting vol zit: die neemt hooguit {limit_kw}",
            "Gives power because your connection is full: it takes {limit_kw} at most",
        ),
        Said(
            "Geeft stroom omdat je hooguit {limit_kw} mag afnemen, van {who}",
            "Gives power because you may take {limit_kw} at most, by word of {who}",
        ),
    ),
    Code.FILLS_FOR_CONNECTION: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Laadt voor {used_by}: dan zit je aansluiting met {then_kw} vol en moet de batterij helpen",
            "Charges for {used_by}, when your connection is full at {then_kw} and the battery has to help",
        ),
        Said(
            "Laadt voor {used_by}: dan mag je hooguit {then_kw} afnemen, van {who}, en moet de batterij helpen",
            "Charges for {used_by}, when you may take {then_kw} at most, by word of {who}, and the battery has to help",
        ),
    ),
    Code.KEEPS_FOR_CONNECTION: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Bewaart zijn stroom voor {used_by}: dan zit je aansluiting met {then_kw} vol en moet de batterij helpen",
            "Keeps what it holds for {used_by}, when your connection is full at {then_kw} and the battery has to help",
        ),
        Said(
            "Bewaart zijn stroom voor {used_by}: dan mag je hooguit {then_kw} afnemen, van {who}, en moet de batterij helpen",
            "Keeps what it holds for {used_by}, when you may take {then_kw} at most, by word of {who}, and the battery has to help",
        ),
    ),
    Code.BATTERY_CANNOT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Rust, want hij laadt met hooguit {charge_kw} en geeft hooguit {discharge_kw}",
            "Rests, because it charges with {charge_kw} and gives {discharge_kw} at most",
        ),
    ),
    Code.KEEPS_RESERVE: Kind(
        Rung.COMFORT,
        Bound.CLAIM,
        Said(
            "Bewaart zijn stroom om {reserve_at} {reserve_kwh} in voorraad te hebben",
            "Keeps what it holds, to have {reserve_kwh} {reserve_at}",
        ),
        Said(
            "Bewaart zijn stroom om {reserve_at} {reserve_kwh} in voorraad te hebben, voor {who}",
            "Keeps what it holds, to have {reserve_kwh} {reserve_at}, for {who}",
        ),
    ),
    Code.FILL_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt, want alles meegerekend kost een kWh {all_told_eur_per_kwh} en is hij in de batterij {worth_eur_per_kwh} waard",
            "Charges, because all told a kWh costs {all_told_eur_per_kwh} and is worth {worth_eur_per_kwh} in the battery",
        ),
    ),
    Code.GIVE_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Geeft, want alles meegerekend is een kWh {all_told_eur_per_kwh} waard en in de batterij {worth_eur_per_kwh}",
            "Gives, because all told a kWh is worth {all_told_eur_per_kwh} and in the battery {worth_eur_per_kwh}",
        ),
    ),
    Code.REST_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Rust, want alles meegerekend is een kWh {all_told_eur_per_kwh} waard en in de batterij {worth_eur_per_kwh}: te "
            "weinig verschil om te laden of te geven",
            "Rests, because all told a kWh is worth {all_told_eur_per_kwh} and in the battery {worth_eur_per_kwh}: too "
            "little difference to charge or to give",
        ),
    ),
    Code.SERVES_HOME: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Voedt je huis, zodat je geen kWh van {grid_eur_per_kwh} hoeft te kopen",
            "Powers your home, so that you need not buy at {grid_eur_per_kwh} per kWh",
        ),
    ),
    Code.SELLS: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Levert terug omdat een kWh {price_eur_per_kwh} opbrengt",
            "Sells because a kWh brings {price_eur_per_kwh}",
        ),
    ),
    Code.MAKES_ROOM: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Geeft, want een kWh is {price_eur_per_kwh} waard en {filled_at} wordt hij voor {filled_eur_per_kwh} weer bijgevuld",
            "Gives, because a kWh is worth {price_eur_per_kwh} and {filled_at} it is refilled at {filled_eur_per_kwh}",
        ),
    ),
    Code.GIVES_EVEN: Kind(
        Rung.MARKET,
        Bound.NOTHING,
        Said(
            "Geeft nu en wordt {filled_at} weer bijgevuld; dat maakt vrijwel geen verschil",
            "Gives now and is refilled {filled_at}; that makes next to no difference",
        ),
    ),
    Code.FULL: Kind(Rung.SAFETY, Bound.LEVEL, Said("Is vol met {stored_kwh}", "Is full, with {stored_kwh}")),
    Code.EMPTY: Kind(
        Rung.SAFETY,
        Bound.LEVEL,
        Said(
            "Is leeg; met meer erin zou elke kWh nu {price_eur_per_kwh} besparen",
            "Is empty; with more in it each kWh would now save {price_eur_per_kwh}",
        ),
    ),
    Code.AT_RESERVE: Kind(
        Rung.COMFORT,
        Bound.CLAIM,
        Said("Houdt {floor_kwh} achter de hand", "Keeps {floor_kwh} in reserve"),
        Said(
            "Houdt {floor_kwh} achter de hand voor {who}",
            "Keeps {floor_kwh} in reserve for {who}",
        ),
    ),
    Code.KEEPS_FOR_LATER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Bewaart zijn stroom voor {used_by} tot {used_end_by}, als een kWh minstens {used_eur_per_kwh} waard is",
            "Keeps what it holds for {used_by} to {used_end_by}, when a kWh is worth at least {used_eur_per_kwh}",
        ),
    ),
    Code.KEEPS_FOR_AFTER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Bewaart zijn stroom vooral voor na dit plan, als een kWh naar schatting ruwweg {kept_roughly_eur_per_kwh} waard is",
            "Keeps what it holds mostly for after this plan, when a kWh may be worth roughly {kept_roughly_eur_per_kwh}",
        ),
    ),
    Code.WAITS_TO_FILL: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Wacht met laden tot {filled_by}, als een kWh {filled_eur_per_kwh} kost",
            "Waits to charge until {filled_by}, when a kWh costs {filled_eur_per_kwh}",
        ),
    ),
    Code.SPREAD_TOO_SMALL: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Rust, want geen later kwartier is duur genoeg om verlies en slijtage goed te maken",
            "Rests, because no later quarter-hour is dear enough to pay for losses and wear",
        ),
    ),
    Code.BATTERY_EVEN: Kind(
        Rung.MARKET,
        Bound.NOTHING,
        Said(
            "Rust, want het maakt niets uit of hij het nu doet of later",
            "Rests, because it makes no difference whether it acts now or later",
        ),
    ),
    Code.BATTERY_BLOCKED: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Kan niet laden, want je aansluiting zit vol: die neemt hooguit {limit_kw}",
            "Cannot charge, because your connection is full: it takes {limit_kw} at most",
        ),
        Said(
            "Kan niet laden, want je mag hooguit {limit_kw} afnemen, van {who}",
            "Cannot charge, because you may take {limit_kw} at most, by word of {who}",
        ),
    ),
}
