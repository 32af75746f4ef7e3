"""What trading with neighbours says on a bill."""

from __future__ import annotations

from dataclasses import replace

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

_ONE_PRICE: dict[str, Wording] = {
    "market_purchase": Wording(
        Said("Gekocht op de buurtmarkt", "Bought on the neighbourhood market"),
        Said(
            "Je kocht {bought_wh} voor gemiddeld {price_ticks} zonder belasting; {local_wh} daarvan kwam uit de buurt zelf.",
            "You bought {bought_wh} at {price_ticks} on average before tax; {local_wh} of it came from within the neighbourhood.",
        ),
        Said(
            "Per kwartier betaalt elke koper op dezelfde kabel dezelfde prijs: die van de buurt, gemengd met wat van buiten "
            "moest komen.",
            "In each quarter-hour every buyer on the same cable pays one price: the neighbourhood's, mixed with what had to "
            "come from outside.",
        ),
        more=Said(
            "Buiten de buurt hadden deze kWh, met energiebelasting, {difference_units} meer gekost.",
            "Outside the neighbourhood these kWh, energy tax included, would have cost {difference_units} more.",
        ),
        less=Said(
            "Buiten de buurt hadden deze kWh, met energiebelasting, {difference_units} minder gekost.",
            "Outside the neighbourhood these kWh, energy tax included, would have cost {difference_units} less.",
        ),
        same=Said(
            "Buiten de buurt hadden deze kWh, met energiebelasting, evenveel gekost.",
            "Outside the neighbourhood these kWh, energy tax included, would have cost the same.",
        ),
    ),
    "energy_tax.market": Wording(
        Said("Energiebelasting", "Energy tax"),
        Said(
            "Alleen stroom van buiten is belast: jouw deel daarvan was {taxed_wh} tegen {rate_ticks}.",
            "Only electricity from outside is taxed: your share of it was {taxed_wh} at {rate_ticks}.",
        ),
        Said(
            "De belasting op wat de buurt invoert is verdeeld over alle kopers van dat kwartier, naar hun kWh.",
            "The tax on what the neighbourhood imports is spread over all buyers of that quarter-hour, by their kWh.",
        ),
        more=Said(
            "Was elke gekochte kWh belast, zoals in de wet van nu, dan was het {difference_units} meer geweest.",
            "Had every kWh bought been taxed, as in today's law, it would have been {difference_units} more.",
        ),
        less=Said(
            "Was elke gekochte kWh belast, zoals in de wet van nu, dan was het {difference_units} minder geweest.",
            "Had every kWh bought been taxed, as in today's law, it would have been {difference_units} less.",
        ),
        same=Said(
            "Vrijwel alles wat je kocht kwam van buiten: belasting over elke kWh was evenveel geweest.",
            "Nearly all you bought came from outside: a tax on every kWh would have been as much.",
        ),
    ),
    "market_sale": Wording(
        Said("Verkocht op de buurtmarkt", "Sold on the neighbourhood market"),
        Said(
            "Je verkocht {sold_wh} voor gemiddeld {price_ticks}.",
            "You sold {sold_wh} at {price_ticks} on average.",
        ),
        Said(
            "Per kwartier krijgt elke verkoper op dezelfde kabel dezelfde prijs: die van de buurt, gemengd met wat naar "
            "buiten ging.",
            "In each quarter-hour every seller on the same cable gets one price: the neighbourhood's, mixed with what went "
            "outside.",
        ),
        more=Said(
            "Buiten de buurt had je er {difference_units} minder voor gekregen.",
            "Outside the neighbourhood you would have got {difference_units} less for it.",
        ),
        less=Said(
            "Buiten de buurt had je er {difference_units} meer voor gekregen.",
            "Outside the neighbourhood you would have got {difference_units} more for it.",
        ),
        same=Said(
            "Buiten de buurt had je er evenveel voor gekregen.",
            "Outside the neighbourhood you would have got the same for it.",
        ),
    ),
    "intraday_purchase": Wording(
        Said("Bijgekocht in de loop van de dag", "Bought in addition during the day"),
        Said(
            "Je huis zag dat het meer nodig had dan besteld en kocht tot een kwartier vooraf {bought_wh} bij voor gemiddeld "
            "{price_ticks}.",
            "Your home saw that it needed more than it had ordered and bought {bought_wh} in addition, up to a "
            "quarter-hour before, at {price_ticks} on average.",
        ),
        Said(
            "Per kwartier handelen eerst de buren onderling, volgens dezelfde regel als de dag vooraf; de rest komt van de "
            "landelijke markt van dat moment. Energiebelasting zit erin voor zover de straat er meer door invoert.",
            "In each quarter-hour neighbours trade among themselves first, by the same rule as the day before; the rest "
            "comes from the national market of that moment. Energy tax is in it as far as the street imports more by it.",
        ),
        more=Said(
            "Op de landelijke markt van dat moment, of zonder prijs daarvan tegen die van de dag vooraf, had het "
            "{difference_units} meer gekost.",
            "On the national market of that moment, or without a price of it at that of the day before, it would have "
            "cost {difference_units} more.",
        ),
        less=Said(
            "Op de landelijke markt van dat moment, of zonder prijs daarvan tegen die van de dag vooraf, had het "
            "{difference_units} minder gekost.",
            "On the national market of that moment, or without a price of it at that of the day before, it would have "
            "cost {difference_units} less.",
        ),
        same=Said(
            "Op de landelijke markt van dat moment had het evenveel gekost.",
            "On the national market of that moment it would have cost the same.",
        ),
    ),
    "intraday_sale": Wording(
        Said("Verkocht in de loop van de dag", "Sold during the day"),
        Said(
            "Je huis zag dat het minder nodig had dan besteld, of meer over had, en verkocht tot een kwartier vooraf {sold_wh} "
            "voor gemiddeld {price_ticks}.",
            "Your home saw that it needed less than it had ordered, or had more left, and sold {sold_wh} up to a "
            "quarter-hour before, at {price_ticks} on average.",
        ),
        Said(
            "Per kwartier handelen eerst de buren onderling, volgens dezelfde regel als de dag vooraf; de rest gaat naar de "
            "landelijke markt van dat moment. Energiebelasting die daardoor vervalt is voor wie verkoopt.",
            "In each quarter-hour neighbours trade among themselves first, by the same rule as the day before; the rest "
            "goes to the national market of that moment. Energy tax that lapses by it is for who sells.",
        ),
        more=Said(
            "Als nieuwe teruglevering op de landelijke markt had je er {difference_units} minder voor gekregen.",
            "As new feed-in on the national market you would have got {difference_units} less for it.",
        ),
        less=Said(
            "Als nieuwe teruglevering op de landelijke markt had je er {difference_units} meer voor gekregen.",
            "As new feed-in on the national market you would have got {difference_units} more for it.",
        ),
        same=Said(
            "Als nieuwe teruglevering op de landelijke markt had je er evenveel voor gekregen.",
            "As new feed-in on the national market you would have got the same for it.",
        ),
    ),
    "deviation": Wording(
        Said("Verschil met wat was aangekondigd", "Difference from what was announced"),
        Said(
            "Je nam op sommige momenten samen {more_wh} meer, en op andere {less_wh} minder af dan aangekondigd.",
            "At times you took {more_wh} more in all, and at other times {less_wh} less, than announced.",
        ),
        Said(
            "Buren vangen elkaar op tegen de buurtprijs; alleen de kant die de buurt uit balans brengt betaalt of krijgt "
            "de landelijke onbalansprijs en het verschil in energiebelasting.",
            "Neighbours balance each other at the local price; only the side that brings the street out of balance pays "
            "or gets the national imbalance price and the difference in energy tax.",
        ),
        more=Said(
            "Had je precies gedaan wat was aangekondigd, dan had je deze {difference_units} niet gekregen.",
            "Had you done exactly as announced, you would not have got these {difference_units}.",
        ),
        less=Said(
            "Had je precies gedaan wat was aangekondigd, dan had je deze {difference_units} niet betaald.",
            "Had you done exactly as announced, you would not have paid these {difference_units}.",
        ),
        same=Said(
            "Het maakte voor je rekening niets uit.",
            "It made no difference to your bill.",
        ),
    ),
    "flexibility": Wording(
        Said("Ruimte gegeven aan de netbeheerder", "Room given to the grid operator"),
        Said(
            "Op verzoek van de netbeheerder gebruikte je op drukke momenten minder.",
            "At the grid operator's request you used less at busy times.",
        ),
        Said(
            "De vergoeding van de netbeheerder, de doorverkochte stroom en de vervallen belasting zijn voor wie leverde.",
            "The grid operator's payment, the electricity sold on and the lapsed tax go to who delivered.",
        ),
        more=Said(
            "Zonder je hulp had je dit bedrag niet gekregen.",
            "Without your help you would not have got this amount.",
        ),
        less=Said(
            "Zonder verzoek had je dit bedrag niet betaald.",
            "Without the request you would not have paid this amount.",
        ),
    ),
}

_OF_YOUR_OWN = Said(
    "Onder deze marktregel heeft elke koop en verkoop een eigen prijs, tussen de grenzen van beide kanten in.",
    "Under this market rule every purchase and sale has a price of its own, between the limits of its two sides.",
)

_ROOM = {
    "less": Said(
        "Je gebruikte tussen {from_quarter} en {stop_quarter} {given_wh} minder omdat de kabel vol zat; de netbeheerder "
        "betaalt {dso_units}.",
        "You used {given_wh} less between {from_quarter} and {stop_quarter} because the cable was full; the grid operator "
        "pays {dso_units}.",
    ),
    "more": Said(
        "Je gebruikte tussen {from_quarter} en {stop_quarter} {given_wh} meer, of leverde zoveel minder terug, omdat de kabel "
        "vol zat; de netbeheerder betaalt {dso_units}.",
        "You used {given_wh} more between {from_quarter} and {stop_quarter}, or fed in that much less, because the cable was "
        "full; the grid operator pays {dso_units}.",
    ),
    "short": Said(
        "De kabel zat vol tussen {from_quarter} en {stop_quarter}: je zou {asked_wh} schuiven en het werd {given_wh}; de "
        "netbeheerder betaalt {dso_units}.",
        "The cable was full between {from_quarter} and {stop_quarter}: you were to shift {asked_wh} and shifted {given_wh}; "
        "the grid operator pays {dso_units}.",
    ),
    "owed": Said(
        "De kabel zat vol tussen {from_quarter} en {stop_quarter}: je zou {asked_wh} schuiven en het werd {given_wh}; voor wat "
        "ontbrak betaal je de netbeheerder {dso_units}.",
        "The cable was full between {from_quarter} and {stop_quarter}: you were to shift {asked_wh} and shifted {given_wh}; "
        "for what was missing you pay the grid operator {dso_units}.",
    ),
    "often": Said(
        "Je schoof {times_count} keer met je gebruik omdat de kabel vol zat, samen {given_wh} van de gevraagde {asked_wh}; de "
        "netbeheerder betaalt {dso_units}.",
        "You shifted your use {times_count} times because the cable was full, {given_wh} of the {asked_wh} asked for in all; "
        "the grid operator pays {dso_units}.",
    ),
    "often_owed": Said(
        "Je zou {times_count} keer met je gebruik schuiven omdat de kabel vol zat, samen {asked_wh}, en het werd {given_wh}; "
        "voor wat ontbrak betaal je de netbeheerder {dso_units}.",
        "You were to shift your use {times_count} times because the cable was full, {asked_wh} in all, and shifted "
        "{given_wh}; for what was missing you pay the grid operator {dso_units}.",
    ),
}

WORDINGS = {
    **_ONE_PRICE,
    **{
        f"flexibility.{name}": replace(_ONE_PRICE["flexibility"], because=because)
        for name, because in _ROOM.items()
    },
    "market_purchase.bilateral": replace(_ONE_PRICE["market_purchase"], rule=_OF_YOUR_OWN),
    "market_sale.bilateral": replace(_ONE_PRICE["market_sale"], rule=_OF_YOUR_OWN),
    "energy_tax.bilateral": replace(
        _ONE_PRICE["energy_tax.market"],
        because=Said(
            "Alleen stroom van buiten is belast; op deze rekening staat daarvan {taxed_wh} tegen {rate_ticks}.",
            "Only electricity from outside is taxed; this bill shows {taxed_wh} of it at {rate_ticks}.",
        ),
        rule=Said(
            "De belasting op wat de buurt invoert is hier naar kWh over alle kopers verdeeld; wat je betaalt volgt uit je "
            "eigen prijzen.",
            "The tax on what the neighbourhood imports is shown here by the kWh of all buyers; what you pay follows from "
            "your own prices.",
        ),
    ),
}
