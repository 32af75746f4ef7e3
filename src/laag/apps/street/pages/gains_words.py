"""What stands on the page of who gains."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said

TITLE = Said("Wie wint er", "Who gains")
LEAD = Said(
    "Wat huizen minder betalen of meer krijgen doordat ze met elkaar handelen, en hoe elke verdeelsleutel dezelfde som zou verdelen.",
    "What homes pay less or get more because they trade with each other, and how each sharing key would share the same sum.",
)
YOURS = Said("Jouw huis", "Your home")
TOGETHER = Said("Samen gewonnen", "Gained together")
DAYS = Said("Dagen geteld", "Days counted")
MEMBERS = Said("Huizen", "Homes")
GINI = Said("Ongelijkheid (Gini)", "Inequality (Gini)")
GINI_NOTE = Said(
    "0 is voor iedereen evenveel, 1 is alles voor één", "0 is the same for all, 1 is all for one"
)
THIRD = Said("Van wie het minst wint", "Of those who gain least")
THIRD_NOTE = Said(
    "deel van de som dat het derde deel met de laagste winst krijgt",
    "share of the sum of the third with the lowest gain",
)
MEAN = Said("Gemiddeld per huis", "A home, on average")
MEAN_LEAD = Said(
    "Het vierkant is wat een huis nu wint, tegen marktprijzen. De andere tekens zijn wat het bij elke sleutel zou krijgen.",
    "The square is what a home gains now, at market prices. The other marks are what it would get by each key.",
)
GROUP = Said("Groep", "Group")
UNEQUAL = Said("Hoe gelijk verdeeld", "How equally shared")
HOW = Said("Verdeling", "Shared by")
FEW = Said(
    "Er zijn geen tien huizen samen om iets van te laten zien; met minder zou je zien wat een bepaalde buur wint.",
    "There are not ten homes together to show anything of; with fewer you would see what a certain neighbour gains.",
)
NONE_YET = Said("Er is nog geen dag afgerekend.", "No day has been settled yet.")
ABOUT = (
    Said(
        "Groepen van minder dan tien huizen staan samen met een andere groep, zodat niemand te herkennen is.",
        "Groups of fewer than ten homes stand together with another, so that nobody can be recognised.",
    ),
    Said(
        "Een sleutel verdeelt wat samen is verdiend; welke geldt, staat in de afspraken van de straat.",
        "A key shares what was earned together; which one holds is in what the street agreed.",
    ),
    Said(
        "Hetzelfde verbruik is gerekend: bij andere afspraken hadden mensen andere dingen gedaan.",
        "The same use was counted: under other agreements people would have done other things.",
    ),
)
COLUMNS: Mapping[str, Said] = MappingProxyType(
    {
        "now": Said("nu, marktprijs", "now, market price"),
        "equal": Said("gelijk", "equal"),
        "pro_rata": Said("naar bijdrage", "by contribution"),
        "shapley": Said("Shapley", "Shapley"),
    }
)
LABELS: Mapping[str, Said] = MappingProxyType(
    {
        "nothing": Said("niets om te sturen", "nothing to control"),
        "sun": Said("alleen zonnepanelen", "solar panels only"),
        "moves": Said("accu, auto of warmtepomp", "battery, car or heat pump"),
        "both": Said("zonnepanelen en iets om te sturen", "solar panels and something to control"),
        "": Said("direct aan het transformatorhuisje", "directly at the transformer"),
    }
)
WAYS: Mapping[str, Said] = MappingProxyType(
    {"devices": Said("naar apparaten", "by devices"), "cable": Said("naar kabel", "by cable")}
)


def label(names: tuple[str, ...]) -> Said:
    """Of a group, or of several that were too few."""
    each = [LABELS.get(name, Said(name, name)) for name in names]
    return Said(", of ".join(one.nl for one in each), ", or ".join(one.en for one in each))
