"""Why an offer was taken or was not, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from laag.foundation.money import shown
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Lang, Said, clock, pointed
from laag.neighbourhood.flexibility.chosen import Reason, Why

_SAID: Mapping[Why, Said] = {
    Why.TAKEN: Said(
        "Genomen: om {at} helpt dit {element}, en het vraagt {price}; het is er tot {worth} waard.",
        "Taken: at {at} it helps {element}, and it asks {price}; it is worth up to {worth} there.",
    ),
    Why.PARTLY: Said(
        "Voor een deel genomen: om {at} helpt dit {element} voor {price}, en meer was niet nodig.",
        "Taken in part: at {at} it helps {element} for {price}, and no more was needed.",
    ),
    Why.PARTLY_BACK: Said(
        "Voor een deel genomen voor {price}: van wat hierdoor later wordt ingehaald past om {at} niet meer op {element}.",
        "Taken in part for {price}: of what this makes up for at another time no more fits {element} at {at}.",
    ),
    Why.DEARER: Said(
        "Niet genomen: het vraagt {price}, en om {at} was een kWh hiervan voor {element} {worth} waard.",
        "Not taken: it asks {price}, and at {at} a kWh of it was worth {worth} to {element}.",
    ),
    Why.ALL_OR_NOTHING: Said(
        "Niet genomen: dit kan niet voor een deel, en in zijn geheel was het niet bij de goedkoopste.",
        "Not taken: this cannot be had in part, and in full it was not among the cheapest.",
    ),
    Why.OTHER_WAY: Said(
        "Niet genomen: van deze aansluiting is een ander aanbod genomen dat hier niet mee samengaat.",
        "Not taken: of this connection another offer was taken that does not go with this one.",
    ),
    Why.PARTLY_OTHER: Said(
        "Voor een deel genomen: voor de rest is van deze aansluiting een ander aanbod genomen dat er niet mee samengaat.",
        "Taken in part: for the rest another offer of this connection was taken that does not go with it.",
    ),
    Why.NO_EFFECT: Said(
        "Niet genomen: waar en wanneer dit wordt aangeboden, helpt het geen kabel die te vol is.",
        "Not taken: where and when this is offered it helps no cable that is too full.",
    ),
    Why.REBOUND: Said(
        "Niet genomen: wat hierdoor later wordt ingehaald, maakt {element} om {at} te vol.",
        "Not taken: what this makes up for at another time makes {element} too full at {at}.",
    ),
    Why.NOT_NEEDED: Said(
        "Niet genomen: er is nergens te weinig ruimte.",
        "Not taken: there is room enough everywhere.",
    ),
    Why.EXPIRED: Said(
        "Niet genomen: het aanbod was verlopen toen er gekozen werd.",
        "Not taken: the offer had expired when the choice was made.",
    ),
    Why.TWICE: Said(
        "Niet meegeteld: er is nog een aanbod met dit nummer, en een nummer telt één keer.",
        "Not counted: there is another offer with this number, and a number counts once.",
    ),
    Why.UNKNOWN_CONNECTION: Said(
        "Niet genomen: van deze aansluiting is niet bekend waar ze aan het net zit.",
        "Not taken: it is not known where on the grid this connection is.",
    ),
    Why.OTHER_HOURS: Said(
        "Niet genomen: het aanbod is voor uren waarom niet is gevraagd.",
        "Not taken: the offer is for hours that were not asked about.",
    ),
}
_NO_CLOCK = {
    Why.DEARER: Said(
        "Niet genomen: het vraagt {price}, en een kWh hiervan was {worth} waard.",
        "Not taken: it asks {price}, and a kWh of it was worth {worth}.",
    ),
    Why.PARTLY_BACK: Said(
        "Voor een deel genomen voor {price}: meer past er niet als het wordt ingehaald.",
        "Taken in part for {price}: no more fits when it comes back.",
    ),
    Why.TAKEN: Said("Genomen: het vraagt {price}.", "Taken: it asks {price}."),
    Why.PARTLY: Said(
        "Voor een deel genomen voor {price}: meer was niet nodig.",
        "Taken in part for {price}: no more was needed.",
    ),
}


def say(reason: Reason, grid: PtuGrid, zone: tzinfo = AMSTERDAM) -> Said:
    """In both languages, by the clock on the wall.

    >>> from datetime import UTC, datetime
    >>> late = Reason("h7", Why.REBOUND, "the cable to the Elm Lane", 77, 21_000, 18_000)
    >>> say(late, PtuGrid(datetime(2026, 1, 14, 23, tzinfo=UTC), 96)).en
    'Not taken: what this makes up for at another time makes the cable to the Elm Lane too full at 19:15.'
    """
    said = _SAID[reason.why]
    if reason.ptu < 0:
        said = _NO_CLOCK.get(reason.why, said)
    at = grid.window(reason.ptu, reason.ptu + 1).quarter_of_day(zone)[0] if reason.ptu >= 0 else 0
    numbers: Mapping[str, int | str] = {
        "at": clock(int(at)),
        "element": reason.element,
        "price": reason.price_ticks,
        "worth": reason.worth_ticks,
    }
    return said.filled(numbers, _written)


def _written(_: str, value: int | str, lang: Lang) -> str:
    if isinstance(value, str):
        return value
    return f"{pointed(shown(value, 1000, most=1, least=1), lang)} ct/kWh"
