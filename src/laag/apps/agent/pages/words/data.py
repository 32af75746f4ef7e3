"""The page of the household's data: what leaves the home, who looked, taking it all along, and the ways out."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said

TITLE = Said("Mijn gegevens", "My data")
LEAD = Said(
    "Alles wat laag over dit huis weet, staat in dit huis. Hier zie je wat er naar buiten gaat, en wie ernaar keek.",
    "All that laag knows of this home is kept in this home. Here is what leaves it, and who looked.",
)
LEAVES = Said("Wat er naar buiten gaat", "What leaves this home")
LEAVES_LEAD = Said(
    "Naar de buurt gaan vier soorten berichten, en verder niets. Elk bericht is door dit huis ondertekend, zodat niemand het kan "
    "namaken.",
    "Four kinds of messages go to the neighbourhood, and nothing else. Each is signed by this home, so that nobody can forge it.",
)
LEAVES_NOT = Said(
    "Je wensen, wat apparaten doen, hoe warm het is en het plan blijven thuis.",
    "Your wishes, what devices do, how warm it is and the plan stay at home.",
)
ORDERS = Said(
    "Biedingen: wat je morgen bij welke prijs wilt kopen of verkopen",
    "Orders: what you would buy or sell tomorrow at which price",
)
ORDERS_WHY = Said(
    "Nodig om mee te doen aan de markt. Gaat één keer per dag, in het uur voor de sluiting; niemand anders dan de buurt krijgt ze.",
    "Needed to take part in the market. Sent once a day, in the hour before the gate; nobody but the neighbourhood gets them.",
)
WEATHER = Said(
    "Open-Meteo wordt gevraagd naar het weer: hooguit eens per uur, met de plek van dit huis tot op een tiende graad (zo'n 10 km) en verder niets. In de instellingen van dit huis kan dat uit (weather).",
    "Open-Meteo is asked for the weather: at most once an hour, with this home's place to a tenth of a degree (some 10 km) and nothing else. The settings of this home can turn it off (weather).",
)
AMENDMENTS = Said(
    "Wijzigingen: wat je de komende uren meer of minder wilt dan je kocht",
    "Amendments: what you want more or less of in the coming hours than you bought",
)
AMENDMENTS_WHY = Said(
    "Nodig om bij te kopen of te verkopen vóór het kwartier begint; anders wordt het verschil achteraf verrekend. Gaat als het plan anders is geworden; niemand anders dan de buurt krijgt ze.",
    "Needed to buy more or sell before the quarter-hour begins; otherwise the difference is settled afterwards. Sent when the plan has become another; nobody but the neighbourhood gets them.",
)
READINGS = Said(
    "Meterstanden: hoeveel er per kwartier door de meter ging",
    "Readings: how much passed the meter per quarter-hour",
)
READINGS_WHY = Said(
    "Nodig om af te rekenen. Gaat na elk kwartier.", "Needed to settle. Sent after each quarter-hour."
)
OFFERS = Said(
    "Aanbiedingen: wat je minder of meer kunt nemen als een kabel vol is, en voor hoeveel",
    "Offers: what you can take less or more of when a cable is full, and for how much",
)
OFFERS_WHY = Said(
    "Nodig om te verdienen aan een volle kabel. Gaat alleen als de netbeheerder iets vraagt; heb je er geen toestemming voor gegeven, dan staat er alleen dat je niets aanbiedt. De netbeheerder ziet alleen de som van meerdere huizen.",
    "Needed to earn with a full cable. Sent only when the grid operator asks; if you have not agreed to it, it only says that you offer nothing. The grid operator only sees the sum of several homes.",
)
FIELD = Said("Wat erin staat", "What is in it")
FIELDS: Mapping[str, Said] = {
    "kind": Said("welke soort bericht het is", "which kind of message it is"),
    "member": Said("een naam die niets over je zegt", "a name that says nothing of you"),
    "day": Said("de dag waar het over gaat", "the day that it is about"),
    "number": Said(
        "een volgnummer, zodat niets dubbel telt", "a serial number, so that nothing counts twice"
    ),
    "device": Said(
        "waar de ruimte vandaan komt: huis, zon, batterij, auto of warmtepomp",
        "where the room comes from: home, sun, battery, car or heat pump",
    ),
    "ptu": Said("het kwartier", "the quarter-hour"),
    "side": Said("kopen of verkopen", "buying or selling"),
    "quantity_wh": Said("hoeveel", "how much"),
    "limit_ticks": Said("tot welke prijs", "up to which price"),
    "wh": Said("wat er door de meter ging", "what passed the meter"),
    "request": Said("op welke vraag het antwoord is", "which request it answers"),
    "less_wh": Said("hoeveel minder of meer, stap voor stap", "how much less or more, step by step"),
    "price_ticks": Said("voor hoeveel", "for how much"),
    "rebound_step": Said("van welke stap later iets terugkomt", "of which step something comes back later"),
    "rebound_ptu": Said("in welk kwartier", "in which quarter-hour"),
    "rebound_wh": Said("en hoeveel", "and how much"),
    "least_permille": Said("of een stap ook voor een deel kan", "whether a step can also be taken in part"),
    "signature": Said("de handtekening van dit huis", "the signature of this home"),
}
STANDING = Said("Hoe het met de verbinding staat", "How the connection stands")
NOT_JOINED = Said(
    "Dit huis doet met geen buurt mee. Er gaat dus niets naar buiten.",
    "This home has joined no neighbourhood. So nothing leaves it.",
)
MEMBER_AS = Said(
    "Bij de buurt heet dit huis {member}, en het doet mee sinds {day}.",
    "To the neighbourhood this home is {member}, and it has taken part since {day}.",
)
MEMBER_FROM = Said(
    "Bij de buurt heet dit huis {member}; het doet mee vanaf {day}.",
    "To the neighbourhood this home is {member}; it takes part from {day} on.",
)
CONNECTED = Said("De buurt is het laatst gehoord om {at}.", "The neighbourhood was last heard at {at}.")
AWAY = Said(
    "De buurt is niet te bereiken sinds {since}: {why}.",
    "The neighbourhood has been away since {since}: {why}.",
)
NOTHING_WAITS = Said("Geen bericht wacht op antwoord.", "No message waits for an answer.")
WAITING = Said("Berichten die op antwoord wachten: {count}.", "Messages that wait for an answer: {count}.")
REFUSED = Said("Geweigerde berichten", "Messages that were refused")
REFUSED_ONE = Said("Bericht {number}: {why}", "Message {number}: {why}")
LOOKS = Said("Wie er keek", "Who looked")
LOOKS_NONE = Said("Niemand keek naar wat van dit huis is.", "Nobody looked at what is this home's.")
LOOKS_LEAD = Said(
    "Wie bij de buurt naar gegevens van dit huis kijkt, moet zeggen waarvoor, en dat komt hier te staan.",
    "Whoever at the neighbourhood looks at data of this home has to say what for, and that is shown here.",
)
TAKE = Said("Alles meenemen", "Take everything along")
TAKE_LEAD = Said(
    "Eén bestand met alles wat dit huis bewaart, en alles wat de buurt van dit huis bewaart. Het wordt hier in huis gemaakt.",
    "One file with all that this home keeps, and all that the neighbourhood keeps of it. It is made here, in this home.",
)
AS_ZIP = Said("Als tabellen (zip met CSV)", "As tables (zip with CSV)")
AS_JSON = Said("Voor programma’s (JSON)", "For programs (JSON)")
DELETE = Said("Weghalen", "Delete")
DELETE_LEAD = Said(
    "Kies wat weg moet. Neem eerst alles mee als je het nog wilt hebben: hierna is het er niet meer.",
    "Choose what has to go. Take everything along first if you still want it: afterwards it is gone.",
)
HISTORY = Said("Wat dit huis heeft gemeten en gepland", "What this home measured and planned")
HISTORY_WHAT = Said(
    "Kwartieren, stroom van apparaten, stilstand van de auto en oude plannen. laag leert daarvan; zonder verleden zijn plannen "
    "een paar weken minder goed. Wat de buurt nog moet krijgen, blijft tot het is aangekomen.",
    "Quarter-hours, power of devices, stays of the car and old plans. laag learns from them; without a past its plans are less "
    "good for some weeks. What the neighbourhood has yet to receive stays until it has arrived.",
)
LEAVE = Said("Mijn lidmaatschap van de buurt", "My membership of the neighbourhood")
LEAVE_WHAT = Said(
    "Dit huis stopt met de markt na de laatste dag die al is verkocht. Thuis gaat alles door. Wat is afgerekend blijft in de boeken, "
    "onder een naam die niets over je zegt: de rekeningen van je buren kloppen anders niet meer.",
    "This home stops trading after the last day that is sold already. At home all goes on. What was settled stays in the books, under "
    "a name that says nothing of you: the bills of your neighbours would no longer add up without it.",
)
TYPE = Said("Typ {word} om het te bevestigen", "Type {word} to confirm")
WORD = Said("weg", "delete")
WORD_LEAVE = Said("vertrek", "leave")
DO_DELETE = Said("Haal weg", "Delete")
DO_LEAVE = Said("Verlaat de buurt", "Leave the neighbourhood")
MISTYPED = Said(
    "Er is niets weggehaald: typ precies ‘{word}’.", "Nothing was deleted: type exactly ‘{word}’."
)
DELETED = Said(
    "Weggehaald: {count} kwartieren, en alle oude plannen.",
    "Deleted: {count} quarter-hours, and all old plans.",
)
LEFT = Said(
    "Dit huis heeft de buurt verlaten; {day} is de laatste dag.",
    "This home has left the neighbourhood; {day} is the last day.",
)
LEAVE_AWAY = Said(
    "De buurt is nu niet te bereiken, dus is er niets veranderd. Probeer het later opnieuw.",
    "The neighbourhood cannot be reached now, so nothing has changed. Try again later.",
)
