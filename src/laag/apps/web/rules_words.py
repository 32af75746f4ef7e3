"""What the page of the rules in force says."""

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said
from laag.settlement.rules import Scope, Standing, Whom

TITLE = Said("Regels die gelden", "Rules in force")
LEAD = Said(
    "Belasting, tarieven en wetten waar je rekening en deze buurt mee te maken hebben, wat er aankomt, en waar dat te lezen is. "
    "Het is een overzicht en geen advies; bij elke regel staat hoe zeker hij is.",
    "Tax, tariffs and laws that your bill and this neighbourhood have to do with, what is on its way, and where that can be read. "
    "It is an overview and no advice; every rule says how sure it is.",
)
OLD = Said(
    "Van een of meer regels is de bron langer dan een jaar geleden gelezen; bij die regels staat dat erbij.",
    "Of one or more rules the source was read more than a year ago; those rules say so.",
)
ABOUT = Said("Over", "About")
FOR = Said("Voor", "For")
SHOW = Said("Toon", "Show")
SOURCE = Said("Bron", "Source")
WHEN = Said("Wanneer", "When")
AMOUNT = Said("Hoeveel", "How much")
RULE = Said("Regel", "Rule")
PARTS: Mapping[Standing, Said] = MappingProxyType(
    {
        Standing.IN_FORCE: Said("Wat nu geldt", "What is in force"),
        Standing.ANNOUNCED: Said("Wat eraan komt", "What is on its way"),
        Standing.PROPOSAL: Said("Voorstellen, nog niet besloten", "Proposals, not decided yet"),
        Standing.REFERENCE: Said("Elders, ter vergelijking", "Elsewhere, to compare with"),
        Standing.EXPIRED: Said("Wat niet meer geldt", "What has expired"),
    }
)
SCOPES: Mapping[Scope, Said] = MappingProxyType(
    {Scope.HOME: Said("een huis", "a home"), Scope.COMMUNITY: Said("een buurt", "a community")}
)
WHOMS: Mapping[Whom, Said] = MappingProxyType(
    {
        Whom.RESIDENT: Said("bewoners", "residents"),
        Whom.OPERATOR: Said("beheerders", "operators"),
        Whom.GRID: Said("netbeheerders", "grid operators"),
        Whom.SUPPLIER: Said("leveranciers", "suppliers"),
        Whom.RESEARCHER: Said("onderzoekers", "researchers"),
        Whom.MAKER: Said("makers van apparaten en programma's", "makers of devices and programs"),
    }
)
