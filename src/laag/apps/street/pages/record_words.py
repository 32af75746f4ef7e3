"""The words of the page of the shared record."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said

TITLE = Said("Het gezamenlijke boek", "The shared record")
LEAD = Said(
    "Wat besteld werd, wat de meters zeiden en wat het kostte, ligt elke dag vast in een boek dat de leden samen bewaken. Er staan geen "
    "bedragen en geen namen van huizen in, alleen zegels (hashes): elk huis kan zijn eigen regels ermee controleren, en doet dat zelf.",
    "What was ordered, what the meters said and what it cost is committed every day to a record that its members watch together. It "
    "holds no amounts and no names of homes, only seals (hashes): each home can check its own lines by them, and does so itself.",
)
NO_RECORD = Said(
    "Deze buurt houdt nog geen gezamenlijk boek bij.", "This neighbourhood keeps no shared record yet."
)
WELL = Said(
    "Het boek is in orde: er wacht niets te lang en niets verschilt van het logboek.",
    "The record is well: nothing waits too long, and nothing differs from the log.",
)
NOT_WELL = Said("Er is iets met het boek:", "Something is the matter with the record:")
NAME = Said("Naam", "Name")
NAME_HOW = Said(
    "Elk huis laat deze naam zien bij ‘Gegevens’. Is hij daar anders, dan ziet dat huis een ander boek.",
    "Each home shows this name under ‘My data’. If it differs there, that home is shown another record.",
)
WHOLE = Said("Voluit", "In full")
KEPT_BY = Said("Hoe het bewaard wordt", "How it is kept")
DRIVERS: Mapping[str, Said] = {
    "embedded": Said(
        "één lid zet de inschrijvingen op volgorde en de anderen tekenen elke stand; dat laat geknoei zien, het is geen gezamenlijk besluit",
        "one member puts the entries in order and the others sign every head; that shows tampering, it is no joint decision",
    ),
    "comet": Said(
        "de leden besluiten samen over elke inschrijving", "the members decide together on every entry"
    ),
}
SIZE = Said("Inschrijvingen", "Entries")
PROVEN = Said(
    "Daarvan door meer dan twee derde van de leden ondertekend",
    "Of them signed by more than two thirds of the members",
)
WAITING = Said("Nog aan te bieden", "Still to be handed in")
MEMBERS = Said("Wie het samen bewaken", "Who watches it together")
MEMBER = Said("Lid", "Member")
ROLE = Said("Doet", "Does")
SIGNED = Said("Tekende voor", "Signed for")
NOTE = Said("Opmerking", "Note")
ROLES: Mapping[str, Said] = {
    "operator": Said("legt orders, prijzen en rekeningen vast", "commits orders, prices and bills"),
    "metering": Said("legt meterstanden vast", "commits readings"),
    "grid": Said("vraagt ruimte op het net", "asks for room on the grid"),
}
WATCHES = Said("kijkt mee", "watches")
NEWEST = Said("Het laatst ingeschreven", "Entered last")
PLACE = Said("Plaats", "Place")
WHAT = Said("Wat", "What")
BY = Said("Door", "By")
DISPUTED = Said("Wat een lid betwist", "What a member disputes")
NO_WORDS = Said(
    "Wat dit lid vond, liet het hier nog niet zien; op het gezamenlijke boek staat de hash ervan.",
    "What this member found it did not show here yet; the shared record has the hash of it.",
)
CHECK = Said(
    "Nagaan kan iedereen: een huis met zijn bewijs (laag verify), een lid of toezichthouder een hele dag (laag audit), en wie wil leest alle "
    "inschrijvingen.",
    "Anybody can check it: a home with its evidence (laag verify), a member or a regulator a whole day (laag audit), and whoever wants to "
    "reads all entries.",
)
KINDS: Mapping[str, Said] = {
    "book": Said("orders, vóór de prijzen", "orders, before the prices"),
    "clear": Said("wat de markt ervan maakte", "what the market made of it"),
    "meter": Said("meterstanden", "readings"),
    "settle": Said("afrekening", "settlement"),
    "flex": Said("ruimte op het net", "room on the grid"),
    "attest": Said("nagerekend, zelfde uitkomst", "recomputed, same result"),
    "dispute": Said("betwist", "disputed"),
    "vote": Said("stem over leden", "vote on members"),
    "rotate": Said("nieuwe sleutel", "new key"),
    "anchor": Said("stand van een ander boek", "head of another record"),
}
