"""What goes along with every call of a home: who it is, when, and its signature."""

from __future__ import annotations

from laag.foundation.data import Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_EVERY = (
    Purpose.OWN,
    Purpose.MEMBERSHIP,
    Purpose.MARKET,
    Purpose.SETTLEMENT,
    Purpose.RECORD,
    Purpose.GRID,
    Purpose.FLEXIBILITY,
    Purpose.COORDINATION,
    Purpose.VOTING,
    Purpose.AGREEMENT,
    Purpose.COMPARISON,
    Purpose.COACH,
    Purpose.FUND,
    Purpose.RESEARCH,
)
_ENVELOPE = group(
    "envelope",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    _EVERY,
    keeps=None,
    why=Said(
        "Zodat niemand een bericht kan namaken of twee keer kan laten tellen.",
        "So that nobody can forge a message or have it count twice.",
    ),
    least=Said(
        "De naam is er een die niets over je zegt; zonder volgnummer of handtekening zou een verloren bericht niet opnieuw gestuurd kunnen worden.",
        "The name is one that says nothing of you; without a serial number or signature a lost message could not be sent again.",
    ),
    fields={
        "kind": Said("welke soort bericht het is", "which kind of message it is"),
        "member": Said("een naam die niets over je zegt", "a name that says nothing of you"),
        "day": Said("de dag waar het over gaat", "the day that it is about"),
        "number": Said(
            "een volgnummer, zodat niets dubbel telt", "a serial number, so that nothing counts twice"
        ),
        "signature": Said("de handtekening van dit huis", "the signature of this home"),
    },
)
_CALL = group(
    "call",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (*_EVERY, Purpose.PUBLIC),
    keeps=0,
    why=Said(
        "Zodat alleen dit huis te zien krijgt wat van dit huis is.",
        "So that only this home is shown what is this home's.",
    ),
    least=Said(
        "Wie openbare dingen vraagt, zoals prijzen, stuurt naam, tijd en handtekening niet mee; wat voor programma of apparaat je hebt staat er nooit bij.",
        "Who asks for public things, such as prices, sends no name, time or signature; which program or device you have is never said.",
    ),
    fields={
        "laag-member": Said("de naam die niets over je zegt", "the name that says nothing of you"),
        "laag-at": Said("hoe laat het is", "what time it is"),
        "laag-signature": Said("de handtekening onder de vraag", "the signature under the question"),
        "start": Said("vanaf welk kwartier je iets vraagt", "from which quarter-hour on you ask"),
        "count": Said("over hoeveel kwartieren", "of how many quarter-hours"),
        "first": Said("vanaf welke dag", "from which day on"),
        "last": Said("tot en met welke dag", "up to which day"),
        "days": Said("over hoeveel dagen", "of how many days"),
        "kind": Said(
            "van welke soort regels je de bewijzen vraagt", "of which kind of lines you ask the evidence"
        ),
        "market": Said("van welke markt", "of which market"),
        "since": Said("hoe ver je de vorige keer was", "how far you were the last time"),
        "receipts": Said("dat je een ontvangstbewijs wilt", "that you want a receipt"),
    },
)
_ENROLMENT = group(
    "enrolment",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.MEMBERSHIP,),
    keeps=None,
    why=Said("Om lid te worden.", "To become a member."),
    least=Said(
        "De code zegt dat je mag meedoen en de sleutel maakt dat niemand zich voor jou kan uitgeven; je naam en adres zijn niet nodig.",
        "The code says that you may take part and the key keeps others from speaking for you; your name and address are not needed.",
    ),
    fields={
        "code": Said("de code die je van de buurt kreeg", "the code that the neighbourhood gave you"),
        "public_key": Said(
            "de openbare helft van de sleutel van dit huis", "the public half of this home's key"
        ),
        "signature": Said("een handtekening met die sleutel", "a signature with that key"),
    },
)
_WEATHER = group(
    "weather",
    Kind.OPEN,
    Scale.HOME,
    Party.WEATHER,
    (Purpose.WEATHER,),
    keeps=None,
    why=Said(
        "Om te weten hoeveel zon en kou er komt. In de instellingen van dit huis kan het uit (weather).",
        "To know how much sun and cold is coming. The settings of this home can turn it off (weather).",
    ),
    least=Said(
        "De plek gaat tot op een tiende graad (zo'n 10 km): het weer verschilt daarbinnen nauwelijks. Wij gaan er niet over hoe lang Open-Meteo een vraag bewaart.",
        "The place goes to a tenth of a degree (some 10 km): within it the weather hardly differs. How long Open-Meteo keeps a question is not ours to say.",
    ),
    fields={
        "latitude": Said("de breedtegraad, op een tiende", "the latitude, to a tenth"),
        "longitude": Said("de lengtegraad, op een tiende", "the longitude, to a tenth"),
    },
)
FIELDS = (*_ENVELOPE, *_CALL, *_ENROLMENT, *_WEATHER)
