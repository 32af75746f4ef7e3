"""What a device says about the lines above it; these lines move no money."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

_CAR = Said(
    "Wanneer je auto laadde (zit al in de regels hierboven)",
    "When your car charged (already in the lines above)",
)
_CAR_CHARGED = Said(
    "Je auto laadde {ev_wh}, het meest rond {charged_quarter}; meestal kwam hij rond {arrived_quarter} thuis.",
    "Your car charged {ev_wh}, most of it around {charged_quarter}; it usually came home around {arrived_quarter}.",
)
_CAR_RULE = Said(
    "Dezelfde kWh per keer dat hij thuis was, op vol vermogen vanaf aankomst, tegen dezelfde prijzen.",
    "The same kWh per stay, at full power from arrival, at the same prices.",
)
_CAR_LESS = Said(
    "Meteen laden bij aankomst was {difference_units} goedkoper geweest.",
    "Charging at once on arrival would have been {difference_units} cheaper.",
)
_CAR_SAME = Said(
    "Meteen laden bij aankomst had evenveel gekost.",
    "Charging at once on arrival would have cost the same.",
)


def _car(more: Said, charged: Said = _CAR_CHARGED) -> Wording:
    return Wording(_CAR, charged, _CAR_RULE, more=more, less=_CAR_LESS, same=_CAR_SAME)


WORDINGS: dict[str, Wording] = {
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
            "Je batterij laadde {charged_wh} en gaf {discharged_wh} terug.",
            "Your battery charged {charged_wh} and gave back {discharged_wh}.",
        ),
        Said(
            "Dezelfde aansluiting zonder batterij, tegen dezelfde prijzen; slijtage, en wat er aan het begin en aan het "
            "eind in zat, niet meegeteld.",
            "The same connection without a battery, at the same prices; wear, and what it held at the beginning and at "
            "the end, not counted.",
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
    "ev_shift.later": _car(
        Said(
            "Je laadde rond {charged_quarter} in plaats van meteen rond {arrived_quarter} en betaalde {difference_units} minder.",
            "You charged around {charged_quarter} instead of at once around {arrived_quarter} and paid {difference_units} less.",
        ),
    ),
    "ev_shift.next_day": _car(
        Said(
            "Je laadde de volgende dag rond {charged_quarter} in plaats van meteen rond {arrived_quarter} en betaalde "
            "{difference_units} minder.",
            "You charged around {charged_quarter} the next day instead of at once around {arrived_quarter} and paid "
            "{difference_units} less.",
        ),
    ),
    "ev_shift.spread": _car(
        Said(
            "Je spreidde het laden over de uren na aankomst en betaalde {difference_units} minder.",
            "You spread charging over the hours after arrival and paid {difference_units} less.",
        ),
    ),
    "ev_shift.there": _car(
        Said(
            "Meteen aan het begin laden had {difference_units} meer gekost.",
            "Charging at once at the beginning would have cost {difference_units} more.",
        ),
        Said(
            "Je auto laadde {ev_wh}, het meest rond {charged_quarter}; hij stond er al toen deze rekening begon.",
            "Your car charged {ev_wh}, most of it around {charged_quarter}; it was there already when this bill began.",
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
}
