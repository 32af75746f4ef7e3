"""What is said of the car."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.AWAY: Kind(Rung.SAFETY, Bound.LEVEL, Said("Is er niet", "Is not there")),
    Code.CAN_NO_MORE: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Laadt zo veel het kan, elk kwartier, maar vertrekt {departs_at} met {left_kwh} van de gewenste {wanted_kwh}",
            "Charges all it can, every quarter-hour, but leaves {departs_at} with {left_kwh} of the {wanted_kwh} wanted",
        ),
    ),
    Code.NEEDS_ALL: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Heeft elk kwartier vóór {until_by} nodig om {wanted_kwh} te halen, wat de stroom ook kost",
            "Needs every quarter-hour before {until_by} to reach {wanted_kwh}, whatever power costs",
        ),
    ),
    Code.PAID_TO_CHARGE: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt omdat je {paid_eur_per_kwh} per kWh krijgt om stroom af te nemen",
            "Charges because you are paid {paid_eur_per_kwh} per kWh to take power",
        ),
    ),
    Code.CHARGES_ON_SUN: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt op je eigen zon; terugleveren zou {price_would_bring} en van het net kost een kWh {grid_eur_per_kwh}",
            "Charges on your own sun; feeding it in would {price_would_bring} and from the grid a kWh costs {grid_eur_per_kwh}",
        ),
    ),
    Code.CHARGES_ON_STORED: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt op wat de batterij geeft; van het net kost een kWh {grid_eur_per_kwh}",
            "Charges on what the battery gives; from the grid a kWh costs {grid_eur_per_kwh}",
        ),
    ),
    Code.CHARGES_EXTRA: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt meer dan {departs_at} nodig is, want na die rit kost een kWh minstens {next_stay_eur_per_kwh} en hier "
            "{price_eur_per_kwh}",
            "Charges more than is needed {departs_at}, because after that trip a kWh costs at least "
            "{next_stay_eur_per_kwh} and here {price_eur_per_kwh}",
        ),
    ),
    Code.CHARGES_AHEAD: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt meer dan {departs_at} nodig is, want na die rit laadt hij al elk kwartier zo veel hij kan",
            "Charges more than is needed {departs_at}, because after that trip it already charges all it can, every "
            "quarter-hour",
        ),
    ),
    Code.CHEAPEST: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt, want dit is {taking_cheapest} vóór {until_by}",
            "Charges because this is {taking_cheapest} before {until_by}",
        ),
    ),
    Code.CHEAPEST_WITH_ROOM: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Laadt, want van de kwartieren waarin je aansluiting ruimte heeft is dit {taking_cheapest} vóór {until_by}",
            "Charges because, of those in which your connection has room, this is {taking_cheapest} before {until_by}",
        ),
    ),
    Code.CAR_GIVES: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Geeft terug omdat een kWh {price_eur_per_kwh} waard is en {taken_at} voor {taken_eur_per_kwh} weer in de auto gaat",
            "Gives back because a kWh is worth {price_eur_per_kwh} and {taken_at} goes back into the car at "
            "{taken_eur_per_kwh}",
        ),
    ),
    Code.CAR_EASES_CONNECTION: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Geeft terug omdat je aansluiting vol zit: die neemt hooguit {limit_kw}",
            "Gives back because your connection is full: it takes {limit_kw} at most",
        ),
        Said(
            "Geeft terug omdat je hooguit {limit_kw} mag afnemen, van {who}",
            "Gives back because you may take {limit_kw} at most, by word of {who}",
        ),
    ),
    Code.CAR_GIVES_SPARE: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Geeft terug wat {departs_at} niet nodig is: een kWh is {price_eur_per_kwh} waard",
            "Gives back what is not needed {departs_at}: a kWh is worth {price_eur_per_kwh}",
        ),
    ),
    Code.CAR_TAKES_SPARE_SUN: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Laadt op zon die je aansluiting niet weg kan laten: die geeft hooguit {giving_kw}",
            "Charges on sun that your connection cannot carry away: it gives {giving_kw} at most",
        ),
        Said(
            "Laadt op zon die het net niet op mag: hooguit {giving_kw} van {who}",
            "Charges on sun that may not go to the grid: {giving_kw} at most, by word of {who}",
        ),
    ),
    Code.CAR_CANNOT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said("Kan aan deze laadpaal niet laden", "Cannot charge at this wall box"),
    ),
    Code.CAR_GIVES_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Geeft terug, want alles meegerekend is een kWh {all_told_eur_per_kwh} waard en in de auto {kept_eur_per_kwh}",
            "Gives back, because all told a kWh is worth {all_told_eur_per_kwh} and in the car {kept_eur_per_kwh}",
        ),
    ),
    Code.CAR_STEP: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Laadt met {least_kw}, want minder kan een auto niet",
            "Charges with {least_kw}, because a car cannot take less",
        ),
    ),
    Code.HAS_ENOUGH: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Heeft met {held_kwh} genoeg voor zijn vertrek {departs_at}",
            "Holds enough, {held_kwh}, for leaving {departs_at}",
        ),
    ),
    Code.AT_MOST: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Laadt niet verder dan {most_kwh}, zoals jij wilt",
            "Charges no further than {most_kwh}, as you wish",
        ),
    ),
    Code.TIME_LATER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Wacht, want na dit plan is er nog tijd genoeg tot het vertrek {departs_at}",
            "Waits, because after this plan there is still time enough until it leaves {departs_at}",
        ),
    ),
    Code.CAR_BLOCKED: Kind(
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
    Code.WAITS_FOR_SUN: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said("Wacht op je eigen zon {taken_at}", "Waits for your own sun {taken_at}"),
    ),
    Code.WAITS_FOR_PRICE: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Wacht tot {taken_by}, als een kWh {taken_eur_per_kwh} kost",
            "Waits until {taken_by}, when a kWh costs {taken_eur_per_kwh}",
        ),
    ),
    Code.CAR_EVEN: Kind(
        Rung.MARKET,
        Bound.NOTHING,
        Said("Laadt pas {taken_at}", "Charges only {taken_at}"),
    ),
    Code.CAR_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt, want alles meegerekend kost een kWh {all_told_eur_per_kwh} en in de auto is hij {worth_eur_per_kwh} waard",
            "Charges, because all told a kWh costs {all_told_eur_per_kwh} and in the car it is worth {worth_eur_per_kwh}",
        ),
    ),
    Code.CAR_NOT_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Laadt niet, want alles meegerekend kost een kWh {all_told_eur_per_kwh} en is hij in de auto {worth_eur_per_kwh} waard",
            "Does not charge, because all told a kWh costs {all_told_eur_per_kwh} and is worth {worth_eur_per_kwh} in the car",
        ),
    ),
}
