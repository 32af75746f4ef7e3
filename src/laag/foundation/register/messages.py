"""What a home says by itself: orders, amendments, readings, offers, and its consents."""

from __future__ import annotations

from dataclasses import replace

from laag.foundation.data import Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_ROWS = {
    "device": Said(
        "waar de ruimte vandaan komt: huis, zon, batterij, auto of warmtepomp",
        "where the room comes from: home, sun, battery, car or heat pump",
    ),
    "ptu": Said("het kwartier", "the quarter-hour"),
    "side": Said("kopen of verkopen", "buying or selling"),
    "quantity_wh": Said("hoeveel", "how much"),
    "limit_ticks": Said("tot welke prijs", "up to which price"),
}
_ORDERS = group(
    "orders",
    Kind.TRANSACTION,
    Scale.DEVICE,
    Party.NEIGHBOURHOOD,
    (Purpose.MARKET, Purpose.SETTLEMENT, Purpose.RECORD, Purpose.SUPERVISION),
    keeps=None,
    why=Said(
        "Nodig om mee te doen aan de markt. Gaat één keer per dag, in het uur voor de sluiting; niemand anders dan de buurt krijgt ze.",
        "Needed to take part in the market. Sent once a day, in the hour before the gate; nobody but the neighbourhood gets them.",
    ),
    least=Said(
        "Een markt heeft een hoeveelheid en een grens nodig. Het soort apparaat staat erbij zodat bij gelijke prijs de regels van de markt kunnen delen; welk apparaat het is, en je plan, blijven thuis.",
        "A market needs a quantity and a limit. The kind of device is there so that the market's rules can share at equal prices; which device it is, and your plan, stay at home.",
    ),
    fields=_ROWS,
)
_TOLD_TOGETHER = {"orders.device", "orders.side", "orders.quantity_wh"}
"""Of orders, what questions about many homes together may add up; no price that somebody would pay."""
_ORDERS = tuple(
    replace(one, purposes=one.purposes | {Purpose.RESEARCH}) if one.name in _TOLD_TOGETHER else one
    for one in _ORDERS
)
_AMENDMENTS = group(
    "amendments",
    Kind.TRANSACTION,
    Scale.DEVICE,
    Party.NEIGHBOURHOOD,
    (Purpose.MARKET, Purpose.SETTLEMENT, Purpose.RECORD, Purpose.SUPERVISION),
    keeps=None,
    why=Said(
        "Nodig om bij te kopen of te verkopen vóór het kwartier begint; anders wordt het verschil achteraf verrekend. Gaat als het plan anders is geworden; niemand anders dan de buurt krijgt ze.",
        "Needed to buy more or sell before the quarter-hour begins; otherwise the difference is settled afterwards. Sent when the plan has become another; nobody but the neighbourhood gets them.",
    ),
    least=Said(
        "Alleen het verschil met wat je kocht gaat, niet waarom het verschilt.",
        "Only the difference from what you bought goes, not why it differs.",
    ),
    fields=_ROWS,
)
_READINGS = group(
    "readings",
    Kind.DEVICE,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (
        Purpose.SETTLEMENT,
        Purpose.OWN,
        Purpose.RECORD,
        Purpose.GRID,
        Purpose.SUPERVISION,
        Purpose.SUPPORT,
        Purpose.FLEXIBILITY,
        Purpose.AGREEMENT,
        Purpose.COMPARISON,
        Purpose.COACH,
        Purpose.RESEARCH,
    ),
    keeps=None,
    why=Said(
        "Nodig om af te rekenen. Gaat na elk kwartier.", "Needed to settle. Sent after each quarter-hour."
    ),
    least=Said(
        "De prijs verschilt per kwartier, dus een dagtotaal zou niet af te rekenen zijn. Fijner dan een kwartier, per fase of per apparaat gaat niet.",
        "The price differs by quarter-hour, so a day's total could not be settled. Nothing finer than a quarter-hour, by phase or by device goes.",
    ),
    fields={
        "ptu": Said("het kwartier", "the quarter-hour"),
        "wh": Said("wat er door de meter ging", "what passed the meter"),
    },
)
_OFFERS = group(
    "offers",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.FLEXIBILITY, Purpose.SETTLEMENT, Purpose.RECORD, Purpose.SUPERVISION),
    keeps=None,
    why=Said(
        "Nodig om te verdienen aan een volle kabel. Gaat alleen als de netbeheerder iets vraagt; heb je er geen toestemming voor gegeven, dan staat er alleen dat je niets aanbiedt. De netbeheerder ziet alleen de som van meerdere huizen.",
        "Needed to earn with a full cable. Sent only when the grid operator asks; if you have not agreed to it, it only says that you offer nothing. The grid operator only sees the sum of several homes.",
    ),
    least=Said(
        "Een stap met een prijs zegt wat je kunt missen zonder te zeggen welk apparaat het is of wat het doet.",
        "A step with a price says what you can do without, not which device it is or what it does.",
    ),
    fields={
        "request": Said("op welke vraag het antwoord is", "which request it answers"),
        "ptu": Said("vanaf welk kwartier", "from which quarter-hour on"),
        "less_wh": Said("hoeveel minder of meer, stap voor stap", "how much less or more, step by step"),
        "price_ticks": Said("voor hoeveel", "for how much"),
        "rebound_step": Said(
            "van welke stap later iets terugkomt", "of which step something comes back later"
        ),
        "rebound_ptu": Said("in welk kwartier", "in which quarter-hour"),
        "rebound_wh": Said("en hoeveel", "and how much"),
        "least_permille": Said(
            "of een stap ook voor een deel kan", "whether a step can also be taken in part"
        ),
    },
)
_CONSENTS = group(
    "consents",
    Kind.COMMONS,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (
        Purpose.MEMBERSHIP,
        Purpose.COORDINATION,
        Purpose.AGREEMENT,
        Purpose.COMPARISON,
        Purpose.COACH,
        Purpose.RESEARCH,
    ),
    keeps=None,
    why=Said(
        "Zodat de buurt weet waarvoor gegevens van dit huis gebruikt mogen worden, en dat kan bewijzen.",
        "So that the neighbourhood knows what data of this home may be used for, and can prove it.",
    ),
    least=Said(
        "Niet wie ja zei en niet wat er gelezen is, maar een doel, een laatste dag, en de vingerafdruk van de velden waarover het gaat.",
        "Not who said yes nor what was read, but a purpose, a last day, and the fingerprint of the fields that it is about.",
    ),
    fields={
        "purpose": Said("waarvoor", "what for"),
        "until": Said(
            "tot en met welke dag; leeg als het is ingetrokken",
            "up to which day; empty where it was taken back",
        ),
        "scope": Said("de vingerafdruk van waar het ja over gaat", "the fingerprint of what the yes covers"),
    },
)
_TELLINGS = group(
    "tellings",
    Kind.DEVICE,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.AGREEMENT,),
    keeps=400,
    why=Said(
        "Om te laten zien dat dit huis zich aan een afspraak tussen buren houdt. Gaat één keer per dag waarop de afspraak gold, na afloop.",
        "To show that this home keeps an agreement between neighbours. Sent once for a day on which it held, afterwards.",
    ),
    least=Said(
        "Eén getal voor alle afgesproken uren samen, niet wanneer daarbinnen. Zonder ja gaat er niets; dan kijkt de buurt alleen of je meter al laat zien dat het goed ging.",
        "One number for all agreed hours together, not when within them. Without a yes nothing goes; the neighbourhood then only sees whether your meter shows already that it went well.",
    ),
    fields={
        "agreement": Said("om welke afspraak het gaat", "which agreement it is about"),
        "wh": Said("hoeveel het apparaat in die uren nam", "how much the device took in those hours"),
        "because": Said("welke trede van de ladder dat nodig had", "which rung of the ladder needed that"),
    },
)
FIELDS = (*_ORDERS, *_AMENDMENTS, *_READINGS, *_OFFERS, *_CONSENTS, *_TELLINGS)
