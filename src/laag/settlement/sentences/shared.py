"""What the line of what was earned together says."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.settlement.sentences.wording import Wording

_TEXT = Said("Samen verdiend", "Earned together")
_RULE = Said(
    "Eerst krijgt ieder huis wat het vroeg voor wat het gaf. Van de rest blijft een deel bij wie gaf, en gaat een deel in de pot: "
    "naar het buurtfonds en, met de verdeelsleutel van het handvest, naar de leden. De leverancier krijgt de beursprijs terug voor "
    "stroom die hij voor je kocht en die je niet afnam. Bracht het te weinig op, dan legt het buurtfonds bij.",
    "First each home gets what it asked for what it gave. Of the rest a part stays with those who gave, and a part goes into the pot: "
    "to the community fund and, by the charter's sharing key, to members. The supplier gets back the exchange price of electricity "
    "that it bought for you and you did not take. Where it earned too little, the community fund makes up the difference.",
)
_MORE = Said(
    "Had iedereen evenveel gekregen, dan had jij {difference_units} minder gehad.",
    "Had everybody got the same, you would have had {difference_units} less.",
)
_LESS = Said(
    "Had iedereen evenveel gekregen, dan had jij {difference_units} meer gehad.",
    "Had everybody got the same, you would have had {difference_units} more.",
)
_SAME = Said("Iedereen kreeg evenveel.", "Everybody got the same.")

_GRID = Said("Samen verdiend met hulp aan het net", "Earned together by helping the grid")
_GRID_RULE = Said(
    "Het handvest zegt dat wat de netbeheerder betaalt in de pot gaat. Daarvan gaat een deel naar het buurtfonds; de rest gaat met de "
    "verdeelsleutel naar de leden.",
    "The charter says that what the grid operator pays goes into the pot. A part of it is the community fund's; the rest goes to members "
    "by the sharing key.",
)
_KEPT = (
    Said(
        "Had ieder gehouden wat hij zelf kreeg, dan had jij {difference_units} minder gehad.",
        "Had each kept its own, you would have had {difference_units} less.",
    ),
    Said(
        "Had ieder gehouden wat hij zelf kreeg, dan had jij {difference_units} meer gehad.",
        "Had each kept its own, you would have had {difference_units} more.",
    ),
    Said(
        "Had ieder gehouden wat hij zelf kreeg, dan had jij evenveel gehad.",
        "Had each kept its own, you would have had the same.",
    ),
)

WORDINGS: dict[str, Wording] = {
    "shared.gave": Wording(
        _TEXT,
        Said(
            "Je huis gebruikte {asked_count} keer een kwartier minder of meer dan gepland, {given_wh} bij elkaar, omdat het landelijke "
            "net dat kon gebruiken; van de {earned_units} die de buurt daarmee verdiende, is {own_units} voor jou.",
            "In {asked_count} quarter-hours your home used less or more than planned, {given_wh} in all, because the country's grid "
            "could use it; of the {earned_units} that the neighbourhood earned by that, {own_units} is yours.",
        ),
        _RULE,
        _MORE,
        _LESS,
        _SAME,
    ),
    "shared": Wording(
        _TEXT,
        Said(
            "De buurt verdiende samen {earned_units}; jouw huis hoefde er niets voor te doen en krijgt er {own_units} van, zoals het "
            "handvest zegt.",
            "The neighbourhood earned {earned_units} together; your home did not have to do anything for it and gets {own_units} of "
            "it, as the charter says.",
        ),
        _RULE,
        _MORE,
        _LESS,
        _SAME,
    ),
    "shared.grid": Wording(
        _GRID,
        Said(
            "Voor hulp aan het net betaalde de netbeheerder de buurt {earned_units}, en dat gaat in één pot: van jou ging er {put_units} "
            "in, en er kwam {out_units} voor je uit.",
            "For help with the grid the grid operator paid the neighbourhood {earned_units}, and that goes into one pot: {put_units} of "
            "yours went in, and {out_units} came out for you.",
        ),
        _GRID_RULE,
        *_KEPT,
    ),
    "shared.grid_fined": Wording(
        _GRID,
        Said(
            "Wat de netbeheerder met de buurt verrekende, {earned_units}, gaat in één pot: jouw boete van {put_units} ook, en er is "
            "{out_units} van voor jou.",
            "What the grid operator settled with the neighbourhood, {earned_units}, goes into one pot: your fine of {put_units} too, and "
            "{out_units} of it is yours.",
        ),
        _GRID_RULE,
        *_KEPT,
    ),
    "shared.cost": Wording(
        Said("Samen gedragen", "Borne together"),
        Said(
            "Het kostte de buurt samen {earned_units}; {own_units} daarvan is voor jou, zoals het handvest zegt.",
            "It cost the neighbourhood {earned_units} together; {own_units} of that is yours, as the charter says.",
        ),
        _RULE,
        Said(
            "Had iedereen evenveel betaald, dan had jij {difference_units} meer betaald.",
            "Had everybody paid the same, you would have paid {difference_units} more.",
        ),
        Said(
            "Had iedereen evenveel betaald, dan had jij {difference_units} minder betaald.",
            "Had everybody paid the same, you would have paid {difference_units} less.",
        ),
        Said("Iedereen betaalde evenveel.", "Everybody paid the same."),
    ),
}
