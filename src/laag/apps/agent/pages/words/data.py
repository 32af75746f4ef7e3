"""The page of the household's data: what leaves the home, who looked, taking it all along, and the ways out."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Mijn gegevens", "My data")
LEAD = Said(
    "Alles wat laag over dit huis weet, staat in dit huis. Hier zie je wat er naar buiten gaat, en wie ernaar keek.",
    "All that laag knows of this home is kept in this home. Here is what leaves it, and who looked.",
)
LEAVES = Said("Wat er naar buiten gaat", "What leaves this home")
LEAVES_LEAD = Said(
    "Hier staat per doel wat er naar de buurt gaat, en verder gaat er niets: wat niet in deze lijst staat, houdt dit huis tegen.",
    "Here is what goes to the neighbourhood, purpose by purpose, and nothing else goes: what is not on this list, this home holds back.",
)
LEAVES_NOT = Said(
    "Je wensen, wat apparaten doen, hoe warm het is en het plan blijven thuis.",
    "Your wishes, what devices do, how warm it is and the plan stay at home.",
)
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
