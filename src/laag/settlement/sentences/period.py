"""What is charged by the day or over the whole bill."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

_VAT_BASE = Said(
    "Over wat jou geleverd is, belasting, netbeheer en vaste kosten, min de vermindering. Stroom die je zelf "
    "verkoopt of teruglevert telt hier niet mee; dat is een aanname (zie docs/policies.md).",
    "On what was supplied to you, tax, network and fixed fees, less the reduction. Electricity that you sell or "
    "feed in is left out here; that is an assumption (see docs/policies.md).",
)

_VAT_OTHERWISE = Said(
    "Zonder de vermindering energiebelasting was de btw {difference_units} hoger geweest.",
    "Without the energy tax reduction the VAT would have been {difference_units} higher.",
)

WORDINGS: dict[str, Wording] = {
    "estimated": Wording(
        Said("Geschatte kwartieren", "Estimated quarter-hours"),
        Said(
            "De meter zweeg {estimated_count} keer een kwartier; daar is geschat wat je afnam.",
            "The meter was silent for {estimated_count} quarter-hours; what you took then was estimated.",
        ),
        Said(
            "Wat je huis van je gewone verbruik verwachtte, en wat de apparaten deden. Komt de echte stand, dan hoort dit te "
            "worden teruggeboekt en opnieuw verrekend.",
            "What your home expected of your ordinary use, and what its devices did. Once the real reading comes, this "
            "ought to be reversed and settled again.",
        ),
    ),
    "estimated.by_rule": Wording(
        Said("Geschatte kwartieren", "Estimated quarter-hours"),
        Said(
            "De meter zweeg {estimated_count} keer een kwartier; daar is geschat wat je afnam.",
            "The meter was silent for {estimated_count} quarter-hours; what you took then was estimated.",
        ),
        Said(
            "Hetzelfde kwartier een week eerder, als dat gemeten is; anders wat was afgesproken. Komt de echte stand, dan "
            "wordt dit teruggeboekt en opnieuw verrekend.",
            "The same quarter-hour a week before, if that was measured; else what was agreed. Once the real reading "
            "comes, this is reversed and settled again.",
        ),
    ),
    "unordered": Wording(
        Said("Niet zelf besteld", "Not ordered by your home"),
        Said(
            "Je huis bestelde niets voor {unordered_days}; dezelfde uren van een week eerder zijn voor je besteld.",
            "Your home ordered nothing for {unordered_days}; the same hours of the week before were ordered for you.",
        ),
        Said(
            "Wat je meter toen mat, tegen elke prijs. Wat je anders deed, is verrekend als verschil met wat was aangekondigd.",
            "What your meter measured then, at any price. What you did otherwise was settled as a difference from what "
            "was announced.",
        ),
    ),
    "network": Wording(
        Said("Netbeheer", "Network"),
        Said(
            "Je aansluiting van {connection} bij {dso} kost {yearly_units} per jaar zonder btw; dit is het deel voor {days}.",
            "Your {connection} connection at {dso} costs {yearly_units} a year before VAT; this is for {days}.",
        ),
        Said(
            "Het jaarbedrag van je netbeheerder, per dag (dagen gedeeld door 365); het hangt niet af van je verbruik.",
            "Your grid operator's yearly amount, by the day (days over 365); it does not depend on your use.",
        ),
        more=Said(
            "Een aansluiting van {larger} had voor deze dagen {difference_units} meer gekost.",
            "A {larger} connection would have cost {difference_units} more for these days.",
        ),
    ),
    "network.changed": Wording(
        Said("Netbeheer", "Network"),
        Said(
            "Je aansluiting bij {dso} was eerst {before} ({before_days}) en is nu {connection}; dit is samen voor {days}.",
            "Your connection at {dso} was {before} at first ({before_days}) and is {connection} now; this is for {days} together.",
        ),
        Said(
            "Het jaarbedrag van elke aansluiting voor de dagen dat je haar had (dagen gedeeld door 365).",
            "The yearly amount of each connection for the days on which you had it (days over 365).",
        ),
    ),
    "fixed_fee": Wording(
        Said("Vaste leveringskosten", "Fixed fee"),
        Said(
            "Je leverancier of gemeenschap vraagt {yearly_units} per jaar zonder btw; dit is het deel voor {days}.",
            "Your supplier or community asks {yearly_units} a year before VAT; this is for {days}.",
        ),
        Said(
            "Het jaarbedrag, per dag (dagen gedeeld door 365).",
            "The yearly amount, by the day (days over 365).",
        ),
        same=Said(
            "Had je de helft verbruikt, dan was dit evenveel geweest.",
            "Had you used half as much, this would have been the same.",
        ),
    ),
    "reduction": Wording(
        Said("Vermindering energiebelasting", "Energy tax reduction"),
        Said(
            "Iedereen met een woning krijgt {yearly_units} per jaar zonder btw terug; dit is het deel voor {days}.",
            "Every dwelling gets {yearly_units} a year back before VAT; this is for {days}.",
        ),
        Said(
            "Per aansluiting met een woonfunctie, per dag (dagen gedeeld door 365).",
            "Per connection where people live, by the day (days over 365).",
        ),
        more=Said(
            "Zonder deze vermindering had je {difference_units} meer betaald, de btw daarover nog niet meegeteld.",
            "Without this reduction you would have paid {difference_units} more, the VAT on it not yet counted.",
        ),
    ),
    "reduction.none": Wording(
        Said("Vermindering energiebelasting", "Energy tax reduction"),
        Said(
            "Deze aansluiting heeft volgens de beheerder geen verblijfsfunctie, zoals een laadplein of een gemaal; dan is er "
            "geen vermindering. Klopt dat niet, laat het dan weten.",
            "By what the operator wrote down nobody lives or works at this connection, as at a charging square or a pumping "
            "station; then there is no reduction. If that is not so, say so.",
        ),
        Said(
            "De vermindering hoort bij een aansluiting met een verblijfsfunctie.",
            "The reduction belongs to a connection where people live or work.",
        ),
    ),
    "vat.deviation": Wording(
        Said("Btw", "VAT"),
        Said(
            "{rate_percent} over {base_units}: {others_units} aan stroom, belasting, net en vaste kosten min de vermindering, en "
            "{beyond_units} van het verschil met wat was aangekondigd.",
            "{rate_percent} of {base_units}: {others_units} for electricity, tax, network and fixed fees less the reduction, and "
            "{beyond_units} of the difference from what was announced.",
        ),
        _VAT_BASE,
        more=_VAT_OTHERWISE,
    ),
    "vat": Wording(
        Said("Btw", "VAT"),
        Said("{rate_percent} over {base_units}.", "{rate_percent} of {base_units}."),
        _VAT_BASE,
        more=_VAT_OTHERWISE,
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
