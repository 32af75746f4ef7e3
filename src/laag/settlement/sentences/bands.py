"""What a subscribed band says on a bill. Every price of a band is an example, and each line says so."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

_TEXT = Said("Netbeheer: je bandbreedte (voorbeeldprijs)", "Network: your band (example price)")
_RULE = Said(
    "Het jaarbedrag van je bandbreedte, per dag (dagen gedeeld door 365). Netbeheerders kondigden bandbreedtes aan in 2022 en "
    "voerden ze nooit in; er is nooit een prijs vastgesteld, dus elk bedrag is een voorbeeld.",
    "Your band's yearly amount, by the day (days over 365). Grid operators announced bands in 2022 and never introduced "
    "them; no price was ever set, so every amount is an example.",
)
_BEYOND = Said("Boven je bandbreedte (voorbeeldprijs)", "Above your band (example price)")
_BEYOND_RULE = Said(
    "Wat je buren van hun bandbreedte overlaten, wordt elk moment verdeeld over wie meer vraagt, tot iedereen evenveel "
    "boven zijn eigen bandbreedte uitkomt. Alleen wat dan nog overblijft, kost geld; de netbeheerder krijgt het. Het kost "
    "je buren niets, en jou nooit meer dan je eigen bandbreedte alleen. De prijs per kWh is een voorbeeld.",
    "What neighbours leave of their bands is shared at every moment among those who ask more, until all stand equally "
    "far above their own band. Only what is then left over costs money, and the grid operator gets it. It costs your "
    "neighbours nothing, and you never more than your own band alone. The price per kWh is an example.",
)

WORDINGS: dict[str, Wording] = {
    "network.band": Wording(
        _TEXT,
        Said(
            "Je bandbreedte van {band} bij {dso} kost {yearly_units} per jaar zonder btw; dit is het deel voor {days}. Van wat "
            "je ervan overliet, gebruikten buren {lent_wh}.",
            "Your band of {band} at {dso} costs {yearly_units} a year before VAT; this is for {days}. Of what you left of it "
            "neighbours used {lent_wh}.",
        ),
        _RULE,
        more=Said(
            "Een bandbreedte van {other} had voor deze dagen {difference_units} meer gekost.",
            "A band of {other} would have cost {difference_units} more for these days.",
        ),
        less=Said(
            "Een bandbreedte van {other} had voor deze dagen {difference_units} minder gekost.",
            "A band of {other} would have cost {difference_units} less for these days.",
        ),
        same=Said(
            "Een bandbreedte van {other} had voor deze dagen evenveel gekost.",
            "A band of {other} would have cost the same for these days.",
        ),
    ),
    "network.band_earned": Wording(
        _TEXT,
        Said(
            "Je bandbreedte van {band} bij {dso} kost geen {full_units} maar {yearly_units} per jaar zonder btw, omdat je "
            "{delivered_percent} gaf van wat de netbeheerder je {requests_count} keer vroeg; dit is het deel voor {days}. Van wat "
            "je ervan overliet, gebruikten buren {lent_wh}.",
            "Your band of {band} at {dso} costs {yearly_units} a year before VAT instead of {full_units}, because you gave "
            "{delivered_percent} of what the grid operator asked you {requests_count} times; this is for {days}. Of what you "
            "left of it neighbours used {lent_wh}.",
        ),
        _RULE,
        more=Said(
            "Had je niet geantwoord op wat de netbeheerder vroeg, dan was dit {difference_units} meer geweest.",
            "Had you not answered what the grid operator asked, this would have been {difference_units} more.",
        ),
        same=Said(
            "Had je niet geantwoord op wat de netbeheerder vroeg, dan was dit voor deze dagen evenveel geweest.",
            "Had you not answered what the grid operator asked, this would have been the same for these days.",
        ),
    ),
    "network.band_changed": Wording(
        _TEXT,
        Said(
            "Je bandbreedte bij {dso} was eerst {before} ({before_days}) en is nu {band}; dit is samen voor {days}. Van wat je "
            "ervan overliet, gebruikten buren {lent_wh}.",
            "Your band at {dso} was {before} at first ({before_days}) and is {band} now; this is for {days} together. Of "
            "what you left of it neighbours used {lent_wh}.",
        ),
        _RULE,
    ),
    "band.borrowed": Wording(
        _BEYOND,
        Said(
            "Je kwam {above_wh} boven je {band} uit; je buren hadden dat allemaal over, dus het kost niets.",
            "You went {above_wh} above your {band}; your neighbours had all of that to spare, so it costs nothing.",
        ),
        _BEYOND_RULE,
        more=Said(
            "Zonder buren om van te lenen was dit {difference_units} meer geweest.",
            "Without neighbours to borrow from this would have been {difference_units} more.",
        ),
        same=Said(
            "Zonder buren om van te lenen was dit bijna evenveel geweest.",
            "Without neighbours to borrow from this would have been nearly the same.",
        ),
    ),
    "band.beyond": Wording(
        _BEYOND,
        Said(
            "Je kwam {above_wh} boven je {band} uit; {borrowed_wh} daarvan hadden je buren over, en {beyond_wh} kost {price_ticks}.",
            "You went {above_wh} above your {band}; your neighbours had {borrowed_wh} of that to spare, and {beyond_wh} costs {price_ticks}.",
        ),
        _BEYOND_RULE,
        more=Said(
            "Zonder buren om van te lenen was dit {difference_units} meer geweest.",
            "Without neighbours to borrow from this would have been {difference_units} more.",
        ),
        same=Said(
            "Zonder buren om van te lenen was dit evenveel geweest.",
            "Without neighbours to borrow from this would have been the same.",
        ),
    ),
}
