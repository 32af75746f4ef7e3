"""What a household reads of its neighbourhood's charter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said

HEAD = Said("Wat de buurt heeft afgesproken", "What the neighbourhood agreed")
LEAD = Said(
    "De regels van de buurt, wat er wordt voorgesteld, en wat dat voor dit huis had uitgemaakt. Stemmen kan hier; iets voorstellen kan op de pagina van de buurt.",
    "The rules of the neighbourhood, what is proposed, and what that would have made of this home. You can vote here; you can propose something on the neighbourhood's page.",
)
PROPOSALS = Said("Voorstellen", "Proposals")
NOTHING = Said("Er is nog niets voorgesteld.", "Nothing has been proposed yet.")
RULES = Said("Alle regels", "All rules")
VERSION = Said("Versie {version}, sinds {day}.", "Version {version}, since {day}.")
NOW = Said("Nu staat er", "Now it says")
WOULD = Said("Met dit voorstel staat er", "With this proposal it says")
WHY = Said("Waarom", "Why")
YOUR_HOME = Said("Dit huis", "This home")
MORE = Said(
    "Wat het voor de hele buurt had uitgemaakt", "What it would have made for the whole neighbourhood"
)
YOUR_VOTE = Said("De stem van dit huis", "The vote of this home")
CHOICES: Mapping[str, Said] = MappingProxyType(
    {"yes": Said("Voor", "For"), "no": Said("Tegen", "Against"), "abstain": Said("Onthouding", "Abstain")}
)
VOTE = Said("Stem", "Vote")
VOTED = Said("Dit huis stemde", "This home voted")
CHANGE = Said("Dat kan nog anders, tot de stemming sluit.", "It can still be changed until the vote closes.")
CODE = Said("Controlecode", "Check code")
CODE_NOTE = Said(
    "Na de stemming staat op de pagina van de buurt bij elke code wat er is gestemd, zonder namen.",
    "After the vote the neighbourhood's page shows what was voted with each code, without names.",
)
ONE_VOTE = Said(
    "Elke aansluiting heeft één stem, hier of op de pagina van de buurt uitgebracht; de laatste telt. Dit huis ondertekent hem.",
    "Every connection has one vote, given here or on the neighbourhood's page; the last one counts. This home signs it.",
)
TAKEN = Said("De stem is aangekomen bij de buurt.", "The vote has arrived at the neighbourhood.")
AWAY = Said(
    "De buurt is nu niet te bereiken; er is niet gestemd. Probeer het later opnieuw.",
    "The neighbourhood cannot be reached now; nothing was voted. Try again later.",
)
NOT_TAKEN = Said(
    "De buurt nam deze stem niet aan. De stemming kan gesloten zijn; ververs de pagina.",
    "The neighbourhood did not take this vote. The vote may be closed; load the page again.",
)
FIXED = Said("Staat vast", "Fixed")
