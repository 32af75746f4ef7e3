"""What a contract with a supplier says on a bill."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

WORDINGS: dict[str, Wording] = {
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
        less=Said(
            "Met salderen, zoals tot en met 2026, was dit {difference_units} minder geweest.",
            "With netting, as through 2026, this would have been {difference_units} less.",
        ),
        same=Said(
            "Je leverde niets terug: met salderen was dit evenveel geweest.",
            "You fed nothing in: with netting this would have been the same.",
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
        more=Said(
            "Zonder salderen was dit {difference_units} meer geweest.",
            "Without netting this would have been {difference_units} more.",
        ),
        same=Said(
            "Je leverde niets terug: zonder salderen was dit evenveel geweest.",
            "You fed nothing in: without netting this would have been the same.",
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
}
