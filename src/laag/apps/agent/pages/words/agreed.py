"""What a home's page says of agreements between neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said

TITLE = Said("Beloofd aan de buren", "Promised to the neighbours")
TODAY, TOMORROW = Said("Vandaag", "Today"), Said("Morgen", "Tomorrow")
DEVICES: Mapping[str, Said] = MappingProxyType(
    {
        "ev": Said(
            "{day} van {hours} laadt je huis de auto niet („{name}”), tenzij hij anders niet op tijd klaar is.",
            "{day} from {hours} your home does not charge the car (“{name}”), unless it would not be ready in time.",
        ),
        "heat_pump": Said(
            "{day} van {hours} verwarmt de warmtepomp niet meer dan nodig is („{name}”).",
            "{day} from {hours} the heat pump heats no more than is needed (“{name}”).",
        ),
        "battery": Said(
            "{day} van {hours} laadt de batterij niet uit het net („{name}”).",
            "{day} from {hours} the battery does not charge from the grid (“{name}”).",
        ),
    }
)
BY_HAND = Said(
    "{day} van {hours} geldt „{name}”. Dat kan je huis niet voor je doen: denk er zelf aan.",
    "{day} from {hours} “{name}” holds. Your home cannot do that for you: think of it yourself.",
)
NOT_FOLLOWED = Said(
    "{day} van {hours} geldt „{name}”. Je huis doet er niet aan mee, want je zette verzoeken van buiten uit.",
    "{day} from {hours} “{name}” holds. Your home does not follow it, because you turned requests from outside off.",
)
TOLD = Said(
    "„{name}” op {day}: je huis vertelde de buurt {kwh} voor alle afgesproken uren samen.",
    "“{name}” on {day}: your home told the neighbourhood {kwh} for all agreed hours together.",
)
NO_YES = Said(
    "„{name}” op {day}: er is niets verteld, want daar heb je geen ja tegen gezegd. Dat telt niet tegen je.",
    "“{name}” on {day}: nothing was told, for you gave no yes to that. It is not held against you.",
)
NOT_MEASURED = Said(
    "„{name}” op {day}: er is nog niets verteld; zodra alles gemeten is gaat er één getal. Lukt dat niet, dan telt het niet tegen je.",
    "“{name}” on {day}: nothing is told yet; once all is measured one number goes. Where it is not, it is not held against you.",
)
