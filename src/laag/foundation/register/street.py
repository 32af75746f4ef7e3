"""What a street says of itself: figures of all homes together. The charter's lists of what is visible choose among these."""

from __future__ import annotations

from laag.foundation.data import Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_TEN = Said(
    "Van minder dan tien huizen samen wordt aan wie geen lid is niets gezegd: dan zou één huis eruit op te maken zijn.",
    "Of fewer than ten homes together nothing is told to who is no member: one home could be made out in it.",
)
_PRICES = group(
    "prices",
    Kind.OPEN,
    Scale.COMMUNITY,
    Party.EVERYBODY,
    (Purpose.PUBLIC, Purpose.MARKET, Purpose.RESEARCH),
    keeps=None,
    why=Said("Prijzen zijn voor iedereen.", "Prices are for everybody."),
    least=Said("Er staat niets in van één huis.", "Nothing of a single home is in it."),
    fields={
        "day_ahead": Said("de prijzen van het land", "the country's prices"),
        "street": Said("de prijzen in de straat", "the prices in the street"),
        "expected": Said("de prijzen die worden verwacht", "the prices that are expected"),
    },
)
_TOTALS = group(
    "street",
    Kind.INFRASTRUCTURE,
    Scale.STREET,
    Party.MEMBERS,
    (Purpose.PUBLIC, Purpose.MARKET, Purpose.GRID, Purpose.VOTING, Purpose.RESEARCH),
    keeps=None,
    why=Said(
        "Zodat leden zien wat ze samen doen, en erover kunnen beslissen.",
        "So that members see what they do together, and can decide on it.",
    ),
    least=_TEN,
    fields={
        "members": Said("hoeveel huizen meedoen", "how many homes take part"),
        "traded": Said("hoeveel stroom buren onderling verhandelden", "how much power neighbours traded"),
        "gateway": Said(
            "hoeveel stroom er tussen de straat en het land ging",
            "how much power went between the street and the country",
        ),
        "cables": Said("hoe vol de kabels zijn", "how full the cables are"),
        "limits": Said("wanneer huizen werden begrensd", "when homes were limited"),
        "flexibility": Said("wat de netbeheerder vroeg en kocht", "what the grid operator asked and bought"),
        "merit": Said("welke biedingen er samen waren", "which orders there were together"),
        "savings": Said("wat leden samen bespaarden", "what members saved together"),
        "fund": Said("wat er in het buurtfonds zit", "what the community fund holds"),
        "fairness": Said("wie er wint bij wiens inzet, per groep", "who gains from whose effort, by group"),
        "votes": Said("hoe er is gestemd, opgeteld", "how votes were cast, added up"),
        "answers": Said("wat onderzoekers vroegen en kregen", "what researchers asked and were told"),
        "record": Said("hoe het gezamenlijke boek ervoor staat", "how the shared record stands"),
    },
)
FIELDS = (*_PRICES, *_TOTALS)
