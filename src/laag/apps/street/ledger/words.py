"""What is said of the shared record where it is less than it should be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from laag.foundation.words import Said

MOST = 200
"""Keys in one answer."""
_IN_THE_LOG = "het logboek van de server zegt waarom"
NO_RECORD = Said("Deze buurt houdt geen gezamenlijk boek bij.", "This neighbourhood keeps no shared record.")
GONE = Said(
    "Het geheim van dit huis voor het gezamenlijke boek is op verzoek gewist.",
    "This home's secret for the shared record was erased at its wish.",
)
ERASED = Said(
    "In het gezamenlijke boek staat van jou alleen een hash die zonder jouw geheim niets zegt. Dat geheim is nu gewist: niemand kan "
    "nog laten zien of nagaan dat een regel van jou was, jij ook niet meer met hulp van de buurt. Wat je zelf aan bewijzen bewaarde, "
    "blijft geldig, en de bewijzen van je buren ook.",
    "Of you the shared record holds only a hash that says nothing without your secret. That secret is erased now: nobody can show or "
    "confirm any more that a line was yours, nor can you with the neighbourhood's help. Proofs that you kept yourself stay valid, "
    "and so do your neighbours'.",
)


def alone() -> Said:
    """A ledger of one."""
    return Said(
        "Het gezamenlijke boek heeft één lid, deze server zelf: niemand anders kijkt mee. Dat een regel later niet is veranderd, kan een "
        "huis nagaan met wat het zelf bewaarde; dat iedereen hetzelfde boek ziet, pas als andere leden meetekenen.",
        "The shared record has one member, this server itself: nobody else watches. A home can tell that a line was not changed later "
        "by what it kept itself; that everybody sees the same record, only once other members sign too.",
    )


def waiting(count: int, since: datetime, why: str) -> Said:
    """Entries that are not on the ledger."""
    at = f"{since:%Y-%m-%d %H:%M}"
    nl = f" ({_IN_THE_LOG})" if why else ""
    en = f" ({why})" if why else ""
    return Said(
        f"Sinds {at} {'wacht één boeking' if count == 1 else f'wachten {count} boekingen'} voor het gezamenlijke boek{nl}. De stroom en de markt "
        "gaan gewoon door; ze worden vanzelf aangeboden, in hun volgorde.",
        f"Since {at} {'one entry waits' if count == 1 else f'{count} entries wait'} for the shared record{en}. Power and market just go on; "
        "they are handed in by themselves, in their order.",
    )


def wrong(keys: Sequence[str]) -> Said:
    """What stands there is not what comes out here."""
    some = ", ".join(keys[:3])
    return Said(
        f"In het gezamenlijke boek staat iets anders dan hier uit het logboek komt: {some}. Laat deze dagen narekenen (laag audit).",
        f"The shared record holds something else than comes out of the log here: {some}. Have these days audited (laag audit).",
    )


def late(keys: Sequence[str]) -> Said:
    """Books that came after the prices."""
    some = ", ".join(keys[-3:])
    return Said(
        f"Deze boeken stonden pas in het grootboek toen de prijzen al bekend waren: {some}. Ze bewijzen niet dat er daarna niets meer aan veranderde.",
        f"These books came onto the ledger when the prices were known already: {some}. They do not prove that nothing was changed since.",
    )


def disputed(keys: Sequence[str]) -> Said:
    """What a member says is not right."""
    some = ", ".join(keys[-3:])
    return Said(
        f"Een lid van het grootboek bestrijdt: {some}. Wat het vond, staat op de pagina van het gezamenlijke boek en bij dat lid.",
        f"A member of the ledger disputes: {some}. What it found is on the page of the shared record and with that member.",
    )


def away(why: str) -> Said:
    """The ledger does not answer."""
    return Said(
        f"Het gezamenlijke boek antwoordt nu niet ({_IN_THE_LOG}). De stroom en de markt gaan gewoon door.",
        f"The shared record does not answer now ({why}). Power and market just go on.",
    )


def refuses(member: str, why: Said) -> Said:
    """A witness that answers and does not sign."""
    return Said(
        f"{member} weigert voor het gezamenlijke boek te tekenen ({why.nl}). Wat het zag is anders dan wat hier staat: zoek dit samen uit voordat "
        "iemand nieuwe dagen vertrouwt.",
        f"{member} refuses to sign for the shared record ({why.en}). What it saw is other than what is here: find this out together before "
        "anybody trusts new days.",
    )


def put_back(at: datetime, copied: datetime, size: int) -> Said:
    """For good: who saw more than the copy held has to be able to tell loss from fraud."""
    return Said(
        f"Deze buurt is op {at:%Y-%m-%d %H:%M} teruggezet van een kopie van {copied:%Y-%m-%d %H:%M}, toen het boek {size} inschrijvingen had. Wat "
        "daartussen lag, is door de huizen en de andere leden opnieuw verteld of verloren.",
        f"This neighbourhood was put back on {at:%Y-%m-%d %H:%M} from a copy of {copied:%Y-%m-%d %H:%M}, when the record had {size} entries. What lay "
        "between was told again by homes and the other members, or is lost.",
    )


def began(day: date) -> Said:
    """A record that is younger than its neighbourhood."""
    return Said(
        f"Het gezamenlijke boek begint met {day}; eerdere dagen van deze buurt staan er niet in.",
        f"The shared record begins with {day}; earlier days of this neighbourhood are not in it.",
    )


def before(day: date, first: date) -> Said:
    """A day that cannot be checked by the record."""
    return Said(
        f"{day} is van voor het gezamenlijke boek, dat begint met {first}: er is niets vastgelegd om die dag mee te vergelijken.",
        f"{day} is from before the shared record, which begins with {first}: nothing was committed to compare that day with.",
    )
