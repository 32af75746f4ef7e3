"""What each line of a bill says, in Dutch and in English: one plain sentence, and one comparison.

A line's reason is a code with numbers; here the code becomes words. ``{name}`` is a number of the reason, written by
``laag.settlement.words``; in a comparison ``{difference_units}`` is how far the line would have been off.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.settlement.words import Said


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of line."""

    text: Said
    because: Said
    rule: Said
    """How it is computed, for who asks."""
    more: Said = Said()
    """The comparison, where otherwise the line would have been higher."""
    less: Said = Said()
    same: Said = Said()

    def otherwise(self, difference_units: int) -> Said:
        """The comparison that fits; under half a cent nothing differs."""
        if abs(difference_units) < 500_000:
            return self.same
        return self.more if difference_units > 0 else self.less


WORDINGS: dict[str, Wording] = {
    "market_purchase": Wording(
        Said("Gekocht op de buurtmarkt", "Bought on the neighbourhood market"),
        Said(
            "Je kocht {bought_wh} voor gemiddeld {price_ticks} zonder belasting; {local_wh} daarvan kwam uit de buurt zelf.",
            "You bought {bought_wh} at {price_ticks} on average before tax; {local_wh} of it came from within the neighbourhood.",
        ),
        Said(
            "Per kwartier betaalt elke koper dezelfde prijs: die van de buurt, gemengd met wat van buiten moest komen.",
            "In each quarter-hour every buyer pays one price: the neighbourhood's, mixed with what had to come from outside.",
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
    "market_sale": Wording(
        Said("Verkocht op de buurtmarkt", "Sold on the neighbourhood market"),
        Said(
            "Je verkocht {sold_wh} voor gemiddeld {price_ticks}.",
            "You sold {sold_wh} at {price_ticks} on average.",
        ),
        Said(
            "Per kwartier krijgt elke verkoper dezelfde prijs: die van de buurt, gemengd met wat naar buiten ging.",
            "In each quarter-hour every seller gets one price: the neighbourhood's, mixed with what went outside.",
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
    "supply": Wording(
        Said("Stroom van je leverancier", "Electricity from your supplier"),
        Said(
            "Je nam {offtake_wh} af voor gemiddeld {price_ticks}, zonder belasting.",
            "You took {offtake_wh} at {price_ticks} on average, before tax.",
        ),
        Said(
            "Elke afgenomen kWh maal de prijs van je contract in dat kwartier.",
            "Every kWh taken times your contract's price in that quarter-hour.",
        ),
        more=Said(
            "Tegen de gemiddelde prijs van deze periode was het {difference_units} meer geweest.",
            "At this period's average price it would have been {difference_units} more.",
        ),
        less=Said(
            "Tegen de gemiddelde prijs van deze periode was het {difference_units} minder geweest.",
            "At this period's average price it would have been {difference_units} less.",
        ),
        same=Said(
            "Het maakte niet uit wanneer je het gebruikte: de prijs was steeds gemiddeld dezelfde.",
            "It made no difference when you used it: on average the price was the same.",
        ),
    ),
    "feed_in": Wording(
        Said("Teruggeleverd aan je leverancier", "Fed in to your supplier"),
        Said(
            "Je leverde {fed_in_wh} terug voor gemiddeld {price_ticks}.",
            "You fed in {fed_in_wh} at {price_ticks} on average.",
        ),
        Said(
            "Elke teruggeleverde kWh maal de vergoeding van je contract, zonder btw.",
            "Every kWh fed in times your contract's compensation, without VAT.",
        ),
        more=Said(
            "Met salderen, zoals tot 2027, was je rekening {difference_units} hoger geweest.",
            "With netting, as until 2027, your bill would have been {difference_units} higher.",
        ),
        less=Said(
            "Met salderen, zoals tot 2027, had dit je {difference_units} meer bespaard.",
            "With netting, as until 2027, this would have saved you {difference_units} more.",
        ),
    ),
    "netting": Wording(
        Said("Gesaldeerd", "Netted"),
        Said(
            "{netted_wh} van je teruglevering is over deze {days} weggestreept tegen je afname, voor de volle prijs.",
            "{netted_wh} of your feed-in was set off against your offtake over these {days}, at the full price.",
        ),
        Said(
            "Salderen: het kleinste van afname en teruglevering over de periode telt niet mee voor prijs, belasting en "
            "btw. De wet saldeert per leveringsjaar; deze rekening doet dat over haar eigen dagen.",
            "Netting: the lesser of offtake and feed-in over the period escapes price, tax and VAT. The law nets per "
            "supply year; this bill does so over its own days.",
        ),
        more=Said(
            "Zonder salderen was je, met belasting en btw, {difference_units} meer kwijt geweest.",
            "Without netting you would, tax and VAT included, have paid {difference_units} more.",
        ),
        less=Said(
            "Zonder salderen was je {difference_units} minder kwijt geweest.",
            "Without netting you would have paid {difference_units} less.",
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
            "Alles wat je kocht kwam van buiten: belasting over elke kWh was evenveel geweest.",
            "All you bought came from outside: a tax on every kWh would have been as much.",
        ),
    ),
    "energy_tax.offtake": Wording(
        Said("Energiebelasting", "Energy tax"),
        Said(
            "Over alle {taxed_wh} die je afnam betaal je energiebelasting.",
            "You pay energy tax on all {taxed_wh} that you took.",
        ),
        Said(
            "Per aansluiting en jaar, in schijven die bij nul beginnen op de eerste dag van deze rekening.",
            "Per connection and year, in brackets that start from zero on the first day of this bill.",
        ),
    ),
    "energy_tax.netted": Wording(
        Said("Energiebelasting", "Energy tax"),
        Said(
            "Over {taxed_wh}, je afname min wat is gesaldeerd, betaal je energiebelasting.",
            "You pay energy tax on {taxed_wh}: what you took less what was netted.",
        ),
        Said(
            "Per aansluiting en jaar, in schijven die bij nul beginnen op de eerste dag van deze rekening.",
            "Per connection and year, in brackets that start from zero on the first day of this bill.",
        ),
    ),
    "deviation": Wording(
        Said("Anders dan aangekondigd", "Other than announced"),
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
            "Had je precies gedaan wat was aangekondigd, dan stond hier niets: {difference_units} meer.",
            "Had you done exactly as announced, this would be nothing: {difference_units} more.",
        ),
        less=Said(
            "Had je precies gedaan wat was aangekondigd, dan stond hier niets: {difference_units} minder.",
            "Had you done exactly as announced, this would be nothing: {difference_units} less.",
        ),
        same=Said("Je deed wat was aangekondigd.", "You did as announced."),
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
    "pv": Wording(
        Said(
            "Je zonnepanelen (zit al in de regels hierboven)",
            "Your solar panels (already in the lines above)",
        ),
        Said(
            "Je panelen gaven {pv_wh}; {own_wh} daarvan gebruikte je op hetzelfde moment zelf.",
            "Your panels gave {pv_wh}; you used {own_wh} of it yourself at the same moment.",
        ),
        Said(
            "Dezelfde aansluiting zonder panelen, tegen dezelfde prijzen.",
            "The same connection without panels, at the same prices.",
        ),
        more=Said(
            "Zonder panelen was deze rekening {difference_units} hoger, inclusief btw.",
            "Without panels this bill would be {difference_units} higher, VAT included.",
        ),
        less=Said(
            "Zonder panelen was deze rekening {difference_units} lager: de prijzen waren vaak negatief.",
            "Without panels this bill would be {difference_units} lower: prices were often negative.",
        ),
        same=Said(
            "Zonder panelen was deze rekening even hoog.", "Without panels this bill would be the same."
        ),
    ),
    "battery": Wording(
        Said(
            "Je thuisbatterij (zit al in de regels hierboven)",
            "Your home battery (already in the lines above)",
        ),
        Said(
            "Je batterij laadde {charged_wh} en gaf later {discharged_wh} terug.",
            "Your battery charged {charged_wh} and gave back {discharged_wh} later.",
        ),
        Said(
            "Dezelfde aansluiting zonder batterij, tegen dezelfde prijzen; slijtage niet meegeteld.",
            "The same connection without a battery, at the same prices; wear not counted.",
        ),
        more=Said(
            "Zonder batterij was deze rekening {difference_units} hoger, inclusief btw.",
            "Without the battery this bill would be {difference_units} higher, VAT included.",
        ),
        less=Said(
            "Zonder batterij was deze rekening {difference_units} lager, inclusief btw.",
            "Without the battery this bill would be {difference_units} lower, VAT included.",
        ),
        same=Said(
            "Zonder batterij was deze rekening even hoog.", "Without the battery this bill would be the same."
        ),
    ),
    "ev_shift.later": Wording(
        Said(
            "Wanneer je auto laadde (zit al in de regels hierboven)",
            "When your car charged (already in the lines above)",
        ),
        Said(
            "Je auto laadde {ev_wh}, het meest rond {charged_quarter}; meestal kwam hij rond {arrived_quarter} thuis.",
            "Your car charged {ev_wh}, most of it around {charged_quarter}; it usually came home around {arrived_quarter}.",
        ),
        Said(
            "Dezelfde kWh per keer dat hij thuis was, op vol vermogen vanaf aankomst, tegen dezelfde prijzen.",
            "The same kWh per stay, at full power from arrival, at the same prices.",
        ),
        more=Said(
            "Je laadde rond {charged_quarter} in plaats van meteen rond {arrived_quarter} en betaalde {difference_units} minder.",
            "You charged around {charged_quarter} instead of at once around {arrived_quarter} and paid {difference_units} less.",
        ),
        less=Said(
            "Meteen laden bij aankomst was {difference_units} goedkoper geweest.",
            "Charging at once on arrival would have been {difference_units} cheaper.",
        ),
        same=Said(
            "Meteen laden bij aankomst had evenveel gekost.",
            "Charging at once on arrival would have cost the same.",
        ),
    ),
    "ev_shift.spread": Wording(
        Said(
            "Wanneer je auto laadde (zit al in de regels hierboven)",
            "When your car charged (already in the lines above)",
        ),
        Said(
            "Je auto laadde {ev_wh}, het meest rond {charged_quarter}; meestal kwam hij rond {arrived_quarter} thuis.",
            "Your car charged {ev_wh}, most of it around {charged_quarter}; it usually came home around {arrived_quarter}.",
        ),
        Said(
            "Dezelfde kWh per keer dat hij thuis was, op vol vermogen vanaf aankomst, tegen dezelfde prijzen.",
            "The same kWh per stay, at full power from arrival, at the same prices.",
        ),
        more=Said(
            "Je spreidde het laden over de uren na aankomst en betaalde {difference_units} minder.",
            "You spread charging over the hours after arrival and paid {difference_units} less.",
        ),
        less=Said(
            "Meteen laden bij aankomst was {difference_units} goedkoper geweest.",
            "Charging at once on arrival would have been {difference_units} cheaper.",
        ),
        same=Said(
            "Meteen laden bij aankomst had evenveel gekost.",
            "Charging at once on arrival would have cost the same.",
        ),
    ),
    "heat_pump": Wording(
        Said(
            "Wanneer je warmtepomp draaide (zit al in de regels hierboven)",
            "When your heat pump ran (already in the lines above)",
        ),
        Said(
            "Je warmtepomp gebruikte {heat_pump_wh} voor gemiddeld {price_ticks}, alles inbegrepen.",
            "Your heat pump used {heat_pump_wh} at {price_ticks} on average, all included.",
        ),
        Said(
            "Dezelfde kWh per dag, tegen de gemiddelde prijs van die dag.",
            "The same kWh each day, at that day's average price.",
        ),
        more=Said(
            "Gelijkmatig over de dag was het {difference_units} duurder geweest, inclusief btw.",
            "Spread evenly over the day it would have cost {difference_units} more, VAT included.",
        ),
        less=Said(
            "Gelijkmatig over de dag was het {difference_units} goedkoper geweest, inclusief btw.",
            "Spread evenly over the day it would have cost {difference_units} less, VAT included.",
        ),
        same=Said(
            "Gelijkmatig over de dag had evenveel gekost.",
            "Spread evenly over the day it would have cost the same.",
        ),
    ),
    "feed_in_cost": Wording(
        Said("Terugleverkosten", "Feed-in cost"),
        Said(
            "Je leverancier vraagt kosten voor de {fed_in_wh} die je teruglevert.",
            "Your supplier charges for the {fed_in_wh} that you fed in.",
        ),
        Said(
            "Per teruggeleverde kWh, of een vast bedrag per jaar, naar je contract.",
            "Per kWh fed in, or a fixed sum a year, by your contract.",
        ),
        less=Said(
            "Had je niets teruggeleverd, dan was dit {difference_units} minder geweest.",
            "Had you fed in nothing, this would have been {difference_units} less.",
        ),
    ),
    "estimated": Wording(
        Said("Geschatte kwartieren", "Estimated quarter-hours"),
        Said(
            "De meter zweeg {estimated_count} keer een kwartier; daar is geschat wat je afnam.",
            "The meter was silent for {estimated_count} quarter-hours; what you took then was estimated.",
        ),
        Said(
            "Hetzelfde kwartier een week eerder, en anders wat de markt had toegewezen. Komt de echte stand, dan wordt dit "
            "teruggeboekt en opnieuw verrekend.",
            "The same quarter-hour a week earlier, or else what the market had cleared. Once the real reading comes, this "
            "is reversed and settled again.",
        ),
    ),
    "network": Wording(
        Said("Netbeheer", "Network"),
        Said(
            "Je aansluiting van {connection} bij {dso} kost {yearly_units} per jaar zonder btw; dit zijn {days}.",
            "Your {connection} connection at {dso} costs {yearly_units} a year before VAT; this is for {days}.",
        ),
        Said(
            "Het jaarbedrag van je netbeheerder, per dag (dagen gedeeld door 365); het hangt niet af van je verbruik.",
            "Your grid operator's yearly amount, by the day (days over 365); it does not depend on your use.",
        ),
    ),
    "fixed_fee": Wording(
        Said("Vaste leveringskosten", "Fixed fee"),
        Said(
            "Je leverancier of gemeenschap vraagt {yearly_units} per jaar zonder btw; dit zijn {days}.",
            "Your supplier or community asks {yearly_units} a year before VAT; this is for {days}.",
        ),
        Said(
            "Het jaarbedrag, per dag (dagen gedeeld door 365).",
            "The yearly amount, by the day (days over 365).",
        ),
    ),
    "reduction": Wording(
        Said("Vermindering energiebelasting", "Energy tax reduction"),
        Said(
            "Iedereen met een woning krijgt {yearly_units} per jaar zonder btw terug; dit zijn {days}.",
            "Every dwelling gets {yearly_units} a year back before VAT; this is for {days}.",
        ),
        Said(
            "Per aansluiting met een woonfunctie, per dag (dagen gedeeld door 365).",
            "Per connection where people live, by the day (days over 365).",
        ),
    ),
    "vat": Wording(
        Said("Btw", "VAT"),
        Said("{rate_percent} over {base_units}.", "{rate_percent} of {base_units}."),
        Said(
            "Over wat jou geleverd is, belasting, netbeheer en vaste kosten, min de vermindering. Stroom die je zelf "
            "verkoopt of teruglevert telt hier niet mee; dat is een aanname (zie docs/policies.md).",
            "On what was supplied to you, tax, network and fixed fees, less the reduction. Electricity that you sell or "
            "feed in is left out here; that is an assumption (see docs/policies.md).",
        ),
    ),
    "rounding": Wording(
        Said("Afronding", "Rounding"),
        Said(
            "Naar hele centen; het verschil is voor het buurtfonds.",
            "To whole cents; the difference is the community fund's.",
        ),
        Said(
            "Alle rekeningen samen worden één keer afgerond; de grootste restjes krijgen de laatste centen.",
            "All bills together are rounded once; the largest remainders get the last cents.",
        ),
    ),
    "total.market": Wording(
        Said("Totaal", "Total"),
        Said(
            "Alles samen over {days}, inclusief btw.",
            "All together over {days}, VAT included.",
        ),
        Said("De som van alle regels.", "The sum of all lines."),
        more=Said(
            "Zonder buurtmarkt, alles gekocht en verkocht buiten de buurt, was dit {difference_units} meer geweest.",
            "Without the local market, all bought and sold outside, this would have been {difference_units} more.",
        ),
        less=Said(
            "Zonder buurtmarkt, alles gekocht en verkocht buiten de buurt, was dit {difference_units} minder geweest.",
            "Without the local market, all bought and sold outside, this would have been {difference_units} less.",
        ),
        same=Said(
            "Zonder buurtmarkt was dit evenveel geweest.",
            "Without the local market this would have been the same.",
        ),
    ),
    "total.contract": Wording(
        Said("Totaal", "Total"),
        Said(
            "Alles samen over {days}, inclusief btw.",
            "All together over {days}, VAT included.",
        ),
        Said("De som van alle regels.", "The sum of all lines."),
    ),
}
