"""What is worth telling, in one plain sentence each, with the way out where there is one."""

from __future__ import annotations

import socket

from laag.adapters.dsmr import Kind, Notice, Serial, Source, Unreachable, Verdict, Why
from laag.foundation.words import Said

LEFT = {
    Verdict.WRONG_CRC: Said("de controlesom (CRC) klopt niet", "its checksum (CRC) is wrong"),
    Verdict.NO_CRC: Said("de controlesom (CRC) ontbreekt", "its checksum (CRC) is missing"),
    Verdict.INCOMPLETE: Said("het begin of het eind ontbreekt", "its begin or end is missing"),
    Verdict.UNREAD: Said("er is niets uit te lezen", "nothing can be read from it"),
}
_SET_ASIDE = {
    Why.REPEATED: Said("hij zegt hetzelfde als de vorige", "it says the same as the one before"),
    Why.LATE: Said("hij is ouder dan een die al meetelt", "it is older than one that counts already"),
    Why.CLOCK_BACK: Said(
        "de klok van de meter ging terug terwijl hij doortelde",
        "the meter's clock went back while it counted on",
    ),
    Why.BACK: Said(
        "een telwerk loopt terug (teruggezet of vervangen)",
        "a register runs backwards (reset or replaced)",
    ),
    Why.LEAP: Said(
        "een telwerk stijgt sneller dan een aansluiting aankan",
        "a register rises faster than a connection carries",
    ),
    Why.OTHER_METER: Said("hij is van een andere meter", "it is of another meter"),
    Why.NO_REGISTER: Said("er is geen telwerk in te lezen", "no register in it can be read"),
    Why.UNCONFIRMED: Said(
        "hij heeft geen controlesom, en de volgende sluit er niet op aan",
        "it has no checksum, and the next one does not go on from it",
    ),
}
OTHERS = {
    "gas": Said("gas", "gas"),
    "water": Said("water", "water"),
    "heat": Said("warmte", "heat"),
    "cold": Said("koude", "cold"),
    "other": Said("andere meter", "other meter"),
}
ANEW = Said(
    "Een nieuw begin: drie metingen zeggen dat de meter vervangen of teruggezet is; vanaf hier telt hij weer mee.",
    "A new beginning: three readings agree that the meter was replaced or reset; it counts again from here.",
)
_SILENT = Said(
    "De meter zwijgt: er komt niets. Zit de kabel vast, en is de P1-poort open?",
    "The meter is silent: nothing comes. Is the cable in, and the P1 port open?",
)
_RUBBISH = Said(
    "De meter is niet te verstaan: er komt wel wat, maar niets dat klopt. Is de snelheid (--baud) goed?",
    "The meter cannot be understood: something comes, none of it right. Is the speed (--baud) right?",
)
_BACK = Said(
    "De meter is er weer; er is niets verloren, hij telde door.",
    "The meter is back; nothing is lost, it counted on.",
)
_CLOCK = Said(
    "De klok van de meter loopt {s} s {nl}; zijn tijd wordt aangehouden.",
    "The meter's clock is {s} s {en}; its time is taken.",
)
_AGREE = Said("De klok van de meter loopt weer gelijk.", "The meter's clock agrees again.")


def notice(told: Notice) -> Said:
    """A notice about the meter or the way to it."""
    match told.kind, told.because:
        case Kind.LEFT, Verdict() as verdict:
            return _joined(Said("Een telegram telt niet mee", "A telegram was set aside"), LEFT[verdict])
        case Kind.SILENT, got:
            return _RUBBISH if got else _SILENT
        case Kind.LOST, fault:
            why = _why(fault) if isinstance(fault, OSError) else Said("hij is verbroken", "it was closed")
            begin = Said(
                "De verbinding is weg en wordt opnieuw geprobeerd",
                "The connection is lost and is tried again",
            )
            return _joined(begin, why)
        case Kind.CLOCK, float(ahead_s):
            nl, en = ("voor", "ahead") if ahead_s > 0 else ("achter", "behind")
            s = f"{abs(ahead_s):.0f}"
            return Said(_CLOCK.nl.format(s=s, nl=nl), _CLOCK.en.format(s=s, en=en))
        case Kind.CLOCK, _:
            return _AGREE
        case _:
            return _BACK


def set_aside(why: Why) -> Said:
    """A reading that does not count."""
    return _joined(Said("Een meting telt niet mee", "A reading was set aside"), _SET_ASIDE[why])


def other(kind: str) -> Said:
    """A meter behind this one whose figure does not count."""
    name = OTHERS.get(kind, OTHERS["other"])
    return Said(
        f"De stand voor {name.nl} telt niet mee: hij sluit niet aan op de vorige.",
        f"The figure for {name.en} was set aside: it does not go on from the last.",
    )


def unreachable(source: Source, fault: OSError) -> Said:
    """Why there is nothing to listen to, and the way out."""
    name = source.name
    if isinstance(fault, Unreachable):
        return fault.said
    if isinstance(source, Serial):
        if isinstance(fault, FileNotFoundError):
            return Said(
                f"er is geen {name}; steek de kabel in en zoek zijn naam in /dev/serial/by-id",
                f"there is no {name}; put the cable in and look for its name in /dev/serial/by-id",
            )
        if isinstance(fault, PermissionError):
            return Said(
                f"deze gebruiker mag {name} niet lezen; sudo usermod -aG dialout $USER, en log opnieuw in",
                f"this user may not read {name}; sudo usermod -aG dialout $USER, then log in again",
            )
        return _with_way_out(name, fault, Said("is het een seriële poort?", "is it a serial port?"))
    if isinstance(fault, ConnectionRefusedError):
        return Said(
            f"{name} weigert de verbinding; staat de lezer aan, en is dit zijn poort?",
            f"{name} refuses the connection; is the reader on, and is this its port?",
        )
    if isinstance(fault, socket.gaierror):
        return Said(
            f"{name}: geen apparaat heet zo; kijk de naam na, of geef het IP-adres",
            f"{name}: no machine is called that; check the name, or give its IP address",
        )
    return _with_way_out(name, fault, Said("zit hij op dit netwerk?", "is it on this network?"))


def _with_way_out(name: str, fault: OSError, ask: Said) -> Said:
    said = fault.strerror or str(fault) or type(fault).__name__
    return Said(f"{name} is niet te lezen ({said}); {ask.nl}", f"{name} cannot be read ({said}); {ask.en}")


def _why(fault: OSError) -> Said:
    if isinstance(fault, Unreachable):
        return fault.said
    said = fault.strerror or str(fault) or type(fault).__name__
    return Said(f"het systeem zegt: {said}", f"the system says: {said}")


def _joined(begin: Said, why: Said) -> Said:
    return Said(f"{begin.nl}: {why.nl}.", f"{begin.en}: {why.en}.")
