"""What the operator reads of the grid operator's requests."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Netbeheerder", "Grid operator")
LINK = Said("Lees wat de netbeheerder vroeg en bestelde", "Read what the grid operator asked and ordered")
LEAD = Said(
    "Wat de netbeheerder vroeg, wat huizen samen aanboden, wat daarvan besteld en geleverd is, en wat dat opbracht. Van één huis staat hier niets.",
    "What the grid operator asked, what homes offered together, what of it was ordered and delivered, and what that earned. Nothing here is of one home.",
)
NO_LINE = Said(
    "Deze buurt heeft geen lijn met een netbeheerder. De tabel [dso] in de instellingen maakt er een.",
    "This neighbourhood has no line to a grid operator. The table [dso] in the settings makes one.",
)
NOTHING = Said("Er is nog niets gevraagd.", "Nothing has been asked yet.")
REQUESTS = Said("Verzoeken", "Requests")
WHEN = Said("Wanneer", "When")
POINT = Said("Punt", "Point")
ASKS = Said("Vraagt", "Asks for")
LESS = Said("minder afname", "less use")
MORE = Said("meer afname", "more use")
ANSWERED = Said("Antwoord van", "Answered by")
OFFERED = Said("Aangeboden", "Offered")
ORDERED = Said("Besteld", "Ordered")
DELIVERED = Said("Geleverd", "Delivered")
PAID = Said("Betaald", "Paid")
HOW = Said("Hoe het ging", "How it went")
SETTLEMENTS = Said("Afrekening van de netbeheerder", "Settlement by the grid operator")
WITHHELD = Said("Punten waarvan niets wordt verteld", "Points of which nothing is told")


def homes(answered: int, asked: int) -> Said:
    """How many have answered."""
    return Said(f"{answered} van {asked} huizen", f"{answered} of {asked} homes")


def waits(count: int, until: str) -> Said:
    """Before it is passed on."""
    return Said(
        f"Er wordt nog op {count} huizen gewacht, uiterlijk tot {until}.",
        f"{count} homes are still waited for, until {until} at the latest.",
    )


def over(until: str) -> Said:
    """It was never passed on."""
    return Said(
        f"Er is niets doorgegeven: de wachttijd was om {until} om.",
        f"Nothing was passed on: the time to answer was over at {until}.",
    )


def too_few(gave: int, least: int) -> Said:
    """Too few gave something."""
    return Said(
        f"{gave} huizen boden iets aan; van minder dan {least} samen wordt niets doorgegeven, want dan is te zien wat een huis doet.",
        f"{gave} homes offered something; of fewer than {least} together nothing is passed on, for it would show what one home does.",
    )


NOBODY = Said("Niemand had iets te geven.", "Nobody had anything to give.")
NO_ORDER = Said(
    "Doorgegeven; de netbeheerder bestelde er niets van, dus voor niemand verandert er iets.",
    "Passed on; the grid operator ordered none of it, so that nothing changes for anybody.",
)
OFFERED_NOW = Said(
    "Doorgegeven; de netbeheerder kiest nog.", "Passed on; the grid operator is still choosing."
)


def of(bundled: int, price: str) -> Said:
    """Something was ordered."""
    return Said(
        f"Besteld bij {bundled} huizen samen, voor {price} als alles komt.",
        f"Ordered of {bundled} homes together, for {price} if all of it comes.",
    )


def settled(share: str, euros: str, owed: bool) -> Said:  # noqa: FBT001 - a sentence for each
    """By our meters."""
    if owed:
        return Said(
            f"Volgens de meters kwam {share} ervan; voor wat ontbrak betalen deze huizen {euros}.",
            f"By the meters {share} of it came; for what was missing these homes pay {euros}.",
        )
    return Said(
        f"Volgens de meters kwam {share} ervan; de netbeheerder betaalt daarvoor {euros}.",
        f"By the meters {share} of it came; the grid operator pays {euros} for it.",
    )


def same(day: str, theirs: str) -> Said:
    """Both come to the same."""
    return Said(
        f"{day}: de netbeheerder rekent {theirs} af, net als wij.",
        f"{day}: the grid operator settles {theirs}, as we do.",
    )


def differs(day: str, theirs: str, ours: str, between: str) -> Said:
    """They do not."""
    return Said(
        f"{day}: de netbeheerder rekent {theirs} af; volgens de meters van de huizen is het {ours}. Dat scheelt {between}. "
        "De netbeheerder meet op het eigen punt, wij tellen de huizen op; vraag de metingen van die dag als dit niet te verklaren is.",
        f"{day}: the grid operator settles {theirs}; by the meters of the homes it is {ours}. That is {between} apart. "
        "The grid operator measures at its own point, we add up the homes; ask for the measurements of that day where this cannot be explained.",
    )


def not_yet(day: str) -> Said:
    """Nothing came."""
    return Said(
        f"{day}: de netbeheerder heeft nog niet afgerekend; volgens de meters van de huizen is de dag klaar.",
        f"{day}: the grid operator has not settled yet; by the meters of the homes the day is done.",
    )


def withheld(point: str, homes: int, least: int) -> Said:
    """A point that is not told."""
    return Said(
        f"{point}: {homes} huizen. Van minder dan {least} samen, of als een kleinere rest over zou blijven, wordt niets verteld.",
        f"{point}: {homes} homes. Of fewer than {least} together, or where a smaller rest would be left over, nothing is told.",
    )
